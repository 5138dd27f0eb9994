"""Search inside PostgreSQL: an index of words we cut ourselves, kept in step by triggers."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from jobtide.model import Found
from jobtide.query import Query
from jobtide.store.postgres.search import asking
from jobtide.store.postgres.search.keeping import build, settle
from jobtide.store.postgres.server import Session
from jobtide.store.scanning import STATUS_COUNTS

__all__ = ("PostgresSearch", "build", "doubts", "settle")


class PostgresSearch(ABC):
    """The part of the store that finds."""

    @abstractmethod
    def _snapshot(self) -> AbstractContextManager[Session]: ...

    def search(
        self, wanted: Query, now: datetime, *, limit: int = 20, cursor: str | None = None
    ) -> Found:
        with self._snapshot() as db:
            return asking.search(db, wanted, now, limit=limit, cursor=cursor)

    def facets(
        self, wanted: Query, now: datetime, names: Sequence[str]
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        with self._snapshot() as db:
            return asking.facets(db, wanted, now, names)

    def opening_counts(self) -> dict[str, int]:
        with self._snapshot() as db:
            return dict(db.ask(STATUS_COUNTS))


def doubts(db: Session) -> Iterator[str]:
    """Yield where what is searched is not in step with the store, one sentence a fault."""
    for (name,) in db.ask(
        "SELECT coalesce(opening_id, id) FROM posting EXCEPT SELECT opening FROM search_doc"
    ):
        yield f"opening {name} is not in the search index"
    for (name,) in db.ask(
        "SELECT opening FROM search_doc EXCEPT SELECT coalesce(opening_id, id) FROM posting"
    ):
        yield f"the search index holds {name}, which is no opening"
    for (name,) in db.ask("SELECT opening FROM search_touched"):
        yield f"opening {name} was written without being indexed"
