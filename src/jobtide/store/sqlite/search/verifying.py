"""Is the index in step with the store? Looked at opening by opening: as slow as making it."""

import sqlite3
from collections import Counter
from collections.abc import Iterator

import zstandard

from jobtide.store.batching import batches
from jobtide.store.sqlite.search.bits import unpacked
from jobtide.store.sqlite.search.building import ready
from jobtide.store.sqlite.search.document import ALL, document
from jobtide.store.sqlite.search.keeping import BATCH, held_of, same
from jobtide.store.sqlite.search.loading import load


def doubts(db: sqlite3.Connection) -> Iterator[str]:
    """Yield where the index is not in step with the store, one sentence a fault."""
    if not ready(db):
        yield "the search index is not finished; the next command goes on with it"
        return
    yield from _strangers(db)
    numbers = {
        (field, value): number
        for number, field, value in db.execute("SELECT id, field, value FROM search_value")
    }
    counts: Counter[int] = Counter()
    names = (
        name for (name,) in db.execute("SELECT DISTINCT coalesce(opening_id, id) FROM posting")
    )
    for batch in batches(names, BATCH):
        yield from _faults(db, batch, numbers, counts)
    told: Counter[int] = Counter(dict(db.execute("SELECT id, n FROM search_value")))
    bits: Counter[int] = Counter()
    for number, row in db.execute("SELECT value_id, bits FROM search_bits"):
        bits[number] += len(unpacked(row))
    wrong = [
        number
        for number in counts | told | bits
        if not counts[number] == told[number] == bits[number]
    ]
    if wrong:
        yield f"the search index counts {len(wrong)} values wrongly: its bits are damaged"
    yield from _words(db)


def _strangers(db: sqlite3.Connection) -> Iterator[str]:
    for (name,) in db.execute(
        "SELECT opening FROM search_doc EXCEPT SELECT coalesce(opening_id, id) FROM posting"
    ):
        yield f"the search index holds {name}, which is no opening"


def _faults(
    db: sqlite3.Connection,
    names: list[str],
    numbers: dict[tuple[str, str], int],
    counts: Counter[int],
) -> Iterator[str]:
    """Yield what is wrong with some openings in the index, and count their values."""
    held = held_of(db, names)
    for name, opening in load(db, names).items():
        now = document(opening)
        if name not in held:
            yield f"opening {name} is not in the search index"
            continue
        counts.update(held[name].values)
        known = frozenset(numbers.get(value, -1) for value in now.values)
        try:
            if not same(held[name], now, known):
                yield f"opening {name} is in the search index, but not as it is"
        except zstandard.ZstdError:
            yield f"the search index's words of {name} cannot be read"


def _words(db: sqlite3.Connection) -> Iterator[str]:
    """Yield whether the index of words holds other documents than there are."""
    try:
        found = {
            docid
            for (docid,) in db.execute(
                "SELECT rowid FROM search_words WHERE search_words MATCH ?", (f'"{ALL}"',)
            )
        }
    except sqlite3.DatabaseError as error:
        yield f"the index of words is damaged: {error}"
        return
    wanted = {docid for (docid,) in db.execute("SELECT docid FROM search_doc")}
    if found != wanted:
        yield f"the index of words holds {len(found ^ wanted)} other openings than there are"
