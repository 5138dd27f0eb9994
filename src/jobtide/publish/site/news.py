"""The page of changes: what appeared, closed and changed in the last days."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from jobtide.publish.markdown import visible
from jobtide.publish.site.escaping import escaped, link
from jobtide.publish.site.frame import Frame
from jobtide.publish.site.page import Page, digest
from jobtide.publish.site.settings import Happening
from jobtide.publish.site.when import moment

#: Order of the lists; other words follow in the order they come.
_ORDER = ("new", "closed", "reopened", "pay changed", "place changed", "title changed")
#: Long texts that changed tell a reader nothing in a list.
_LEFT_OUT = frozenset(["text changed"])
_TITLES = {
    "new": "New",
    "closed": "Closed",
    "reopened": "Open again",
    "pay changed": "Pay changed",
    "place changed": "Place changed",
    "title changed": "Title changed",
}


def changes_page(frame: Frame, jobs: Mapping[str, str], now: datetime) -> Page:
    """Return the page of changes; `jobs` are the pages that can be linked to, by opening id."""
    settings = frame.settings
    since = now - timedelta(days=settings.change_days)
    by_kind: dict[str, list[Happening]] = defaultdict(list)
    for one in sorted(settings.changes, key=lambda one: (one.at, one.opening_id), reverse=True):
        if one.at >= since and one.kind not in _LEFT_OUT:
            by_kind[one.kind].append(one)
    kinds = [kind for kind in _ORDER if kind in by_kind]
    kinds += [kind for kind in by_kind if kind not in _ORDER]
    sections = [_section(kind, by_kind[kind], settings.max_changes, jobs) for kind in kinds]
    latest = max((one.at for found in by_kind.values() for one in found), default=None)
    return Page(
        path="changes.html",
        key=digest("changes", frame.key, sections, settings.change_days, frame.feeds("all")),
        make=lambda: frame.page(
            "changes.j2",
            "changes.html",
            "Changes of the last days",
            "New, closed and reopened jobs of the last days, and pay and places that changed.",
            {"sections": sections, "days": settings.change_days},
            feed="all",
        ),
        changed=latest,
        sitemap=True,
    )


def _section(
    kind: str, found: list[Happening], most: int, jobs: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "title": _TITLES.get(kind, kind.capitalize()),
        "id": "".join(letter if letter.isalnum() else "-" for letter in kind),
        "count": len(found),
        "more": max(len(found) - most, 0),
        "found": [
            moment(one.at)
            | {
                "title": escaped(visible(one.title)[:200] or "title not stated"),
                "company": escaped(visible(one.company or "")[:100]),
                "path": _page(jobs, one.opening_id),
                "detail": escaped(visible(one.detail)[:300]),
            }
            for one in found[:most]
        ],
    }


def _page(jobs: Mapping[str, str], identifier: str) -> str | None:
    return link(jobs[identifier]) if identifier in jobs else None
