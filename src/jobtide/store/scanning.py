"""
Search by looking at every opening: slow, and the meaning of every quicker way.

The stores' own searches must give the same answers (`tests/contract/test_search.py`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from jobtide import query
from jobtide.clean.salary import yearly
from jobtide.model import Found, Opening
from jobtide.query.cursor import Key, seal, unseal
from jobtide.query.order import key
from jobtide.query.values import COUNTED

#: Counting stops here: nobody pages through more, and a number costs as much as it counts.
COUNTED_TO = 10_000
#: How many openings are open, closed, expired: the rule of `Opening.status`, as SQL of any store.
STATUS_COUNTS = (
    "SELECT status, count(*) FROM (SELECT CASE"
    " WHEN max(CASE WHEN status IN ('open', 'missing') THEN 1 ELSE 0 END) = 1 THEN 'open'"
    " WHEN max(CASE WHEN status = 'closed' THEN 1 ELSE 0 END) = 1 THEN 'closed'"
    " ELSE 'expired' END AS status FROM posting GROUP BY coalesce(opening_id, id)) AS one"
    " GROUP BY status"
)
#: Values a facet gives, the commonest first.
MOST_VALUES = 50


def scan(
    openings: Iterable[Opening],
    wanted: query.Query,
    now: datetime,
    *,
    limit: int = 20,
    cursor: str | None = None,
) -> Found:
    """Return one page of the answer; see `Store.search`."""
    after = unseal(wanted, cursor) if cursor is not None else None
    context = query.Context(now=now, yearly=yearly)
    if limit < 1:
        raise ValueError(f"limit {limit}: at least 1")
    hits = sorted(
        (key(wanted, one, yearly), one) for one in openings if query.matches(wanted, one, context)
    )
    behind = [hit for hit in hits if after is None or hit[0] > after]
    return page(behind[:limit], wanted, len(hits), more=len(behind) > limit)


def page(
    shown: Sequence[tuple[Key, Opening]], wanted: query.Query, total: int, *, more: bool
) -> Found:
    """Return a page; `more` says that another follows."""
    return Found(
        openings=tuple(one for _, one in shown),
        total=min(total, COUNTED_TO),
        at_least=total > COUNTED_TO,
        next=seal(wanted, shown[-1][0]) if shown and more else None,
    )


def scan_facets(
    openings: Iterable[Opening], wanted: query.Query, now: datetime, names: Sequence[str]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the counts of each facet; see `Store.facets`."""
    refuse_strange(names)
    context = query.Context(now=now, yearly=yearly)
    hits = [one for one in openings if query.matches(wanted, one, context)]
    return {
        name: commonest(Counter(value for one in hits for value in query.counted(one, name)))
        for name in names
    }


def refuse_strange(names: Sequence[str]) -> None:
    """Raise ValueError for facets that are none."""
    strange = sorted(set(names) - set(COUNTED))
    if strange:
        raise ValueError(f"cannot count by {', '.join(strange)}; known: {', '.join(COUNTED)}")


def commonest(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Return the commonest values, of equally common ones the first by alphabet first."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(ranked[:MOST_VALUES])
