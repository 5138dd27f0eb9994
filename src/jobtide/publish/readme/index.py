"""The index of the pages: what there is, how fresh it is, which boards answered."""

import re
from collections import defaultdict
from datetime import datetime
from typing import Any

from msgspec import Struct

from jobtide.model import BoardHealth, Snapshot
from jobtide.publish import facts
from jobtide.publish.markdown import md, url
from jobtide.publish.pictures.markdown import shown
from jobtide.publish.readme.cards import Maker
from jobtide.publish.readme.settings import PageSettings

#: Boards with an error or an alarm that are named; the rest are counted.
_MOST_ERRORS = 20


class Entry(Struct, frozen=True, kw_only=True):
    """One page as the index lists it."""

    page: PageSettings
    path: str | None  #: None: nothing to show today
    count: int
    new: int


def index_values(
    snapshot: Snapshot, maker: Maker, entries: list[Entry], total: int, new: int
) -> dict[str, Any]:
    """Return the values of `index.j2`, escaped for Markdown."""
    settings = maker.settings
    read = [health.read_at for health in snapshot.health if health.read_at is not None]
    return {
        "title": md(settings.title),
        "intro": md(settings.intro),
        "home": url(settings.home),
        "links": [
            {"text": md(text), "url": address}
            for text, address in ((text, link_of(address)) for text, address in settings.links)
            if address
        ],
        "day": facts.day(snapshot.taken_at),
        "read_day": facts.day(max(read)) if read else None,
        "total": total,
        "new": new,
        "entries": [
            {
                "title": md(entry.page.title),
                "query": md(entry.page.query_text),
                "path": entry.path,
                "count": entry.count,
                "new": entry.new,
            }
            for entry in entries
        ],
        "layout": settings.layout,
        "pictures": shown(settings.figures) if settings.figures is not None else [],
        **_health(snapshot.health, maker, snapshot.taken_at),
    }


def link_of(address: str) -> str | None:
    """Return an address of the settings: http(s), or a plain relative path."""
    if re.fullmatch(r"[\w./-]+(?:#[\w-]+)?", address) and not address.startswith("/"):
        return address
    return url(address)


def _health(health: tuple[BoardHealth, ...], maker: Maker, taken_at: datetime) -> dict[str, Any]:
    """Return one row a source, the boards whose last read failed, and those with an alarm.

    Days, not hours, and no numbers of the last run alone: the table changes when the state does.
    """
    by_source: dict[str, list[BoardHealth]] = defaultdict(list)
    for board in health:
        by_source[board.source].append(board)
    rows = []
    for source in sorted(by_source):
        boards = by_source[source]
        read = [board.read_at for board in boards if board.read_at is not None]
        well = sum(board.error is None and board.read_at is not None for board in boards)
        rows.append(
            {
                "name": md(maker.credit_of(source)),
                "boards": len(boards),
                "well": well,
                "look": any(board.alarms for board in boards),
                "kept": sum(board.kept for board in boards),
                "read_day": facts.day(max(read)) if read else "never",
            }
        )
    failed = sorted(
        (board for board in health if board.error is not None),
        key=lambda board: (board.source, board.board),
    )
    return {
        "sources": rows,
        "well": sum(row["well"] == row["boards"] and not row["look"] for row in rows),
        "failed": [
            {"board": md(f"{board.source}/{board.board}"), "error": md((board.error or "")[:200])}
            for board in failed[:_MOST_ERRORS]
        ],
        "more_failed": max(len(failed) - _MOST_ERRORS, 0),
        **_alarms(health),
    }


def _alarms(health: tuple[BoardHealth, ...]) -> dict[str, Any]:
    """Return the boards that gave less than they use to, with what was missed."""
    alarmed = [board for board in health if board.alarms]
    alarmed.sort(key=lambda board: (board.source, board.board))
    return {
        "alarmed": [
            {"board": md(f"{one.source}/{one.board}"), "alarm": md("; ".join(one.alarms)[:200])}
            for one in alarmed[:_MOST_ERRORS]
        ],
        "more_alarmed": max(len(alarmed) - _MOST_ERRORS, 0),
    }
