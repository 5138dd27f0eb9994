"""Lists beside the search: employers, changes, and what the browser keeps."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from jobtide.publish import facts
from jobtide.publish.markdown import visible
from jobtide.query import FIELDS
from jobtide.run.news import News, news
from jobtide.run.searching import facets, find
from jobtide.web import api, links
from jobtide.web.api.lists import LOOKED_AT, employers, first_change
from jobtide.web.asking import search_of, term
from jobtide.web.cards import Maker
from jobtide.web.desk import Asked, desk_of, me_asking, page, pairs_of
from jobtide.web.filters import SINCE, many

#: Changes on one page.
MOST_CHANGES = 200
#: Days the page of changes may go back; more is for the API, page by page.
_DAYS = {"1d": 1, "3d": 3, "7d": 7, "30d": 30}


@get("/companies", sync_to_thread=True, include_in_schema=False)
def companies(request: Asked) -> Response[bytes]:
    """Show the employers of a search, those with the most jobs first."""
    desk = desk_of(request)
    asked = search_of(pairs_of(request))
    found = facets(desk.store, asked.wanted, desk.clock(), ["company"])["company"]
    return page(
        request,
        "companies.j2",
        "Companies",
        words=asked.words,
        companies=[(name, links.company(name), n) for name, n in employers(found)],
    )


@get("/companies/{key:str}", sync_to_thread=True, include_in_schema=False)
def company(request: Asked, key: FromPath[str]) -> Response[bytes]:
    """Show the open jobs of one employer, and those that ended lately."""
    desk, me = desk_of(request), me_asking(request)
    name = visible(links.identifier(key))[:200]
    now = desk.clock()
    maker = Maker(me, now, desk.settings.new_hours, desk.logos.of)
    asked = search_of([("company", name), ("arrangement", "any")])
    going = find(desk.store, asked.wanted, now, limit=100)
    ended = find(desk.store, search_of([*asked.pairs(), ("is", "closed")]).wanted, now, limit=10)
    known = bool(going.openings or ended.openings)
    return page(
        request,
        "company.j2",
        name,
        status=200 if known else 404,
        name=name,
        jobs=[maker.card(one) for one in going.openings],
        total=many(going),
        more=going.next is not None,
        ended=[maker.card(one) for one in ended.openings],
        search=asked.address(),
        feeds=[
            {"href": asked.address(f"/jobs{suffix}"), "type": kind, "name": words}
            for suffix, kind, words in (
                (".rss", "application/rss+xml", "RSS"),
                (".atom", "application/atom+xml", "Atom"),
            )
        ],
    )


@get("/changes", sync_to_thread=True, include_in_schema=False)
def changes(request: Asked) -> Response[bytes]:
    """Show what happened lately to the jobs of a search, newest first."""
    desk = desk_of(request)
    since = request.query_params.get("since") or "1d"
    days = _DAYS.get(str(since), 1)
    pairs = [pair for pair in pairs_of(request) if pair[0] != "since"]
    asked = search_of(pairs, narrow=False)
    now = desk.clock()
    first = now - timedelta(days=days)
    start = max(0, desk.store.last_change() - LOOKED_AT)
    every = news(desk.store, first, asked.wanted, now, after=start)
    once = {(one.at.date(), one.kind, one.opening_id): one for one in every}
    found = sorted(once.values(), key=lambda one: one.at, reverse=True)
    more = len(found) > MOST_CHANGES or first_change(desk, first) <= start
    return page(
        request,
        "changes.j2",
        "Changes",
        since=since,
        choices=[(value, words) for value, words in SINCE if value],
        words=asked.words,
        more=more,
        days=[
            (day, [_line(one) for one in those])
            for day, those in groupby(found[:MOST_CHANGES], lambda one: facts.day(one.at))
        ],
    )


def _line(one: News) -> dict[str, Any]:
    detail = ""
    if one.kind in ("pay changed", "title changed", "place changed"):
        detail = f"{_said(one.earlier)} → {_said(one.now)}"
    return {
        "kind": one.kind,
        "time": f"{one.at:%H:%M}",
        "iso": one.at.isoformat(timespec="seconds"),
        "href": links.job(one.opening_id),
        "title": visible(one.title)[:200],
        "company": visible(one.hiring_organization or "")[:100],
        "detail": detail if len(detail) < 200 else "",
    }


def _said(value: object) -> str:
    """Return a value that changed, when it reads as words; empty for a structure."""
    if value is None:
        return "not stated"
    return visible(value) if isinstance(value, str) else "…"


@get("/saved", include_in_schema=False)
async def saved(request: Asked) -> Response[bytes]:
    """Show what the browser keeps: searches, marks, settings."""
    return page(request, "saved.j2", "Saved", index=False)


@get("/help", include_in_schema=False)
async def help_page(request: Asked) -> Response[bytes]:
    """Show how to search, and the keys."""
    return page(request, "help.j2", "Help", fields=list(FIELDS.values()))


@get("/api", include_in_schema=False)
async def api_page(request: Asked) -> Response[bytes]:
    """Show the description of the API for people; it needs no script."""
    return page(request, "api.j2", "API", described=api.description(), example=_EXAMPLE)


_EXAMPLE = term("category", "backend") + "+" + term("from", "PL")

ROUTES = (companies, company, changes, saved, help_page, api_page)
