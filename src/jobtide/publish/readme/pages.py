"""Openings onto pages: which, in what order, told apart, and how many to a file."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from jobtide.errors import PublishError
from jobtide.model import File, Opening, Snapshot
from jobtide.publish import facts
from jobtide.publish.readme.cards import Card, Maker
from jobtide.publish.readme.settings import PageSettings
from jobtide.publish.readme.templates import Templates

#: First line of every page, by which a page of an earlier run is known (see `write`).
MARKER = "<!-- jobtide: readme page, written anew at each run -->\n"

_BLANK = re.compile(rb"\n\s*\n")

#: Room for what the foot of a numbered page says beyond the first rendering: digits.
_SPARE = 256


def select(page: PageSettings, snapshot: Snapshot) -> list[Opening]:
    """Return the open openings of a page, newest first; ties by id, so the order is fixed."""
    chosen = [
        opening
        for opening in snapshot.openings
        if opening.status == "open" and page.matches(opening)
    ]
    chosen.sort(key=lambda opening: opening.id)
    chosen.sort(key=lambda opening: facts.posted(opening, snapshot.taken_at)[0], reverse=True)
    return chosen


def write_page(
    page: PageSettings,
    names: Callable[[int], str],
    cards: list[Card],
    maker: Maker,
    templates: Templates,
    shared: dict[str, Any],
) -> Iterator[File]:
    """Yield the files of one page: the first, then numbered ones, each below the size limit."""
    parts = _pack(cards, maker, templates, shared)
    for number, rows in enumerate(parts, 1):
        around = shared | {
            "number": number,
            "numbers": len(parts),
            "previous": names(number - 1) if number > 1 else None,
            "next": names(number + 1) if number < len(parts) else None,
        }
        layout = maker.settings.layout
        head = templates.render(f"{layout}-head.j2", **around)
        foot = templates.render(f"{layout}-foot.j2", **around)
        middle = b"".join(rows)
        if layout == "cards":
            # A blank line would end the HTML block, and the rest would be read as Markdown.
            middle = _BLANK.sub(b"\n", middle)
        body = (MARKER + head).encode() + middle + foot.encode()
        if len(body) > maker.settings.hard_bytes:
            raise PublishError(
                f"{names(number)} would have {len(body):,} bytes, more than hard_bytes = "
                f"{maker.settings.hard_bytes:,}; lower soft_bytes or description_chars"
            )
        yield File(path=names(number), body=body)


def _pack(
    cards: list[Card], maker: Maker, templates: Templates, shared: dict[str, Any]
) -> list[list[bytes]]:
    """Spread rendered cards over files: a card that would pass `soft_bytes` begins the next."""
    layout = maker.settings.layout
    around = shared | {"number": 9, "numbers": 99, "previous": "x" * 99, "next": "x" * 99}
    frame = sum(
        len(templates.render(f"{layout}-{part}.j2", **around).encode())
        for part in ("head", "foot")
    )
    room = min(maker.settings.soft_bytes, maker.settings.hard_bytes) - frame - _SPARE
    parts: list[list[bytes]] = [[]]
    used = 0
    for card in cards:
        row = _row(card, maker, templates, room)
        if parts[-1] and used + len(row) > room:
            parts.append([])
            used = 0
        parts[-1].append(row)
        used += len(row)
    return parts


def _row(card: Card, maker: Maker, templates: Templates, room: int) -> bytes:
    """Render one card; one too large for a whole file goes without its description."""
    row = templates.card(card, maker).encode()
    if len(row) > room:
        row = templates.card(card, maker, described=False).encode()
    return row
