"""How the boards were read, for the index: one row a source, and what needs a look."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from jobtide.model import BoardHealth
from jobtide.publish import facts
from jobtide.publish.markdown import md
from jobtide.publish.readme.cards import Maker

#: Boards with an error or an alarm that are named; the rest are counted.
_MOST_ERRORS = 20


def health_values(health: tuple[BoardHealth, ...], maker: Maker) -> dict[str, Any]:
    """Return one row a source, the boards whose last read failed, and those with an alarm.

    Days, not hours, no numbers of the last run alone, and no day at all for a source that was
    read since yesterday: the table changes when the state does.
    """
    by_source: dict[str, list[BoardHealth]] = defaultdict(list)
    for board in health:
        by_source[board.source].append(board)
    rows = []
    for source in sorted(by_source):
        boards = by_source[source]
        read = [board.read_at for board in boards if board.read_at is not None]
        rows.append(
            {
                "name": md(maker.credit_of(source)),
                "boards": len(boards),
                "well": sum(board.error is None and board.read_at is not None for board in boards),
                "look": any(board.alarms for board in boards),
                "kept": sum(board.kept for board in boards),
                "read_day": _last(max(read), maker.taken_at) if read else "never",
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


def _last(read: datetime, taken_at: datetime) -> str:
    since = taken_at.date() - timedelta(days=1)
    return "since yesterday" if read.date() >= since else facts.day(read)


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
