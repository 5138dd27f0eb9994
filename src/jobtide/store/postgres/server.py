"""Speak with a PostgreSQL server: a pool, migrations, transactions, errors that say what to do."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, overload
from urllib.parse import urlsplit

import psycopg
from psycopg import Connection, Cursor, IsolationLevel, sql
from psycopg.adapt import Buffer, Dumper, PyFormat
from psycopg.types.datetime import DatetimeDumper, TimestamptzLoader
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from jobtide.errors import StoreError

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations" / "postgres"

#: Names the one lock that every writer holds: "JOBT". Boards are saved one after the other, so
#: numbers of events and changes rise in the order in which they become visible, and whoever
#: remembers the last one misses nothing. Saving takes milliseconds, asking a board seconds.
WRITER = 0x4A4F4254

#: Seconds to wait for other writers, and for a free connection.
BUSY_S = 10.0

#: Connections at most: readers that iterate hold one each.
CONNECTIONS = 16

#: Rows a reading cursor fetches at once: bounds memory.
FETCH = 2_000


class _UtcLoader(TimestamptzLoader):
    """Moments come back in UTC as every other store gives them."""

    def load(self, data: Buffer) -> datetime:
        return super().load(data).astimezone(UTC)


class _AwareDumper(DatetimeDumper):
    """A moment without a time zone is a caller's mistake."""

    def upgrade(self, obj: datetime, format: PyFormat) -> Dumper:
        if obj.tzinfo is None:
            raise ValueError(f"a moment without time zone: {obj!r}")
        return super().upgrade(obj, format)


class Session:
    """One transaction: asks and writes, and counts the rows it wrote."""

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection
        self.written = 0

    def ask(self, query: str, values: Sequence[Any] | dict[str, Any] = ()) -> Cursor[Any]:
        """Run a query whose effects, if any, belong to the log and are not counted."""
        return self.connection.execute(query.encode(), values)

    def write(self, query: str, values: Sequence[Any] | dict[str, Any] = ()) -> int:
        """Run a statement; return the rows it wrote, which are counted."""
        rows = self.ask(query, values).rowcount
        self.written += max(0, rows)
        return rows

    def stream(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query without holding all of them in memory."""
        with self.connection.cursor(name="stream") as cursor:
            cursor.itersize = FETCH
            cursor.execute(query.encode(), values)
            yield from cursor

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Write new rows with COPY; return how many."""
        target = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        added = 0
        with self.connection.cursor() as cursor, cursor.copy(target) as copy:
            for row in rows:
                copy.write_row(row)
                added += 1
        self.written += added
        return added

    def count(self, query: str, values: Sequence[Any] = ()) -> int:
        """Return the one whole number a query gives."""
        row = self.ask(query, values).fetchone()
        return int(row[0]) if row else 0


def connect(url: str) -> ConnectionPool[Connection[Any]]:
    """Return a pool of connections to `url`; StoreError when the server does not answer."""
    with translated(url):
        with psycopg.connect(url, connect_timeout=int(BUSY_S)):
            pass  # says at once, in one line, what a pool would say after its timeout
        return ConnectionPool(
            url,
            min_size=1,
            max_size=CONNECTIONS,
            timeout=BUSY_S,
            configure=_configure,
            kwargs={"autocommit": True},
            open=True,
        )


def _configure(connection: Connection[Any]) -> None:
    connection.adapters.register_loader("timestamptz", _UtcLoader)
    connection.adapters.register_dumper(datetime, _AwareDumper)
    connection.execute("SET TIME ZONE 'UTC'")
    connection.execute("SET lock_timeout = '10s'")  # BUSY_S


@contextmanager
def transaction(pool: ConnectionPool[Connection[Any]], url: str) -> Iterator[Session]:
    """Hold the one write transaction; whatever is raised inside leaves nothing behind."""
    with translated(url), pool.connection() as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER,))
        yield Session(connection)


