"""export: the openings as a file; the suffix says which kind."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from jobtide.errors import UsageError
from jobtide.model import File
from jobtide.publish import terms
from jobtide.publish.dataset import Row, row
from jobtide.publish.write import write_files
from jobtide.store import Store

#: Suffix -> what it is.
KINDS = {".jsonl": "JSON Lines, one opening a line"}


def export(store: Store, path: Path, *, everything: bool) -> int:
    """Write the openings into one file and return how many there were.

    Args:
        store: where they are kept.
        path: the file; its suffix is one of KINDS.
        everything: closed and expired ones too.

    Raises:
        UsageError: the suffix is not known.
        PublishError: the file could not be written.
    """
    if path.suffix not in KINDS:
        known = ", ".join(f"{suffix} ({what})" for suffix, what in KINDS.items())
        raise UsageError(
            f"{path}: cannot write {path.suffix or 'a file without suffix'}. Known: {known}"
        )
    lines = [msgspec.json.encode(one) for one in rows(store, everything=everything)]
    body = b"".join(line + b"\n" for line in lines)
    write_files(path.parent, [File(path=path.name, body=body)])
    return len(lines)


def rows(store: Store, *, everything: bool) -> Iterator[Row]:
    """Yield one row an opening, by id."""
    terms_of = terms.reader()
    for opening in store.openings(status=None if everything else ("open",)):
        yield row(opening, terms_of)
