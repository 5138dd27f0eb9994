"""
Items in Parquet files: the input of a backfill, and every stage of it.

A file is named after its content, and written whole or not at all: work that is done twice, by a
worker that was lost or was only slow, leaves one file.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import zstandard

from jobtide.errors import PublishError, UsageError
from jobtide.model import Posting

#: Rows of one row group: a few megabytes of postings.
ROWS = 2_000

#: What an input may be.
SUFFIXES = (".parquet", ".jsonl", ".jsonl.zst")

Columns = Callable[[Any], dict[str, Any]]


@lru_cache(maxsize=32)
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:  # noqa: ANN401 - any type
    return msgspec.msgpack.Decoder(kind)


def nothing(item: Any) -> dict[str, Any]:  # noqa: ANN401 - any item
    """Return no columns for people."""
    return {}


def write(
    items: Iterable[Any], folder: str, columns: Columns = nothing
) -> Iterator[tuple[str, int]]:
    """Write the items of one partition; yield (file's name, rows), nothing for no items.

    Rows are in the order of their bytes, because items come in no promised one. `columns` are
    for people and other programs; the item itself is in the column `data` as MessagePack.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = sorted(((msgspec.msgpack.encode(item), columns(item)) for item in items), key=_bytes)
    if not rows:
        return
    digest = hashlib.blake2b(digest_size=12)
    for data, _ in rows:
        digest.update(len(data).to_bytes(8, "little") + data)
    name = f"{digest.hexdigest()}.parquet"
    unfinished = Path(folder) / f".{uuid4().hex}"
    try:
        table = pa.Table.from_pylist([{**more, "data": data} for data, more in rows])
        pq.write_table(table, unfinished, compression="zstd", row_group_size=ROWS)
        unfinished.replace(Path(folder) / name)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise PublishError(f"{folder}: {error.strerror or error}; make room and run again") from (
            error
        )
    yield name, len(rows)


def _bytes(row: tuple[bytes, dict[str, Any]]) -> bytes:
    return row[0]


def read(path: str, kind: Any) -> Iterator[Any]:  # noqa: ANN401 - any type
    """Yield the items of a file that `write` wrote, as values of `kind`."""
    import pyarrow.parquet as pq

    decode = _decoder(kind).decode
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(ROWS, columns=["data"]):
            for value in batch.column(0):
                yield decode(value.as_py())


def read_postings(path: str) -> Iterator[Posting]:
    """Yield the postings of an input file: Parquet of ours, or JSON Lines, plain or zstd.

    Raises:
        UsageError: a line is no posting; file and line are named.
    """
    if path.endswith(".parquet"):
        yield from read(path, Posting)
        return
    decode = msgspec.json.Decoder(Posting).decode
    for number, line in enumerate(_lines(Path(path)), start=1):
        if not line.strip():
            continue
        try:
            yield decode(line)
        except msgspec.DecodeError as error:
            raise UsageError(f"{path}, line {number}: no posting: {error}") from None


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as plain:
        if path.suffix != ".zst":
            yield from plain
            return
        rest = b""
        for block in zstandard.ZstdDecompressor().read_to_iter(plain):
            *whole, rest = (rest + block).split(b"\n")
            yield from whole
        if rest:
            yield rest


def files_in(folder: Path, suffixes: tuple[str, ...] = (".parquet",)) -> list[str]:
    """Return the files of a folder that are read, by name."""
    return sorted(
        str(path)
        for path in folder.iterdir()
        if path.name.endswith(suffixes) and not path.name.startswith(".")
    )