@contextmanager
def locking(pool: ConnectionPool[Connection[Any]], url: str) -> Iterator[Session]:
    """Hold a transaction that waits for no other writer: it must only touch rows it locks."""
    with translated(url), pool.connection() as connection, connection.transaction():
        yield Session(connection)


@contextmanager
def snapshot(pool: ConnectionPool[Connection[Any]], url: str) -> Iterator[Session]:
    """Hold a transaction that sees the store as it is now, whatever is written meanwhile."""
    with translated(url), pool.connection() as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        try:
            with connection.transaction():
                yield Session(connection)
        finally:
            if not connection.closed:
                connection.isolation_level = None
                connection.read_only = None


def migrate(
    pool: ConnectionPool[Connection[Any]],
    url: str,
    *,
    create: bool,
    migrations: Path = MIGRATIONS,
) -> None:
    """
    Run the migrations that are due, each in a transaction of its own.

    An empty database becomes a store only when `create` is True. Raises StoreError for one
    without our tables otherwise, and for a newer schema.
    """
    due = sorted(migrations.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    while True:
        with transaction(pool, url) as db:
            version = _version(db)
            if version > len(due):
                raise StoreError(
                    f"{shown(url)}: written by a newer jobtide (schema {version}, this one knows"
                    f" {len(due)}); upgrade jobtide, or use another database"
                )
            if version == 0 and not create:
                raise StoreError(
                    f"{shown(url)}: no tables of jobtide here; `jobtide update` makes them, "
                    "or name the right database with --db or the setting `database`"
                )
            if version == len(due):
                return
            db.ask(due[version].read_text(encoding="utf-8"))
            db.ask("DELETE FROM schema_version")
            db.ask("INSERT INTO schema_version VALUES (%s)", (version + 1,))


def _version(db: Session) -> int:
    """Return the schema's number, 0 for a database without our tables."""
    known = db.count("SELECT count(*) FROM pg_class WHERE oid = to_regclass('schema_version')")
    if known:
        return db.count("SELECT max(number) FROM schema_version")
    db.ask("CREATE TABLE schema_version (number bigint PRIMARY KEY)")
    return 0


_PASSWORD = re.compile(r"(?<=password=)[^&\s]+", re.IGNORECASE)


def shown(url: str) -> str:
    """Return the address of a database without its password, for messages.

    >>> shown("postgresql://me:secret@db.example/jobs?connect_timeout=3")
    'postgresql://db.example/jobs'
    """
    parts = urlsplit(_PASSWORD.sub("...", url))
    where = parts.hostname or ""
    return f"postgresql://{where}{f':{parts.port}' if parts.port else ''}{parts.path}"


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn what the server refuses into a StoreError that says what to do."""
    try:
        yield
    except (psycopg.IntegrityError, psycopg.ProgrammingError):
        raise  # a mistake of ours: show where
    except PoolClosed as error:
        raise StoreError(f"{shown(url)}: this store is closed") from error
    except PoolTimeout as error:
        raise StoreError(f"{shown(url)}: all connections are busy; try again later") from error
    except psycopg.Error as error:
        words = " ".join(str(error).split())
        raise StoreError(f"{shown(url)}: {_advice(error)} ({_PASSWORD.sub('...', words)})") from (
            error
        )


def _advice(error: psycopg.Error) -> str:
    for kind, advice in _ADVICE:
        if isinstance(error, kind):
            return advice
    return "the database refused"


_ADVICE: tuple[tuple[type[psycopg.Error], str], ...] = (
    (psycopg.errors.LockNotAvailable, "another jobtide is writing to it; try again in a moment"),
    (psycopg.errors.DiskFull, "the server's disk is full; make room and run again"),
    (psycopg.errors.InsufficientPrivilege, "not allowed; check the rights of this user"),
    (psycopg.errors.ReadOnlySqlTransaction, "may not be written; is this a replica?"),
    (psycopg.OperationalError, "the server cannot be reached, or ended the connection"),
)


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: str | None) -> str | None: ...
def storable(text: str | None) -> str | None:
    """Return `text` as PostgreSQL can hold it: no NUL, no half surrogate pair."""
    if text is None:
        return None
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
