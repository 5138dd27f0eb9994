"""
The index kept in step: what a transaction touches is written anew at its end, in the same one.

Triggers on the writer's own connection (TEMP: they are not part of the file) name every opening
whose postings change, whoever changes them. So no writer has to remember the index, and nothing
is counted among the rows that a method says it has written.
"""

import sqlite3
from collections.abc import Iterable

import msgspec
import zstandard
from msgspec import Struct

from jobtide.query.order import tie
from jobtide.store.batching import batches
from jobtide.store.sqlite.search.bits import Changes, Names, coded, decoded
from jobtide.store.sqlite.search.document import Document, document
from jobtide.store.sqlite.search.loading import load
from jobtide.store.sqlite.search.place import free_places, place

#: Openings written at once: bounds memory, and large enough for the index to write in its order.
BATCH = 500

#: What an opening's document is made of; the digest stands for all words and labels. A posting
#: that goes missing, or leaves its list, changes its document only beside others of its opening (a
#: repost is seen by when the earlier left).
_TRIGGERS = """
CREATE TEMP TRIGGER search_new AFTER INSERT ON main.posting BEGIN
    SELECT jobtide_touch(coalesce(NEW.opening_id, NEW.id));
END;
CREATE TEMP TRIGGER search_gone AFTER DELETE ON main.posting BEGIN
    SELECT jobtide_touch(coalesce(OLD.opening_id, OLD.id));
END;
CREATE TEMP TRIGGER search_changed AFTER UPDATE ON main.posting
    WHEN OLD.digest <> NEW.digest OR OLD.first_seen_at <> NEW.first_seen_at
        OR OLD.opening_id IS NOT NEW.opening_id
        OR (OLD.status IN ('open', 'missing')) <> (NEW.status IN ('open', 'missing'))
        OR (NEW.status NOT IN ('open', 'missing') AND OLD.status <> NEW.status)
        OR (NEW.opening_id IS NOT NULL AND OLD.last_seen_at IS NOT NEW.last_seen_at)
BEGIN
    SELECT jobtide_touch(coalesce(OLD.opening_id, OLD.id));
    SELECT jobtide_touch(coalesce(NEW.opening_id, NEW.id));
END;
CREATE TEMP TRIGGER search_body_new AFTER INSERT ON main.posting_body BEGIN
    SELECT jobtide_touch(coalesce(opening_id, id)) FROM posting WHERE key = NEW.posting_key;
END;
CREATE TEMP TRIGGER search_body AFTER UPDATE ON main.posting_body BEGIN
    SELECT jobtide_touch(coalesce(opening_id, id)) FROM posting WHERE key = NEW.posting_key;
END;
CREATE TEMP TRIGGER search_opening_new AFTER INSERT ON main.opening BEGIN
    SELECT jobtide_touch(NEW.id);
END;
CREATE TEMP TRIGGER search_opening AFTER UPDATE OF canonical_id ON main.opening
    WHEN OLD.canonical_id <> NEW.canonical_id
BEGIN
    SELECT jobtide_touch(NEW.id);
END;
CREATE TEMP TRIGGER search_opening_gone AFTER DELETE ON main.opening BEGIN
    SELECT jobtide_touch(OLD.id);
END;
"""

_ADD = (
    "INSERT INTO search_words (rowid, title, company, more, body, facets)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_TAKE = (
    "INSERT INTO search_words (search_words, rowid, title, company, more, body, facets)"
    " VALUES ('delete', ?, ?, ?, ?, ?, ?)"
)


