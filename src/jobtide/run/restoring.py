"""import of export files: postings with their histories, as another store had them."""

import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from jobtide import sources
from jobtide.errors import UsageError
from jobtide.model import Tracked
from jobtide.publish.dataset import Row, read_columnar, restored
from jobtide.run.openings import refresh_openings
from jobtide.store import OpeningRow, Store

#: What `import` takes for an export file; everything else is a job page.
SUFFIXES = (".jsonl", ".jsonl.gz", ".parquet")

_ROW = msgspec.json.Decoder(Row)


class Restored(Struct, frozen=True, kw_only=True):
    """What an import of export files did."""

    openings: int
    postings: int  #: in the files
    added: int  #: not known before


def is_export(path: Path) -> bool:
    """Say whether a file is one that `export` wrote, by its name."""
    return path.name.endswith(SUFFIXES)


def import_exports(store: Store, paths: list[Path], now: datetime) -> Restored:
    """Add the postings of export files that the store does not know, each with its history.

    An empty store takes over which postings are one opening as well; in any other they are
    compared anew.

    Raises:
        UsageError: a file that cannot be read, or a line that is no row of an export.
        ConfigError: a Parquet file, and pyarrow is not installed.
    """
    empty = not store.opening_ids()
    rows = {one.id: one for path in paths for one in read_rows(path)}
    found = {key: restored(one) for key, one in rows.items()}
    postings = [one for members in found.values() for one in members]
    run = store.start_run("import", now)
    done = Restored(openings=len(rows), postings=len(postings), added=store.restore(postings))
    if empty:
        store.save_openings(_opening(rows[key], members) for key, members in found.items())
    else:
        refresh_openings(store)
    store.finish_run(run, now, msgspec.to_builtins(done))
    return done


def _opening(row: Row, members: tuple[Tracked, ...]) -> OpeningRow:
    return OpeningRow(
        id=row.id,
        canonical_id=members[0].posting.id,
        posting_ids=tuple(one.posting.id for one in members),
        reasons=row.reasons,
    )


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of an export file; UsageError names the first line that is none."""
    lines = read_columnar(path) if path.suffix == ".parquet" else _lines(path)
    known = set(sources.names())
    for number, line, description in lines:
        try:
            row = _ROW.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}, row {number}: no row of an export: {error}") from None
        row = row if description is None else replace(row, description=description)
        _check(path, number, row, known)
        yield row


def _check(path: Path, number: int, row: Row, known: set[str]) -> None:
    """Refuse a row that would break the store: its id must be a posting's, its sources known."""
    ids = [one.posting.id for one in row.postings]
    if row.id not in ids:
        raise UsageError(f"{path}, row {number}: {row.id!r} is none of its postings")
    for one in row.postings:
        if one.posting.source not in known:
            raise UsageError(f"{path}, row {number}: no source called {one.posting.source!r}")
        moments = (one.first_seen_at, one.last_seen_at, one.missing_since, one.closed_at)
        if any(moment is not None and moment.tzinfo is None for moment in moments):
            raise UsageError(f"{path}, row {number}: a time without time zone")


def _lines(path: Path) -> Iterator[tuple[int, bytes, None]]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, line, None
    except (OSError, EOFError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None
