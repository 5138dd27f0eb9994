"""Save one reading of one board: what its answer does to the postings we hold."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from jobtide.model import Reject, Response
from jobtide.store.content import Draft
from jobtide.store.history import surprise
from jobtide.store.listing import Listing, apply
from jobtide.store.log_entry import kept
from jobtide.store.records import FAILED, OK, STALE, UNCHANGED, Counts, Reading
from jobtide.store.sqlite import captures
from jobtide.store.sqlite.moments import moment, stamp
from jobtide.store.sqlite.pending import Pending
from jobtide.store.sqlite.rejects import anonymous, replace_rejects
from jobtide.store.sqlite.rows import Last, known, last_counted, make_board


class _Verdict(NamedTuple):
    """What a reading is worth."""

    complete: bool  #: read to its end
    listed: int  #: records listed, readable or not
    note: str  #: why a whole board is not believed, or ""


def save_reading(
    db: sqlite3.Connection,
    reading: Reading,
    drafts: dict[str, Draft],
    rejects: Sequence[Reject],
    responses: Sequence[Response],
    *,
    read: int,
) -> Counts:
    """
    Save it inside the transaction that is open; see `Store.save_reading`.

    `drafts` is what `content.drafts_of` made of the postings, `read` how many records there were.
    """
    before = db.total_changes
    board = make_board(db, reading.source, reading.board)
    made = db.total_changes - before
    last = last_counted(db, board)
    if not _is_counted(reading, drafts, last):
        return _only_log(db, board, reading, drafts, rejects, made)
    unread = [reject.identifier for reject in rejects if reject.step == "read"]
    verdict = _judge(db, board, reading, drafts, unread, last)
    number = _log(db, board, reading, verdict)
    before = db.total_changes
    same_bytes, pointed = captures.keep(db, board, number, responses)
    listing = Listing(
        drafts=drafts,
        unreadable=frozenset(name for name in unread if name is not None) - drafts.keys(),
        unchanged=reading.outcome == UNCHANGED,
        believed=verdict.complete and not verdict.note,
        window=reading.window,
        ours=same_bytes,
    )
    pending = Pending(db, board, reading.read_at)
    rows = {row.listed_as: row for row in known(db, board, listing.names)}
    counts = apply(pending, rows, reading.read_at, listing, last.read_at if last else None)
    replace_rejects(db, board, reading, rejects, complete=verdict.complete)
    counts = replace(
        counts,
        read=verdict.listed if listing.unchanged else read,
        rejected=len(rejects),
        note=verdict.note,
        rows_written=made + db.total_changes - before - pointed,
    )
    db.execute("UPDATE reading SET counts = ? WHERE id = ?", (kept(reading, counts), number))
    return counts


def _is_counted(reading: Reading, drafts: dict[str, Draft], last: Last | None) -> bool:
    """Return whether the reading says something new about its board."""
    if last is not None and reading.read_at <= last.at:
        return False
    if reading.outcome == UNCHANGED:
        return last is not None
    return reading.outcome == OK or bool(drafts)


def _only_log(
    db: sqlite3.Connection,
    board: int,
    reading: Reading,
    drafts: dict[str, Draft],
    rejects: Sequence[Reject],
    rows_written: int,
) -> Counts:
    """Write down a try that says nothing new: it failed, or a later one is stored already."""
    counts = Counts(rows_written=rows_written)
    if reading.outcome != FAILED:
        reading = replace(reading, outcome=STALE)
        counts = Counts(
            read=len(drafts) + len(rejects),
            kept=len(drafts),
            seen=len(drafts),
            rejected=len(rejects),
            rows_written=rows_written,
        )
    number = _log(db, board, reading, None)
    db.execute("UPDATE reading SET counts = ? WHERE id = ?", (kept(reading, counts), number))
    return counts


def _judge(
    db: sqlite3.Connection,
    board: int,
    reading: Reading,
    drafts: dict[str, Draft],
    unread: list[str | None],
    last: Last | None,
) -> _Verdict:
    """Return what the reading is worth; `unread` names the records that could not be read."""
    complete = reading.complete and reading.outcome == OK
    listed = len(drafts.keys() | {name for name in unread if name}) + unread.count(None)
    if reading.outcome == UNCHANGED and last is not None:
        complete, listed = bool(last.whole), last.listed
    note = ""
    if complete and not reading.window:
        note = _surprise(db, board, listed, reading.read_at)
        # A record nobody can name may be any of those that are absent; one that was there
        # before explains nothing new.
        if not note and unread.count(None) > anonymous(db, board):
            note = "unreadable"
    return _Verdict(complete, listed, note)


def _surprise(db: sqlite3.Connection, board: int, listed: int, read_at: datetime) -> str:
    believed = db.execute(
        "SELECT id, listed FROM reading WHERE board_id = ? AND believed = 1"
        " ORDER BY id DESC LIMIT 1",
        (board,),
    ).fetchone()
    if believed is None:
        return ""
    readings, since = db.execute(
        "SELECT count(*), min(read_at) FROM reading WHERE board_id = ? AND id > ?"
        " AND note IN ('empty', 'shrink')",
        (board, believed[0]),
    ).fetchone()
    return surprise(
        listed,
        believed[1],
        read_at=read_at,
        since=moment(since) if since else None,
        readings=readings,
    )


def _log(db: sqlite3.Connection, board: int, reading: Reading, verdict: _Verdict | None) -> int:
    """Write the reading into the log, as counted when there is a verdict; return its number."""
    complete = verdict.complete if verdict else reading.complete
    note = verdict.note if verdict else ""
    number = db.execute(
        "INSERT INTO reading (run_id, board_id, read_at, outcome, counted, whole, believed,"
        " rolling, listed, note, counts, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}', ?)",
        (
            reading.run_id,
            board,
            stamp(reading.read_at),
            reading.outcome,
            verdict is not None,
            complete,
            verdict is not None and complete and not note and not reading.window,
            reading.window,
            verdict.listed if verdict else 0,
            note,
            reading.error,
        ),
    ).lastrowid
    return int(number or 0)
