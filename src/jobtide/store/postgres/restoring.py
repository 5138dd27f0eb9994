"""Postings that come with the history they had in another store."""

from collections.abc import Iterable

import msgspec

from jobtide.model import Tracked
from jobtide.store.batching import batches
from jobtide.store.content import compress, draft
from jobtide.store.postgres.months import make_months
from jobtide.store.postgres.pending import columns_of
from jobtide.store.postgres.rows import make_board
from jobtide.store.postgres.server import Session
from jobtide.store.restoring import events_of, named_again

_POSTING = (
    "key", "id", "board_id", "listed_as", "superseded", "digest", "data", "valid_through",
    "first_seen_at", "last_seen_at", "status", "missing_since", "closed_at", "closed_reason",
    "changed_at", "bumped", "reopened", "rev",
)  # fmt: skip


def restore(db: Session, postings: Iterable[Tracked]) -> int:
    """Keep those we do not have inside the transaction that is open; see `Store.restore`."""
    boards: dict[tuple[str, str], int] = {}
    rev = 1 + db.count("SELECT coalesce(max(rev), 0) FROM posting")
    added = 0
    for batch in batches(postings):
        by_id: dict[str, Tracked] = {}
        for one in batch:
            by_id.setdefault(one.posting.id, one)
        there = db.ask("SELECT id FROM posting WHERE id = ANY(%s)", (list(by_id),))
        for (name,) in there:
            del by_id[name]
        for one in by_id.values():
            board = (one.posting.source, one.posting.board)
            if board not in boards:
                boards[board] = make_board(db, *board)
        _insert(db, list(by_id.values()), boards, rev)
        added += len(by_id)
    for key in boards.values():
        _supersede(db, key)
    return added


def _insert(
    db: Session, postings: list[Tracked], boards: dict[tuple[str, str], int], rev: int
) -> None:
    last = db.count("SELECT coalesce(max(key), 0) FROM posting")
    number = db.count("SELECT coalesce(max(id), 0) FROM event")
    rows, bodies, events = [], [], []
    for key, one in enumerate(postings, start=last + 1):
        made, past = draft(one.posting), one.history
        rows.append(
            (
                key,
                made.posting.id,
                boards[one.posting.source, one.posting.board],
                made.posting.identifier,
                True,  # until `_supersede` has seen all: two may have had one identifier
                made.digest,
                made.head.decode(),
                made.posting.valid_through,
                past.first_seen_at,
                past.last_seen_at,
                past.status,
                past.missing_since,
                past.closed_at,
                past.closed_reason,
                past.changed_at,
                past.bumped,
                msgspec.json.encode(past.reopened).decode(),
                rev,
            )
        )
        bodies.append((key, compress(made.body)))
        for at, kind, detail in events_of(past):
            number += 1
            events.append((number, key, at, kind, msgspec.json.encode(detail).decode()))
    db.copy("posting", _POSTING, rows)
    db.copy("posting_body", ("posting_key", "body"), bodies)
    make_months(db, (event[2] for event in events))
    db.copy("event", ("id", "posting_key", "at", "kind", "detail"), events)


def _supersede(db: Session, board: int) -> None:
    """Say which posting of a board has each identifier now: of "7" and "7~2" the second."""
    rows = {
        key: (msgspec.json.decode(data)["identifier"], listed_as, superseded)
        for key, data, listed_as, superseded in db.ask(
            "SELECT key, data, listed_as, superseded FROM posting WHERE board_id = %s", (board,)
        )
    }
    wanted = named_again({key: identifier for key, (identifier, *_) in rows.items()})
    # Those that give an identifier up first: only one may have it.
    for superseded in (True, False):
        changes = [
            (key, *wanted[key])
            for key in rows
            if wanted[key] != rows[key][1:] and wanted[key][1] is superseded
        ]
        if changes:
            db.write(
                "UPDATE posting SET listed_as = new.name, superseded = new.old"
                " FROM unnest(%s::bigint[], %s::text[], %s::boolean[]) AS new (posting, name, old)"
                " WHERE key = new.posting",
                columns_of(changes),
            )
