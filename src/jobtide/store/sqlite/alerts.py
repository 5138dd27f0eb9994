"""Subscriptions and the outbox in SQLite; the promise is `jobtide.store.outbox.Outbox`."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from jobtide.model import Message, Subscription, Told
from jobtide.store.outbox import AlertRows, Tally
from jobtide.store.sqlite.moments import maybe_moment, maybe_stamp, moment, stamp

_SUBSCRIPTION = msgspec.json.Decoder(Subscription)
_MESSAGE = msgspec.json.Decoder(Message)
_TOLD = msgspec.json.Decoder(Told)

#: Columns beside `data`, which are kept as the store changes them.
_STATE = ("position", "sent_at", "failures", "error", "failed_at", "retry_at", "paused")

#: The tables in the order in which they must be filled, and emptied backwards.
_TABLES = ("subscription", "alert_message", "outbox")


class SqliteOutbox:
    """The part of `SqliteStore` that holds subscriptions and what they must be told."""

    path: Path

    def _writing(self) -> AbstractContextManager[Any]:
        raise AssertionError("SqliteStore has it")

    def _snapshot(self) -> AbstractContextManager[Any]:
        raise AssertionError("SqliteStore has it")

    def last_change(self) -> int:
        with self._snapshot() as db:
            return _last_change(db)

    def board_began(self) -> dict[tuple[str, str], datetime]:
        with self._snapshot() as db:
            return {
                (source, token): moment(began)
                for source, token, began in db.execute(
                    "SELECT source, token, min(read_at) FROM reading JOIN board"
                    " ON board.id = board_id WHERE counted = 1 GROUP BY board_id"
                )
            }

    def add_subscription(self, wanted: Subscription, told: Sequence[Told] = ()) -> None:
        plain = replace(
            wanted, position=0, sent_at=None, failures=0, error=None, failed_at=None,
            retry_at=None, paused=None,
        )  # fmt: skip
        with self._writing() as db:
            if db.execute("SELECT 1 FROM subscription WHERE id = ?", (wanted.id,)).fetchone():
                raise ValueError(f"there is a subscription {wanted.id} already")
            db.execute(
                "INSERT INTO subscription (id, data, position) VALUES (?, ?, ?)",
                (wanted.id, msgspec.json.encode(plain).decode(), wanted.position),
            )
            for one in told:
                _insert(db, wanted.id, one)

    def subscriptions(self) -> tuple[Subscription, ...]:
        with self._snapshot() as db:
            rows = db.execute(f"SELECT data, {', '.join(_STATE)} FROM subscription")  # noqa: S608
            found = [_subscription(*row) for row in rows]
        return tuple(sorted(found, key=lambda one: (one.created_at, one.id)))

    def remove_subscription(self, name: str) -> bool:
        with self._writing() as db:
            # Rows first: they point at messages, which go with the subscription.
            db.execute("DELETE FROM outbox WHERE subscription_id = ?", (name,))
            return bool(db.execute("DELETE FROM subscription WHERE id = ?", (name,)).rowcount)

    def pause_subscription(self, name: str, reason: str | None) -> bool:
        with self._writing() as db:
            changed = db.execute(
                "UPDATE subscription SET paused = ?1, failures = iif(?1 IS NULL, 0, failures),"
                " retry_at = NULL WHERE id = ?2",
                (reason, name),
            )
            return bool(changed.rowcount)

    def save_told(self, name: str, after: int, upto: int, told: Sequence[Told]) -> int:
        with self._writing() as db:
            moved = db.execute(
                "UPDATE subscription SET position = ? WHERE id = ? AND position = ?",
                (upto, name, after),
            )
            return sum(_insert(db, name, one) for one in told) if moved.rowcount else 0

    def waiting(self, name: str) -> tuple[Told, ...]:
        with self._snapshot() as db:
            return tuple(
                replace(_TOLD.decode(data), number=number)
                for number, data in db.execute(
                    "SELECT id, data FROM outbox WHERE subscription_id = ?"
                    " AND message_id IS NULL ORDER BY id",
                    (name,),
                )
            )

    def save_messages(self, messages: Sequence[tuple[Message, Sequence[int]]]) -> None:
        with self._writing() as db:
            for message, numbers in messages:
                db.execute(
                    "INSERT INTO alert_message (id, subscription_id, data) VALUES (?, ?, ?)",
                    (
                        message.id,
                        message.subscription_id,
                        msgspec.json.encode(replace(message, tries=0)).decode(),
                    ),
                )
                tied = db.execute(
                    "UPDATE outbox SET message_id = ?1 WHERE message_id IS NULL"
                    " AND subscription_id = ?2 AND id IN (SELECT value FROM json_each(?3))",
                    (
                        message.id,
                        message.subscription_id,
                        msgspec.json.encode(list(numbers)).decode(),
                    ),
                )
                if tied.rowcount != len(numbers):
                    raise ValueError(f"message {message.id} tells what another one tells")

    def unsent(self, name: str) -> tuple[Message, ...]:
        with self._snapshot() as db:
            found = [
                replace(_MESSAGE.decode(data), tries=tries)
                for data, tries in db.execute(
                    "SELECT data, tries FROM alert_message"
                    " WHERE subscription_id = ? AND sent_at IS NULL",
                    (name,),
                )
            ]
        return tuple(sorted(found, key=lambda one: (one.created_at, one.part)))

    def mark_sent(self, message_id: str, now: datetime) -> None:
        with self._writing() as db:
            db.execute(
                "UPDATE alert_message SET sent_at = ?, tries = tries + 1,"
                " data = json_remove(data, '$.items') WHERE id = ? AND sent_at IS NULL",
                (stamp(now), message_id),
            )
            db.execute(
                "UPDATE subscription SET sent_at = ?, failures = 0, error = NULL,"
                " failed_at = NULL, retry_at = NULL WHERE id = "
                "(SELECT subscription_id FROM alert_message WHERE id = ?)",
                (stamp(now), message_id),
            )

    def mark_failed(
        self,
        message_id: str,
        now: datetime,
        error: str,
        *,
        retry_at: datetime | None,
        paused: str | None = None,
    ) -> None:
        with self._writing() as db:
            db.execute("UPDATE alert_message SET tries = tries + 1 WHERE id = ?", (message_id,))
            db.execute(
                "UPDATE subscription SET failures = failures + 1, error = ?, failed_at = ?,"
                " retry_at = ?, paused = coalesce(?, paused) WHERE id ="
                " (SELECT subscription_id FROM alert_message WHERE id = ?)",
                (error, stamp(now), maybe_stamp(retry_at), paused, message_id),
            )

    def tallies(self) -> dict[str, Tally]:
        with self._snapshot() as db:
            return {
                name: Tally(waiting=waiting, told=told)
                for name, waiting, told in db.execute(
                    "SELECT outbox.subscription_id, sum(sent_at IS NULL),"
                    " sum(sent_at IS NOT NULL) FROM outbox"
                    " LEFT JOIN alert_message ON alert_message.id = message_id GROUP BY 1"
                )
            }

    @contextmanager
    def sending(self) -> Iterator[bool]:
        # A lock of a small file beside ours: it ends with the process, however that ends, and
        # does not keep others from writing to the store while a slow server is talked to.
        beside = self.path.with_name(f"{self.path.name}.sending")
        with closing(sqlite3.connect(beside, timeout=0, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                yield False
                return
            yield True

    def alert_rows(self) -> AlertRows:
        with self._snapshot() as db:
            return {
                table: db.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
                for table in _TABLES
            }

    def take_over_alerts(self, rows: AlertRows) -> None:
        with self._writing() as db:
            for table in reversed(_TABLES):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
            for table in _TABLES:
                for row in rows[table]:
                    marks = ", ".join("?" * len(row))
                    db.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608
            db.execute("UPDATE subscription SET position = ?", (_last_change(db),))


def _last_change(db: sqlite3.Connection) -> int:
    (number,) = db.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()
    return int(number)


def _insert(db: sqlite3.Connection, name: str, one: Told) -> int:
    """Write one row unless the change was told under any id of its opening; return the rows."""
    known_as = sorted({one.opening_id, *one.known_as})
    return db.execute(
        "INSERT INTO outbox (subscription_id, opening_id, change, data)"
        " SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE"
        " subscription_id = ?1 AND change = ?3"
        " AND opening_id IN (SELECT value FROM json_each(?5)))",
        (
            name,
            one.opening_id,
            one.change,
            msgspec.json.encode(replace(one, known_as=(), number=0)).decode(),
            msgspec.json.encode(known_as).decode(),
        ),
    ).rowcount


def _subscription(
    data: str,
    position: int,
    sent_at: str | None,
    failures: int,
    error: str | None,
    failed_at: str | None,
    retry_at: str | None,
    paused: str | None,
) -> Subscription:
    return replace(
        _SUBSCRIPTION.decode(data),
        position=position,
        sent_at=maybe_moment(sent_at),
        failures=failures,
        error=error,
        failed_at=maybe_moment(failed_at),
        retry_at=maybe_moment(retry_at),
        paused=paused,
    )
