"""Which postings are one opening: written only where it differs, and never forgotten."""

import sqlite3
from collections.abc import Iterable

import msgspec

from jobtide.store.records import OpeningRow


def save_openings(db: sqlite3.Connection, rows: Iterable[OpeningRow]) -> int:
    """
    Write which postings are one opening; return the rows written.

    A posting alone is an opening of its own and needs no row. An opening that lost its last
    posting to another one becomes an alias of that one. Postings that no row names stay.
    """
    before = db.total_changes
    homes: dict[str, str | None] = dict(db.execute("SELECT id, opening_id FROM posting"))
    held = {
        number: (canonical_id, reasons)
        for number, canonical_id, reasons in db.execute(
            "SELECT id, canonical_id, reasons FROM opening"
        )
    }
    moved: dict[str, str | None] = {}
    for row in rows:
        alone = row.posting_ids == (row.id,) and not row.reasons
        _write_row(db, row, held.get(row.id), alone=alone)
        for posting_id in row.posting_ids:
            if posting_id not in homes:
                raise ValueError(f"opening {row.id}: no posting {posting_id} is stored")
            if homes[posting_id] != (None if alone else row.id):
                moved[posting_id] = None if alone else row.id
    db.executemany(
        "UPDATE posting SET opening_id = ? WHERE id = ?",
        [(opening_id, posting_id) for posting_id, opening_id in moved.items()],
    )
    _settle_aliases(db, {homes[one] or one: opening or one for one, opening in moved.items()})
    return db.total_changes - before


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


def _settle_aliases(db: sqlite3.Connection, left: dict[str, str]) -> None:
    """Lead the ids of openings that have no posting any more to where their postings went."""
    for old_id, new_id in left.items():
        if old_id == new_id or _lived_in(db, old_id):
            continue
        db.execute("DELETE FROM opening WHERE id = ?", (old_id,))
        # Where the posting went that gave it its id; where the others went, if that is unknown.
        (home,) = db.execute(
            "SELECT coalesce((SELECT opening_id FROM posting WHERE id = ?), ?)", (old_id, new_id)
        ).fetchone()
        # What led to the old one leads on.
        db.execute("UPDATE opening_alias SET id = ? WHERE id = ?", (home, old_id))
        db.execute(
            "INSERT INTO opening_alias VALUES (?1, ?2) ON CONFLICT (old_id) DO UPDATE"
            " SET id = ?2 WHERE id <> ?2",
            (old_id, home),
        )
    # An id that is an opening's again is no former one.
    db.executemany(
        "DELETE FROM opening_alias WHERE old_id = ?",
        [(home,) for home in sorted({*left.values()})],
    )


def _lived_in(db: sqlite3.Connection, opening_id: str) -> bool:
    (found,) = db.execute(
        "SELECT EXISTS (SELECT 1 FROM posting WHERE coalesce(opening_id, id) = ?)", (opening_id,)
    ).fetchone()
    return bool(found)


def resolve(db: sqlite3.Connection, name: str) -> str | None:
    """Return the opening that `name` leads to: its own id, an id it once had, or a posting's."""
    found = db.execute(
        "SELECT id FROM opening WHERE id = ?1"
        " UNION ALL SELECT coalesce(opening_id, id) FROM posting WHERE id = ?1"
        " UNION ALL SELECT id FROM opening_alias WHERE old_id = ?1 LIMIT 1",
        (name,),
    ).fetchone()
    return None if found is None else str(found[0])
