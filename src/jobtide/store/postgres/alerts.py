"""Subscriptions and the outbox in PostgreSQL; the promise is `jobtide.store.outbox.Outbox`."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

import msgspec
import psycopg
from msgspec.structs import replace

from jobtide.model import Message, Subscription, Told
from jobtide.store.outbox import AlertRows, Tally
from jobtide.store.postgres.moving import after_move
from jobtide.store.postgres.server import Session, translated
from jobtide.store.postgres.verify import plain

_SUBSCRIPTION = msgspec.json.Decoder(Subscription)
_MESSAGE = msgspec.json.Decoder(Message)
_TOLD = msgspec.json.Decoder(Told)

#: Columns beside `data`, which are kept as the store changes them.
_STATE = ("position", "sent_at", "failures", "error", "failed_at", "retry_at", "paused")

#: table -> its columns, in the order in which they must be filled, and emptied backwards.
_TABLES = {
    "subscription": ("id", "data", *_STATE),
    "alert_message": ("id", "subscription_id", "data", "tries", "sent_at"),
    "outbox": ("id", "subscription_id", "opening_id", "change", "data", "message_id"),
}

#: Names the lock of whoever sends: "JOBS".
_SENDER = 0x4A4F4253


class PostgresOutbox(ABC):
    """The part of `PostgresStore` that holds subscriptions and what they must be told."""

    url: str

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Session]: ...

    @abstractmethod
    def _snapshot(self) -> AbstractContextManager[Session]: ...

    def last_change(self) -> int:
        with self._snapshot() as db:
            return _last_change(db)

    def board_began(self) -> dict[tuple[str, str], datetime]:
        with self._snapshot() as db:
            return {
                (source, token): began
                for source, token, began in db.ask(
                    "SELECT source, token, began FROM board JOIN (SELECT board_id,"
                    " min(read_at) AS began FROM reading WHERE counted GROUP BY board_id)"
                    " AS first ON board.id = board_id"
                )
            }

    def add_subscription(self, wanted: Subscription, told: Sequence[Told] = ()) -> None:
        bare = replace(
            wanted, position=0, sent_at=None, failures=0, error=None, failed_at=None,
            retry_at=None, paused=None,
        )  # fmt: skip
        with self._writing() as db:
            if not db.write(
                "INSERT INTO subscription (id, data, position) VALUES (%s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                (wanted.id, msgspec.json.encode(bare).decode(), wanted.position),
            ):
                raise ValueError(f"there is a subscription {wanted.id} already")
            for one in told:
                _insert(db, wanted.id, one)

    def subscriptions(self) -> tuple[Subscription, ...]:
        with self._snapshot() as db:
            rows = db.ask(f"SELECT data, {', '.join(_STATE)} FROM subscription")  # noqa: S608
            found = [
                replace(_SUBSCRIPTION.decode(data), **dict(zip(_STATE, state, strict=True)))
                for data, *state in rows
            ]
        return tuple(sorted(found, key=lambda one: (one.created_at, one.id)))

    def remove_subscription(self, name: str) -> bool:
        with self._writing() as db:
            # Rows first: they point at messages, which go with the subscription.
            db.write("DELETE FROM outbox WHERE subscription_id = %s", (name,))
            return bool(db.write("DELETE FROM subscription WHERE id = %s", (name,)))

    def pause_subscription(self, name: str, reason: str | None) -> bool:
        with self._writing() as db:
            return bool(
                db.write(
                    "UPDATE subscription SET paused = %s, retry_at = NULL,"
                    " failures = CASE WHEN %s THEN 0 ELSE failures END WHERE id = %s",
                    (reason, reason is None, name),
                )
            )

    def save_told(self, name: str, after: int, upto: int, told: Sequence[Told]) -> int:
        with self._writing() as db:
            moved = db.write(
                "UPDATE subscription SET position = %s WHERE id = %s AND position = %s",
                (upto, name, after),
            )
            return sum(_insert(db, name, one) for one in told) if moved else 0

    def waiting(self, name: str) -> tuple[Told, ...]:
        with self._snapshot() as db:
            return tuple(
                replace(_TOLD.decode(data), number=number)
                for number, data in db.ask(
                    "SELECT id, data FROM outbox WHERE subscription_id = %s"
                    " AND message_id IS NULL ORDER BY id",
                    (name,),
                )
            )

    def save_messages(self, messages: Sequence[tuple[Message, Sequence[int]]]) -> None:
        with self._writing() as db:
            for message, numbers in messages:
                words = msgspec.json.encode(replace(message, tries=0)).decode()
                db.write(
                    "INSERT INTO alert_message (id, subscription_id, data) VALUES (%s, %s, %s)",
                    (message.id, message.subscription_id, words),
                )
                tied = db.write(
                    "UPDATE outbox SET message_id = %s WHERE message_id IS NULL"
                    " AND subscription_id = %s AND id = ANY(%s)",
                    (message.id, message.subscription_id, list(numbers)),
                )
                if tied != len(numbers):
                    raise ValueError(f"message {message.id} tells what another one tells")

    def unsent(self, name: str) -> tuple[Message, ...]:
        with self._snapshot() as db:
            found = [
                replace(_MESSAGE.decode(data), tries=tries)
                for data, tries in db.ask(
                    "SELECT data, tries FROM alert_message"
                    " WHERE subscription_id = %s AND sent_at IS NULL",
                    (name,),
                )
            ]
        return tuple(sorted(found, key=lambda one: (one.created_at, one.part)))

    def mark_sent(self, message_id: str, now: datetime) -> None:
        with self._writing() as db:
            found = db.ask(
                "SELECT data FROM alert_message WHERE id = %s AND sent_at IS NULL", (message_id,)
            ).fetchone()
            if found is not None:
                rest = msgspec.json.decode(found[0])
                rest.pop("items", None)
                db.write(
                    "UPDATE alert_message SET sent_at = %s, tries = tries + 1, data = %s"
                    " WHERE id = %s",
                    (now, msgspec.json.encode(rest).decode(), message_id),
                )
            db.write(
                "UPDATE subscription SET sent_at = %s, failures = 0, error = NULL,"
                " failed_at = NULL, retry_at = NULL WHERE id ="
                " (SELECT subscription_id FROM alert_message WHERE id = %s)",
                (now, message_id),
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
            db.write("UPDATE alert_message SET tries = tries + 1 WHERE id = %s", (message_id,))
            db.write(
                "UPDATE subscription SET failures = failures + 1, error = %s, failed_at = %s,"
                " retry_at = %s, paused = coalesce(%s, paused) WHERE id ="
                " (SELECT subscription_id FROM alert_message WHERE id = %s)",
                (error, now, retry_at, paused, message_id),
            )

    def tallies(self) -> dict[str, Tally]:
        with self._snapshot() as db:
            return {
                name: Tally(waiting=waiting, told=told)
                for name, waiting, told in db.ask(
                    "SELECT outbox.subscription_id, count(*) FILTER (WHERE sent_at IS NULL),"
                    " count(*) FILTER (WHERE sent_at IS NOT NULL) FROM outbox"
                    " LEFT JOIN alert_message ON alert_message.id = message_id GROUP BY 1"
                )
            }

    @contextmanager
    def sending(self) -> Iterator[bool]:
        # A lock of a session of its own: it ends with the process, however that ends, and does
        # not keep others from writing to the store while a slow server is talked to.
        with translated(self.url), psycopg.connect(self.url, autocommit=True) as lock:
            found = lock.execute("SELECT pg_try_advisory_lock(%s)", (_SENDER,)).fetchone()
            yield bool(found and found[0])

    def alert_rows(self) -> AlertRows:
        with self._snapshot() as db:
            return {
                table: [
                    plain(row)
                    for row in db.ask(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608
                ]
                for table, columns in _TABLES.items()
            }

    def take_over_alerts(self, rows: AlertRows) -> None:
        with self._writing() as db:
            for table in reversed(_TABLES):
                db.write(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
            for table, columns in _TABLES.items():
                db.copy(table, columns, rows[table])
            after_move(db)
            db.write("UPDATE subscription SET position = %s", (_last_change(db),))


def _last_change(db: Session) -> int:
    return db.count("SELECT coalesce(max(id), 0) FROM event")


def _insert(db: Session, name: str, one: Told) -> int:
    """Write one row unless the change was told under any id of its opening; return the rows."""
    values: dict[str, Any] = {
        "name": name,
        "opening": one.opening_id,
        "change": one.change,
        "data": msgspec.json.encode(replace(one, known_as=(), number=0)).decode(),
        "known_as": sorted({one.opening_id, *one.known_as}),
    }
    return db.write(
        "INSERT INTO outbox (subscription_id, opening_id, change, data)"
        " SELECT %(name)s, %(opening)s, %(change)s, %(data)s WHERE NOT EXISTS"
        " (SELECT 1 FROM outbox WHERE subscription_id = %(name)s AND change = %(change)s"
        " AND opening_id = ANY(%(known_as)s))",
        values,
    )
