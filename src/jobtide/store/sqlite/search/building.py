"""The index made from nothing: for a store that has none, or one of other rules."""

import sqlite3
import sys
from collections.abc import Callable, Iterator

from jobtide import __version__
from jobtide.clean.salary import rates_as_of
from jobtide.store.sqlite.file import transaction
from jobtide.store.sqlite.search.keeping import write

#: Raised when documents are made otherwise than before.
_FORMAT = 3
#: Openings of one transaction: others may write between two, and an interrupted build goes on.
_STEP = 2_000
#: Openings from which on a person is told: below, it takes some seconds.
_LARGE = 20_000


def rules() -> str:
    """Return what documents depend on besides the openings: our code, and the rates of money."""
    return f"{_FORMAT} {__version__} {rates_as_of()}"


def ready(db: sqlite3.Connection) -> bool:
    """Return whether the index holds every opening, by today's rules."""
    found = db.execute("SELECT rules, built_to FROM search_state").fetchone()
    return bool(found == (rules(), None))


def build(db: sqlite3.Connection, tell: Callable[[str], object] = sys.stderr.write) -> None:
    """Make the index when it is not ready; go on with it when it was interrupted."""
    if ready(db):
        return
    (total,) = db.execute("SELECT count(*) FROM posting").fetchone()
    done = 0
    for step in _steps(db):
        done += step
        if total >= _LARGE:
            tell(f"\rmaking the search index: {done:,} openings of {total:,} postings ")
    if total >= _LARGE:
        tell("\n")


def _steps(db: sqlite3.Connection) -> Iterator[int]:
    while True:
        with transaction(db):
            held, built_to = db.execute("SELECT rules, built_to FROM search_state").fetchone()
            if held != rules():
                _wipe(db)
                built_to = ""
            if built_to is None:
                return
            ids = [
                name
                for (name,) in db.execute(
                    "SELECT DISTINCT coalesce(opening_id, id) FROM posting"
                    " WHERE coalesce(opening_id, id) > ? ORDER BY coalesce(opening_id, id)"
                    " LIMIT ?",
                    (built_to, _STEP),
                )
            ]
            write(db, ids)
            db.execute(
                "UPDATE search_state SET rules = ?, built_to = ?",
                (rules(), ids[-1] if ids else None),
            )
        if not ids:
            return
        yield len(ids)


def _wipe(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    for table in ("search_doc", "search_kept", "search_bits", "search_chunk", "search_value"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
