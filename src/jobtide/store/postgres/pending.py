"""The rows one transaction writes, gathered so that each table is written in one statement."""

from collections.abc import Iterable
from datetime import UTC, datetime
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
from jobtide.store.postgres.months import make_months
from jobtide.store.postgres.rows import Row
from jobtide.store.postgres.server import Session

#: Columns a new posting states; the others have their defaults.
NEW = (
    "key", "id", "board_id", "listed_as", "digest", "data", "valid_through", "first_seen_at",
    "rev", "status",
)  # fmt: skip


class Pending:
    """Rows to be written to one board's postings at one moment; `write` writes them."""

    def __init__(self, db: Session, board: int, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError(f"a moment without time zone: {at!r}")
        self.db = db
        self.board = board
        self.at = at.astimezone(UTC)
        self._next_key = 1 + db.count("SELECT coalesce(max(key), 0) FROM posting")
        self._next_event = 1 + db.count("SELECT coalesce(max(id), 0) FROM event")
        #: Number of this change: what it touches is newer than the openings computed before.
        self._rev = 1 + db.count("SELECT coalesce(max(rev), 0) FROM posting")
        self._held: dict[int, tuple[str, bytes]] = {}  #: words as they are stored
        self._new: list[tuple[Any, ...]] = []
        self._bodies: list[tuple[int, bytes]] = []
        self._events: list[tuple[Any, ...]] = []
        self._versions: list[tuple[int, int, str, bytes]] = []
        self._histories: list[tuple[Any, ...]] = []
        self._replaced: list[tuple[Any, ...]] = []
        self._new_bodies: list[tuple[int, bytes]] = []

    def hold(self, rows: Iterable[Row], drafts: dict[str, Draft]) -> None:
        """Read, in one go, the stored words of all postings whose board says something else."""
        differing = [
            row.key
            for row in rows
            if (made := drafts.get(row.listed_as)) is not None and made.digest != row.digest
        ]
        if differing:
            found = self.db.ask(
                "SELECT key, data, body FROM posting JOIN posting_body ON posting_key = key"
                " WHERE key = ANY(%s)",
                (differing,),
            )
            self._held = {key: (data, body) for key, data, body in found}

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
                posting.valid_through,
                self.at,
                self._rev,
                "open",
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
        # One that only left its list changes nothing about openings: whatever took its place
        # there is newer than the openings itself. Windows do this to hundreds every day.
        left = not listed and after.status in ("open", "missing")
        self._histories.append(
            (
                row.key,
                None if listed else after.last_seen_at,
                after.status,
                after.missing_since,
                after.closed_at,
                after.closed_reason,
                msgspec.json.encode(after.reopened).decode(),
                None if left else self._rev,
            )
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
        head, packed = self._held[row.key]
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
            self._new_bodies.append((row.key, compress(made.body)))
        if fields:
            number = self.event(row.key, "changed", fields=fields)
            self._versions.append((number, row.key, head, packed))
            return "changed"
        if bumped:
            dates = {"date_posted": (earlier.date_posted, now.date_posted)}
            self.event(row.key, "bumped", fields=dates)
            return "bumped"
        return "reworked"

    def supersede(self, row: Row, board_read_at: datetime | None) -> int:
        """Close a posting whose identifier names another job now; return which one comes next."""
        going = row.status in ("open", "missing")
        self.db.write(
            "UPDATE posting SET superseded = true, last_seen_at = coalesce(last_seen_at, %s),"
            " rev = %s WHERE key = %s",
            (board_read_at, self._rev, row.key),
        )
        if going:
            self.db.write(
                "UPDATE posting SET status = 'closed', closed_at = %s, closed_reason = 'reused'"
                " WHERE key = %s",
                (self.at, row.key),
            )
            self.event(row.key, "closed", reason="reused")
        return 1 + self.db.count(
            "SELECT count(*) FROM posting WHERE board_id = %s AND listed_as = %s",
            (self.board, row.listed_as),
        )

    def write(self) -> None:
        """Write what was gathered."""
        self._update()
        if self._new:
            self.db.copy("posting", NEW, self._new)
            self.db.copy("posting_body", ("posting_key", "body"), self._bodies)
        if self._events:
            make_months(self.db, (event[2] for event in self._events))
            self.db.copy("event", ("id", "posting_key", "at", "kind", "detail"), self._events)
        if self._versions:
            columns = ("event_id", "posting_key", "data", "body")
            self.db.copy("posting_version", columns, self._versions)
            self._forget_old_versions()

    def _update(self) -> None:
        """Write what known postings became, one statement a kind."""
        if self._histories:
            self.db.write(
                "UPDATE posting SET last_seen_at = new.seen, status = new.state,"
                " missing_since = new.missing, closed_at = new.ended, closed_reason = new.why,"
                " reopened = new.again, rev = coalesce(new.number, rev)"
                " FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::timestamptz[],"
                "  %s::timestamptz[], %s::text[], %s::text[], %s::bigint[])"
                "  AS new (posting, seen, state, missing, ended, why, again, number)"
                " WHERE key = new.posting",
                columns_of(self._histories),
            )
        if self._replaced:
            self.db.write(
                "UPDATE posting SET digest = new.digest, data = new.data,"
                " valid_through = new.ends, changed_at = new.changed,"
                " bumped = bumped + new.bumps, rev = %s"
                " FROM unnest(%s::bigint[], %s::bytea[], %s::text[], %s::timestamptz[],"
                "  %s::timestamptz[], %s::bigint[])"
                "  AS new (posting, digest, data, ends, changed, bumps)"
                " WHERE key = new.posting",
                (self._rev, *columns_of(self._replaced)),
            )
        if self._new_bodies:
            self.db.write(
                "UPDATE posting_body SET body = new.body"
                " FROM unnest(%s::bigint[], %s::bytea[]) AS new (posting, body)"
                " WHERE posting_key = new.posting",
                columns_of(self._new_bodies),
            )

    def _replace(self, row: Row, made: Draft, *, changed: bool, bumped: bool) -> None:
        self._replaced.append(
            (
                row.key,
                made.digest,
                made.head.decode(),
                made.posting.valid_through,
                self.at if changed else row.changed_at,
                int(bumped),
            )
        )

    def _forget_old_versions(self) -> None:
        self.db.write(
            "DELETE FROM posting_version WHERE event_id IN (SELECT event_id FROM"
            " (SELECT event_id, row_number() OVER (PARTITION BY posting_key"
            " ORDER BY event_id DESC) AS age FROM posting_version WHERE posting_key = ANY(%s))"
            " AS kept WHERE age > %s)",
            ([key for _, key, _, _ in self._versions], VERSIONS),
        )


def columns_of(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    """Return rows as one list a column, for `unnest`."""
    return [list(column) for column in zip(*rows, strict=True)]


def _later(earlier: datetime | None, now: datetime | None) -> bool:
    return earlier is not None and now is not None and now > earlier
