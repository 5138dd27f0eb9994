"""Open a SQLite file as a store: pragmas, migrations, and errors that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from jobtide.errors import StoreError

#: "JOBT" in ASCII: marks the file as ours (https://www.sqlite.org/pragma.html#pragma_application_id).
APPLICATION_ID = 0x4A4F4254

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations" / "sqlite"

#: Seconds to wait for another process's write, which lasts for one board: well under a second.
BUSY_S = 10.0


def connect(
    path: Path, *, create: bool = False, migrations: Path = MIGRATIONS
) -> sqlite3.Connection:
    """
    Return a connection to the store in `path`, brought to our schema.

    A missing file is made only when `create` is True. Raises StoreError when it is missing, no
    database of ours, of a newer schema, locked or not readable.
    """
    with translated(path):
        if not path.exists():
            if not create:
                raise StoreError(
                    f"{path}: there is no database here; `jobtide update` makes it, "
                    "or name the right file with --db or the setting `database`"
                )
            path.parent.mkdir(parents=True, exist_ok=True)
        db = plain(path)
        try:
            _migrate(db, path, migrations)
        except BaseException:
            db.close()
            raise
        return db


def plain(path: Path) -> sqlite3.Connection:
    """Return a connection with our pragmas, which every connection to the file must set."""
    db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")  # why this is enough: docs/decisions/0005
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA cache_size = -32768")  # KiB
        db.execute("PRAGMA journal_size_limit = 67108864")  # bytes of log kept after a big write
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: sqlite3.Connection, path: Path, migrations: Path) -> None:
    """Run the migrations that are still due, each in a transaction of its own."""
    version = _version(db, path)
    due = sorted(migrations.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    if version > len(due):
        raise StoreError(
            f"{path}: written by a newer jobtide (schema {version}, this one knows {len(due)}); "
            "upgrade jobtide, or use another file"
        )
    if version == len(due):
        return
    if version == 0:
        db.execute("PRAGMA journal_mode = WAL")
    else:
        _keep_copy(db, path, version)
    for number, file in enumerate(due[version:], start=version + 1):
        with transaction(db):
            if _version(db, path) < number:  # another process may have been quicker
                for statement in _statements(file.read_text(encoding="utf-8")):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {number}")


def _version(db: sqlite3.Connection, path: Path) -> int:
    """Return the schema's number, 0 for an empty file; raise StoreError for a stranger's."""
    # In this order: what another process commits in between must not look like a stranger's.
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (owner,) = db.execute("PRAGMA application_id").fetchone()
    if owner != APPLICATION_ID and (tables or version):
        raise StoreError(f"{path}: a SQLite file, but not one of jobtide's; name another file")
    return int(version)


def _keep_copy(db: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the file before its schema changes, for those who want to go back."""
    backup(db, path.with_name(f"{path.name}.schema-{version}"))


def backup(db: sqlite3.Connection, target: Path) -> None:
    """Write a copy of the whole store to `target`, which is either the old file or the new one."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as copy:
        db.backup(copy)
        # The copy is one file; WAL would leave two more beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    unfinished.replace(target)


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of `script` one by one: `executescript` would commit on its own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Hold the one write transaction; whatever is raised inside leaves nothing behind."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold a connection that sees the store as it is now, whatever is written meanwhile."""
    with translated(path), closing(plain(path)) as db:
        db.execute("PRAGMA query_only = ON")
        db.execute("BEGIN")
        yield db


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system refuse into a StoreError that says what to do."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a mistake of ours: show where
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {_advice(error)} ({error})") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def _advice(error: sqlite3.DatabaseError) -> str:
    name = getattr(error, "sqlite_errorname", "")
    for prefix, advice in _ADVICE:
        if name.startswith(prefix):
            return advice
    return "the database refused"


#: Result codes of https://www.sqlite.org/rescode.html, by prefix.
_ADVICE = (
    ("SQLITE_BUSY", "another jobtide is writing to it; try again in a moment"),
    ("SQLITE_LOCKED", "another jobtide is writing to it; try again in a moment"),
    ("SQLITE_FULL", "the disk is full; make room and run again, nothing is lost"),
    ("SQLITE_IOERR", "could not read or write; is the disk full? Run again when there is room"),
    ("SQLITE_READONLY", "may not be written; check the permissions of the file and its folder"),
    ("SQLITE_PERM", "may not be opened; check the permissions of the file and its folder"),
    ("SQLITE_CANTOPEN", "cannot be opened; check the path and the permissions of its folder"),
    ("SQLITE_NOTADB", "not a database; name another file"),
    ("SQLITE_CORRUPT", "the file is damaged; restore a copy of it"),
)
