"""The home page, and the page of numbers."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from minijinja import safe

from jobtide.model import Opening, Posting
from jobtide.publish import facts
from jobtide.publish.pictures import Figures, pictures
from jobtide.publish.site.escaping import escaped, link
from jobtide.publish.site.groups import Group
from jobtide.publish.site.page import Page, digest
from jobtide.publish.site.rows import Rows
from jobtide.publish.site.similar import folded
from jobtide.publish.site.when import moment

_NEWEST = 20
_COUNTRIES = 16
_SKILLS = 24
#: Rows of a table of numbers.
_MOST = 30


def home_page(
    groups: Sequence[Group], listed: Sequence[Opening], rows: Rows, now: datetime
) -> Page:
    """Return the first page: where to look, what is new; `now` is the beginning of the day."""
    frame = rows.frame
    settings = frame.settings
    newest = list(folded(listed))[:_NEWEST]
    values: dict[str, Any] = {
        "count": len(listed),
        "fresh": sum(one.first_seen_at >= now - timedelta(days=1) for one in listed),
        "week": sum(one.first_seen_at >= now - timedelta(days=7) for one in listed),
        "day": moment(now),
        "answers": _entries([one for one in groups if one.kind == "all"]),
        "categories": _entries(one for one in groups if one.kind == "category"),
        "countries": sorted(
            _largest(groups, "country", _COUNTRIES), key=lambda one: str(one["name"])
        ),
        "skills": _largest(groups, "skill", _SKILLS),
        "searches": _entries(one for one in groups if one.kind == "page"),
        "query": escaped(settings.everything.query_text),
        "tagline": escaped(settings.tagline),
        "feeds": frame.feeds("all"),
        "pictures": drawn(settings.figures)[:1],
    }
    return Page(
        path="index.html",
        key=digest(
            "home", frame.key, settings.search_text, values, [rows.key(one) for one in newest]
        ),
        make=lambda: frame.page(
            "home.j2",
            "index.html",
            settings.title,
            f"{settings.tagline}. {len(listed)} open jobs, each with the place one may live in, "
            "the pay and the day.",
            values | {"rows": safe("".join(rows.html(one, "") for one in newest))},
            feed="all",
        ),
        changed=max((rows.updated(one) for one in listed), default=None),
        sitemap=True,
    )


def _entries(groups: Iterable[Group]) -> list[dict[str, Any]]:
    return [
        {
            "path": link(f"{group.path}.html"),
            "name": escaped(group.name),
            "title": escaped(group.title),
            "count": len(group.openings),
        }
        for group in groups
    ]


def _largest(groups: Sequence[Group], kind: str, most: int) -> list[dict[str, Any]]:
    found = [group for group in groups if group.kind == kind]
    found.sort(key=lambda one: (-len(one.openings), one.path))
    return _entries(found[:most])


def drawn(figures: Figures | None) -> list[dict[str, Any]]:
    """Return the pictures as a template needs them."""
    return [
        {
            "light": link(one.path("light")),
            "dark": link(one.path("dark")),
            "width": one.width,
            "height": one.height,
            "title": escaped(one.title),
            "text": escaped(one.alt),
            "note": escaped(one.note),
            "heads": [escaped(head) for head in one.table.head],
            # Numbers are ours, and `attribute` would make their thin spaces wide.
            "rows": [[escaped(name), *map(safe, rest)] for name, *rest in one.table.rows],
        }
        for one in (pictures(figures) if figures is not None else ())
    ]


def stats_page(groups: Sequence[Group], listed: Sequence[Opening], rows: Rows) -> Page:
    """Return the page of numbers: every one of them in a table."""
    frame = rows.frame
    shown = drawn(frame.settings.figures)
    tables = [
        _stated(listed),
        _table("By category", "Category", _counts(groups, "category"), len(listed)),
        _table("By level", "Level", _labels(listed, _level), len(listed)),
        _table("By country one may live in", "Country", _counts(groups, "country"), len(listed)),
        _table("By skill", "Skill", _counts(groups, "skill"), len(listed)),
        _table("By board", "Board", _boards(listed, rows), len(listed)),
    ]
    return Page(
        path="stats.html",
        key=digest("stats", frame.key, tables, shown, len(listed)),
        make=lambda: frame.page(
            "stats.j2",
            "stats.html",
            "Numbers",
            f"What {len(listed)} open jobs state: pay, places, levels, skills, boards.",
            {"tables": tables, "pictures": shown, "count": len(listed)},
        ),
        changed=max((rows.updated(one) for one in listed), default=None),
        sitemap=True,
    )


def _counts(groups: Sequence[Group], kind: str) -> list[tuple[str, int, str | None]]:
    return [
        (group.name, len(group.openings), f"{group.path}.html")
        for group in groups
        if group.kind == kind
    ]


def _labels(
    listed: Sequence[Opening], say: Callable[[Posting], str]
) -> list[tuple[str, int, str | None]]:
    counts = Counter(say(one.posting) for one in listed)
    return [(word, count, None) for word, count in counts.items()]


def _level(posting: Posting) -> str:
    return posting.seniority.value.replace("_", " ") if posting.seniority else "not stated"


def _boards(listed: Sequence[Opening], rows: Rows) -> list[tuple[str, int, str | None]]:
    counts = Counter(
        credit
        for one in listed
        for credit in {rows.terms_of(tracked.posting).credit for tracked in one.postings}
    )
    return [(credit, count, None) for credit, count in counts.items()]


def _stated(listed: Sequence[Opening]) -> dict[str, Any]:
    """Return how many state what a reader asks for first."""
    total = len(listed)
    found = [
        (
            "From where one may apply",
            sum(facts.open_to(one.posting) is not None for one in listed),
        ),
        ("Open to the whole world", sum(_anywhere(one.posting) for one in listed)),
        ("Pay", sum(facts.pay(one.posting).stated for one in listed)),
        ("The day it was posted", sum(one.posting.date_posted is not None for one in listed)),
        ("The level", sum(one.posting.seniority is not None for one in listed)),
    ]
    rows: list[tuple[str, int, str | None]] = [(name, count, None) for name, count in found]
    return _table("What is stated", "Stated", rows, total, ordered=True)


def _anywhere(posting: Posting) -> bool:
    return posting.eligibility is not None and posting.eligibility.anywhere is not None


def _table(
    title: str,
    head: str,
    counted: list[tuple[str, int, str | None]],
    total: int,
    *,
    ordered: bool = False,
) -> dict[str, Any]:
    """Return a table, the largest number first unless the order has a meaning."""
    rows = counted if ordered else sorted(counted, key=lambda one: (-one[1], one[0]))
    return {
        "title": title,
        "id": "table-" + "".join(letter if letter.isalpha() else "-" for letter in title.lower()),
        "head": head,
        "rows": [
            {
                "name": escaped(name),
                "path": path and link(path),
                "count": count,
                "share": f"{count / total:.0%}" if total else "0%",
            }
            for name, count, path in rows[:_MOST]
        ],
        "more": max(len(rows) - _MOST, 0),
    }
