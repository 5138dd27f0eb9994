"""Jobs: a search, one job, why it is read so, the values of a search."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from jobtide.model import Opening
from jobtide.publish.dataset import row
from jobtide.publish.terms import reader
from jobtide.query import QueryError
from jobtide.query.values import COUNTED, FACETS
from jobtide.run.searching import facets, find
from jobtide.run.signals import signals_of
from jobtide.web.api.answers import (
    MISSING,
    WRONG,
    Country,
    Cursor,
    Key,
    Limit,
    Offset,
    Q,
    asked_for,
    counts,
    for_me,
    job,
    me_stated,
    refuse_unknown,
)
from jobtide.web.api.types import Explanation, Facets, Jobs, OneJob
from jobtide.web.asking import nearest
from jobtide.web.desk import Desk, desk_of
from jobtide.web.evidence import events, evidence
from jobtide.web.pages import opening_of


@get("/jobs", sync_to_thread=True, responses=WRONG, tags=["jobs"], operation_id="searchJobs")
def search_jobs(
    request: Request[Any, Any, Any],
    q: Q = "",
    cursor: Cursor = None,
    limit: Limit = 20,
    me: Country = None,
    offset: Offset = None,
) -> Jobs:
    """Find jobs, the newest first unless `sort:` says otherwise."""
    refuse_unknown(request, ("q", "cursor", "limit", "me", "offset"))
    desk, asked, reader_ = desk_of(request), asked_for(q), me_stated(me, offset)
    found = find(desk.store, asked.wanted, desk.clock(), limit=limit, cursor=cursor)
    terms_of = reader()
    return Jobs(
        query=asked.wanted.text,
        jobs=tuple(job(one, reader_, terms_of) for one in found.openings),
        next=found.next,
        total=found.total,
        at_least=found.at_least,
    )


@get("/jobs/{key:str}", sync_to_thread=True, responses=MISSING, tags=["jobs"], operation_id="job")
def one_job(
    request: Request[Any, Any, Any], key: Key, me: Country = None, offset: Offset = None
) -> OneJob:
    """Return one job with all its postings; an id it once had leads to it as well."""
    refuse_unknown(request, ("me", "offset"))
    desk, reader_ = desk_of(request), me_stated(me, offset)
    opening = _opening(desk, key)
    return OneJob(
        job=row(opening, reader()),
        for_me=for_me(opening, reader_),
        signals=_signals(desk, opening),
    )


@get(
    "/jobs/{key:str}/explain",
    sync_to_thread=True,
    responses=MISSING,
    tags=["jobs"],
    operation_id="explainJob",
)
def explain(request: Request[Any, Any, Any], key: Key) -> Explanation:
    """Say why a job is read as it is: every label with the words that support it."""
    refuse_unknown(request, ())
    desk = desk_of(request)
    opening = _opening(desk, key)
    return Explanation(
        id=opening.id,
        evidence=tuple(evidence(opening.posting)),
        reasons=opening.reasons,
        history=tuple(events(opening)),
        mended=opening.posting.mended,
        signals=_signals(desk, opening),
    )


@get("/facets", sync_to_thread=True, responses=WRONG, tags=["jobs"], operation_id="countFacets")
def count_facets(
    request: Request[Any, Any, Any],
    q: Q = "",
    fields: Annotated[
        str,
        QueryParameter(description=f"Which, comma between: {', '.join(COUNTED)}.", max_length=200),
    ] = "",
) -> Facets:
    """Count the values that the jobs of a search have, the commonest first."""
    refuse_unknown(request, ("q", "fields"))
    names = [one.strip() for one in fields.split(",") if one.strip()] or list(FACETS)
    for name in names:
        if name not in COUNTED:
            raise QueryError(f"fields: unknown field {name!r}.{nearest(name, COUNTED)}")
    desk, asked = desk_of(request), asked_for(q)
    now = desk.clock()
    found = facets(desk.store, asked.wanted, now, names)
    every = find(desk.store, asked.wanted, now, limit=1)
    return Facets(
        query=asked.wanted.text,
        total=every.total,
        at_least=every.at_least,
        facets={name: counts(values) for name, values in found.items()},
    )


def _opening(desk: Desk, key: str) -> Opening:
    """Return an opening; raise 404 when there is none."""
    found = opening_of(desk, key)
    if found is None:
        raise NotFoundException
    return found


def _signals(desk: Desk, opening: Opening) -> tuple[str, ...]:
    return tuple(one.sentence for one in signals_of(opening, desk.store, desk.clock()))


ROUTES = (search_jobs, one_job, explain, count_facets)
