"""The pages of jobs: the search, one job, what supports it."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from jobtide.model import Opening
from jobtide.run.openings import completed
from jobtide.run.searching import find
from jobtide.web import filters
from jobtide.web.asking import Search, search_of
from jobtide.web.cards import Maker
from jobtide.web.desk import Asked, Desk, desk_of, me_asking, page, pairs_of
from jobtide.web.evidence import evidence
from jobtide.web.job import job_values
from jobtide.web.links import identifier
from jobtide.web.links import job as job_address
from jobtide.web.problems import missing

#: A search in every format: suffix, media type, the words of its link.
FORMATS = (
    (".rss", "application/rss+xml", "RSS"),
    (".atom", "application/atom+xml", "Atom"),
    (".json", "application/feed+json", "JSON"),
    (".csv", "text/csv", "CSV"),
)


@get("/", sync_to_thread=True, include_in_schema=False)
def search(request: Asked) -> Response[bytes]:
    """Show what answers a search."""
    desk, me = desk_of(request), me_asking(request)
    asked = search_of(pairs_of(request))
    now = desk.clock()
    cursor = request.query_params.get("cursor") or None
    found = find(desk.store, asked.wanted, now, limit=desk.settings.per_page, cursor=cursor)
    maker = Maker(me, now, desk.settings.new_hours, desk.logos.of)
    return page(
        request,
        "search.j2",
        _title(asked),
        search=asked,
        jobs=[maker.card(one) for one in found.openings],
        total=filters.many(found),
        order=dict(filters.SORTS).get(asked.first("sort"), asked.first("sort")),
        next=asked.address("/", ("cursor", found.next)) if found.next else None,
        first=asked.address() if cursor else None,
        chips=filters.chips(asked),
        remote_only="arrangement:remote" in asked.narrowed,
        unsaid=filters.unsaid(desk.store, asked, now, found),
        loosened=[] if found.total else filters.loosened(desk.store, asked, now),
        feeds=_feeds(asked),
        index=not asked.chosen and not cursor,
        **_choices(desk, asked, found.total),
    )


def _title(asked: Search) -> str:
    named = [chip.text for chip in filters.chips(asked)]
    return ", ".join(named)[:120] if named else "All remote jobs"


def _feeds(asked: Search) -> list[dict[str, str]]:
    return [
        {"href": asked.address(f"/jobs{suffix}"), "type": kind, "name": name}
        for suffix, kind, name in FORMATS
    ]


def _choices(desk: Desk, asked: Search, total: int) -> dict[str, Any]:
    return {
        "boxes": filters.boxes(desk.store, asked, desk.clock()),
        "countries": filters.country_choices(),
        "since": filters.SINCE,
        "arrangements": filters.ARRANGEMENTS,
        "states": filters.STATES,
        "sorts": filters.SORTS,
        "visas": filters.VISAS,
        "known": total > 0 or bool(desk.store.last_change()),
        "currencies": filters.CURRENCIES,
    }


@get("/jobs/{key:str}", sync_to_thread=True, include_in_schema=False)
def job(request: Asked, key: FromPath[str]) -> Response[bytes]:
    """Show one job."""
    desk = desk_of(request)
    opening = opening_of(desk, key)
    if opening is None:
        return missing(request, "job")
    values = job_values(desk, opening, me_asking(request))
    return page(request, "job.j2", values.pop("heading"), **values)


def opening_of(desk: Desk, key: FromPath[str]) -> Opening | None:
    """Return the opening that a segment of an address names."""
    found = desk.store.opening(identifier(key))
    return next(iter(completed([found])), None) if found else None


@get("/jobs/{key:str}/why", sync_to_thread=True, include_in_schema=False)
def why(request: Asked, key: FromPath[str]) -> Response[bytes]:
    """Show all that supports what is said of a job; as a part of its page when asked for so."""
    desk = desk_of(request)
    opening = opening_of(desk, key)
    if opening is None:
        return missing(request, "job")
    return page(
        request,
        "why_part.j2" if request.headers.get("HX-Request") else "why.j2",
        f"Why: {opening.posting.title}",
        href=job_address(opening.id),
        name=opening.posting.title,
        evidence=list(evidence(opening.posting)),
        mended=opening.posting.mended,
        reasons=opening.reasons,
    )


ROUTES = (search, job, why)
