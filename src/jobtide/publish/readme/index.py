"""The index of the pages: what there is, how fresh it is, which boards answered."""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from jobtide.model import Opening, Snapshot
from jobtide.publish import facts
from jobtide.publish.markdown import attribute, href, md, url
from jobtide.publish.pictures.markdown import shown
from jobtide.publish.readme.archive import Month
from jobtide.publish.readme.cards import Card, Maker
from jobtide.publish.readme.health import health_values
from jobtide.publish.readme.settings import PageSettings
from jobtide.publish.readme.templates import Templates

_BLANK_LINES = re.compile(r"\n{3,}")


class Entry(Struct, frozen=True, kw_only=True):
    """One page as the index lists it."""

    page: PageSettings
    path: str | None  #: None: nothing to show today
    count: int
    new: int


class Listed(Struct, frozen=True, kw_only=True):
    """A page that lists pages: of employers, of countries."""

    name: str
    path: str
    count: int


class Index(Struct, frozen=True, kw_only=True):
    """What the index is made of, beside the snapshot and the settings."""

    entries: Sequence[Entry]
    openings: Sequence[Opening]  #: all that are on some page, newest first
    new: Sequence[Opening]  #: those first seen lately
    lists: Sequence[Listed] = ()
    months: Sequence[Month] = ()


def index_values(snapshot: Snapshot, maker: Maker, index: Index) -> dict[str, Any]:
    """Return the values of `index.j2` and its parts, escaped for Markdown."""
    settings = maker.settings
    home = url(settings.home)
    read = [health.read_at for health in snapshot.health if health.read_at is not None]
    return {
        "title": md(settings.title),
        "intro": md(settings.intro),
        "home": href(home) if home else None,
        "links": [
            {"text": md(text), "url": address}
            for text, address in ((text, link_of(address)) for text, address in settings.links)
            if address
        ],
        "day": _day(snapshot, index, settings.age),
        "read_day": facts.day(max(read)) if read else None,
        "total": len(index.openings),
        "new": len(index.new),
        "entries": [
            {
                "title": md(entry.page.title),
                "query": md(entry.page.query_text),
                "path": entry.path and attribute(entry.path),
                "count": entry.count,
                "new": entry.new,
            }
            for entry in index.entries
        ],
        "newest": [_new(card) for card in maker.cards(list(index.new))[: settings.max_new]],
        "lists": [
            {"name": one.name, "path": attribute(one.path), "count": one.count}
            for one in index.lists
        ],
        "months": [
            {"name": m.name, "path": attribute(m.path), "count": m.count} for m in index.months
        ],
        "layout": settings.layout,
        "pictures": shown(settings.figures) if settings.figures is not None else [],
        **health_values(snapshot.health, maker),
    }


def write_index(values: dict[str, Any], templates: Templates) -> str:
    """Return the index; parts that have nothing to say leave no gap."""
    return _BLANK_LINES.sub("\n\n", templates.render("index.j2", **values)).rstrip("\n") + "\n"


def write_parts(values: dict[str, Any], templates: Templates) -> dict[str, str]:
    """Return every part of the index by the name of its region."""
    names = ("counts", "pages", "new", "pictures", "legend", "sources", "archive", "links")
    parts = {
        name: _BLANK_LINES.sub("\n\n", templates.render(f"index-{name}.j2", **values)).strip("\n")
        for name in names
    }
    return parts | {"index": "\n\n".join(part for part in parts.values() if part)}


def link_of(address: str) -> str | None:
    """Return an address of the settings: http(s), or a plain relative path."""
    if re.fullmatch(r"[\w./-]+(?:#[\w-]+)?", address) and not address.startswith("/"):
        return address
    return url(address)


def _day(snapshot: Snapshot, index: Index, age: str) -> str:
    """Return the day ages count from; with dates, the last day on which something changed.

    So a quiet day leaves the index as it was.
    """
    changes = [one.changed_at or one.first_seen_at for one in index.openings]
    changes += [one.first_seen_at for one in index.openings]
    if age == "relative" or not changes:
        return facts.day(snapshot.taken_at)
    return facts.day(min(max(changes), snapshot.taken_at))


def _new(card: Card) -> dict[str, Any]:
    """Return one line of what is new: the job leads to its page on its board."""
    return {
        "title": md(card.title),
        "company": md(card.company),
        "credit": md(card.credit.text),
        "url": card.credit.url and href(card.credit.url),
        "place": md(card.place.text),
        "pay": md(card.pay.text),
    }
