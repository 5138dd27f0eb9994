"""One digest over everything that was learned, and the store's own doubts about itself."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from jobtide.store.content import decompress, draft, hash_of, posting_of
from jobtide.store.postgres.server import Session
from jobtide.store.sqlite.moments import stamp

_CONTENT = (
    "SELECT id, digest, superseded, listed_as, opening_id, first_seen_at, last_seen_at, status,"
    " missing_since, closed_at, closed_reason, changed_at, bumped, reopened"
    " FROM posting ORDER BY id",
    "SELECT posting.id, at, kind, detail FROM event JOIN posting ON posting_key = key"
    " ORDER BY posting.id, at, event.id",
    "SELECT id, canonical_id, reasons FROM opening ORDER BY id",
    "SELECT source, token, identifier, step, reason, detail, since FROM reject"
    " JOIN board ON board.id = board_id"
    " ORDER BY source, token, identifier NULLS FIRST, step, reason, detail",
)


def content_hash(db: Session) -> str:
    """Return 32 hexadecimal digits; see `Store.content_hash`."""
    return hash_of(_plain(db, query) for query in _CONTENT)


def _plain(db: Session, query: str) -> Iterator[tuple[Any, ...]]:
    for row in db.stream(query):
        yield plain(row)


def plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row with its values as SQLite keeps them."""
    return tuple(_value(one) for one in row)


def _value(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, datetime):
        return stamp(value)
    return int(value) if isinstance(value, bool) else value


def check(db: Session) -> Iterator[str]:
    """Yield what is wrong with the store, one sentence a fault; nothing when all is well."""
    for (name,) in db.stream(
        "SELECT id FROM posting WHERE NOT EXISTS"
        " (SELECT 1 FROM posting_body WHERE posting_key = key) ORDER BY id"
    ):
        yield f"posting {name} has no body"
    for name, opening in db.stream(
        "SELECT id, opening_id FROM posting WHERE opening_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM opening WHERE opening.id = opening_id) ORDER BY id"
    ):
        yield f"posting {name} belongs to {opening}, which is no opening"
    for (name,) in db.stream(
        "SELECT id FROM opening WHERE NOT EXISTS"
        " (SELECT 1 FROM posting WHERE posting.id = canonical_id) ORDER BY id"
    ):
        yield f"opening {name} shows a posting that is not there"
    for name, digest, data, body in db.stream(
        "SELECT id, digest, data, body FROM posting JOIN posting_body ON posting_key = key"
        " ORDER BY id"
    ):
        if draft(posting_of(data, decompress(body))).digest != digest:
            yield f"posting {name} does not match its digest"
