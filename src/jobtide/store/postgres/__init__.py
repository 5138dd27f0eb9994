"""The store in a PostgreSQL database; see docs/decisions for why, and `jobtide.store.Store`."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import msgspec

from jobtide.model import BoardHealth, Opening, Posting, Reject, Response, Tracked
from jobtide.store.content import drafts_of
from jobtide.store.moving import move
from jobtide.store.postgres import (
    blocking,
    captures,
    ending,
    log,
    openings,
    reading_back,
    rejects,
    restoring,
    save,
    verify,
)
from jobtide.store.postgres.alerts import PostgresOutbox
from jobtide.store.postgres.leasing import PostgresLeases
from jobtide.store.postgres.moving import PostgresMoving
from jobtide.store.postgres.rows import board_key
from jobtide.store.postgres.search import PostgresSearch, build, doubts, settle
from jobtide.store.postgres.server import Session, connect, migrate, snapshot, transaction
from jobtide.store.protocol import NEWS
from jobtide.store.records import (
    OK,
    BoardState,
    Change,
    Counts,
    LinkCheck,
    Logged,
    Merging,
    OpeningRow,
    Reading,
    Rejected,
    Run,
    Unmerged,
)
from jobtide.store.sqlite import SqliteStore


class PostgresStore(PostgresSearch, PostgresOutbox, PostgresLeases, PostgresMoving):
    """A `Store` in one database. Every method raises StoreError when the server refuses."""

    def __init__(self, url: str, *, create: bool = False) -> None:
        self.url = url
        self._pool = connect(url)
        try:
            migrate(self._pool, url, create=create)
            with self._writing() as db:
                build(db)
        except BaseException:
            self._pool.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with transaction(self._pool, self.url) as db:
            yield db
            settle(db)

    def _snapshot(self) -> AbstractContextManager[Session]:
        return snapshot(self._pool, self.url)

    # -- runs and readings -------------------------------------------------------------------

    def start_run(self, command: str, now: datetime) -> int:
        with self._writing() as db:
            return db.count(
                "INSERT INTO run (command, started_at) VALUES (%s, %s) RETURNING id",
                (command, now),
            )

    def finish_run(self, run_id: int, now: datetime, summary: dict[str, Any]) -> None:
        with self._writing() as db:
            db.ask(
                "UPDATE run SET finished_at = %s, summary = %s WHERE id = %s",
                (now, msgspec.json.encode(summary).decode(), run_id),
            )

    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        with self._snapshot() as db:
            return tuple(log.runs(db, limit))

    def save_reading(
        self,
        reading: Reading,
        postings: Sequence[Posting],
        rejects: Sequence[Reject] = (),
        responses: Sequence[Response] = (),
    ) -> Counts:
        drafts = drafts_of(reading.source, reading.board, postings)
        read = len(postings) + len(rejects)
        with self._writing() as db:
            return save.save_reading(db, reading, drafts, rejects, responses, read=read)

    def rework(
        self,
        source: str,
        board: str,
        postings: Sequence[Posting],
        rejects: Sequence[Reject] = (),
    ) -> Counts:
        drafts = drafts_of(source, board, postings)
        with self._writing() as db:
            return save.rework(db, source, board, drafts, rejects)

    def restore(self, postings: Iterable[Tracked]) -> int:
        with self._writing() as db:
            return restoring.restore(db, postings)

    # -- boards ------------------------------------------------------------------------------

    def board_state(self, source: str, board: str) -> BoardState:
        with self._snapshot() as db:
            nothing = BoardState(source=source, board=board)
            return next(log.board_states(db, source, board), nothing)

    def board_states(self) -> dict[tuple[str, str], BoardState]:
        with self._snapshot() as db:
            return {(one.source, one.board): one for one in log.board_states(db)}

    def validators(
        self, source: str, board: str, url: str
    ) -> tuple[str | None, str | None] | None:
        with self._snapshot() as db:
            key = board_key(db, source, board)
            return None if key is None else captures.validators(db, key, url)

    def health(self) -> tuple[BoardHealth, ...]:
        with self._snapshot() as db:
            return tuple(log.health(db))

    def rejects(self, source: str | None = None, board: str | None = None) -> Iterator[Rejected]:
        with self._snapshot() as db:
            yield from rejects.rejected(db, source, board)

    def readings(self, *, outcomes: Collection[str] = (OK,), last: int = 30) -> Iterator[Logged]:
        with self._snapshot() as db:
            yield from log.readings(db, outcomes, last)

    def captures(
        self, source: str | None = None, *, latest: bool = False
    ) -> Iterator[tuple[Reading, list[Response]]]:
        with self._snapshot() as db:
            yield from captures.captured(db, source, latest=latest)

    def prune_captures(self, before: datetime) -> int:
        with self._writing() as db:
            return captures.prune(db, before)

    # -- postings ----------------------------------------------------------------------------

    def tracked(
        self,
        *,
        status: Collection[str] | None = None,
        ids: Collection[str] | None = None,
        source: str | None = None,
        board: str | None = None,
    ) -> Iterator[Tracked]:
        with self._snapshot() as db:
            yield from reading_back.tracked(db, status=status, ids=ids, source=source, board=board)

    def get(self, posting_id: str) -> Tracked | None:
        with self._snapshot() as db:
            return reading_back.get(db, posting_id)

    def expire(self, now: datetime, expire_after_days: int = 30) -> int:
        with self._writing() as db:
            return ending.expire(db, now, expire_after_days)

    def mark_gone(self, posting_id: str, now: datetime, reason: str = "gone") -> bool:
        with self._writing() as db:
            return ending.mark_gone(db, posting_id, now, reason)

    def save_link_check(self, posting_id: str, now: datetime, outcome: str) -> None:
        with self._writing() as db:
            log.save_link_check(db, posting_id, now, outcome)

    def link_checks(self) -> dict[str, LinkCheck]:
        with self._snapshot() as db:
            return {one.posting_id: one for one in log.link_checks(db)}

    # -- openings and changes ----------------------------------------------------------------

    def openings(
        self,
        *,
        status: Collection[str] | None = None,
        closed_since: datetime | None = None,
    ) -> Iterator[Opening]:
        with self._snapshot() as db:
            yield from reading_back.openings(db, status=status, closed_since=closed_since)

    def opening(self, name: str) -> Opening | None:
        with self._snapshot() as db:
            return reading_back.opening(db, name)

    def opening_ids(self) -> dict[str, str]:
        with self._snapshot() as db:
            return dict(db.ask("SELECT id, coalesce(opening_id, id) FROM posting").fetchall())

    def aliases(self) -> dict[str, str]:
        with self._snapshot() as db:
            return openings.aliases(db)

    def save_openings(
        self,
        rows: Iterable[OpeningRow],
        *,
        keys: Iterable[tuple[str, bytes]] = (),
        merging: Merging | None = None,
    ) -> int:
        with self._writing() as db:
            written = openings.save_openings(db, rows)
            blocking.save_keys(db, keys)
            if merging is not None:
                blocking.save_merging(db, merging)
            return written

    # -- what the openings are computed from -------------------------------------------------

    def unmerged(self) -> Unmerged:
        with self._snapshot() as db:
            return blocking.unmerged(db)

    def changed(self, after: int) -> Iterator[Tracked]:
        with self._snapshot() as db:
            yield from reading_back.changed(db, after)

    def blocks(self, keys: Collection[int], most: int) -> dict[int, frozenset[str] | None]:
        with self._snapshot() as db:
            return blocking.blocks(db, keys, most)

    def block_keys(self, ids: Collection[str]) -> dict[str, bytes]:
        with self._snapshot() as db:
            return blocking.keys_of(db, ids)

    def companions(self, ids: Collection[str]) -> set[str]:
        with self._snapshot() as db:
            return blocking.companions(db, ids)

    def changes(
        self,
        *,
        since: datetime | None = None,
        after: int = 0,
        kinds: Collection[str] = NEWS,
    ) -> Iterator[Change]:
        with self._snapshot() as db:
            yield from reading_back.changes(db, since=since, after=after, kinds=kinds)

    # -- the store itself --------------------------------------------------------------------

    def content_hash(self) -> str:
        with self._snapshot() as db:
            return verify.content_hash(db)

    def check(self) -> list[str]:
        with self._snapshot() as db:
            return [*verify.check(db), *doubts(db)]

    def backup(self, target: Path) -> None:
        """Write all of it into a SQLite file, which jobtide opens and moves back from anywhere."""
        unfinished = target.with_name(f"{target.name}.unfinished")
        unfinished.unlink(missing_ok=True)
        with SqliteStore(unfinished, create=True) as copy:
            move(self, copy)
        unfinished.replace(target)
