"""Leases of hosts in PostgreSQL; the promise is `jobtide.store.leases.Leases`."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool

from jobtide.model import Posting, Reject, Response
from jobtide.store.content import drafts_of
from jobtide.store.leases import Due, Lease
from jobtide.store.postgres.pending import columns_of
from jobtide.store.postgres.save import save_reading
from jobtide.store.postgres.server import Session, locking
from jobtide.store.records import Counts, Reading


class PostgresLeases(ABC):
    """The part of `PostgresStore` that several workers share."""

    url: str
    _pool: ConnectionPool[Connection[Any]]

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Session]: ...

    def _locking(self) -> AbstractContextManager[Session]:
        """Hold a transaction that waits for no other writer: it locks only rows of hosts."""
        return locking(self._pool, self.url)

    def plan(self, boards: Iterable[Due]) -> None:
        wanted = sorted({(one.source, one.board): one for one in boards}.items())
        rows = [(source, board, one.host, one.due_at) for (source, board), one in wanted]
        columns = columns_of(rows) if rows else [[], [], [], []]
        with self._writing() as db:
            db.ask(
                "INSERT INTO host (name) SELECT DISTINCT name FROM unnest(%s::text[]) AS name"
                " ORDER BY name ON CONFLICT DO NOTHING",
                (columns[2],),
            )
            db.ask(
                "DELETE FROM due WHERE NOT EXISTS (SELECT 1 FROM unnest(%s::text[], %s::text[])"
                " AS wanted (s, t) WHERE s = source AND t = token)",
                columns[:2],
            )
            db.ask(
                "INSERT INTO due (source, token, host, due_at)"
                " SELECT s, t, h, coalesce(at, clock_timestamp())"
                " FROM unnest(%s::text[], %s::text[], %s::text[], %s::timestamptz[])"
                " AS wanted (s, t, h, at)"
                " ON CONFLICT (source, token) DO UPDATE SET host = excluded.host"
                " WHERE due.host <> excluded.host",
                columns,
            )

    def claim(self, holder: str, lease_s: float) -> Lease | None:
        with self._locking() as db:
            found = db.ask(
                "WITH free AS (SELECT name FROM host WHERE next_at <= clock_timestamp()"
                " AND (lease_until IS NULL OR lease_until <= clock_timestamp())"
                " AND EXISTS (SELECT 1 FROM due WHERE host = name"
                "  AND due_at <= clock_timestamp())"
                " ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
                " UPDATE host SET fence = fence + 1, holder = %s,"
                " lease_until = clock_timestamp() + make_interval(secs => %s)"
                " FROM free WHERE host.name = free.name RETURNING host.name, fence",
                (holder, lease_s),
            ).fetchone()
            if found is None:
                return None
            host, fence = found
            board = db.ask(
                "SELECT source, token FROM due WHERE host = %s AND due_at <= clock_timestamp()"
                " ORDER BY due_at, source, token LIMIT 1",
                (host,),
            ).fetchone()
            if board is None:  # it left the schedule a moment ago
                db.ask("UPDATE host SET lease_until = NULL WHERE name = %s", (host,))
                return None
            return Lease(source=board[0], board=board[1], host=host, fence=fence)

    def renew(self, leases: Sequence[Lease], lease_s: float) -> list[Lease]:
        if not leases:
            return []
        with self._locking() as db:
            kept = {
                name
                for (name,) in db.ask(
                    "UPDATE host SET lease_until = clock_timestamp() + make_interval(secs => %s)"
                    " FROM unnest(%s::text[], %s::bigint[]) AS mine (h, f)"
                    " WHERE name = h AND fence = f AND lease_until IS NOT NULL RETURNING name",
                    (lease_s, [one.host for one in leases], [one.fence for one in leases]),
                )
            }
        return [one for one in leases if one.host not in kept]

    def save_leased(
        self,
        lease: Lease,
        reading: Reading,
        postings: Sequence[Posting],
        rejects: Sequence[Reject] = (),
        responses: Sequence[Response] = (),
        *,
        pause_s: float,
        again_s: float,
    ) -> Counts | None:
        drafts = drafts_of(reading.source, reading.board, postings)
        read = len(postings) + len(rejects)
        with self._writing() as db:
            if not _end(db, lease, pause_s, again_s):
                return None
            return save_reading(db, reading, drafts, rejects, responses, read=read)

    def release(self, lease: Lease, pause_s: float, again_s: float) -> bool:
        with self._locking() as db:
            return _end(db, lease, pause_s, again_s)

    def waiting_s(self) -> float | None:
        with self._locking() as db:
            found = db.ask(
                "SELECT extract(epoch FROM min(greatest(next_at, coalesce(lease_until, next_at),"
                " due_at)) - clock_timestamp()) FROM due JOIN host ON host = name"
            ).fetchone()
        return None if found is None or found[0] is None else max(0.0, float(found[0]))

    def due_count(self) -> int:
        with self._locking() as db:
            return db.count("SELECT count(*) FROM due WHERE due_at <= clock_timestamp()")


def _end(db: Session, lease: Lease, pause_s: float, again_s: float) -> bool:
    """End a lease, if it is still the host's last one."""
    ended = db.ask(
        "UPDATE host SET lease_until = NULL,"
        " next_at = greatest(next_at, clock_timestamp() + make_interval(secs => %s))"
        " WHERE name = %s AND fence = %s AND lease_until IS NOT NULL",
        (pause_s, lease.host, lease.fence),
    )
    if not ended.rowcount:
        return False
    db.ask(
        "UPDATE due SET due_at = clock_timestamp() + make_interval(secs => %s)"
        " WHERE source = %s AND token = %s",
        (again_s, lease.source, lease.board),
    )
    return True
