"""export: the openings as a file; the suffix says which kind."""

from collections.abc import Iterator
from pathlib import Path

from jobtide.errors import UsageError
from jobtide.model import File
from jobtide.publish import terms
from jobtide.publish.dataset import FORMATS, Format, Row, delimited, row
from jobtide.publish.write import write_files
from jobtide.run.datasette import database
from jobtide.store import Store

#: Suffix -> how it is written: what `publish` knows, and SQLite, which only `run` may write.
KINDS = FORMATS | {".sqlite": Format("SQLite, ready for Datasette, with a text index", database)}


def export(store: Store, path: Path, *, everything: bool, bom: bool = False) -> int:
    """Write the openings into one file and return how many there were.

    Args:
        store: where they are kept.
        path: the file; its suffix is one of KINDS.
        everything: closed and expired ones too.
        bom: begin CSV with a byte-order mark, without which Excel does not see UTF-8.

    Raises:
        UsageError: the suffix is not known, or `bom` is asked for another kind.
        ConfigError: the kind needs a package of the extra `export`.
        PublishError: the file could not be written.
    """
    kind = KINDS.get(path.suffix)
    if kind is None:
        known = ", ".join(f"{suffix} ({one.about})" for suffix, one in KINDS.items())
        raise UsageError(
            f"{path}: cannot write {path.suffix or 'a file without suffix'}. Known: {known}"
        )
    if bom and path.suffix != ".csv":
        raise UsageError("--bom is for .csv files: only there does a program need the mark")
    found = list(rows(store, everything=everything))
    body = delimited(found, bom=True) if bom else kind.write(found)
    write_files(path.parent, [File(path=path.name, body=body)])
    return len(found)


def rows(store: Store, *, everything: bool) -> Iterator[Row]:
    """Yield one row an opening, by id."""
    terms_of = terms.reader()
    for opening in store.openings(status=None if everything else ("open",)):
        yield row(opening, terms_of)
