"""Lists beside the search: changes, companies, counts, sources."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from litestar import Request, get
from litestar.params import QueryParameter

from jobtide.query import Query, QueryError
from jobtide.run.health import source_rows
from jobtide.run.news import News, news
from jobtide.run.searching import facets, find
from jobtide.text import company_key
from jobtide.web import links
from jobtide.web.api.answers import WRONG, Cursor, Limit, Q, asked_for, counts, refuse_unknown
from jobtide.web.api.types import (
    Changed,
    Changes,
    Companies,
    Company,
    Sources,
    SourceState,
    Stats,
    Total,
)
from jobtide.web.desk import Desk, desk_of

#: Changes are told this far back unless `since` says otherwise.
_DAYS = 1
#: Changes one request looks at: each asks for its job. Half a second on a busy machine.
LOOKED_AT = 1_000
_FACETS = ("category", "skill", "country", "seniority", "type", "source")


@get("/changes", sync_to_thread=True, responses=WRONG, tags=["lists"], operation_id="changes")
def changes(
    request: Request[Any, Any, Any],
    q: Q = "",
    since: Annotated[
        str,
        QueryParameter(
            description="Day or moment, such as 2026-11-20; default: a day ago.", max_length=40
        ),
    ] = "",
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Changes:
    """Tell what happened: new, closed, reopened; pay, title, place or text changed."""
    refuse_unknown(request, ("q", "since", "cursor", "limit"))
    desk = desk_of(request)
    now = desk.clock()
    first = moment(since) if since else now - timedelta(days=_DAYS)
    wanted = asked_for(q, narrow=False).wanted
    found, more = told(desk, first, wanted, now, after=_number(cursor), limit=limit)
    return Changes(
        since=first,
        query=wanted.text,
        changes=tuple(_changed(one) for one in found),
        next=None if more is None else str(more),
    )


def told(
    desk: Desk, since: datetime, wanted: Query, now: datetime, *, after: int = 0, limit: int
) -> tuple[list[News], int | None]:
    """Return about `limit` news, and the number to go on after; None: there is no more.

    At most `LOOKED_AT` changes are looked at, so fewer news may come with a number to go on
    after. One change may be several news (pay and title): they are never parted.
    """
    start = max(after, first_change(desk, since) - 1)
    last, upto = desk.store.last_change(), start + LOOKED_AT
    found: list[News] = []
    for one in news(desk.store, since, wanted, now, after=start, upto=upto):
        if len(found) >= limit and one.number != found[-1].number:
            return found, found[-1].number
        found.append(one)
    return found, upto if upto < last else None


def first_change(desk: Desk, since: datetime) -> int:
    """Return the number of the first change since a moment; past the last when there is none."""
    changes = desk.store.changes(since=since)
    try:
        found = next(changes, None)
    finally:
        changes.close()  # type: ignore[attr-defined]  # an iterator of a store may be closed
    return desk.store.last_change() + 1 if found is None else found.number


def moment(text: str) -> datetime:
    """Return the moment of an ISO 8601 date or time; without a zone it is UTC.

    Raises:
        QueryError: it is none.
    """
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise QueryError(f"since: cannot read {text!r}. Write it like 2026-11-20.") from None


def _number(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 16):
        raise QueryError(f"cursor {cursor!r}: not one that a page gave; start without one")
    return int(cursor)


def _changed(one: News) -> Changed:
    return Changed(
        at=one.at,
        kind=one.kind,
        id=one.opening_id,
        title=one.title,
        hiring_organization=one.hiring_organization,
        reason=one.reason,
        url=one.url,
        href=f"/api/v1{links.job(one.opening_id)}",
    )


@get("/companies", sync_to_thread=True, responses=WRONG, tags=["lists"], operation_id="companies")
def companies(request: Request[Any, Any, Any], q: Q = "") -> Companies:
    """List the employers of a search, those with the most jobs first."""
    refuse_unknown(request, ("q",))
    desk, asked = desk_of(request), asked_for(q)
    found = facets(desk.store, asked.wanted, desk.clock(), ["company"])["company"]
    return Companies(
        query=asked.wanted.text,
        companies=tuple(Company(name=name, jobs=n, href=links.company(name)) for name, n in found),
    )


def employers(found: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return employers with their jobs, the spellings of one name together as the commonest.

    >>> employers([("Acme", 2), ("Pell", 2), ("ACME Inc.", 1)])
    [('Acme', 3), ('Pell', 2)]
    """
    names: dict[str, str] = {}
    jobs: Counter[str] = Counter()
    for name, n in found:
        names.setdefault(company_key(name), name)
        jobs[company_key(name)] += n
    return [(names[key], n) for key, n in jobs.most_common()]


@get("/sources", sync_to_thread=True, responses=WRONG, tags=["lists"], operation_id="sources")
def list_sources(request: Request[Any, Any, Any]) -> Sources:
    """List the sources: when each was read, and what its terms ask."""
    refuse_unknown(request, ())
    return Sources(sources=source_states(desk_of(request)))


def source_states(desk: Desk) -> tuple[SourceState, ...]:
    """Return how every source does."""
    health = desk.store.health()
    failing: dict[str, int] = {}
    for one in health:
        if one.error:
            failing[one.source] = failing.get(one.source, 0) + 1
    return tuple(
        SourceState(
            name=one.name,
            state=one.state,
            boards=one.boards,
            attribution=one.credit,
            read_at=one.read_at,
            failing_boards=failing.get(one.name, 0),
            terms=one.limits,
        )
        for one in source_rows(desk.config, health)
    )


@get("/stats", sync_to_thread=True, responses=WRONG, tags=["lists"], operation_id="stats")
def stats(request: Request[Any, Any, Any]) -> Stats:
    """Count the whole store."""
    refuse_unknown(request, ())
    return store_stats(desk_of(request))


def store_stats(desk: Desk) -> Stats:
    """Return the counts of the whole store."""
    now, health = desk.clock(), desk.store.health()

    def total(text: str) -> Total:
        found = find(desk.store, asked_for(text, narrow=False).wanted, now, limit=1)
        return Total(jobs=found.total, at_least=found.at_least)

    remote = asked_for("")
    found = facets(desk.store, remote.wanted, now, list(_FACETS))
    return Stats(
        open=total("is:open"),
        open_remote=total("is:open arrangement:remote"),
        closed=total("is:closed"),
        boards_read=sum(one.read_at is not None for one in health),
        boards_failing=sum(one.error is not None for one in health),
        last_read_at=max((one.read_at for one in health if one.read_at), default=None),
        facets={name: counts(values) for name, values in found.items()},
    )


ROUTES = (changes, companies, list_sources, stats)
