"""Save one reading of one board: what its answer does to the postings we hold."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from jobtide.model import Reject, Response
from jobtide.store.content import Draft
from jobtide.store.history import surprise
from jobtide.store.listing import Listing, apply, save_words
from jobtide.store.log_entry import kept
from jobtide.store.postgres import captures
from jobtide.store.postgres.pending import Pending
from jobtide.store.postgres.rejects import anonymous, replace_rejects
from jobtide.store.postgres.rows import Last, board_key, known, last_counted, make_board
from jobtide.store.postgres.server import Session, storable
from jobtide.store.records import FAILED, OK, STALE, UNCHANGED, Counts, Reading


class _Verdict(NamedTuple):
    """What a reading is worth."""

    complete: bool  #: read to its end
    listed: int  #: records listed, readable or not
    note: str  #: why a whole board is not believed, or ""


def save_reading(
    db: Session,
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
    if reading.read_at.tzinfo is None:
        raise ValueError(f"a moment without time zone: {reading.read_at!r}")
    board = make_board(db, reading.source, reading.board)
    last = last_counted(db, board)
    if not _is_counted(reading, drafts, last):
        return _only_log(db, board, reading, drafts, rejects)
    unread = [reject.identifier for reject in rejects if reject.step == "read"]
    verdict = _judge(db, board, reading, drafts, unread, last)
    number = _log(db, board, reading, verdict)
    same_bytes = captures.keep(db, board, number, responses)
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
    pending.hold(rows.values(), drafts)
    counts = apply(pending, rows, pending.at, listing, last.read_at if last else None)
    replace_rejects(db, board, reading, rejects, complete=verdict.complete)
    counts = replace(
        counts,
        read=verdict.listed if listing.unchanged else read,
        rejected=len(rejects),
        note=verdict.note,
        rows_written=db.written,
    )
    _note(db, number, reading, counts)
    return counts


def rework(
    db: Session, source: str, board: str, drafts: dict[str, Draft], rejects: Sequence[Reject]
) -> Counts:
    """Save it inside the transaction that is open; see `Store.rework`."""
    key = board_key(db, source, board)
    last = None if key is None else last_counted(db, key)
    if key is None or last is None:
        return Counts()
    pending = Pending(db, key, last.read_at)
    rows = {row.listed_as: row for row in known(db, key, drafts)}
    pending.hold(rows.values(), drafts)
    tally = Counter(
        save_words(pending, rows, name, made, last.read_at, ours=True)
        for name, made in drafts.items()
    )
    for reject in rejects:
        row = rows.get(reject.identifier or "")
        if row is None or row.last_seen_at is not None:
            continue
        if reject.step != "read" and reject.identifier not in drafts:
            # Refused now: off the list, so that the board's next readings close it.
            pending.history(row, row.history(last.read_at), listed=False)
    pending.write()
    again = Reading(source=source, board=board, read_at=last.read_at)
    replace_rejects(db, key, again, rejects, complete=last.whole)
    return Counts(
        read=len(drafts) + len(rejects),
        kept=len(drafts),
        rejected=len(rejects),
        new=tally["new"],
        seen=tally["seen"] + tally["reworked"],
        reworked=tally["reworked"],
        rows_written=db.written,
    )


def _is_counted(reading: Reading, drafts: dict[str, Draft], last: Last | None) -> bool:
    """Return whether the reading says something new about its board."""
    if last is not None and reading.read_at <= last.read_at:
        return False
    if reading.outcome == UNCHANGED:
        return last is not None
    return reading.outcome == OK or bool(drafts)


def _only_log(
    db: Session,
    board: int,
    reading: Reading,
    drafts: dict[str, Draft],
    rejects: Sequence[Reject],
) -> Counts:
    """Write down a try that says nothing new: it failed, or a later one is stored already."""
    counts = Counts(rows_written=db.written)
    if reading.outcome != FAILED:
        reading = replace(reading, outcome=STALE)
        counts = Counts(
            read=len(drafts) + len(rejects),
            kept=len(drafts),
            seen=len(drafts),
            rejected=len(rejects),
            rows_written=db.written,
        )
    _note(db, _log(db, board, reading, None), reading, counts)
    return counts


def _judge(
    db: Session,
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
        complete, listed = last.whole, last.listed
    note = ""
    if complete and not reading.window:
        note = _surprise(db, board, listed, reading.read_at)
        # A record nobody can name may be any of those that are absent; one that was there
        # before explains nothing new.
        if not note and unread.count(None) > anonymous(db, board):
            note = "unreadable"
    return _Verdict(complete, listed, note)


def _surprise(db: Session, board: int, listed: int, read_at: datetime) -> str:
    believed = db.ask(
        "SELECT id, listed FROM reading WHERE board_id = %s AND believed ORDER BY id DESC LIMIT 1",
        (board,),
    ).fetchone()
    if believed is None:
        return ""
    found = db.ask(
        "SELECT count(*), min(read_at) FROM reading WHERE board_id = %s AND id > %s"
        " AND note IN ('empty', 'shrink')",
        (board, believed[0]),
    ).fetchone()
    readings, since = found or (0, None)
    return surprise(listed, believed[1], read_at=read_at, since=since, readings=readings)


def _log(db: Session, board: int, reading: Reading, verdict: _Verdict | None) -> int:
    """Write the reading into the log, as counted when there is a verdict; return its number."""
    complete = verdict.complete if verdict else reading.complete
    note = verdict.note if verdict else ""
    return db.count(
        "INSERT INTO reading (run_id, board_id, read_at, outcome, counted, whole, believed,"
        " rolling, listed, note, counts, error)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '{}', %s) RETURNING id",
        (
            reading.run_id,
            board,
            reading.read_at,
            reading.outcome,
            verdict is not None,
            complete,
            verdict is not None and complete and not note and not reading.window,
            reading.window,
            verdict.listed if verdict else 0,
            note,
            storable(reading.error),
        ),
    )


def _note(db: Session, number: int, reading: Reading, counts: Counts) -> None:
    """Write into the log what the reading did."""
    db.ask("UPDATE reading SET counts = %s WHERE id = %s", (kept(reading, counts), number))
