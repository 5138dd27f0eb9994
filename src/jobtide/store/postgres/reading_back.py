"""What the store holds, read back as values; each function runs on one snapshot."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
import zstandard

from jobtide.model import Opening, Tracked
from jobtide.store.content import posting_of
from jobtide.store.history import assemble
from jobtide.store.postgres.openings import resolve
from jobtide.store.postgres.rows import Row
from jobtide.store.postgres.server import Session
from jobtide.store.records import Change

_REASONS = msgspec.json.Decoder(tuple[str, ...])


def _board_times(db: Session) -> dict[int, datetime]:
    """Return the moment of each board's last counted reading."""
    return dict(
        db.ask(
            "SELECT board.id, read_at FROM board, LATERAL (SELECT read_at FROM reading"
            " WHERE board_id = board.id AND counted ORDER BY id DESC LIMIT 1) AS late"
        ).fetchall()
    )


def tracked(
    db: Session,
    *,
    status: Collection[str] | None = None,
    ids: Collection[str] | None = None,
    source: str | None = None,
    board: str | None = None,
) -> Iterator[Tracked]:
    """Yield postings with their histories, in the order they were first stored."""
    conditions, values = ["true"], []
    for condition, value in (
        ("status = ANY(%s)", None if status is None else list(status)),
        ("id = ANY(%s)", None if ids is None else list(ids)),
        ("board_id IN (SELECT id FROM board WHERE source = %s)", source if ids is None else None),
        ("board_id IN (SELECT id FROM board WHERE token = %s)", board if ids is None else None),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    query = f"SELECT * FROM posting_whole WHERE {' AND '.join(conditions)} ORDER BY key"  # noqa: S608 - no outside text
    for _, one in members_of(_board_times(db), db.stream(query, values)):
        yield one


def changed(db: Session, after: int) -> Iterator[Tracked]:
    """Yield the postings whose number of changes is greater than `after`."""
    rows = db.stream(
        "SELECT * FROM posting_whole WHERE key IN (SELECT key FROM posting WHERE rev > %s)"
        " ORDER BY key",
        (after,),
    )
    for _, one in members_of(_board_times(db), rows):
        yield one


def get(db: Session, posting_id: str) -> Tracked | None:
    """Return one posting with its history."""
    rows = db.ask("SELECT * FROM posting_whole WHERE id = %s", (posting_id,))
    return next((one for _, one in members_of(_board_times(db), rows)), None)


def members_of(
    times: dict[int, datetime], rows: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[str, Tracked]]:
    """Yield (opening id, posting) for each row of posting_whole."""
    unpack = zstandard.ZstdDecompressor().decompress
    for opening_id, data, body, *state in rows:
        row = Row._make(state)
        posting = posting_of(data, unpack(body))
        yield opening_id, Tracked(posting=posting, history=row.history(times.get(row.board_id)))


def openings(
    db: Session,
    *,
    status: Collection[str] | None = None,
    closed_since: datetime | None = None,
) -> Iterator[Opening]:
    """Yield openings by id; see `Store.openings`."""
    held = {
        opening_id: (canonical_id, _REASONS.decode(reasons))
        for opening_id, canonical_id, reasons in db.ask(
            "SELECT id, canonical_id, reasons FROM opening"
        )
    }
    only_going = status is not None and set(status) == {"open"}
    rows = db.stream(
        "SELECT * FROM posting_whole WHERE NOT %s OR opening IN (SELECT coalesce(opening_id, id)"
        " FROM posting WHERE status IN ('open', 'missing')) ORDER BY opening, key",
        (only_going,),
    )
    for opening_id, members in groupby(members_of(_board_times(db), rows), key=itemgetter(0)):
        canonical_id, reasons = held.get(opening_id, (opening_id, ()))
        found = assemble(opening_id, canonical_id, (one for _, one in members), reasons)
        if status is not None and found.status not in status:
            continue
        if closed_since and found.closed_at and found.closed_at < closed_since:
            continue
        yield found


def opening(db: Session, name: str) -> Opening | None:
    """Return the opening that `name` leads to."""
    opening_id = resolve(db, name)
    if opening_id is None:
        return None
    row = db.ask(
        "SELECT canonical_id, reasons FROM opening WHERE id = %s", (opening_id,)
    ).fetchone()
    canonical_id, reasons = row or (opening_id, "[]")
    rows = db.ask("SELECT * FROM posting_whole WHERE opening = %s ORDER BY key", (opening_id,))
    members = [one for _, one in members_of(_board_times(db), rows)]
    return assemble(opening_id, canonical_id, members, _REASONS.decode(reasons))


def changes(
    db: Session, *, since: datetime | None, after: int, kinds: Collection[str]
) -> Iterator[Change]:
    """Yield what happened to postings, in the order it was stored."""
    for number, at, kind, detail, posting_id, opening_id in db.stream(
        "SELECT event.id, at, kind, detail, posting.id, coalesce(opening_id, posting.id)"
        " FROM event JOIN posting ON posting_key = key"
        " WHERE event.id > %s AND (%s::timestamptz IS NULL OR at >= %s)"
        " AND kind = ANY(%s) ORDER BY event.id",
        (after, since, since, list(kinds)),
    ):
        more = msgspec.json.decode(detail)
        yield Change(
            number=number,
            at=at,
            kind=kind,
            posting_id=posting_id,
            opening_id=opening_id,
            fields={name: tuple(pair) for name, pair in more.get("fields", {}).items()},
            reason=more.get("reason"),
            was=more.get("was"),
        )
