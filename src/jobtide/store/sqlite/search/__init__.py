"""
Search inside the SQLite file: an index of words in the order of dates, and bits for counting.

- `document` says what of an opening is searched, `place` where it stands in the order.
- `keeping` writes that, at the end of the very transaction that changed the opening; `building`
  makes all of it anew; `verifying` looks whether all is in step.
- `expression` turns a query into what the index understands, `pages` answers it, `counts` counts.

The meaning is `jobtide.query`; docs/decisions/0013 tells why it is built like this.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import datetime

from jobtide.model import Found, Opening
from jobtide.query import Query
from jobtide.store.completing import completed
from jobtide.store.scanning import STATUS_COUNTS, refuse_strange, scan, scan_facets
from jobtide.store.sqlite.search.building import build, ready
from jobtide.store.sqlite.search.counts import Counter
from jobtide.store.sqlite.search.keeping import Keeper
from jobtide.store.sqlite.search.pages import search
from jobtide.store.sqlite.search.readers import Readers
from jobtide.store.sqlite.search.verifying import doubts

__all__ = ("Counter", "Keeper", "Readers", "SqliteSearch", "build", "doubts")


class SqliteSearch(ABC):
    """The part of the store that finds."""

    _counter: Counter
    _readers: Readers

    @abstractmethod
    def openings(self) -> Iterator[Opening]: ...

    def search(
        self, wanted: Query, now: datetime, *, limit: int = 20, cursor: str | None = None
    ) -> Found:
        if limit < 1:
            raise ValueError(f"limit {limit}: at least 1")
        with self._readers.snapshot() as db:
            if ready(db):
                return search(db, wanted, now, limit=limit, cursor=cursor)
        # Another process is still making the index: slow is better than wrong.
        return scan(completed(self.openings()), wanted, now, limit=limit, cursor=cursor)

    def facets(
        self, wanted: Query, now: datetime, names: Sequence[str]
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        refuse_strange(names)
        with self._readers.snapshot() as db:
            if ready(db):
                return self._counter.count(db, wanted, now, names)
        return scan_facets(completed(self.openings()), wanted, now, names)

    def opening_counts(self) -> dict[str, int]:
        with self._readers.snapshot() as db:
            return dict(db.execute(STATUS_COUNTS))
