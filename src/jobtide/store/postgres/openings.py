"""
Which postings are one opening: written only where it differs.

An opening's id is the id of one of its postings, and postings are never deleted: so every id an
opening ever had is a posting's, and leads to where that posting is now. No list of former ids
can go stale, because there is none.
"""

from collections.abc import Iterable

import msgspec

from jobtide.store.batching import batches
from jobtide.store.postgres.pending import columns_of
from jobtide.store.postgres.server import Session
from jobtide.store.records import OpeningRow


def save_openings(db: Session, rows: Iterable[OpeningRow]) -> int:
    """
    Write which postings are one opening; return the rows written.

    A posting alone is an opening of its own and needs no row. Postings that no row names stay.
    """
    before = db.written
    left: set[str] = set()
    for batch in batches(rows):
        left |= _save_batch(db, batch)
    _remove_deserted(db, left)
    return db.written - before


def _save_batch(db: Session, rows: list[OpeningRow]) -> set[str]:
    """Write some rows; return the openings that postings left."""
    names = {name for row in rows for name in (row.id, row.canonical_id, *row.posting_ids)}
    homes: dict[str, str | None] = dict(
        db.ask("SELECT id, opening_id FROM posting WHERE id = ANY(%s)", (list(names),)).fetchall()
    )
    held = {
        opening_id: (canonical_id, reasons)
        for opening_id, canonical_id, reasons in db.ask(
            "SELECT id, canonical_id, reasons FROM opening WHERE id = ANY(%s)",
            ([row.id for row in rows],),
        )
    }
    moved: dict[str, str | None] = {}
    wanted: dict[str, tuple[str, str] | None] = {}
    for row in rows:
        _refuse_strangers(row, homes)
        alone = row.posting_ids == (row.id,)
        reasons = msgspec.json.encode(row.reasons).decode()
        wanted[row.id] = None if alone else (row.canonical_id, reasons)
        home = None if alone else row.id
        moved.update((one, home) for one in row.posting_ids if homes[one] != home)
    _write_rows(db, wanted, held)
    if moved:
        db.write(
            "UPDATE posting SET opening_id = new.home"
            " FROM unnest(%s::text[], %s::text[]) AS new (name, home) WHERE id = new.name",
            columns_of(list(moved.items())),
        )
    return {home for posting_id in moved if (home := homes[posting_id]) is not None}


def _refuse_strangers(row: OpeningRow, homes: dict[str, str | None]) -> None:
    for posting_id in (*row.posting_ids, row.canonical_id):
        if posting_id not in homes:
            raise ValueError(f"opening {row.id}: no posting {posting_id} is stored")
    if row.id not in row.posting_ids or row.canonical_id not in row.posting_ids:
        raise ValueError(f"opening {row.id}: its id and canonical id must be postings of it")


def _write_rows(
    db: Session, wanted: dict[str, tuple[str, str] | None], held: dict[str, tuple[str, str]]
) -> None:
    gone = [name for name, row in wanted.items() if row is None and name in held]
    if gone:
        db.write("DELETE FROM opening WHERE id = ANY(%s)", (gone,))
    rows = [(name, *row) for name, row in wanted.items() if row and held.get(name) != row]
    if rows:
        db.write(
            "INSERT INTO opening SELECT * FROM unnest(%s::text[], %s::text[], %s::text[])"
            " ON CONFLICT (id) DO UPDATE SET canonical_id = excluded.canonical_id,"
            " reasons = excluded.reasons",
            columns_of(rows),
        )


def _remove_deserted(db: Session, left: set[str]) -> None:
    """Remove those of the openings that postings left which have no posting any more."""
    if left:
        db.write(
            "DELETE FROM opening WHERE id = ANY(%s) AND NOT EXISTS"
            " (SELECT 1 FROM posting WHERE coalesce(opening_id, posting.id) = opening.id)",
            (sorted(left),),
        )


def resolve(db: Session, name: str) -> str | None:
    """Return the opening that `name` leads to: its own id, one it once had, or a posting's."""
    found = db.ask(
        "SELECT id FROM (SELECT 1 AS rank, id FROM opening WHERE id = %(name)s"
        " UNION ALL SELECT 2, coalesce(opening_id, id) FROM posting WHERE id = %(name)s)"
        " AS found ORDER BY rank LIMIT 1",
        {"name": name},
    ).fetchone()
    return None if found is None else str(found[0])


def aliases(db: Session) -> dict[str, str]:
    """Return posting id -> opening id, of the postings that are no opening's id."""
    return dict(
        db.ask(
            "SELECT id, opening_id FROM posting WHERE opening_id <> id"
            " AND NOT EXISTS (SELECT 1 FROM opening WHERE opening.id = posting.id)"
        ).fetchall()
    )
