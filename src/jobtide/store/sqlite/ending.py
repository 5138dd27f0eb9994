"""Postings that end without their board saying so."""

import sqlite3
from datetime import datetime, timedelta

from jobtide.store.history import end
from jobtide.store.sqlite.moments import stamp
from jobtide.store.sqlite.pending import Pending
from jobtide.store.sqlite.rows import Row, board_read_at


def expire(db: sqlite3.Connection, now: datetime, expire_after_days: int) -> int:
    """
    End what is known only from windows and whose time is over; return how many.

    By its own `valid_through`, even while the window goes on showing it; or because it was not
    seen for `expire_after_days`.
    """
    ended = 0
    for board, read_at in db.execute(
        "SELECT board_id, read_at FROM reading WHERE rolling = 1 AND id IN"
        " (SELECT (SELECT max(id) FROM reading WHERE board_id = board.id AND counted = 1)"
        " FROM board)"
    ).fetchall():
        pending = Pending(db, board, now)
        for row in _due(db, board, read_at, now, now - timedelta(days=expire_after_days)):
            passed = row.valid_through is not None and row.valid_through <= stamp(now)
            ended += _end(
                pending, row, read_at, now, "expired", "valid_through" if passed else "unseen"
            )
        pending.write()
    return ended


def _due(
    db: sqlite3.Connection, board: int, read_at: str, now: datetime, unseen_since: datetime
) -> list[Row]:
    return [
        Row._make(row)
        for row in db.execute(
            "SELECT * FROM posting_state WHERE board_id = ?"
            " AND (status IN ('open', 'missing') OR last_seen_at IS NULL)"
            " AND status IN ('open', 'missing')"
            " AND (valid_through <= ? OR coalesce(last_seen_at, ?) <= ?) ORDER BY key",
            (board, stamp(now), read_at, stamp(unseen_since)),
        )
    ]


def mark_gone(db: sqlite3.Connection, posting_id: str, now: datetime, reason: str) -> bool:
    """Close a posting whose own page says that it is gone; return whether it was going on."""
    found = db.execute("SELECT * FROM posting_state WHERE id = ?", (posting_id,)).fetchone()
    if found is None:
        return False
    row = Row._make(found)
    pending = Pending(db, row.board_id, now)
    ended = _end(pending, row, board_read_at(db, row.board_id), now, "closed", reason)
    pending.write()
    return ended


def _end(
    pending: Pending, row: Row, read_at: str | None, now: datetime, status: str, reason: str
) -> bool:
    before = row.history(read_at)
    after = end(before, at=now, status=status, reason=reason)
    if after is before:
        return False
    # One that its window still shows stays listed, so that showing it again writes nothing;
    # any other must be shown anew by a real answer to come back, "not modified" does not do.
    listed = row.last_seen_at is None and reason == "valid_through"
    pending.history(row, after, listed=listed)
    return True
