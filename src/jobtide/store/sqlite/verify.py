"""One digest over everything that was learned, and the store's own doubts about itself."""

import sqlite3
from collections.abc import Iterator

from jobtide.store.content import decompress, draft, hash_of, posting_of

_CONTENT = (
    "SELECT id, digest, superseded, listed_as, opening_id, first_seen_at, last_seen_at, status,"
    " missing_since, closed_at, closed_reason, changed_at, bumped, reopened"
    " FROM posting ORDER BY id",
    "SELECT posting.id, at, kind, detail FROM event JOIN posting ON posting_key = key"
    " ORDER BY posting.id, at, event.id",
    "SELECT id, canonical_id, reasons FROM opening ORDER BY id",
    "SELECT source, token, identifier, step, reason, detail, since FROM reject"
    " JOIN board ON board.id = board_id"
    " ORDER BY source, token, identifier, step, reason, detail",
)


def content_hash(db: sqlite3.Connection) -> str:
    """Return 32 hexadecimal digits; see `Store.content_hash`."""
    return hash_of(db.execute(query) for query in _CONTENT)


def check(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with the file, one sentence a fault; nothing when all is well."""
    for (verdict,) in db.execute("PRAGMA integrity_check"):
        if verdict != "ok":
            yield f"integrity: {verdict}"
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table} row {row} points at nothing in {parent}"
    for (name,) in db.execute(
        "SELECT id FROM posting WHERE key NOT IN (SELECT posting_key FROM posting_body)"
    ):
        yield f"posting {name} has no body"
    for name, opening in db.execute(
        "SELECT id, opening_id FROM posting WHERE opening_id IS NOT NULL"
        " AND opening_id NOT IN (SELECT id FROM opening)"
    ):
        yield f"posting {name} belongs to {opening}, which is no opening"
    for (name,) in db.execute(
        "SELECT id FROM opening WHERE canonical_id NOT IN (SELECT id FROM posting)"
    ):
        yield f"opening {name} shows a posting that is not there"
    yield from _changed_bytes(db)


def _changed_bytes(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the postings whose words are no longer those that were written."""
    for name, digest, data, body in db.execute(
        "SELECT id, digest, data, body FROM posting JOIN posting_body ON posting_key = key"
    ):
        if draft(posting_of(data, decompress(body))).digest != digest:
            yield f"posting {name} does not match its digest"
