"""Whom a change concerns: a pure function of the search, the opening and what happened to it."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from jobtide.alert.happened import Happening, is_old
from jobtide.model import Opening, Salary, Subscription, Told
from jobtide.query import Context, Query, matches


class Search(Struct, frozen=True, kw_only=True):
    """A subscription with its query read, and the words for pay."""

    subscription: Subscription
    wanted: Query
    context: Context
    pay_words: Callable[[tuple[Salary, ...]], str]


def told_of(search: Search, opening: Opening, what: Happening) -> tuple[Told, ...]:
    """Return the rows that a subscription must be told of a happening."""
    found = []
    for kind in _kinds(search, opening, what):
        if kind not in search.subscription.kinds:
            continue
        earlier = now = None
        if kind == "pay":
            earlier = search.pay_words(what.pay_before or ())
            now = search.pay_words(opening.posting.base_salary)
        found.append(_row(opening, kind, what.at, earlier, now))
    return tuple(found)


def backlog(search: Search, opening: Opening, now: datetime) -> Told | None:
    """Return the row of an opening that is open when a subscription with backlog begins."""
    if opening.status != "open" or not matches(search.wanted, opening, search.context):
        return None
    return _row(opening, "new", now, None, None)


def _kinds(search: Search, opening: Opening, what: Happening) -> tuple[str, ...]:
    if what.kind == "closed":
        # "is:open" asks for jobs one may apply to; that this one ends is the news of such a job.
        stood = replace(opening, status="open", closed_at=None)
        return ("closed",) if _answers(search, stood) else ()
    if not _answers(search, opening):
        return ()
    if what.kind == "new":
        wanted = search.subscription
        old = what.stock and not wanted.backlog and is_old(opening, wanted.created_at)
        return () if old else ("new",)
    if what.kind == "reopened":
        return ("reopened",)
    if what.before is not None and not _answers(search, what.before):
        return ("fits",)
    return ("pay",) if what.pay_before is not None else ()


def _answers(search: Search, opening: Opening) -> bool:
    return matches(search.wanted, opening, search.context)


def _row(opening: Opening, kind: str, at: datetime, earlier: str | None, now: str | None) -> Told:
    return Told(
        opening_id=opening.id,
        # An opening is new once. What may happen again is told apart by its moment, which stays
        # the same when the store is rebuilt.
        change=kind if kind == "new" else f"{kind}:{at.isoformat()}",
        kind=kind,
        at=at,
        earlier=earlier,
        now=now,
        known_as=tuple(one.posting.id for one in opening.postings),
    )
