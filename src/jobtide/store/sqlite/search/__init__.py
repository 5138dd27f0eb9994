"""Search inside the SQLite file."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import datetime

from jobtide.model import Found, Opening
from jobtide.query import Query
from jobtide.store.completing import completed
from jobtide.store.scanning import scan, scan_facets


class SqliteSearch(ABC):
    """The part of the store that finds."""

    @abstractmethod
    def openings(self) -> Iterator[Opening]: ...

    def search(
        self, wanted: Query, now: datetime, *, limit: int = 20, cursor: str | None = None
    ) -> Found:
        return scan(completed(self.openings()), wanted, now, limit=limit, cursor=cursor)

    def facets(
        self, wanted: Query, now: datetime, names: Sequence[str]
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        return scan_facets(completed(self.openings()), wanted, now, names)