class Keeper:
    """Watches one connection, and writes what its transaction touched into the index."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._touched: set[str] = set()
        db.create_function("jobtide_touch", 1, self._touched.add)
        db.executescript(_TRIGGERS)

    def forget(self) -> None:
        """Forget what was touched: the transaction that did it is no more."""
        self._touched.clear()

    def settle(self) -> None:
        """Bring the index up to date inside the transaction that is open."""
        for batch in batches(sorted(self._touched), BATCH):
            write(self._db, batch)
        self._touched.clear()


class Held(Struct):
    """What the index holds of an opening."""

    docid: int
    slot: int
    row: tuple[object, ...]  #: posted, first_seen, pay, pay_least, pays
    values: frozenset[int]
    words: bytes


def write(db: sqlite3.Connection, ids: Iterable[str]) -> int:
    """Write openings into the index, or take them out of it; return how many changed there."""
    ids = list(ids)
    wanted = {name: document(one) for name, one in load(db, ids).items()}
    held = held_of(db, ids)
    names, changes = Names(db), Changes()
    numbers = {
        name: frozenset(names.number(*value) for value in one.values)
        for name, one in wanted.items()
    }
    stale = {
        name: one
        for name, one in held.items()
        if name not in wanted or not same(one, wanted[name], numbers[name])
    }
    fresh = [one for name, one in wanted.items() if name not in held or name in stale]
    if not stale and not fresh:
        return 0
    _take_out(db, stale)
    slots = _slots(db, fresh, stale)
    for name, old in stale.items():
        changes.replace(old.slot, old.values, numbers.get(name, frozenset()))
    for new in fresh:
        if new.opening not in stale:
            changes.replace(slots[new.opening], (), numbers[new.opening])
    _put_in(db, fresh, slots, numbers)
    changes.write(db)
    return len(stale.keys() | {new.opening for new in fresh})


def held_of(db: sqlite3.Connection, ids: list[str]) -> dict[str, Held]:
    """Return what the index holds of openings; no entry for one that is not in it."""
    return {
        name: Held(docid, slot, tuple(row), decoded(values), words)
        for name, docid, slot, values, words, *row in db.execute(
            "SELECT opening, docid, search_doc.slot, vals, words, posted, first_seen, pay,"
            " pay_least, pays FROM json_each(?) JOIN search_doc ON opening = value"
            " JOIN search_kept ON search_kept.slot = search_doc.slot",
            (msgspec.json.encode(ids).decode(),),
        )
    }


def _row(one: Document) -> tuple[object, ...]:
    return one.posted, one.first_seen, one.pay, one.pay_least, one.pays


def same(held: Held, now: Document, numbers: frozenset[int]) -> bool:
    """Return whether the index holds a document as it is now."""
    return (
        held.row == _row(now)
        and held.values == numbers
        and zstandard.decompress(held.words).decode() == now.words
    )


def _take_out(db: sqlite3.Connection, stale: dict[str, Held]) -> None:
    rows = sorted(stale.values(), key=lambda one: one.docid)
    db.executemany(
        _TAKE, [(one.docid, *zstandard.decompress(one.words).decode().split("\n")) for one in rows]
    )
    db.executemany("DELETE FROM search_doc WHERE docid = ?", [(one.docid,) for one in rows])
    db.executemany("DELETE FROM search_kept WHERE slot = ?", [(one.slot,) for one in rows])


def _slots(
    db: sqlite3.Connection, fresh: list[Document], stale: dict[str, Held]
) -> dict[str, int]:
    """Return the slot of each document: its own of before, or the next."""
    (last,) = db.execute("SELECT coalesce(max(slot), -1) FROM search_doc").fetchone()
    last = max([last, *(one.slot for one in stale.values())])
    slots: dict[str, int] = {}
    for one in fresh:
        if one.opening in stale:
            slots[one.opening] = stale[one.opening].slot
        else:
            last += 1
            slots[one.opening] = last
    return slots


def _put_in(
    db: sqlite3.Connection,
    fresh: list[Document],
    slots: dict[str, int],
    numbers: dict[str, frozenset[int]],
) -> None:
    compress = zstandard.ZstdCompressor(level=3).compress
    placed = sorted((place(one.posted, tie(one.opening)), one.opening, one) for one in fresh)
    docids = list(free_places(db, (number for number, *_ in placed)))
    rows = [
        (docid, docid - number, one)
        for docid, (number, _, one) in zip(docids, placed, strict=True)
    ]
    db.executemany(_ADD, [(docid, *one.words.split("\n")) for docid, _, one in rows])
    db.executemany(
        "INSERT INTO search_doc (docid, slot, opening, shift, vals, posted, first_seen, pay,"
        " pay_least, pays) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                docid,
                slots[one.opening],
                one.opening,
                shift,
                coded(numbers[one.opening]),
                *_row(one),
            )
            for docid, shift, one in rows
        ],
    )
    db.executemany(
        "INSERT INTO search_kept VALUES (?, ?)",
        [(slots[one.opening], compress(one.words.encode())) for _, _, one in rows],
    )
