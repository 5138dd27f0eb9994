"""The rows of SQLite as values, and how they are found."""

import sqlite3
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from jobtide.model import History, Reopening
from jobtide.store.sqlite.moments import maybe_moment, moment

_REOPENED = msgspec.json.Decoder(tuple[Reopening, ...])


class Row(NamedTuple):
    """A posting without its words: the view posting_state."""

    key: int
    board_id: int
    id: str
    listed_as: str  #: the identifier as the board writes it
    superseded: int  #: 1: the board gave its identifier to another job
    digest: bytes
    valid_through: str | None
    first_seen_at: str
    last_seen_at: str | None  #: None: listed at its board's last counted reading
    status: str
    missing_since: str | None
    closed_at: str | None
    closed_reason: str | None
    changed_at: str | None
    bumped: int
    reopened: str

    @property
    def ends_at(self) -> datetime | None:
        """Return when it ends by its own words."""
        return maybe_moment(self.valid_through)

    def history(self, board_read_at: str | None) -> History:
        """Return its history; `board_read_at` is its board's last counted reading."""
        last_seen_at = self.last_seen_at or board_read_at or self.first_seen_at
        return History(
            first_seen_at=moment(self.first_seen_at),
            last_seen_at=moment(last_seen_at),
            status=self.status,
            missing_since=maybe_moment(self.missing_since),
            closed_at=maybe_moment(self.closed_at),
            closed_reason=self.closed_reason,
            changed_at=maybe_moment(self.changed_at),
            reopened=() if self.reopened == "[]" else _REOPENED.decode(self.reopened),
            bumped=self.bumped,
        )


class Last(NamedTuple):
    """The last counted reading of a board."""

    id: int
    read_at: str
    whole: int
    listed: int

    @property
    def at(self) -> datetime:
        """Return the moment of it."""
        return moment(self.read_at)


def board_key(db: sqlite3.Connection, source: str, token: str) -> int | None:
    """Return the board's key, or None when it was never read."""
    found = db.execute(
        "SELECT id FROM board WHERE source = ? AND token = ?", (source, token)
    ).fetchone()
    return None if found is None else int(found[0])


def make_board(db: sqlite3.Connection, source: str, token: str) -> int:
    """Return the board's key, making it when it is new."""
    key = board_key(db, source, token)
    if key is None:
        key = db.execute(
            "INSERT INTO board (source, token) VALUES (?, ?)", (source, token)
        ).lastrowid
    return int(key or 0)


def last_counted(db: sqlite3.Connection, board: int) -> Last | None:
    """Return the last counted reading of the board."""
    found = db.execute(
        "SELECT id, read_at, whole, listed FROM reading"
        " WHERE board_id = ? AND counted = 1 ORDER BY id DESC LIMIT 1",
        (board,),
    ).fetchone()
    return None if found is None else Last(*found)


def known(db: sqlite3.Connection, board: int, identifiers: Collection[str]) -> Iterator[Row]:
    """Yield the board's postings that are going on, and those called one of `identifiers`."""
    going = db.execute(
        "SELECT * FROM posting_state WHERE board_id = ? AND superseded = 0"
        " AND (status IN ('open', 'missing') OR last_seen_at IS NULL)",
        (board,),
    )
    found = set()
    for row in map(Row._make, going):
        found.add(row.listed_as)
        yield row
    others = msgspec.json.encode([name for name in identifiers if name not in found]).decode()
    yield from map(
        Row._make,
        db.execute(
            "SELECT * FROM posting_state WHERE board_id = ? AND superseded = 0"
            " AND listed_as IN (SELECT value FROM json_each(?))",
            (board, others),
        ),
    )


def board_read_at(db: sqlite3.Connection, board: int) -> str | None:
    """Return the moment of the board's last counted reading."""
    last = last_counted(db, board)
    return None if last is None else last.read_at
