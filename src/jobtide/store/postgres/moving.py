"""All rows of a table, as they are, for moving a store; see `jobtide.store.moving`."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from psycopg import sql

from jobtide.store.postgres.months import make_months
from jobtide.store.postgres.server import Session
from jobtide.store.postgres.verify import plain
from jobtide.store.sqlite.moments import moment
from jobtide.store.tables import TABLES, Row, Table


def rows_after(db: Session, table: Table, after: Row | None, limit: int) -> list[Row]:
    """Return the next rows in the order of the key."""
    key = _names(table.key)
    where: sql.Composable = sql.SQL("")
    if after:
        marks = sql.SQL(", ").join(sql.Placeholder() * len(table.key))
        where = sql.SQL("WHERE ({}) > ({})").format(key, marks)
    query = sql.SQL("SELECT {} FROM {} {} ORDER BY {} LIMIT {}").format(
        _names(table.columns), sql.Identifier(table.name), where, key, sql.Placeholder()
    )
    return [plain(row) for row in db.connection.execute(query, (*(after or ()), limit))]


def last_key(db: Session, table: Table) -> Row | None:
    """Return the greatest key."""
    order = sql.SQL(", ").join(
        sql.SQL("{} DESC").format(sql.Identifier(name)) for name in table.key
    )
    query = sql.SQL("SELECT {} FROM {} ORDER BY {} LIMIT 1").format(
        _names(table.key), sql.Identifier(table.name), order
    )
    found = db.connection.execute(query).fetchone()
    return None if found is None else plain(found)


def put_rows(db: Session, table: Table, rows: list[Row]) -> None:
    """Write new rows."""
    if table.name == "event":
        place = table.columns.index("at")
        make_months(db, {moment(row[place]) for row in rows})
    db.copy(table.name, table.columns, rows)


def row_count(db: Session, table: Table) -> int:
    """Return how many rows there are."""
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name))
    found = db.connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def after_move(db: Session) -> None:
    """Let the database go on counting where the moved rows end."""
    for table in TABLES:
        if table.numbered:
            db.connection.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({}, 'id'),"
                    " greatest(1, (SELECT coalesce(max(id), 0) FROM {})), EXISTS"
                    " (SELECT 1 FROM {}))"
                ).format(table.name, sql.Identifier(table.name), sql.Identifier(table.name))
            )


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


class PostgresMoving(ABC):
    """The part of the store that moves it."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Session]: ...

    @abstractmethod
    def _snapshot(self) -> AbstractContextManager[Session]: ...

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
            return row_count(db, table)

    def after_move(self) -> None:
        with self._writing() as db:
            after_move(db)
