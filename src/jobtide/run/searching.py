"""Answer a query from the store."""

from datetime import datetime

from jobtide import query
from jobtide.clean.salary import yearly
from jobtide.model import Opening
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
