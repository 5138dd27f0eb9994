"""What the store holds, read back as values; each function runs on one snapshot."""

import sqlite3
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

import msgspec
import zstandard

from jobtide.model import BoardHealth, Opening, Tracked
from jobtide.store.content import posting_of
from jobtide.store.history import assemble
from jobtide.store.records import BoardState, Change, Counts, Run
from jobtide.store.sqlite.moments import maybe_moment, moment
from jobtide.store.sqlite.openings import resolve
from jobtide.store.sqlite.rows import Row

_COUNTS = msgspec.json.Decoder(Counts)
_REASONS = msgspec.json.Decoder(tuple[str, ...])


def _listed(values: Collection[str] | None) -> str | None:
    """Return a list of words as the JSON that `json_each` takes apart; None stays None."""
    return None if values is None else msgspec.json.encode(sorted(values)).decode()


class _BoardTimes(dict[int, str | None]):
    """Board -> moment of its last counted reading; asked for one by one, as few may be needed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __missing__(self, board: int) -> str | None:
        found = self._db.execute(
            "SELECT read_at FROM reading WHERE board_id = ? AND counted = 1"
            " ORDER BY id DESC LIMIT 1",
            (board,),
        ).fetchone()
        self[board] = read_at = found[0] if found else None
        return read_at


def tracked(
    db: sqlite3.Connection,
    *,
    status: Collection[str] | None = None,
    ids: Collection[str] | None = None,
    source: str | None = None,
    board: str | None = None,
) -> Iterator[Tracked]:
    """Yield postings with their histories, in the order they were first stored."""
    states = _listed(status)
    if ids is not None:
        cursor = db.execute(
            "SELECT * FROM posting_whole WHERE id IN (SELECT value FROM json_each(?1))"
            " AND (?2 IS NULL OR status IN (SELECT value FROM json_each(?2))) ORDER BY key",
            (_listed(ids), states),
        )
    else:
        cursor = db.execute(
            "SELECT * FROM posting_whole"
            " WHERE (?1 IS NULL OR status IN (SELECT value FROM json_each(?1)))"
            " AND (?2 IS NULL OR board_id IN (SELECT id FROM board WHERE source = ?2))"
            " AND (?3 IS NULL OR board_id IN (SELECT id FROM board WHERE token = ?3))"
            " ORDER BY key",
            (states, source, board),
        )
    for _, one in _members(db, cursor):
        yield one


def changed(db: sqlite3.Connection, after: int) -> Iterator[Tracked]:
    """Yield the postings whose number of changes is greater than `after`."""
    cursor = db.execute(
        "SELECT * FROM posting_whole WHERE key IN (SELECT key FROM posting WHERE rev > ?)"
        " ORDER BY key",
        (after,),
    )
    for _, one in _members(db, cursor):
        yield one


def get(db: sqlite3.Connection, posting_id: str) -> Tracked | None:
    """Return one posting with its history."""
    cursor = db.execute("SELECT * FROM posting_whole WHERE id = ?", (posting_id,))
    return next((one for _, one in _members(db, cursor)), None)


def _members(db: sqlite3.Connection, cursor: sqlite3.Cursor) -> Iterator[tuple[str, Tracked]]:
    """Yield (opening id, posting) for each row of posting_whole."""
    times = _BoardTimes(db)
    unpack = zstandard.ZstdDecompressor().decompress
    for opening_id, data, body, *state in cursor:
        row = Row._make(state)
        posting = posting_of(data, unpack(body))
        yield opening_id, Tracked(posting=posting, history=row.history(times[row.board_id]))


def openings(
    db: sqlite3.Connection,
    *,
    status: Collection[str] | None = None,
    closed_since: datetime | None = None,
) -> Iterator[Opening]:
    """Yield openings by id; see `Store.openings`."""
    rows = {
        opening_id: (canonical_id, _REASONS.decode(reasons))
        for opening_id, canonical_id, reasons in db.execute(
            "SELECT id, canonical_id, reasons FROM opening"
        )
    }
    only_going = status is not None and set(status) == {"open"}
    cursor = db.execute(
        "SELECT * FROM posting_whole WHERE NOT ? OR opening IN (SELECT coalesce(opening_id, id)"
        " FROM posting WHERE status IN ('open', 'missing')) ORDER BY opening, key",
        (only_going,),
    )
    for opening_id, members in groupby(_members(db, cursor), key=itemgetter(0)):
        canonical_id, reasons = rows.get(opening_id, (opening_id, ()))
        found = assemble(opening_id, canonical_id, (one for _, one in members), reasons)
        if status is not None and found.status not in status:
            continue
        if closed_since and found.closed_at and found.closed_at < closed_since:
            continue
        yield found


def opening(db: sqlite3.Connection, name: str) -> Opening | None:
    """Return the opening that `name` leads to."""
    opening_id = resolve(db, name)
    if opening_id is None:
        return None
    row = db.execute(
        "SELECT canonical_id, reasons FROM opening WHERE id = ?", (opening_id,)
    ).fetchone()
    canonical_id, reasons = row or (opening_id, "[]")
    cursor = db.execute("SELECT * FROM posting_whole WHERE opening = ?", (opening_id,))
    members = [one for _, one in _members(db, cursor)]
    return assemble(opening_id, canonical_id, members, _REASONS.decode(reasons))


def changes(
    db: sqlite3.Connection, *, since: str | None, after: int, kinds: Collection[str]
) -> Iterator[Change]:
    """Yield what happened to postings, in the order it was stored."""
    for number, at, kind, detail, posting_id, opening_id in db.execute(
        "SELECT event.id, at, kind, detail, posting.id, coalesce(opening_id, posting.id)"
        " FROM event JOIN posting ON posting_key = key"
        " WHERE event.id > ?1 AND (?2 IS NULL OR at >= ?2)"
        " AND kind IN (SELECT value FROM json_each(?3)) ORDER BY event.id",
        (after, since, _listed(kinds)),
    ):
        more = msgspec.json.decode(detail)
        yield Change(
            number=number,
            at=moment(at),
            kind=kind,
            posting_id=posting_id,
            opening_id=opening_id,
            fields={name: tuple(pair) for name, pair in more.get("fields", {}).items()},
            reason=more.get("reason"),
            was=more.get("was"),
        )


def board_states(
    db: sqlite3.Connection, source: str | None = None, board: str | None = None
) -> Iterator[BoardState]:
    """Yield how each board stands, by source and token."""
    for name, token, read_at, listed, tried_at, outcome, error, failures in db.execute(
        "SELECT source, token, good.read_at, counted.listed, tried.read_at, tried.outcome,"
        " tried.error, (SELECT count(*) FROM reading WHERE board_id = board.id"
        " AND outcome = 'failed' AND id > coalesce(good.id, 0))"
        " FROM board"
        " LEFT JOIN reading AS good ON good.id = (SELECT max(id) FROM reading"
        "  WHERE board_id = board.id AND counted = 1 AND outcome <> 'failed')"
        " LEFT JOIN reading AS counted ON counted.id = (SELECT max(id) FROM reading"
        "  WHERE board_id = board.id AND counted = 1)"
        " LEFT JOIN reading AS tried ON tried.id = (SELECT max(id) FROM reading"
        "  WHERE board_id = board.id)"
        " WHERE (?1 IS NULL OR source = ?1) AND (?2 IS NULL OR token = ?2)"
        " ORDER BY source, token",
        (source, board),
    ):
        yield BoardState(
            source=name,
            board=token,
            read_at=maybe_moment(read_at),
            tried_at=maybe_moment(tried_at),
            outcome=outcome,
            error=error,
            failures=failures,
            listed=listed or 0,
        )


def health(db: sqlite3.Connection) -> Iterator[BoardHealth]:
    """Yield how the last reads of each board went."""
    counted = {
        (source, token): _COUNTS.decode(counts)
        for source, token, counts in db.execute(
            "SELECT source, token, counts FROM board JOIN reading ON reading.id ="
            " (SELECT max(id) FROM reading WHERE board_id = board.id AND counted = 1)"
        )
    }
    for state in board_states(db):
        counts = counted.get((state.source, state.board), Counts())
        failed = state.outcome == "failed"
        yield BoardHealth(
            source=state.source,
            board=state.board,
            read_at=state.read_at,
            tried_at=state.tried_at,
            error=(state.error or "failed") if failed else state.error,
            read=counts.read,
            kept=counts.kept,
            rejected=counts.rejected,
            new=counts.new,
            closed=counts.closed,
        )


def runs(db: sqlite3.Connection, limit: int) -> Iterator[Run]:
    """Yield the last runs, the newest first."""
    for number, command, started_at, finished_at, summary in db.execute(
        "SELECT id, command, started_at, finished_at, summary FROM run ORDER BY id DESC LIMIT ?",
        (limit,),
    ):
        yield Run(
            id=number,
            command=command,
            started_at=moment(started_at),
            finished_at=maybe_moment(finished_at),
            summary=msgspec.json.decode(summary),
        )
