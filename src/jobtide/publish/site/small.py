"""The search page, the page for what is not there, the files of the look, robots and sitemaps."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from html import escape

import msgspec

from jobtide.model import CATEGORIES
from jobtide.places.regions import REGIONS
from jobtide.places.table import countries
from jobtide.publish import facts, pictures
from jobtide.publish.site import paths
from jobtide.publish.site.escaping import escaped, link
from jobtide.publish.site.frame import Frame
from jobtide.publish.site.groups import Group
from jobtide.publish.site.page import Page, digest
from jobtide.publish.site.settings import SiteSettings
from jobtide.publish.site.templates import content

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def search_page(groups: Sequence[Group], frame: Frame) -> Page:
    """Return the search page; without an index it leads to the categories."""
    words = {group.path.partition("/")[2] for group in groups if group.kind == "category"}
    categories = [
        {"word": word, "name": escaped(name), "path": link(f"category/{word}.html")}
        for word, name in CATEGORIES.items()
        if word in words
    ]
    open_to = [
        {"word": code, "name": escaped(facts.country(code))}
        for code in sorted(countries(), key=facts.country)
    ]
    return Page(
        path="search.html",
        key=digest("search", frame.key, frame.settings.search_text, categories, open_to),
        make=lambda: frame.page(
            "search.j2",
            "search.html",
            "Search",
            "Search all open jobs by word, country, category and pay.",
            {"categories": categories, "countries": open_to},
        ),
    )


def lost_page(frame: Frame) -> Page:
    """Return the page for an address that leads nowhere; its links begin at the host."""
    return Page(
        path="404.html",
        key=digest("lost", frame.key),
        make=lambda: frame.page(
            "lost.j2",
            "404.html",
            "There is no such page",
            "The job may be closed, or the address mistyped.",
            {},
            index=False,
            root=frame.root,
        ),
    )


def look_pages(settings: SiteSettings) -> Iterator[Page]:
    """Yield style, scripts, the pictures of the site itself, and what was drawn for it."""
    for path in (paths.STYLE, paths.SCRIPT, paths.SEARCH_SCRIPT, paths.ICON, paths.CARD):
        if path != paths.SEARCH_SCRIPT or settings.search:
            yield fixed(path, content(path))
    if settings.search:
        yield fixed(paths.PLACES, _places())
    if settings.figures is not None:
        for file in pictures.files(settings.figures):
            yield fixed(file.path, file.body)


def fixed(path: str, body: bytes) -> Page:
    """Return a file that is there already."""
    return Page(path=path, key=digest(body), make=lambda: body)


def _places() -> bytes:
    """Return country -> the words of regions it lies in, for the search by country."""
    found = {
        code: sorted(word for word, members in REGIONS.items() if code in members)
        for code in sorted(countries())
    }
    return msgspec.json.encode(found)


def map_pages(frame: Frame, listed: Sequence[tuple[str, datetime | None]]) -> Iterator[Page]:
    """Yield the sitemaps, their index, and robots.txt; without an address only the last."""
    if frame.base is None:
        yield fixed("robots.txt", b"User-agent: *\nAllow: /\n")
        return
    size = frame.settings.urls_a_sitemap
    names = []
    for number, at in enumerate(range(0, len(listed), size), 1):
        part = listed[at : at + size]
        name = f"sitemap-{number}.xml"
        names.append((name, max((when for _, when in part if when), default=None)))
        yield Page(
            path=name,
            key=digest("map", frame.base, part),
            make=_writer("urlset", "url", [(frame.address(path), when) for path, when in part]),
        )
    index = [(frame.address(name), when) for name, when in names]
    yield Page(
        path="sitemap.xml",
        key=digest("maps", index),
        make=_writer("sitemapindex", "sitemap", index),
    )
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {frame.base}sitemap.xml\n"
    yield fixed("robots.txt", robots.encode())


def _writer(
    root: str, element: str, entries: Sequence[tuple[str | None, datetime | None]]
) -> Callable[[], bytes]:
    """Return what writes one sitemap (sitemaps.org, protocol 0.9)."""

    def make() -> bytes:
        lines = [f'{_HEAD}<{root} xmlns="{_SCHEMA}">']
        for place, when in entries:
            changed = f"<lastmod>{when.date().isoformat()}</lastmod>" if when else ""
            lines.append(f"<{element}><loc>{escape(place or '')}</loc>{changed}</{element}>")
        lines.append(f"</{root}>\n")
        return "\n".join(lines).encode()

    return make
