"""
Which openings have which value, 8,192 slots in one row: what makes counting quick.

A row holds the slots of one value in one chunk: up to 511 as ascending numbers of two bytes, more
as a bit map of 1,024 bytes (the idea of roaring bitmaps, https://roaringbitmap.org). A change of
one opening touches one small row a value, all of them side by side on a few pages.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

CHUNK = 8_192
_DENSE_BYTES = CHUNK // 8
#: From this many on a map is the smaller one.
_DENSE = _DENSE_BYTES // 2

Slots = NDArray[np.uint16]


def packed(slots: Slots) -> bytes:
    """Return ascending slots of one chunk as a row holds them."""
    if len(slots) < _DENSE:
        return slots.astype("<u2").tobytes()
    return packed_flags(slots)


def packed_flags(slots: Slots) -> bytes:
    """Return slots of one chunk as a map, however few they are."""
    flags = np.zeros(CHUNK, np.uint8)
    flags[slots] = 1
    return np.packbits(flags, bitorder="little").tobytes()


def unpacked(bits: bytes) -> Slots:
    """Return the slots of a row."""
    if len(bits) < _DENSE_BYTES:
        return np.frombuffer(bits, "<u2")
    flags = np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")
    return np.flatnonzero(flags).astype(np.uint16)


def coded(numbers: Collection[int]) -> bytes:
    """Return numbers of values as search_doc.vals holds them: ascending, four bytes each.

    Only the first byte of a number is above 127, so `instr` finds a number nowhere else.
    """
    return b"".join(map(code, sorted(numbers)))


@lru_cache(maxsize=65_536)
def code(number: int) -> bytes:
    """Return one number of search_doc.vals; there is room for 2**28."""
    return bytes((0x80 | number >> 21, number >> 14 & 0x7F, number >> 7 & 0x7F, number & 0x7F))


def decoded(vals: bytes) -> frozenset[int]:
    """Return what `coded` was given."""
    parts = np.frombuffer(vals, np.uint8).reshape(-1, 4).astype(np.int64) & 0x7F
    return frozenset((parts @ np.array((1 << 21, 1 << 14, 1 << 7, 1))).tolist())


class Changes:
    """What one transaction changes in the bits."""

    def __init__(self) -> None:
        self._flips: dict[tuple[int, int], dict[int, bool]] = {}
        self._counts: Counter[int] = Counter()

    def replace(self, slot: int, before: Iterable[int], now: Iterable[int]) -> None:
        """Take the values `before` from a slot and give it those of `now`."""
        old, new = set(before), set(now)
        for value in old - new:
            self._flip(slot, value, on=False)
        for value in new - old:
            self._flip(slot, value, on=True)

    def _flip(self, slot: int, value: int, *, on: bool) -> None:
        self._counts[value] += 1 if on else -1
        chunk, place = divmod(slot, CHUNK)
        self._flips.setdefault((chunk, value), {})[place] = on

    def write(self, db: sqlite3.Connection) -> None:
        """Write them inside the transaction that is open."""
        if not self._flips:
            return
        (rev,) = db.execute("UPDATE search_state SET rev = rev + 1 RETURNING rev").fetchone()
        gone: list[tuple[int, int]] = []
        come: list[tuple[int, int, bytes]] = []
        for (chunk, value), places in sorted(self._flips.items()):
            held = db.execute(
                "SELECT bits FROM search_bits WHERE chunk = ? AND value_id = ?", (chunk, value)
            ).fetchone()
            slots = set(unpacked(held[0]).tolist()) if held else set()
            slots |= {place for place, on in places.items() if on}
            slots -= {place for place, on in places.items() if not on}
            if slots:
                come.append((chunk, value, packed(np.array(sorted(slots), np.uint16))))
            else:
                gone.append((chunk, value))
        db.executemany(
            "UPDATE search_value SET n = n + ? WHERE id = ?",
            [(more, value) for value, more in self._counts.items() if more],
        )
        db.executemany("DELETE FROM search_bits WHERE chunk = ? AND value_id = ?", gone)
        db.executemany(
            "INSERT INTO search_bits VALUES (?1, ?2, ?3)"
            " ON CONFLICT (chunk, value_id) DO UPDATE SET bits = ?3",
            come,
        )
        db.executemany(
            "INSERT INTO search_chunk VALUES (?1, ?2) ON CONFLICT (chunk) DO UPDATE SET rev = ?2",
            [(chunk, rev) for chunk in sorted({chunk for chunk, _ in self._flips})],
        )


class Names:
    """The numbers of values, given out as they are met."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[tuple[str, str], int] = {}

    def number(self, field: str, value: str) -> int:
        """Return the number of a value, making it when it is new."""
        name = (field, value)
        if name not in self._known:
            found = self._db.execute(
                "SELECT id FROM search_value WHERE field = ? AND value = ?", name
            ).fetchone()
            if found is None:
                found = (
                    self._db.execute(
                        "INSERT INTO search_value (field, value) VALUES (?, ?)", name
                    ).lastrowid,
                )
            self._known[name] = int(found[0])
        return self._known[name]
