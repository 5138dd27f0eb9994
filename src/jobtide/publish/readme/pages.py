"""Openings onto pages: which, in what order, and how many to a file."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

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


class Sheet(Struct, frozen=True, kw_only=True):
    """One page to be written: where, and what stands above its cards."""

    folder: str  #: of its files, from the output folder: "" or "jobs/companies/"
    names: Callable[[int], str]  #: number of a part, from 1 -> its file name
    up: str  #: from there to the folder of the pictures: "" or "../"
    head: dict[str, Any]  #: values of the templates of head and foot


def ordered(snapshot: Snapshot) -> list[Opening]:
    """Return the open openings, newest first; ties by id, so the order is fixed."""
    chosen = [opening for opening in snapshot.openings if opening.status == "open"]
    chosen.sort(key=lambda opening: opening.id)
    chosen.sort(key=lambda opening: facts.posted(opening, snapshot.taken_at)[0], reverse=True)
    return chosen


class Chooser:
    """Finds the openings of a page without asking each page about every opening."""

    def __init__(self, openings: Sequence[Opening]) -> None:
        """Keep the openings in their order."""
        self._openings = openings

    @cached_property
    def _under(self) -> dict[str, list[int]]:
        """Return category -> places of the openings that have it."""
        under: dict[str, list[int]] = {}
        for at, opening in enumerate(self._openings):
            posting = opening.posting
            labels = (posting.category, *posting.other_categories)
            for word in {label.value for label in labels if label is not None}:
                under.setdefault(word, []).append(at)
        return under

    def of(self, page: PageSettings) -> list[Opening]:
        """Return the openings of a page, in order."""
        if page.categories is None:
            return [opening for opening in self._openings if page.matches(opening)]
        places = sorted({at for word in page.categories for at in self._under.get(word, ())})
        asked = (self._openings[at] for at in places)
        return [opening for opening in asked if page.matches(opening)]


def write_page(
    sheet: Sheet, cards: list[Card], maker: Maker, templates: Templates
) -> Iterator[File]:
    """Yield the files of one page: the first, then numbered ones, each below the size limit."""
    parts = _pack(sheet, cards, maker, templates)
    for number, rows in enumerate(parts, 1):
        around = sheet.head | {
            "number": number,
            "numbers": len(parts),
            "previous": sheet.names(number - 1) if number > 1 else None,
            "next": sheet.names(number + 1) if number < len(parts) else None,
        }
        layout = maker.settings.layout
        head = templates.render(f"{layout}-head.j2", **around)
        foot = templates.render(f"{layout}-foot.j2", **around)
        middle = b"".join(rows)
        if layout == "cards" and not templates.is_bundled(layout):
            # A blank line would end the HTML block, and the rest would be read as Markdown.
            middle = _BLANK.sub(b"\n", middle)
        body = (MARKER + head).encode() + middle + foot.encode()
        path = f"{sheet.folder}{sheet.names(number)}"
        if len(body) > maker.settings.hard_bytes:
            raise PublishError(
                f"{path} would have {len(body):,} bytes, more than hard_bytes = "
                f"{maker.settings.hard_bytes:,}; lower soft_bytes or description_chars"
            )
        yield File(path=path, body=body)


def _pack(
    sheet: Sheet, cards: list[Card], maker: Maker, templates: Templates
) -> list[list[bytes]]:
    """Spread rendered cards over files: a card that would pass `soft_bytes` begins the next."""
    layout = maker.settings.layout
    around = sheet.head | {"number": 9, "numbers": 99, "previous": "x" * 99, "next": "x" * 99}
    frame = sum(
        len(templates.render(f"{layout}-{part}.j2", **around).encode())
        for part in ("head", "foot")
    )
    room = min(maker.settings.soft_bytes, maker.settings.hard_bytes) - frame - _SPARE
    parts: list[list[bytes]] = [[]]
    used = 0
    for card in cards:
        row = templates.card(card, maker, sheet.up).encode()
        if len(row) > room:  # too large for a whole file: it goes without its description
            row = templates.card(card, maker, sheet.up, described=False).encode()
        if used and used + len(row) > room:
            parts.append([])
            used = 0
        parts[-1].append(row)
        used += len(row)
    return parts
