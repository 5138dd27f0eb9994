"""The rejects of each board's last readings: written only when they differ."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence

from jobtide.model import Reject
from jobtide.store.records import UNCHANGED, Reading, Rejected
from jobtide.store.sqlite.moments import moment, stamp

_Key = tuple[str | None, str, str, str]


def anonymous(db: sqlite3.Connection, board: int) -> int:
    """Return how many records without a name could not be read at the board's last readings."""
    (found,) = db.execute(
        "SELECT count(*) FROM reject WHERE board_id = ? AND identifier IS NULL AND step = 'read'",
        (board,),
    ).fetchone()
    return int(found)


def replace_rejects(
    db: sqlite3.Connection,
    board: int,
    reading: Reading,
    rejects: Sequence[Reject],
    *,
    complete: bool,
) -> None:
    """Keep `rejects` as the board's present ones; an answer that broke off only adds to them."""
    if reading.outcome == UNCHANGED:
        return
    held: Counter[_Key] = Counter()
    rowids: dict[_Key, list[int]] = {}
    for rowid, *key in db.execute(
        "SELECT rowid, identifier, step, reason, detail FROM reject WHERE board_id = ?", (board,)
    ):
        held[tuple(key)] += 1
        rowids.setdefault(tuple(key), []).append(rowid)
    now = Counter((one.identifier, one.step, one.reason, one.detail) for one in rejects)
    db.executemany(
        "INSERT INTO reject VALUES (?, ?, ?, ?, ?, ?)",
        [(board, *key, stamp(reading.read_at)) for key in (now - held).elements()],
    )
    if complete:
        gone = [rowids[key].pop() for key in (held - now).elements()]
        db.executemany("DELETE FROM reject WHERE rowid = ?", [(rowid,) for rowid in gone])


def rejected(db: sqlite3.Connection, source: str | None, board: str | None) -> Iterator[Rejected]:
    """Yield the present rejects, by board."""
    for name, token, identifier, step, reason, detail, since in db.execute(
        "SELECT source, token, identifier, step, reason, detail, since"
        " FROM reject JOIN board ON board.id = board_id"
        " WHERE (?1 IS NULL OR source = ?1) AND (?2 IS NULL OR token = ?2)"
        " ORDER BY source, token, reject.rowid",
        (source, board),
    ):
        reject = Reject(
            source=name,
            board=token,
            identifier=identifier,
            step=step,
            reason=reason,
            detail=detail,
        )
        yield Rejected(reject=reject, since=moment(since))
