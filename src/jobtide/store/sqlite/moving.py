"""All rows of a table, as they are, for moving a store; see `jobtide.store.moving`."""

import sqlite3
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from jobtide.store.tables import Row, Table

#: Where SQLite keeps a column under another name, or can find it only by looking elsewhere.
_NAMES = {
    ("reject", "id"): "rowid",
    ("posting_version", "posting_key"): (
        "(SELECT posting_key FROM event WHERE event.id = event_id)"
    ),
}


def rows_after(db: sqlite3.Connection, table: Table, after: Row | None, limit: int) -> list[Row]:
    """Return the next rows in the order of the key."""
    names = [_NAMES.get((table.name, column), column) for column in table.columns]
    key = _key(table)
    where = f"WHERE ({key}) > ({', '.join('?' * len(table.key))})" if after else ""
    return db.execute(
        f"SELECT {', '.join(names)} FROM {table.name} {where} ORDER BY {key} LIMIT ?",  # noqa: S608 - names of ours
        (*(after or ()), limit),
    ).fetchall()


def last_key(db: sqlite3.Connection, table: Table) -> Row | None:
    """Return the greatest key."""
    order = ", ".join(f"{name} DESC" for name in _key(table).split(", "))
    found: Row | None = db.execute(
        f"SELECT {_key(table)} FROM {table.name} ORDER BY {order} LIMIT 1"  # noqa: S608 - names of ours
    ).fetchone()
    return found


def put_rows(db: sqlite3.Connection, table: Table, rows: list[Row]) -> None:
    """Write new rows."""
    own = [
        (place, _NAMES.get((table.name, column), column))
        for place, column in enumerate(table.columns)
    ]
    own = [(place, name) for place, name in own if not name.startswith("(")]
    db.executemany(
        f"INSERT INTO {table.name} ({', '.join(name for _, name in own)})"  # noqa: S608 - names of ours
        f" VALUES ({', '.join('?' * len(own))})",
        [tuple(row[place] for place, _ in own) for row in rows],
    )


def _key(table: Table) -> str:
    return ", ".join(_NAMES.get((table.name, name), name) for name in table.key)


class SqliteMoving(ABC):
    """The part of the store that moves it."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[sqlite3.Connection]: ...

    @abstractmethod
    def _snapshot(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def rows_after(self, table: Table, after: Row | None, limit: int) -> list[Row]:
        with self._snapshot() as db:
            return rows_after(db, table, after, limit)

    def last_key(self, table: Table) -> Row | None:
        with self._snapshot() as db:
            return last_key(db, table)

    def put_rows(self, table: Table, rows: list[Row]) -> None:
        with self._writing() as db:
            put_rows(db, table, rows)

    def row_count(self, table: Table) -> int:
        with self._snapshot() as db:
            (found,) = db.execute(f"SELECT count(*) FROM {table.name}").fetchone()  # noqa: S608
            return int(found)

    def after_move(self) -> None:
        """Do nothing: SQLite counts on by itself."""
        return
