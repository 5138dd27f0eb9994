"""
Texts in small: which runs of three words two descriptions share, from half a kilobyte each.

Every run of three words is hashed to 32 bits; the sketch is the smallest SIZE of the hashes (a
bottom-k sketch, Broder, "On the resemblance and containment of documents", 1997). What is below
the lower of two sketches' ends is a fair sample of both texts, so an excerpt can be compared with
the whole. The bands (MinHash with one permutation: Li, Owen, Zhang, "One permutation hashing",
2012) are blocking keys that nearly equal texts share.

Everything runs on arrays, not word by word: 16,000 texts of 600 words a CPU-second; docs/
explanation/how-duplicates-are-found.md has the measurement against other libraries.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import xxhash
from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Hashes kept of one text: the share two texts have in common is known to within 0.04.
SIZE = 128
#: Characters read of one text; the longest description on file has 31,000.
LONGEST = 60_000
#: Fewer runs of words say too little to find a text by its bands: then the whole must be equal.
FEW = 40
#: Bins of one-permutation hashing; a band is a few of them.
BINS = 16

_ODD = re.compile(r"[^\x00-\x7f]+")
#: Odd, so that powers of it have inverses modulo 2**64; the golden ratio in 64 bits.
_BASE = 0x9E3779B97F4A7C15
#: Odd numbers of 64 bits without structure, from xxHash and wyhash.
_MIX = (0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0xD6E8FEB86659FD93)


class Sketch(Struct, frozen=True, gc=False):
    """A text in small."""

    runs: int  #: distinct runs of three words in the whole text
    hashes: bytes = b""  #: the smallest SIZE hashes of them, ascending, 32 bits each
    bins: bytes = b""  #: the smallest hash of each of BINS bins; empty for a text of FEW runs

    @property
    def name(self) -> int:
        """One number for the set of runs: equal for texts of the same words."""
        return hash_bytes(self.hashes) ^ self.runs


NOTHING = Sketch(0)


def hash_bytes(data: bytes, salt: int = 0) -> int:
    """Return 64 bits, the same in every process; another `salt` gives others."""
    return xxhash.xxh3_64_intdigest(data, salt)


def sketch(text: str) -> Sketch:
    """Return the sketch of a plain text; no case, accents, punctuation or white space counts."""
    import numpy as np

    words = _word_hashes(text)
    if len(words) == 0:
        return NOTHING
    one, two, three, four, half = _numbers()
    runs = words[:-2] * one + words[1:-1] * two + words[2:] * three if len(words) > 2 else words
    runs ^= runs >> half
    runs *= four
    hashes = (runs >> half).astype(np.uint32)
    hashes.sort()
    fresh = np.empty(len(hashes), dtype=bool)
    fresh[0] = True
    np.not_equal(hashes[1:], hashes[:-1], out=fresh[1:])
    hashes = hashes[fresh]
    bins = _bins(hashes) if len(hashes) >= FEW else b""
    return Sketch(len(hashes), hashes[:SIZE].tobytes(), bins)


def _word_hashes(text: str) -> "NDArray[np.uint64]":
    """Return one hash a word, in order.

    A word's hash is that of its bytes alone: the sum of byte times power, divided by the power
    that its first byte happened to stand at.
    """
    import numpy as np

    text = text[:LONGEST]
    if not text.isascii():
        text = _ODD.sub(lambda run: _plain(run[0]), text)
    letters, powers, inverses = _tables()
    data = np.frombuffer(b"\0" + text.encode().translate(letters), dtype=np.uint8)
    inside = data.astype(bool)
    starts = (inside[1:] > inside[:-1]).nonzero()[0] + 1
    if not len(starts):
        return np.empty(0, dtype=np.uint64)
    words: NDArray[np.uint64] = np.add.reduceat(data * powers[: len(data)], starts)
    words *= inverses[starts]
    *_, odd, half = _numbers()
    words ^= words >> half
    words *= odd
    return words


@cache
def _numbers() -> "tuple[np.uint64, ...]":
    """Return _MIX and half the bits of a hash, as numpy wants them."""
    import numpy as np

    return (*map(np.uint64, _MIX), np.uint64(32))


@lru_cache(maxsize=8192)
def _plain(run: str) -> str:
    """Return a run of letters beyond ASCII without accents; what is no letter is a blank."""
    decomposed = unicodedata.normalize("NFKD", run.lower())
    return "".join(
        letter if letter.isalnum() else " "
        for letter in decomposed
        if not unicodedata.combining(letter)
    )


@cache
def _tables() -> "tuple[bytes, NDArray[np.uint64], NDArray[np.uint64]]":
    """Return byte -> its small letter or 0; the powers of _BASE; and their inverses."""
    letters = bytes(
        ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else byte * (byte >= 128)
        for byte in range(256)
    )
    longest = LONGEST * 4 + 1  # bytes of a character in UTF-8
    return letters, _powers(_BASE, longest), _powers(pow(_BASE, -1, 2**64), longest)


def _powers(base: int, count: int) -> "NDArray[np.uint64]":
    import numpy as np

    factors: Any = np.full(count, base, dtype=np.uint64)
    factors[0] = 1
    powers: NDArray[np.uint64] = np.cumprod(factors, dtype=np.uint64)
    return powers


def _bins(hashes: "NDArray[np.uint32]") -> bytes:
    """Return the smallest hash of each bin; an empty bin takes that of the next one."""
    import numpy as np

    smallest = np.zeros(BINS, dtype=np.uint32)
    falling = hashes[::-1]  # of several the last one written stays: the smallest
    smallest[falling & np.uint32(BINS - 1)] = falling
    if not smallest.all():
        filled = np.zeros(BINS, dtype=bool)
        filled[hashes & np.uint32(BINS - 1)] = True
        known = np.flatnonzero(filled)
        after = known[np.searchsorted(known, np.arange(BINS)) % len(known)]
        smallest = smallest[after]
    return smallest.tobytes()


def bands(text: Sketch, rows: int, count: int) -> list[bytes]:
    """Return `count` bands of `rows` bins each; nearly equal texts share one. () for short texts.

    A share s of common runs gives a common band with the chance 1 - (1 - s**rows)**count.
    """
    if not text.bins:
        return []
    width = rows * 4
    return [text.bins[at * width : (at + 1) * width] for at in range(count)]


class Likeness(Struct, frozen=True, gc=False):
    """How much two texts have in common, in shares of each."""

    of_one: float  #: share of the first text's runs that the second has
    of_other: float

    @property
    def overlap(self) -> float:
        """The share of the shorter text that the longer one has: 1.0 for an excerpt."""
        return max(self.of_one, self.of_other)


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Return what two texts share; both must hold something."""
    if one.hashes == other.hashes:
        return Likeness(1.0, 1.0)
    here, there = memoryview(one.hashes).cast("I"), memoryview(other.hashes).cast("I")
    end = min(_end(one, here), _end(other, there))
    of_one, of_other = bisect_right(here, end), bisect_right(there, end)
    if not of_one or not of_other:
        return Likeness(0.0, 0.0)
    shared = len(set(here).intersection(there))
    return Likeness(shared / of_one, shared / of_other)


def _end(text: Sketch, hashes: Sequence[int]) -> int:
    """Return the highest hash up to which the sketch holds every one."""
    return hashes[-1] if text.runs > SIZE else 2**32 - 1
