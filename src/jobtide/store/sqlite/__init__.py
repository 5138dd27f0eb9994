"""The store in one SQLite file; see docs/decisions/0005 for why, and `jobtide.store.Store`."""

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import msgspec

from jobtide.errors import StoreError
from jobtide.model import BoardHealth, Opening, Posting, Reject, Response, Tracked
from jobtide.store.content import drafts_of
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
from jobtide.store.sqlite import (
    blocking,
    captures,
    ending,
    log,
    openings,
    reading_back,
    rejects,
    verify,
)
from jobtide.store.sqlite.alerts import SqliteOutbox
from jobtide.store.sqlite.file import backup, connect, snapshot, transaction, translated
from jobtide.store.sqlite.moments import maybe_stamp, stamp
from jobtide.store.sqlite.moving import SqliteMoving
from jobtide.store.sqlite.restoring import restore
from jobtide.store.sqlite.rework import rework
from jobtide.store.sqlite.rows import board_key
from jobtide.store.sqlite.save import save_reading
from jobtide.store.sqlite.search import Counter, Keeper, Readers, SqliteSearch, build, doubts


class SqliteStore(SqliteOutbox, SqliteMoving, SqliteSearch):
    """A `Store` in one file. Every method raises StoreError when the database refuses."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._db = connect(path, create=create)
        self._closed = False
        self._counter = Counter()
        self._readers = Readers(path)
        with translated(path):
            build(self._db)
            self._keeper = Keeper(self._db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock, translated(self.path):
            self._closed = True
            self._readers.close()
            self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        with self._lock, translated(self.path):
            if self._closed:
                raise StoreError(f"{self.path}: this store is closed")
            try:
                with transaction(self._db):
                    yield self._db
                    self._keeper.settle()
            finally:
                self._keeper.forget()

    @contextmanager
    def _snapshot(self) -> Iterator[Any]:
        if self._closed:
            raise StoreError(f"{self.path}: this store is closed")
        with snapshot(self.path) as db:
            yield db

    # -- runs and readings -------------------------------------------------------------------

    def start_run(self, command: str, now: datetime) -> int:
        with self._writing() as db:
            cursor = db.execute(
                "INSERT INTO run (command, started_at) VALUES (?, ?)", (command, stamp(now))
            )
            return int(cursor.lastrowid)

    def finish_run(self, run_id: int, now: datetime, summary: dict[str, Any]) -> None:
        with self._writing() as db:
            db.execute(
                "UPDATE run SET finished_at = ?, summary = ? WHERE id = ?",
                (stamp(now), msgspec.json.encode(summary).decode(), run_id),
            )

    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        with self._snapshot() as db:
            return tuple(reading_back.runs(db, limit))

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
            return save_reading(db, reading, drafts, rejects, responses, read=read)

    def rework(
        self,
        source: str,
        board: str,
        postings: Sequence[Posting],
        rejects: Sequence[Reject] = (),
    ) -> Counts:
        drafts = drafts_of(source, board, postings)
        with self._writing() as db:
            return rework(db, source, board, drafts, rejects)

    def restore(self, postings: Iterable[Tracked]) -> int:
        with self._writing() as db:
            return restore(db, postings)

    # -- boards ------------------------------------------------------------------------------

    def board_state(self, source: str, board: str) -> BoardState:
        with self._snapshot() as db:
            nothing = BoardState(source=source, board=board)
            return next(reading_back.board_states(db, source, board), nothing)

    def board_states(self) -> dict[tuple[str, str], BoardState]:
        with self._snapshot() as db:
            return {(one.source, one.board): one for one in reading_back.board_states(db)}

    def validators(
        self, source: str, board: str, url: str
    ) -> tuple[str | None, str | None] | None:
        with self._snapshot() as db:
            key = board_key(db, source, board)
            return None if key is None else captures.validators(db, key, url)

    def health(self) -> tuple[BoardHealth, ...]:
        with self._snapshot() as db:
            return tuple(reading_back.health(db))

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
            return captures.prune(db, stamp(before))

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
            return dict(db.execute("SELECT id, coalesce(opening_id, id) FROM posting"))

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
            yield from reading_back.changes(db, since=maybe_stamp(since), after=after, kinds=kinds)

    # -- the store itself --------------------------------------------------------------------

    def content_hash(self) -> str:
        with self._snapshot() as db:
            return verify.content_hash(db)

    def check(self) -> list[str]:
        with self._snapshot() as db:
            return [*verify.check(db), *doubts(db)]

    def backup(self, target: Path) -> None:
        with self._lock, translated(target):
            backup(self._db, target)
