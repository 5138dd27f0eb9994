"""
The static site: a page for each job and for each list worth having, for any plain web server.

`pages` is what there is, each page with a key and a way to make it; `render` makes them all. Both
are pure. Whoever keeps the keys of the last time need not make a page whose key is the same: it
would have the same bytes. No page ticks: ages are days that a script, where there is one, counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from jobtide.model import File, Opening, Snapshot
from jobtide.publish.site import paths
from jobtide.publish.site.about import about_page, sources_page
from jobtide.publish.site.escaping import link
from jobtide.publish.site.frame import Frame
from jobtide.publish.site.front import home_page, stats_page
from jobtide.publish.site.groups import Group, groups, newest
from jobtide.publish.site.history import REASONS
from jobtide.publish.site.jobs import closed_page, job_page, moved_page
from jobtide.publish.site.lists import index_page, list_pages
from jobtide.publish.site.news import changes_page
from jobtide.publish.site.page import Page
from jobtide.publish.site.rows import Rows
from jobtide.publish.site.settings import Happening, SiteSettings
from jobtide.publish.site.similar import Beside
from jobtide.publish.site.small import look_pages, lost_page, map_pages, search_page

__all__ = [
    "REASONS",
    "Happening",
    "Page",
    "SiteSettings",
    "pages",
    "render",
]

_INDEXES = (
    ("country", "countries.html", "Countries", "From where may one apply? Countries that are "
     "named, or lie in a region that is."),
    ("company", "companies.html", "Companies", "Every employer with an open job."),
    ("skill", "skills.html", "Skills", "Skills that several open jobs name."),
)  # fmt: skip


def render(snapshot: Snapshot, settings: SiteSettings) -> Iterator[File]:
    """Yield every file of the site.

    Raises ConfigError for a template that does not exist or is broken, and PublishError for one
    that asks for what is not there.
    """
    for page in pages(snapshot, settings):
        yield File(path=page.path, body=page.make())


def pages(snapshot: Snapshot, settings: SiteSettings) -> Iterator[Page]:
    """Yield every file of the site, not yet made; raises as `render` does."""
    listed, going, closed = _chosen(snapshot, settings)
    found = groups(listed, going, settings)
    frame = Frame(settings)
    rows = Rows(frame, _skills(found), _sizes(going))
    maps: list[tuple[str, datetime | None]] = []
    for page in (
        *_front(snapshot, found, listed, rows, _linked(going, closed)),
        *_lists(found, rows),
        *_jobs(going, closed, rows),
    ):
        if page.sitemap:
            maps.append((page.path, page.changed))
        yield page
    yield from look_pages(settings)
    yield from map_pages(frame, maps)


def _chosen(
    snapshot: Snapshot, settings: SiteSettings
) -> tuple[list[Opening], list[Opening], list[Opening]]:
    """Return what is listed, all open openings that have a page, and the lately closed."""
    wanted = [settings.everything, *settings.pages]
    since = snapshot.taken_at - timedelta(days=settings.closed_days)
    listed, going, closed = [], [], []
    for one in snapshot.openings:
        if one.status == "open":
            if settings.everything.matches(one):
                listed.append(one)
                going.append(one)
            elif any(page.matches(one) for page in settings.pages):
                going.append(one)
        elif one.closed_at and one.closed_at >= since and any(w.matches(one) for w in wanted):
            closed.append(one)
    return newest(listed), newest(going), closed


def _front(
    snapshot: Snapshot,
    found: Sequence[Group],
    listed: Sequence[Opening],
    rows: Rows,
    linked: Mapping[str, str],
) -> Iterator[Page]:
    """Yield the pages at the root."""
    frame = rows.frame
    yield home_page(found, listed, rows, snapshot.taken_at)
    for kind, path, title, lead in _INDEXES:
        yield index_page(path, title, lead, [one for one in found if one.kind == kind], rows)
    yield changes_page(frame, linked, snapshot.taken_at)
    yield stats_page(found, listed, rows)
    yield about_page(frame, listed)
    yield sources_page(frame, snapshot.health, snapshot.taken_at)
    yield search_page(found, frame)
    yield lost_page(frame)


def _lists(found: Sequence[Group], rows: Rows) -> Iterator[Page]:
    """Yield the lists; those of countries lead to what is open to everybody and to the silent."""
    aside: list[dict[str, Any]] = [
        {"path": link(f"{one.path}.html"), "title": one.title, "count": len(one.openings)}
        for one in found
        if one.path in ("all/anywhere", "all/not-stated")
    ]
    for group in found:
        yield from list_pages(group, rows, aside if group.kind == "country" else ())


def _jobs(going: Sequence[Opening], closed: Sequence[Opening], rows: Rows) -> Iterator[Page]:
    """Yield the pages of jobs, open and closed, and those that lead from an old id."""
    beside = Beside(going)
    by_id: dict[str, Opening] = {}
    for one in going:
        by_id[one.id] = one
        yield job_page(one, rows, beside)
    for one in closed:
        by_id.setdefault(one.id, one)
        yield closed_page(one, rows)
    for old, new in rows.frame.settings.moved.items():
        if old not in by_id and new in by_id:
            yield moved_page(old, by_id[new], rows.frame)


def _linked(going: Sequence[Opening], closed: Sequence[Opening]) -> dict[str, str]:
    return {one.id: paths.job(one.id) for one in (*closed, *going)}


def _skills(found: Sequence[Group]) -> dict[str, str]:
    """Return skill -> path of its list."""
    known = {group.path for group in found if group.kind == "skill"}
    words = {
        label.value
        for group in found
        if group.kind == "skill"
        for opening in group.openings
        for label in opening.posting.skills
    }
    return {word: paths.skill(word) for word in words if paths.skill(word) in known}


def _sizes(going: Sequence[Opening]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for one in going:
        if one.group:
            sizes[one.group] = sizes.get(one.group, 0) + 1
    return sizes
