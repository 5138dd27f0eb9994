"""The rows of PostgreSQL as values, and how they are found."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from jobtide.model import History, Reopening
from jobtide.store.postgres.server import Session

_REOPENED = msgspec.json.Decoder(tuple[Reopening, ...])


class Row(NamedTuple):
    """A posting without its words: the view posting_state."""

    key: int
    board_id: int
    id: str
    listed_as: str  #: the identifier as the board writes it
    superseded: bool  #: the board gave its identifier to another job
    digest: bytes
    valid_through: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime | None  #: None: listed at its board's last counted reading
    status: str
    missing_since: datetime | None
    closed_at: datetime | None
    closed_reason: str | None
    changed_at: datetime | None
    bumped: int
    reopened: str

    @property
    def ends_at(self) -> datetime | None:
        """Return when it ends by its own words."""
        return self.valid_through

    def history(self, board_read_at: datetime | None) -> History:
        """Return its history; `board_read_at` is its board's last counted reading."""
        return History(
            first_seen_at=self.first_seen_at,
            last_seen_at=self.last_seen_at or board_read_at or self.first_seen_at,
            status=self.status,
            missing_since=self.missing_since,
            closed_at=self.closed_at,
            closed_reason=self.closed_reason,
            changed_at=self.changed_at,
            reopened=() if self.reopened == "[]" else _REOPENED.decode(self.reopened),
            bumped=self.bumped,
        )


class Last(NamedTuple):
    """The last counted reading of a board."""

    id: int
    read_at: datetime
    whole: bool
    listed: int


def board_key(db: Session, source: str, token: str) -> int | None:
    """Return the board's key, or None when it was never read."""
    found = db.ask(
        "SELECT id FROM board WHERE source = %s AND token = %s", (source, token)
    ).fetchone()
    return None if found is None else int(found[0])


def make_board(db: Session, source: str, token: str) -> int:
    """Return the board's key, making it when it is new."""
    key = board_key(db, source, token)
    if key is None:
        key = db.count(
            "INSERT INTO board (source, token) VALUES (%s, %s) RETURNING id", (source, token)
        )
        db.written += 1
    return key


def last_counted(db: Session, board: int) -> Last | None:
    """Return the last counted reading of the board."""
    found = db.ask(
        "SELECT id, read_at, whole, listed FROM reading"
        " WHERE board_id = %s AND counted ORDER BY id DESC LIMIT 1",
        (board,),
    ).fetchone()
    return None if found is None else Last(*found)


def board_read_at(db: Session, board: int) -> datetime | None:
    """Return the moment of the board's last counted reading."""
    last = last_counted(db, board)
    return None if last is None else last.read_at


def known(db: Session, board: int, identifiers: Collection[str]) -> Iterator[Row]:
    """Yield the board's postings that are going on, and those called one of `identifiers`."""
    found = db.ask(
        "SELECT * FROM posting_state WHERE board_id = %(board)s AND NOT superseded"
        " AND (status IN ('open', 'missing') OR last_seen_at IS NULL)"
        " UNION ALL SELECT * FROM posting_state WHERE board_id = %(board)s AND NOT superseded"
        " AND listed_as = ANY(%(names)s)"
        " AND NOT (status IN ('open', 'missing') OR last_seen_at IS NULL)",
        {"board": board, "names": list(identifiers)},
    )
    yield from map(Row._make, found)
