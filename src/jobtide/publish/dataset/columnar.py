"""Parquet: the columns of the table with their types, and whole postings for reading back."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec

from jobtide.errors import UsageError
from jobtide.publish.dataset.columns import COLUMNS
from jobtide.publish.dataset.row import Row
from jobtide.publish.dataset.workbook import missing

#: The row as JSON Lines has it, without its description, which is a column: from it the file is
#: read back without loss.
WHOLE = "row"

#: Rows of one batch while reading and writing: a few megabytes.
_BATCH = 2_000


def columnar(rows: Iterable[Row]) -> bytes:
    """Return the rows as Parquet, zstd; ConfigError when pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise missing("pyarrow") from None
    schema = _schema(pa)
    stream = BytesIO()
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            arrays = [
                pa.array(
                    [_plain(column.read(row)) for row in batch], schema.field(column.name).type
                )
                for column in COLUMNS
            ]
            whole = [
                msgspec.json.encode(msgspec.structs.replace(row, description=None)).decode()
                for row in batch
            ]
            arrays.append(pa.array(whole, pa.string()))
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return stream.getvalue()


def read_columnar(path: Path) -> Iterator[tuple[int, bytes, str | None]]:
    """Yield (number, row as JSON, description) of a file that `columnar` wrote.

    Raises ConfigError when pyarrow is not installed, UsageError when it is no such file.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise missing("pyarrow") from None
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            if not {WHOLE, "description"} <= set(file.schema_arrow.names):
                raise UsageError(f"{path}: no Parquet file that jobtide wrote")
            for batch in file.iter_batches(_BATCH, columns=[WHOLE, "description"]):
                for one in batch.to_pylist():
                    number += 1
                    yield number, (one[WHOLE] or "").encode(), one["description"]
    except (pa.ArrowException, OSError) as error:
        raise UsageError(f"{path}: cannot be read as Parquet: {error}") from None


def _schema(pa: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    kinds = {
        "text": pa.string(),
        "link": pa.string(),
        "list": pa.list_(pa.string()),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "moment": pa.timestamp("us", tz="UTC"),
    }
    fields = [
        pa.field(column.name, kinds[column.kind], metadata={"about": column.about})
        for column in COLUMNS
    ]
    return pa.schema([*fields, pa.field(WHOLE, pa.string())])


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    """Return a value that UTF-8 can hold: half surrogate pairs become "?"."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
