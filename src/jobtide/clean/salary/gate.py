"""Where in a text money may stand: a quick look that spares most texts, and most of each text."""

import re

import ahocorasick_rs

from jobtide.clean.salary.amounts import PLAIN_SIGNS, SIGNS_AFTER, SIGNS_BEFORE

#: Pay words near which a number may stand without a currency, without the letters that vary.
_LABELS = (
    "alary", "ALARY", "ompensation", "ay range", "ay Range", "ay rate", "ehalt", "rgütung",
    "ynagrodzeni", "tawka", "tawki", "idełk", "alario", "alário", "alaire", "alaris", "arif",
    "ourly", "/hr", "/h", "TJM", "CTC", "OTE", "brutto", "LPA", "lpa", "lakh", "Lakh", "crore",
    " tys", " Tsd", " thousand", " mil ",
)  # fmt: skip
#: All digits read as this one: a tenth of the words to look for, which fit into the cache.
_ANY_DIGIT = bytes.maketrans(b"123456789", b"000000000")


def _anchors() -> set[str]:
    """Return what stands where money does: a plain sign, or letters and a digit side by side."""
    blanks = ("", " ", "\u00a0")
    found = set(PLAIN_SIGNS)
    for sign in SIGNS_BEFORE:
        if sign[-1] not in PLAIN_SIGNS:
            found |= {f"{sign}{blank}0" for blank in blanks}
    for sign in SIGNS_AFTER:
        if sign not in PLAIN_SIGNS:
            found |= {f"{end}{blank}{sign}" for blank in blanks for end in "0kK-–"}
    return found


_GATE = ahocorasick_rs.BytesAhoCorasick(
    [word.encode() for word in (*_LABELS, *sorted(_anchors()))],
    implementation=ahocorasick_rs.Implementation.DFA,
)
_DIGIT = re.compile("[0-9]")
#: How far a range with its words can reach before and behind a sign, in characters.
_BEFORE, _BEHIND = 32, 48
#: How far a stretch may grow so as not to cut a word or number.
_GROW = 24


def worth_reading(text: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` that may hold money: merged, in order."""
    raw = text.encode("utf-8", "replace")
    found: list[tuple[int, int]] = []
    last = at = 0  # where the last hit ended, in bytes and in characters
    for which, begin, stop in _GATE.find_matches_as_indexes(raw.translate(_ANY_DIGIT)):
        start = at + len(raw[last:begin].decode())
        last, at = stop, start + len(raw[begin:stop].decode())
        end = at
        low, high = start - _BEFORE, end + _BEHIND
        if which < len(_LABELS):
            if _DIGIT.search(text, max(0, start - 16), end + 28) is None:
                continue
            low, high = start - 20, end + 64
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((max(low, 0), high))
    return [_grown(text, low, high) for low, high in found]


def _grown(text: str, low: int, high: int) -> tuple[int, int]:
    """Move the ends of a stretch out of words and numbers."""
    stop = max(0, low - _GROW)
    while low > stop and not text[low - 1].isspace():
        low -= 1
    high = min(high, len(text))
    stop = min(len(text), high + _GROW)
    while high < stop and not text[high].isspace():
        high += 1
    return low, high
