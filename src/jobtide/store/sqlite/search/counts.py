"""
How many openings of an answer have each value: bits in memory, read anew where they changed.

A store that lives on (the web server) keeps them; a command that counts once reads them once.
"""

import sqlite3
import threading
from collections import Counter as Tally
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from jobtide.places.table import countries
from jobtide.query import Query, Term
from jobtide.query.fields import NONE
from jobtide.query.match import found_by, near_offsets
from jobtide.store.scanning import MOST_VALUES, commonest
from jobtide.store.sqlite.search.bits import CHUNK, packed_flags, unpacked
from jobtide.store.sqlite.search.expression import plan
from jobtide.store.sqlite.search.phrases import is_value
from jobtide.store.sqlite.search.statistics import Statistics

Bits = NDArray[np.uint64]
#: Slots as ascending numbers (int32), or as `Bits` (uint64).
Slots = NDArray[Any]
_BYTES = CHUNK // 8


class Counter:
    """The bits of one store. Counts one query at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revs: dict[int, int] = {}  #: chunk -> the change it was read at
        self._rows: dict[int, dict[int, bytes]] = {}  #: chunk -> value -> row of search_bits
        self._company = np.zeros(0, np.int64)  #: slot -> number of its employer, 0: none
        self._whole: dict[int, Slots] = {}  #: value -> slots, few or many

    def count(
        self, db: sqlite3.Connection, wanted: Query, now: datetime, names: Sequence[str]
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """Return the counts of each facet; see `Store.facets`."""
        with self._lock:
            self._refresh(db)
            hits = _Hits(self._answer(db, wanted, now))
            return {name: self._facet(db, name, hits) for name in names}

    # -- bits --------------------------------------------------------------------------------

    def _refresh(self, db: sqlite3.Connection) -> None:
        """Read the chunks that differ from those we hold, as this snapshot has them."""
        revs = dict(db.execute("SELECT chunk, rev FROM search_chunk"))
        chunks = max(revs, default=-1) + 1
        if len(self._company) != chunks * CHUNK:
            self._company = np.resize(self._company, chunks * CHUNK)
            self._whole.clear()
        for chunk in [one for one in self._revs if one not in revs]:
            self._put(chunk, {}, np.zeros(CHUNK, np.int64))
            del self._revs[chunk]
        for chunk, rev in revs.items():
            if self._revs.get(chunk) != rev:
                self._read(db, chunk)
                self._revs[chunk] = rev

    def _read(self, db: sqlite3.Connection, chunk: int) -> None:
        rows: dict[int, bytes] = {}
        company = np.zeros(CHUNK, np.int64)
        for value, is_company, bits in db.execute(
            "SELECT value_id, field = 'company', bits FROM search_bits"
            " JOIN search_value ON search_value.id = value_id WHERE chunk = ?",
            (chunk,),
        ):
            if is_company:
                company[unpacked(bits)] = value
            else:
                rows[value] = bits
        self._put(chunk, rows, company)

    def _put(self, chunk: int, rows: dict[int, bytes], company: NDArray[np.int64]) -> None:
        before = self._rows.get(chunk, {})
        for value in before.keys() | rows.keys():
            if before.get(value) != rows.get(value):
                self._whole.pop(value, None)
        self._rows[chunk] = rows
        if (chunk + 1) * CHUNK <= len(self._company):
            self._company[chunk * CHUNK : (chunk + 1) * CHUNK] = company

    def _slots(self, value: int) -> Slots:
        """Return the slots of a value: as numbers when they are few, else as a map."""
        if value not in self._whole:
            rows = [(chunk, held[value]) for chunk, held in self._rows.items() if value in held]
            many = sum(map(len, (row for _, row in rows))) * 8 > len(self._company) // 4
            self._whole[value] = self._map(rows) if many else _numbers(rows)
        return self._whole[value]

    def _map(self, rows: list[tuple[int, bytes]]) -> Bits:
        found = np.zeros((len(self._company) // CHUNK, _BYTES), np.uint8)
        for chunk, row in rows:
            dense = row if len(row) == _BYTES else packed_flags(unpacked(row))
            found[chunk] = np.frombuffer(dense, np.uint8)
        return found.reshape(-1).view(np.uint64)

    def _bits(self, value: int | None) -> Bits:
        """Return the slots of a value as a map of its own; of no value: none."""
        words = len(self._company) // 64
        if value is None:
            return np.zeros(words, np.uint64)
        found = self._slots(value)
        return found if found.dtype == np.uint64 else _map_of(found, len(self._company))

    # -- what answers ------------------------------------------------------------------------

    def _answer(self, db: sqlite3.Connection, wanted: Query, now: datetime) -> Bits:
        terms = [term for group in wanted.groups for term in group]
        if not all(map(is_value, terms)):
            asked = plan(wanted, now, Statistics(db))
            slots = db.execute(f"SELECT doc.slot {asked.joined}", asked.values).fetchall()
            return _map_of(np.array(slots, np.int64).reshape(-1), len(self._company))
        everything = self._term(db, "is", "open") | self._term(db, "is", "closed")
        found = everything
        for group in wanted.groups:
            some = np.zeros_like(everything)
            for term in group:
                bits = self._holding(db, term)
                some |= everything & ~bits if term.negated else bits
            found = found & some
        return found

    def _holding(self, db: sqlite3.Connection, term: Term) -> Bits:
        """Return the slots for which a term of `VALUES` holds, as if it were not excluded."""
        if term.field == "tz":
            found = self._bits(None)
            for offset in near_offsets(term.value):
                found = found | self._term(db, "tz", offset)
            return found
        if term.field == "from":
            some, but = self._term(db, "from_any", "1"), self._term(db, "not_from", term.value)
            return self._term(db, "from", term.value) | (some & ~but)
        return self._term(db, term.field, found_by(term))

    def _term(self, db: sqlite3.Connection, field: str, value: str) -> Bits:
        found = db.execute(
            "SELECT id FROM search_value WHERE field = ? AND value = ?", (field, value)
        ).fetchone()
        return self._bits(found[0] if found else None)

    # -- what is counted ---------------------------------------------------------------------

    def _facet(
        self, db: sqlite3.Connection, name: str, hits: "_Hits"
    ) -> tuple[tuple[str, int], ...]:
        if name == "company":
            return self._companies(db, hits)
        counts = self._each(db, name, hits)
        if name == "from":
            any_of_them = self._each(db, "from_any", hits)["1"]
            refused = self._each(db, "not_from", hits)
            for country in countries() if any_of_them else ():
                counts[country] += any_of_them - refused[country]
        del counts[NONE]
        return commonest(+counts)

    def _each(self, db: sqlite3.Connection, field: str, hits: "_Hits") -> Tally[str]:
        return Tally(
            {
                value: hits.among(self._slots(number))
                for number, value in db.execute(
                    "SELECT id, value FROM search_value WHERE field = ?", (field,)
                )
            }
        )

    def _companies(self, db: sqlite3.Connection, hits: "_Hits") -> tuple[tuple[str, int], ...]:
        counts = np.bincount(self._company[hits.flags])
        if len(counts):
            counts[0] = 0
        least = max(1, int(np.sort(counts)[-MOST_VALUES:][0]) if len(counts) > MOST_VALUES else 1)
        best = np.flatnonzero(counts >= least).tolist()
        names = db.execute(
            "SELECT search_value.value, search_value.id FROM json_each(?) AS wanted"
            " JOIN search_value ON search_value.id = wanted.value",
            (msgspec.json.encode(best).decode(),),
        )
        return commonest(Tally({name: int(counts[number]) for name, number in names}))


class _Hits:
    """The slots of an answer, in the two forms that counting wants."""

    def __init__(self, bits: Bits) -> None:
        self._bits = bits
        self.flags = np.unpackbits(bits.view(np.uint8), bitorder="little").astype(bool)

    def among(self, slots: Slots) -> int:
        """Return how many of the slots are in the answer."""
        if slots.dtype == np.uint64:
            return int(np.bitwise_count(self._bits & slots).sum())
        return int(np.count_nonzero(self.flags[slots]))


def _numbers(rows: list[tuple[int, bytes]]) -> NDArray[np.int32]:
    parts = [unpacked(row).astype(np.int32) + chunk * CHUNK for chunk, row in rows]
    return np.concatenate(parts) if parts else np.zeros(0, np.int32)


def _map_of(slots: NDArray[Any], size: int) -> Bits:
    flags = np.zeros(size, np.uint8)
    flags[slots] = 1
    return np.packbits(flags, bitorder="little").view(np.uint64)
