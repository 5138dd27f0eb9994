"""
What is kept: postings with their histories, openings, readings, raw answers.

A store is opened by an address: `sqlite:PATH`, a bare path, or `postgresql://HOST/DATABASE`. The
rule that opens and closes postings is pure and the same for every store
(`jobtide.store.history`).
"""

from pathlib import Path

from jobtide.errors import ConfigError
from jobtide.store.protocol import NEWS, Store
from jobtide.store.records import (
    FAILED,
    OK,
    STALE,
    UNCHANGED,
    BoardState,
    Change,
    Counts,
    LinkCheck,
    Logged,
    Merging,
    OpeningRow,
    Reading,
    Rejected,
    Run,
    Unmerged,
)
from jobtide.store.sqlite import SqliteStore

__all__ = [
    "FAILED",
    "NEWS",
    "OK",
    "STALE",
    "UNCHANGED",
    "BoardState",
    "Change",
    "Counts",
    "LinkCheck",
    "Logged",
    "Merging",
    "OpeningRow",
    "Reading",
    "Rejected",
    "Run",
    "SqliteStore",
    "Store",
    "Unmerged",
    "open_store",
]


def open_store(url: str, *, create: bool = False) -> Store:
    """
    Return the store at `url`: "sqlite:PATH", a path, or "postgresql://...".

    A missing one is made only when `create` is True. Raises ConfigError for a kind of store we
    do not have, StoreError when the database refuses.
    """
    kind, colon, rest = url.partition(":")
    if not colon or len(kind) == 1:  # a path; "C:\\jobs.db" is one as well
        return SqliteStore(Path(url), create=create)
    if kind in ("postgresql", "postgres") and rest.startswith("//"):
        return _postgres(url, create=create)
    if kind != "sqlite":
        raise ConfigError(
            f"store {url!r}: no store of that kind; write sqlite:PATH or postgresql://..."
        )
    if rest.startswith("//"):
        rest = rest[2:]
    if not rest:
        raise ConfigError(f"store {url!r}: the path is missing; write sqlite:PATH")
    return SqliteStore(Path(rest), create=create)


def _postgres(url: str, *, create: bool) -> Store:
    try:
        from jobtide.store.postgres import PostgresStore
    except ImportError as error:
        raise ConfigError(
            f"a PostgreSQL store needs {error.name}: pip install 'jobtide[postgres]'"
        ) from None
    return PostgresStore(url, create=create)
