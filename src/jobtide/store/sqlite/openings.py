"""
Which postings are one opening: written only where it differs.

An opening's id is the id of one of its postings, and postings are never deleted: so every id an
opening ever had is a posting's, and leads to where that posting is now. No list of former ids
can go stale, because there is none.
"""

import sqlite3
from collections.abc import Iterable

import msgspec

from jobtide.store.batching import batches
from jobtide.store.records import OpeningRow
from jobtide.store.sqlite.blocking import listed


def save_openings(db: sqlite3.Connection, rows: Iterable[OpeningRow]) -> int:
    """
    Write which postings are one opening; return the rows written.

    A posting alone is an opening of its own and needs no row. Postings that no row names stay.
    """
    before = db.total_changes
    left: set[str] = set()
    for batch in batches(rows):
        left |= _save_batch(db, batch)
    _remove_deserted(db, left)
    return db.total_changes - before


def _save_batch(db: sqlite3.Connection, rows: list[OpeningRow]) -> set[str]:
    """Write some rows; return the openings that postings left."""
    names = {name for row in rows for name in (row.id, row.canonical_id, *row.posting_ids)}
    homes: dict[str, str | None] = dict(
        db.execute(
            "SELECT id, opening_id FROM posting WHERE id IN (SELECT value FROM json_each(?))",
            (listed(names),),
        )
    )
    held = {
        opening_id: (canonical_id, reasons)
        for opening_id, canonical_id, reasons in db.execute(
            "SELECT id, canonical_id, reasons FROM opening"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (listed([row.id for row in rows]),),
        )
    }
    moved: dict[str, str | None] = {}
    for row in rows:
        _refuse_strangers(row, homes)
        alone = row.posting_ids == (row.id,)
        _write_row(db, row, held.get(row.id), alone=alone)
        home = None if alone else row.id
        moved.update((one, home) for one in row.posting_ids if homes[one] != home)
    db.executemany(
        "UPDATE posting SET opening_id = ? WHERE id = ?",
        [(home, posting_id) for posting_id, home in moved.items()],
    )
    return {home for posting_id in moved if (home := homes[posting_id]) is not None}


def _refuse_strangers(row: OpeningRow, homes: dict[str, str | None]) -> None:
    for posting_id in (*row.posting_ids, row.canonical_id):
        if posting_id not in homes:
            raise ValueError(f"opening {row.id}: no posting {posting_id} is stored")
    if row.id not in row.posting_ids or row.canonical_id not in row.posting_ids:
        raise ValueError(f"opening {row.id}: its id and canonical id must be postings of it")


def _write_row(
    db: sqlite3.Connection, row: OpeningRow, held: tuple[str, str] | None, *, alone: bool
) -> None:
    if alone:
        if held is not None:
            db.execute("DELETE FROM opening WHERE id = ?", (row.id,))
        return
    reasons = msgspec.json.encode(row.reasons).decode()
    if held != (row.canonical_id, reasons):
        db.execute(
            "INSERT INTO opening VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE"
            " SET canonical_id = ?2, reasons = ?3",
            (row.id, row.canonical_id, reasons),
        )


def _remove_deserted(db: sqlite3.Connection, left: set[str]) -> None:
    """Remove those of the openings that postings left which have no posting any more."""
    db.executemany(
        "DELETE FROM opening WHERE id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM posting WHERE coalesce(opening_id, posting.id) = ?1)",
        [(opening_id,) for opening_id in sorted(left)],
    )


def resolve(db: sqlite3.Connection, name: str) -> str | None:
    """Return the opening that `name` leads to: its own id, one it once had, or a posting's."""
    found = db.execute(
        "SELECT id FROM opening WHERE id = ?1"
        " UNION ALL SELECT coalesce(opening_id, id) FROM posting WHERE id = ?1 LIMIT 1",
        (name,),
    ).fetchone()
    return None if found is None else str(found[0])


def aliases(db: sqlite3.Connection) -> dict[str, str]:
    """Return posting id -> opening id, of the postings that are no opening's id."""
    return dict(
        db.execute(
            "SELECT id, opening_id FROM posting WHERE opening_id <> id"
            " AND id NOT IN (SELECT id FROM opening)"
        )
    )
