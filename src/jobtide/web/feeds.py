"""Every search as a feed and as a file: the address of the search with a suffix."""

from datetime import UTC, datetime

from litestar import Response, get

from jobtide.publish.dataset import delimited, row
from jobtide.publish.feeds import FORMATS, FeedSettings
from jobtide.publish.feeds.items import Maker
from jobtide.publish.feeds.xml import Head
from jobtide.publish.readme import PageSettings
from jobtide.publish.terms import reader
from jobtide.run.searching import find
from jobtide.text import stable_hash
from jobtide.web.asking import Search, search_of
from jobtide.web.desk import Asked, Desk, desk_of, pairs_of

#: Openings in a feed and in a file. A file may be long: it is for a spreadsheet.
FEED_ITEMS, FILE_ROWS = 100, 1_000
#: Of these the whole text, of the rest an excerpt.
_WHOLE = 30
#: An empty feed has not changed since its ids were made (as in publish.feeds).
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
_TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
}
_EVERYTHING = PageSettings(name="all", title="", query_text="", matches=lambda _: True)


def _feed(request: Asked, suffix: str) -> Response[bytes]:
    desk = desk_of(request)
    asked = search_of(pairs_of(request))
    found = find(desk.store, asked.wanted, desk.clock(), limit=FEED_ITEMS).openings
    maker = Maker(FeedSettings(everything=_EVERYTHING, title=desk.settings.title))
    items = maker.items(found, _WHOLE)
    newest = max((item.updated for item in items), default=_NEVER)
    body = FORMATS[suffix](_head(desk, asked, suffix, newest), items)
    return Response(
        body, media_type=_TYPES[suffix], headers={"Cache-Control": "private, max-age=900"}
    )


def _head(desk: Desk, asked: Search, suffix: str, newest: datetime) -> Head:
    """Return what stands above the items; without a base address it names none of its own."""
    base = desk.settings.base_url.rstrip("/")
    text = asked.wanted.text
    return Head(
        id=f"tag:jobtide,2026:search/{stable_hash(text):016x}",
        title=f"{desk.settings.title}: {asked.words or text}"[:200],
        link=f"{base}{asked.address()}" if base else None,
        url=f"{base}{asked.address(f'/jobs{suffix}')}" if base else None,
        description=f"Openings found by the search: {text}",
        author=desk.settings.title,
        updated=newest,
    )


@get("/jobs.rss", sync_to_thread=True, include_in_schema=False)
def rss(request: Asked) -> Response[bytes]:
    """Return a search as RSS 2.0."""
    return _feed(request, ".rss")


@get("/jobs.atom", sync_to_thread=True, include_in_schema=False)
def atom(request: Asked) -> Response[bytes]:
    """Return a search as Atom."""
    return _feed(request, ".atom")


@get("/jobs.json", sync_to_thread=True, include_in_schema=False)
def json_feed(request: Asked) -> Response[bytes]:
    """Return a search as JSON Feed."""
    return _feed(request, ".json")


@get("/jobs.csv", sync_to_thread=True, include_in_schema=False)
def csv(request: Asked) -> Response[bytes]:
    """Return a search as CSV, under the terms of its boards, safe to open in a spreadsheet."""
    desk = desk_of(request)
    asked = search_of(pairs_of(request))
    found = find(desk.store, asked.wanted, desk.clock(), limit=FILE_ROWS).openings
    terms_of = reader()
    body = delimited([row(one, terms_of) for one in found], bom=True)
    headers = {"Content-Disposition": 'attachment; filename="jobs.csv"'}
    return Response(body, media_type="text/csv", headers=headers)


ROUTES = (rss, atom, json_feed, csv)
