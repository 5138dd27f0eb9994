"""Move all of one store into another: in small steps, so that a move that broke off goes on."""

from collections.abc import Callable
from typing import Protocol

from jobtide.errors import StoreError
from jobtide.store.tables import TABLES, Row, Table

#: Rows moved in one transaction; bodies are a few kB each.
STEP = 5_000


class Movable(Protocol):
    """What a store can do beside `Store`, so that it can be moved."""

    def rows_after(self, table: Table, after: Row | None, limit: int) -> list[Row]:
        """Return the next rows of a table, in the order of its key, as SQLite keeps values."""
        ...

    def last_key(self, table: Table) -> Row | None:
        """Return the greatest key of a table, or None when it is empty."""
        ...

    def put_rows(self, table: Table, rows: list[Row]) -> None:
        """Write new rows in one transaction."""
        ...

    def row_count(self, table: Table) -> int:
        """Return how many rows a table has."""
        ...

    def after_move(self) -> None:
        """Make what is derived from the tables."""
        ...

    def content_hash(self) -> str:
        """Return the digest of what was learned."""
        ...


def move(
    origin: Movable, target: Movable, told: Callable[[str, int, int], None] = lambda *_: None
) -> int:
    """
    Copy every row of `origin` that `target` lacks; return how many that were.

    `target` is empty, or holds what an earlier move brought. `told(table, done, of)` hears of
    every step. Neither may be written to meanwhile. Raises StoreError when both do not hold the
    same in the end: then one of them was written to, and the move must begin anew.
    """
    moved = 0
    for table in TABLES:
        total = origin.row_count(table)
        done = target.row_count(table)
        after = target.last_key(table)
        while rows := origin.rows_after(table, after, STEP):
            target.put_rows(table, rows)
            after = key_of(table, rows[-1])
            moved += len(rows)
            done += len(rows)
            told(table.name, done, total)
    target.after_move()
    if origin.content_hash() != target.content_hash():
        raise StoreError(
            "the two stores do not hold the same: one of them was written to during the move, "
            "or the target was not empty; empty the target and move again"
        )
    return moved


def key_of(table: Table, row: Row) -> Row:
    """Return the part of a row that orders its table."""
    return tuple(row[table.columns.index(name)] for name in table.key)
