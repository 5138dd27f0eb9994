"""The rows one transaction writes, gathered so that each table is written in one go."""

import sqlite3
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from jobtide.model import History
from jobtide.store.content import (
    VERSIONS,
    Draft,
    compress,
    decompress,
    differences,
    draft,
    poorer,
    posting_of,
)
from jobtide.store.history import reused
from jobtide.store.sqlite.moments import maybe_stamp, stamp
from jobtide.store.sqlite.rows import Row


class Pending:
    """Rows to be written to one board's postings at one moment; `write` writes them."""

    def __init__(self, db: sqlite3.Connection, board: int, at: datetime) -> None:
        self.db = db
        self.board = board
        self.at = stamp(at)
        self._next_key = _next(db, "SELECT coalesce(max(key), 0) FROM posting")
        self._next_event = _next(db, "SELECT coalesce(max(id), 0) FROM event")
        #: Number of this change: what it touches is newer than the openings computed before.
        self._rev = _next(db, "SELECT coalesce(max(rev), 0) FROM posting")
        self._new: list[tuple[Any, ...]] = []
        self._bodies: list[tuple[int, bytes]] = []
        self._events: list[tuple[Any, ...]] = []
        self._versions: list[tuple[int, str, bytes]] = []

    def add(self, made: Draft, listed_as: str) -> None:
        """Write a posting never seen before, listed now."""
        key, self._next_key = self._next_key, self._next_key + 1
        posting = made.posting
        self._new.append(
            (
                key,
                posting.id,
                self.board,
                listed_as,
                made.digest,
                made.head.decode(),
                maybe_stamp(posting.valid_through),
                self.at,
                self._rev,
            )
        )
        self._bodies.append((key, compress(made.body)))
        self.event(key, "new")

    def event(self, key: int, kind: str, **detail: Any) -> int:  # noqa: ANN401 - JSON values
        """Write down what happened to a posting; return the event's number."""
        number, self._next_event = self._next_event, self._next_event + 1
        self._events.append((number, key, self.at, kind, msgspec.json.encode(detail).decode()))
        return number

    def history(self, row: Row, after: History, *, listed: bool) -> None:
        """Write the new history of a known posting."""
        last_seen_at = None if listed else stamp(after.last_seen_at)
        # One that only left its list changes nothing about openings: whatever took its place
        # there is newer than the openings itself. Windows do this to hundreds every day.
        left = not listed and after.status in ("open", "missing")
        self.db.execute(
            "UPDATE posting SET last_seen_at = ?, status = ?, missing_since = ?, closed_at = ?,"
            " closed_reason = ?, reopened = ?, rev = coalesce(?, rev) WHERE key = ?",
            (
                last_seen_at,
                after.status,
                maybe_stamp(after.missing_since),
                maybe_stamp(after.closed_at),
                after.closed_reason,
                msgspec.json.encode(after.reopened).decode(),
                None if left else self._rev,
                row.key,
            ),
        )
        if after.status == row.status:
            return
        if after.status == "open":
            self.event(row.key, "reopened", was=row.status)
        elif after.closed_reason and after.status != "missing":
            self.event(row.key, after.status, reason=after.closed_reason)
        else:
            self.event(row.key, after.status)

    def revise(self, row: Row, made: Draft, *, ours: bool) -> str:
        """
        Write other words of a known posting; return what they are.

        "changed": the board says something else. "bumped": it moved the date to a later one.
        "reworked": it says the same, and we read it differently; `ours` says so beforehand,
        because its answer is the same bytes. "reused": another job took the identifier; nothing
        is written then. "seen": an excerpt of what we hold whole; nothing is written either.
        """
        head, packed = self.db.execute(
            "SELECT data, body FROM posting JOIN posting_body ON posting_key = key WHERE key = ?",
            (row.key,),
        ).fetchone()
        earlier = posting_of(head, decompress(packed))
        now = replace(made.posting, identifier=earlier.identifier)
        if not ours and poorer(earlier, now):
            return "seen"
        if not ours and reused(earlier, now):
            return "reused"
        if now != made.posting:
            made = draft(now)
            if made.digest == row.digest:
                return "seen"
        fields = {} if ours else differences(earlier, now)
        bumped = not (ours or fields) and _later(earlier.date_posted, now.date_posted)
        self._replace(row, made, changed=bool(fields), bumped=bumped)
        if (earlier.description, earlier.text) != (now.description, now.text):
            self.db.execute(
                "UPDATE posting_body SET body = ? WHERE posting_key = ?",
                (compress(made.body), row.key),
            )
        if fields:
            number = self.event(row.key, "changed", fields=fields)
            self._versions.append((number, head, packed))
            self._forget_old_versions(row.key)
            return "changed"
        if bumped:
            dates = {"date_posted": (earlier.date_posted, now.date_posted)}
            self.event(row.key, "bumped", fields=dates)
            return "bumped"
        return "reworked"

    def supersede(self, row: Row, board_read_at: str | None) -> int:
        """Close a posting whose identifier names another job now; return which one comes next."""
        self.db.execute(
            "UPDATE posting SET superseded = 1, last_seen_at = coalesce(last_seen_at, ?), rev = ?"
            " WHERE key = ?",
            (board_read_at, self._rev, row.key),
        )
        if row.status in ("open", "missing"):
            self.db.execute(
                "UPDATE posting SET status = 'closed', closed_at = ?, closed_reason = 'reused'"
                " WHERE key = ?",
                (self.at, row.key),
            )
            self.event(row.key, "closed", reason="reused")
        (before,) = self.db.execute(
            "SELECT count(*) FROM posting WHERE board_id = ? AND listed_as = ?",
            (self.board, row.listed_as),
        ).fetchone()
        return int(before) + 1

    def write(self) -> None:
        """Write what was gathered."""
        self.db.executemany(
            "INSERT INTO posting (key, id, board_id, listed_as, digest, data, valid_through,"
            " first_seen_at, rev, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')",
            self._new,
        )
        self.db.executemany("INSERT INTO posting_body VALUES (?, ?)", self._bodies)
        self.db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?)", self._events)
        self.db.executemany("INSERT INTO posting_version VALUES (?, ?, ?)", self._versions)

    def _replace(self, row: Row, made: Draft, *, changed: bool, bumped: bool) -> None:
        self.db.execute(
            "UPDATE posting SET digest = ?, data = ?, valid_through = ?, changed_at = ?,"
            " bumped = bumped + ?, rev = ? WHERE key = ?",
            (
                made.digest,
                made.head.decode(),
                maybe_stamp(made.posting.valid_through),
                self.at if changed else row.changed_at,
                int(bumped),
                self._rev,
                row.key,
            ),
        )

    def _forget_old_versions(self, key: int) -> None:
        self.db.execute(
            "DELETE FROM posting_version WHERE event_id IN (SELECT id FROM event"
            " WHERE posting_key = ? AND kind = 'changed' ORDER BY id DESC LIMIT -1 OFFSET ?)",
            (key, VERSIONS - 1),
        )


def _next(db: sqlite3.Connection, largest: str) -> int:
    return int(db.execute(largest).fetchone()[0]) + 1


def _later(earlier: datetime | None, now: datetime | None) -> bool:
    return earlier is not None and now is not None and now > earlier
