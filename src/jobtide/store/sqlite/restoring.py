"""Postings that come with the history they had in another store."""

import sqlite3
from collections.abc import Iterable

import msgspec

from jobtide.model import Tracked
from jobtide.store.content import compress, draft
from jobtide.store.restoring import events_of, named_again
from jobtide.store.sqlite.moments import maybe_stamp, stamp
from jobtide.store.sqlite.rows import make_board


def restore(db: sqlite3.Connection, postings: Iterable[Tracked]) -> int:
    """Keep those we do not have inside the transaction that is open; see `Store.restore`."""
    boards: dict[tuple[str, str], int] = {}
    known = {name for (name,) in db.execute("SELECT id FROM posting")}
    added = 0
    (rev,) = db.execute("SELECT coalesce(max(rev), 0) + 1 FROM posting").fetchone()
    for one in postings:
        posting = one.posting
        if posting.id in known:
            continue
        known.add(posting.id)
        name = (posting.source, posting.board)
        if name not in boards:
            boards[name] = make_board(db, *name)
        _insert(db, boards[name], one, rev)
        added += 1
    for board in boards.values():
        _supersede(db, board)
    return added


def _insert(db: sqlite3.Connection, board: int, one: Tracked, rev: int) -> None:
    made, past = draft(one.posting), one.history
    # superseded until `_supersede` has seen all: two of a board may have had one identifier.
    key = db.execute(
        "INSERT INTO posting (id, board_id, listed_as, superseded, digest, data, valid_through,"
        " first_seen_at, last_seen_at, status, missing_since, closed_at, closed_reason,"
        " changed_at, bumped, reopened, rev)"
        " VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            made.posting.id,
            board,
            made.posting.identifier,
            made.digest,
            made.head.decode(),
            maybe_stamp(made.posting.valid_through),
            stamp(past.first_seen_at),
            stamp(past.last_seen_at),
            past.status,
            maybe_stamp(past.missing_since),
            maybe_stamp(past.closed_at),
            past.closed_reason,
            maybe_stamp(past.changed_at),
            past.bumped,
            msgspec.json.encode(past.reopened).decode(),
            rev,
        ),
    ).lastrowid
    db.execute("INSERT INTO posting_body VALUES (?, ?)", (key, compress(made.body)))
    db.executemany(
        "INSERT INTO event (posting_key, at, kind, detail) VALUES (?, ?, ?, ?)",
        [
            (key, stamp(at), kind, msgspec.json.encode(detail).decode())
            for at, kind, detail in events_of(past)
        ],
    )


def _supersede(db: sqlite3.Connection, board: int) -> None:
    """Say which posting of a board has each identifier now: of "7" and "7~2" the second."""
    rows = {
        key: (msgspec.json.decode(data)["identifier"], listed_as, superseded)
        for key, data, listed_as, superseded in db.execute(
            "SELECT key, data, listed_as, superseded FROM posting WHERE board_id = ?", (board,)
        )
    }
    again = named_again({key: identifier for key, (identifier, *_) in rows.items()})
    wanted = {key: (name, int(old)) for key, (name, old) in again.items()}
    changes = [(*wanted[key], key) for key in rows if wanted[key] != rows[key][1:]]
    # Those that give an identifier up first: only one may have it.
    changes.sort(key=lambda one: -one[1])
    db.executemany("UPDATE posting SET listed_as = ?, superseded = ? WHERE key = ?", changes)
