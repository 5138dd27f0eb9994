"""The log: how boards were read, and what the pages of postings said."""

import sqlite3
from collections.abc import Collection, Iterator
from datetime import datetime

import msgspec

from jobtide.store.log_entry import logged
from jobtide.store.records import LinkCheck, Logged, Reading
from jobtide.store.sqlite.moments import moment, stamp


def readings(db: sqlite3.Connection, outcomes: Collection[str], last: int) -> Iterator[Logged]:
    """Yield the last readings of each board, the oldest first; see `Store.readings`."""
    for source, token, read_at, outcome, whole, rolling, run, error, counts in db.execute(
        "SELECT source, token, read_at, outcome, whole, rolling, run_id, error, counts"
        " FROM board JOIN reading ON reading.id IN (SELECT id FROM reading AS late"
        "  WHERE late.board_id = board.id AND outcome IN (SELECT value FROM json_each(?1))"
        "  ORDER BY id DESC LIMIT ?2)"
        " ORDER BY source, token, reading.id",
        (msgspec.json.encode(sorted(outcomes)).decode(), last),
    ):
        reading = Reading(
            source=source,
            board=token,
            read_at=moment(read_at),
            outcome=outcome,
            complete=bool(whole),
            window=bool(rolling),
            run_id=run,
            error=error,
        )
        yield logged(reading, counts)


def save_link_check(db: sqlite3.Connection, posting_id: str, now: datetime, outcome: str) -> None:
    """Write down what a posting's page said; nothing for a posting that is not stored."""
    db.execute(
        "INSERT INTO link_check (posting_key, at, outcome) SELECT key, ?, ? FROM posting"
        " WHERE id = ? ON CONFLICT DO UPDATE SET at = excluded.at, outcome = excluded.outcome",
        (stamp(now), outcome, posting_id),
    )


def link_checks(db: sqlite3.Connection) -> Iterator[LinkCheck]:
    """Yield what the pages of postings said last."""
    for name, at, outcome in db.execute(
        "SELECT id, at, outcome FROM link_check JOIN posting ON key = posting_key ORDER BY key"
    ):
        yield LinkCheck(posting_id=name, at=moment(at), outcome=outcome)
