"""Postings that end without their board saying so."""

from datetime import datetime, timedelta

from jobtide.store.history import end
from jobtide.store.postgres.pending import Pending
from jobtide.store.postgres.rows import Row, board_read_at
from jobtide.store.postgres.server import Session


def expire(db: Session, now: datetime, expire_after_days: int) -> int:
    """
    End what is known only from windows and whose time is over; return how many.

    By its own `valid_through`, even while the window goes on showing it; or because it was not
    seen for `expire_after_days`.
    """
    unseen_since = now - timedelta(days=expire_after_days)
    ended = 0
    for board, read_at in db.ask(
        "SELECT board_id, read_at FROM reading WHERE rolling AND id IN"
        " (SELECT (SELECT max(id) FROM reading WHERE board_id = board.id AND counted)"
        " FROM board) ORDER BY board_id"
    ).fetchall():
        due = _due(db, board, read_at, now, unseen_since)
        if not due:
            continue
        pending = Pending(db, board, now)
        for row in due:
            passed = row.valid_through is not None and row.valid_through <= now
            ended += _end(
                pending, row, read_at, now, "expired", "valid_through" if passed else "unseen"
            )
        pending.write()
    return ended


def _due(
    db: Session, board: int, read_at: datetime, now: datetime, unseen_since: datetime
) -> list[Row]:
    return [
        Row._make(row)
        for row in db.ask(
            "SELECT * FROM posting_state WHERE board_id = %s"
            " AND (status IN ('open', 'missing') OR last_seen_at IS NULL)"
            " AND status IN ('open', 'missing')"
            " AND (valid_through <= %s OR coalesce(last_seen_at, %s) <= %s) ORDER BY key",
            (board, now, read_at, unseen_since),
        )
    ]


def mark_gone(db: Session, posting_id: str, now: datetime, reason: str) -> bool:
    """Close a posting whose own page says that it is gone; return whether it was going on."""
    found = db.ask("SELECT * FROM posting_state WHERE id = %s", (posting_id,)).fetchone()
    if found is None:
        return False
    row = Row._make(found)
    pending = Pending(db, row.board_id, now)
    ended = _end(pending, row, board_read_at(db, row.board_id), now, "closed", reason)
    pending.write()
    return ended


def _end(
    pending: Pending,
    row: Row,
    read_at: datetime | None,
    now: datetime,
    status: str,
    reason: str,
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
