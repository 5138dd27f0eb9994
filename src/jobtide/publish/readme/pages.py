"""Openings onto pages: which, in what order, told apart, and how many to a file."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from jobtide.errors import PublishError
from jobtide.model import File, Opening, Snapshot
from jobtide.publish import facts
from jobtide.publish.markdown import visible
from jobtide.publish.readme.cards import Card, Maker
from jobtide.publish.readme.settings import PageSettings
from jobtide.publish.readme.templates import Templates

#: First line of every page, by which a page of an earlier run is known (see `write`).
MARKER = "<!-- jobtide: readme page, written anew at each run -->\n"

_BLANK = re.compile(rb"\n\s*\n")

#: Room for what the foot of a numbered page says beyond the first rendering: digits.
_SPARE = 256

#: What tells two cards of one look apart: the first of these that differs among them.
_DISTINCTIONS: tuple[Callable[[Opening], str], ...] = (
    lambda opening: f"place as written: {visible(opening.posting.location_text or '')[:80]}",
    lambda opening: f"requisition {visible(opening.posting.requisition or '')[:60]}",
    lambda opening: f"posting {visible(opening.posting.identifier)[:60]}",
    lambda opening: f"opening {visible(opening.id)[:200]}",
)


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


def distinct(cards: list[Card]) -> list[Card]:
    """Return cards no reader takes for each other.

    Cards of one company and title that lead to one link become one; those that lead to several
    links but look the same get a line that tells them apart.
    """
    by_key: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in cards:
        by_key[card.key].append(card)
    gone: set[int] = set()
    for alike in by_key.values():
        if len(alike) > 1:
            gone.update(id(card) for card in _merge(alike))
            _mark([card for card in alike if id(card) not in gone])
    return [card for card in cards if id(card) not in gone]


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
    name = f"{maker.settings.layout}-card.j2"
    row = templates.render(name, **maker.values(card)).encode()
    if len(row) > room:
        row = templates.render(name, **maker.values(card, described=False)).encode()
    return row


def _merge(alike: list[Card]) -> list[Card]:
    """Merge cards that lead to one link into the first of them; return those that go."""
    first: dict[str | None, Card] = {}
    gone = []
    for card in alike:
        kept = first.setdefault(card.apply, card)
        if kept is card:
            continue
        gone.append(card)
        kept.merged += 1
        kept.also += [link for link in [card.credit, *card.also] if link not in kept.also]
        if card.place.stated and card.place.text not in kept.place.text:
            both = f"{kept.place.text} / {card.place.text}" if kept.place.stated else ""
            if len(both) <= 160:
                kept.place = facts.Fact(
                    text=both or card.place.text,
                    inferred=kept.place.inferred or card.place.inferred,
                )
    return gone


def _mark(alike: list[Card]) -> None:
    """Give cards of one look a line that differs."""
    by_look: dict[tuple[str, ...], list[Card]] = defaultdict(list)
    for card in alike:
        by_look[card.look].append(card)
    for same in by_look.values():
        if len(same) < 2:
            continue
        for say in _DISTINCTIONS:
            said = [say(card.opening) for card in same]
            if len({text.casefold() for text in said}) == len(said):
                for card, text in zip(same, said, strict=True):
                    card.mark = text
                break
