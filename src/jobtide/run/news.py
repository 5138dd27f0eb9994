"""What changed since a day: new, closed, reopened, and pay, title or place changed."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from jobtide import query
from jobtide.clean.salary import yearly
from jobtide.model import History, Opening, Tracked
from jobtide.store import Change, Store

#: Field of a posting -> the word of the news that a change of it is.
FIELDS = {
    "title": "title changed",
    "base_salary": "pay changed",
    "salary_text": "pay changed",
    "stated_salary": "pay changed",
    "location_text": "place changed",
    "job_locations": "place changed",
    "applicant_locations": "place changed",
    "job_location": "place changed",
    "eligibility": "place changed",
    "text": "text changed",
    "description": "text changed",
}
#: The words of all news, in the order they are listed.
KINDS = (
    "new", "closed", "reopened", "pay changed", "title changed", "place changed", "text changed",
)  # fmt: skip


class News(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened to one opening."""

    at: datetime
    kind: str  #: a word of KINDS
    opening_id: str
    posting_id: str
    title: str
    hiring_organization: str | None = None
    url: str
    earlier: object = None  #: "... changed": the value before
    now: object = None
    reason: str | None = None  #: "closed": why
    number: int = 0  #: of the change behind it: where to go on next time


def news(
    store: Store,
    since: datetime,
    wanted: query.Query,
    now: datetime,
    *,
    after: int = 0,
    upto: int | None = None,
) -> Iterator[News]:
    """Yield what happened since a moment to openings that answer the query, oldest first.

    `after` is the number of the last news seen: only later ones are told, and with `upto` only
    those up to that number.
    """
    context = query.Context(now=now, yearly=yearly)
    known: dict[str, Opening | None] = {}
    for change in store.changes(since=since, after=after):
        if upto is not None and change.number > upto:
            return
        if change.opening_id not in known:
            known[change.opening_id] = store.opening(change.opening_id)
        opening = known[change.opening_id]
        if opening is None or not query.matches(wanted, opening, context):
            continue
        if not _covered(change, opening):
            yield from _items(change, opening)


def _covered(change: Change, opening: Opening) -> bool:
    """Return whether another posting of the opening makes a coming or going no news.

    A job that appears on a second board is not new, and one that leaves it is not closed while
    it stands on the first.
    """
    others = [one for one in opening.postings if one.posting.id != change.posting_id]
    if change.kind == "new":
        first = min(opening.postings, key=lambda one: (one.history.first_seen_at, one.posting.id))
        return first.posting.id != change.posting_id
    if change.kind in ("closed", "expired", "reopened"):
        return any(_stood(one.history, change.at) or _last(one, change) for one in others)
    return False


def _stood(past: History, at: datetime) -> bool:
    """Return whether a posting was on its board after a moment, as far as its history says.

    One that came back then or later had ended before; nobody knows when, and saying too much of a
    job is better than never saying that it ended or came back.
    """
    if any(back.at >= at and back.was != "missing" for back in past.reopened):
        return False
    return past.first_seen_at <= at and (past.closed_at is None or past.closed_at > at)


def _last(other: Tracked, change: Change) -> bool:
    """Return whether another posting, which went or came at the same moment, is the one told."""
    moments = {other.history.closed_at, *(back.at for back in other.history.reopened)}
    return change.at in moments and other.posting.id > change.posting_id


def _items(change: Change, opening: Opening) -> Iterator[News]:
    if change.kind != "changed":
        kind = "closed" if change.kind == "expired" else change.kind
        yield _item(change, opening, kind, None)
        return
    told: set[str] = set()
    for field in change.fields:
        kind = FIELDS.get(field, "")
        if kind and kind not in told:
            told.add(kind)
            yield _item(change, opening, kind, field)


def _item(change: Change, opening: Opening, kind: str, field: str | None) -> News:
    earlier, now = change.fields[field] if field else (None, None)
    return News(
        at=change.at,
        kind=kind,
        opening_id=opening.id,
        posting_id=change.posting_id,
        title=opening.posting.title,
        hiring_organization=opening.posting.hiring_organization,
        url=opening.posting.url,
        earlier=earlier,
        now=now,
        reason=change.reason,
        number=change.number,
    )
