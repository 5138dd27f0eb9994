"""
Connections that stay open between two searches.

A fresh connection reads the schema and the top of the index again: three times the work of a
search. Between two searches such a connection holds no transaction, so it is in nobody's way.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jobtide.errors import StoreError
from jobtide.store.sqlite.file import plain, translated
from jobtide.store.sqlite.search.columns import FITS, fits

#: As many idle ones are kept.
_IDLE = 4
#: Pages each may hold, in KiB: the dates and values of half a million openings. A smaller file
#: takes no more than it is.
_CACHE_KIB = 131_072


class Readers:
    """The idle connections to one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._inode = 0  #: of the file they were opened on: `reprocess` puts another in its place
        self._closed = False

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection that sees the store as it is now, whatever is written meanwhile."""
        if self._closed:
            raise StoreError(f"{self._path}: this store is closed")
        with translated(self._path):
            inode = self._path.stat().st_ino
            db = self._take(inode) or self._open()
            try:
                db.execute("BEGIN")
                yield db
                db.execute("ROLLBACK")
            except BaseException:
                db.close()
                raise
            self._give_back(db, inode)

    def close(self) -> None:
        """Close them; one in use is closed when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()

    def _take(self, inode: int) -> sqlite3.Connection | None:
        with self._lock:
            if inode == self._inode:
                return self._idle.pop() if self._idle else None
            stale, self._idle, self._inode = self._idle, [], inode
        for db in stale:
            db.close()
        return None

    def _open(self) -> sqlite3.Connection:
        db = plain(self._path)
        db.execute("PRAGMA query_only = ON")
        db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        db.create_function(FITS, 2, fits, deterministic=True)
        return db

    def _give_back(self, db: sqlite3.Connection, inode: int) -> None:
        with self._lock:
            if not self._closed and inode == self._inode and len(self._idle) < _IDLE:
                self._idle.append(db)
                return
        db.close()
