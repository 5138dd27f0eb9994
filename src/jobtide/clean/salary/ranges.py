"""Join sums that are the two ends of one range."""

import re
from typing import NamedTuple

from jobtide.clean.salary import tables
from jobtide.clean.salary.amounts import Amount
from jobtide.clean.salary.numbers import INDIAN

#: Sums further apart than this, in characters, are never one range.
_GAP = 56

_TO = (
    r"to\s(?:an?\s)?max(?:imum)?(?:\sof)?|[-–—‑−~→]{1,2}|\.{2,3}|…|to|bis(?:\s+zu)?|à|a|do|až|tot|till|"
    r"til|hasta|até|al|through|thru|(?:and\s+)?up\s+to|jusqu['’]à|fino\s+a"
)
_AND = r"and|und|y|e|et|i|och|og|en|&"
_MIDDLE_OR_MAX = r"[,;|/–-]?\s*(?:max(?:imum)?|mid(?:point)?)\.?(?:\s(?:salary|pay|rate))?\s*:?"
_CONNECTOR = re.compile(
    r"\s*(?:(?:/|per|an?|pro)\s?(?:hour|hr|h|year|yr|annum|month|mo|week|day|stunde|jahr|monat)\.?"
    r"|p\.a\.|annually|hourly)?"
    r"[\s.)*]*(?:\([^()\n]{1,30}\)\s*)?"
    rf"(?:(?P<to>{_TO})|(?P<and>{_AND})|(?P<max>{_MIDDLE_OR_MAX}))"
    r"\s*(?:c\.|ca\.?|approx\.?|about|~)?\s*",
    re.IGNORECASE,
)
#: "min ... mid ... max": the middle one is no end.
_MIDDLE = re.compile(r"[\s,;|/–-]*mid(?:point)?\b[^\n]*", re.IGNORECASE)
_BETWEEN = re.compile(
    tables.whole(tables.words("between", "words")) + r"[^.;\n]{0,24}$", re.IGNORECASE
)


class Range(NamedTuple):
    """What is stated: one sum or two. `low` and `high` are equal for one."""

    start: int
    end: int
    low: float
    high: float
    currency: str | None
    two: bool  #: two ends are written
    scaled: bool  #: a suffix is written: "k"
    whole: bool  #: the digits stand like a sum
    big: bool  #: a million or more by its suffix


def ranges(text: str, found: list[Amount]) -> list[Range]:
    """Join sums that are two ends of one range; the others stand alone."""
    result: list[Range] = []
    at = 0
    while at < len(found):
        last = at
        while last + 1 < len(found) and _joined(text, found[last], found[last + 1]):
            last += 1
            if not _MIDDLE.fullmatch(text, found[last - 1].end, found[last].start):
                break
        result.append(_range(found[at], found[last]) if last > at else _single(found[at]))
        at = last + 1
    return result


def _joined(text: str, first: Amount, second: Amount) -> bool:
    """Say whether two sums, one behind the other, are the ends of one range."""
    gap = text[first.end : second.start]
    if len(gap) > _GAP or not _compatible(first.currency, second.currency):
        return False
    if not gap.strip():  # "£20 £40 hr": the dash was lost
        same = first.currency is not None and first.currency == second.currency
        return same and first.value < second.value <= first.value * 3
    match = _CONNECTOR.fullmatch(gap)
    if match is None:
        return False
    if match["and"]:
        return _BETWEEN.search(text, max(0, first.start - 48), first.start) is not None
    return True


def _compatible(first: str | None, second: str | None) -> bool:
    shared = first in tables.SHARED or second in tables.SHARED
    return first is None or second is None or first == second or shared


def _range(first: Amount, second: Amount) -> Range:
    low, high = sorted(_scaled(first, second))
    currency = first.currency
    if currency is None or (currency in tables.SHARED and second.currency):
        currency = second.currency
    return Range(
        start=first.start,
        end=second.end,
        low=low,
        high=high,
        currency=currency,
        two=True,
        scaled=bool(first.factor or second.factor),
        whole=first.whole or second.whole,
        big=_big(first) or _big(second),
    )


def _scaled(first: Amount, second: Amount) -> tuple[float, float]:
    """Return both ends; "100-130k" and "55-65.000" give the first the thousands of the second."""
    low, high = first.value, second.value
    if first.factor is None and second.factor and low < 1000 and low * second.factor <= high * 3:
        return low * second.factor, high
    if second.factor is None and first.factor and high < 1000 and high * first.factor >= low:
        return low, high * first.factor
    if first.factor is second.factor is None and low < 1000 <= high:
        meant = low * 1000
        if low % 1 == 0 and high % 500 == 0 and high / 3 <= meant < high:
            return meant, high
    return low, high


def _single(one: Amount) -> Range:
    return Range(
        start=one.start,
        end=one.end,
        low=one.value,
        high=one.value,
        currency=one.currency,
        two=False,
        scaled=bool(one.factor),
        whole=one.whole,
        big=_big(one),
    )


def _big(one: Amount) -> bool:
    """Say whether a suffix makes this a million or more, other than in crore."""
    return one.factor is not None and one.factor >= 1e6 and one.factor not in INDIAN
