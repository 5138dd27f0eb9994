"""The one door to search: for the command line, the page, the API, MCP and alerts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jobtide import query, sources
from jobtide.classify.skills import vocabulary
from jobtide.clean.salary import tables
from jobtide.model import Found
from jobtide.query import FACETS
from jobtide.store import Store

__all__ = ("FACETS", "facets", "find", "known", "understood")


def known() -> dict[str, Any]:
    """Return the closed lists that the search language is checked against, for `query.parse`."""
    return {
        "source": sources.names(),
        "skill": vocabulary.by_spelling(),
        "currency": tuple(sorted(tables.rates())),
    }


def understood(text: str) -> query.Query:
    """Return the query that `text` states.

    Raises:
        QueryError: an unknown field or value, with the nearest one.
    """
    return query.parse(text, known())


def find(
    store: Store, wanted: query.Query, now: datetime, *, limit: int = 20, cursor: str | None = None
) -> Found:
    """Return one page of the answer; `cursor` is `next` of the page before.

    Raises:
        QueryError: the cursor is none of ours, or of another query.
    """
    return store.search(wanted, now, limit=limit, cursor=cursor)


def facets(
    store: Store, wanted: query.Query, now: datetime, names: Sequence[str] = FACETS
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return field -> (value, how many openings of the answer have it), the commonest first."""
    return store.facets(wanted, now, names)
