"""Answer a query from the store."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from jobtide import query
from jobtide.clean.salary import yearly
from jobtide.model import Found, Label, Opening, Posting
from jobtide.run.openings import completed
from jobtide.store import Store


def search_openings(store: Store, wanted: query.Query, now: datetime) -> list[Opening]:
    """Return every opening that answers the query, in the order it asks for."""
    context = query.Context(now=now, yearly=yearly)
    hits = [one for one in completed(store.openings()) if query.matches(wanted, one, context)]
    hits.sort(key=lambda one: one.id)
    if wanted.sort == "pay":
        hits.sort(key=_pay, reverse=True)
    else:
        hits.sort(key=lambda one: query.posted(one)[0], reverse=True)
    return hits


def _pay(opening: Opening) -> float:
    """Return the best comparable yearly pay in US dollars; 0 when none is stated."""
    found = (yearly(salary, "USD") for salary in opening.posting.base_salary)
    return max((one for one in found if one is not None), default=0.0)


#: What can be counted, in the order in which pages show it.
FACETS = (
    "category",
    "skill",
    "country",
    "seniority",
    "type",
    "arrangement",
    "company",
    "source",
)


def find(
    store: Store, wanted: query.Query, now: datetime, *, limit: int = 20, cursor: str | None = None
) -> Found:
    """Return one page of the answer; `cursor` is `next` of the page before.

    Raises:
        QueryError: the cursor is none of ours, or of another query.
    """
    hits = search_openings(store, wanted, now)
    if cursor is not None and not (cursor.isdecimal() and len(cursor) < 10):
        raise query.QueryError(f"cursor {cursor!r}: not one that a page gave; start without one")
    start = int(cursor or 0)
    after = start + limit
    return Found(
        openings=tuple(hits[start:after]),
        total=len(hits),
        next=str(after) if after < len(hits) else None,
    )


def facets(
    store: Store, wanted: query.Query, now: datetime, names: Sequence[str] = FACETS
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return field -> (value, how many openings of the answer have it), the commonest first."""
    hits = search_openings(store, wanted, now)
    return {
        name: tuple(Counter(value for one in hits for value in _values(one, name)).most_common(50))
        for name in names
    }


def _values(opening: Opening, name: str) -> set[str]:
    """Return what `name:value` would find this opening by."""
    one = opening.posting
    labels: dict[str, tuple[Label | None, ...]] = {
        "category": (one.category, *one.other_categories),
        "skill": one.skills,
        "seniority": (one.seniority,),
        "type": one.employment_type,
        "arrangement": (one.arrangement,),
    }
    if name in labels:
        return {label.value for label in labels[name] if label is not None}
    if name == "country":
        return _countries(one)
    if name == "company":
        return {one.hiring_organization} if one.hiring_organization else set()
    return {tracked.posting.source for tracked in opening.postings}


def _countries(posting: Posting) -> set[str]:
    allowed = posting.eligibility.countries if posting.eligibility else ()
    stated = {place.country for place in posting.job_location if place.country}
    return stated | {label.value for label in allowed}
