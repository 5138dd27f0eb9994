"""Find sums of money and the ranges they form: where they stand, and how big they are."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import ahocorasick_rs

from jobtide.clean.salary import tables

#: Sums further apart than this are never one range.
_GAP = 48


class Amount(NamedTuple):
    """One number with the currency written beside it."""

    start: int
    end: int
    value: float
    currency: str | None  #: ISO 4217, a shared sign ("$"), or None: none is written
    factor: float | None  #: 1000 for "k"; None: no suffix is written
    whole: bool  #: the digits stand like an amount: grouped, four or more, or with a suffix


class Range(NamedTuple):
    """What is stated: one sum or two. `low` and `high` are equal for one."""

    start: int
    end: int
    low: float
    high: float
    currency: str | None
    two: bool  #: two ends are written
    scaled: bool  #: a suffix such as "k" is written
    whole: bool
    big: bool  #: a million or more by its suffix


_SPACE = "[ \u00a0\u202f\u2009\u2007]"
_NUMBER = (
    rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?"
    r"|\d+(?:[.,'’]\d+)*"
)
_FACTORS = {
    "k": 1e3, "тыс": 1e3, "tys": 1e3, "tsd": 1e3, "thousand": 1e3, "mille": 1e3,
    "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "l": 1e5, "lpa": 1e5,
    "cr": 1e7, "crore": 1e7, "crores": 1e7,
    "m": 1e6, "mm": 1e6, "mn": 1e6, "mln": 1e6, "mil": 1e6, "mio": 1e6, "million": 1e6,
    "millions": 1e6, "millionen": 1e6, "milhões": 1e6, "millones": 1e6, "milioni": 1e6,
    "milionów": 1e6, "jt": 1e6, "juta": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "billions": 1e9, "mrd": 1e9, "milliarden": 1e9,
    "t": 1e12, "tn": 1e12, "trillion": 1e12, "quadrillion": 1e15,
}  # fmt: skip
_SUFFIX = "|".join(sorted(_FACTORS, key=len, reverse=True))
_CODES = tables.exact(list(tables.currencies()))
_BEFORE = tables.exact(
    [sign for row in tables.currencies().values() for sign in (*row.before, row.code)]
    + ["$", "kr", "kr.", "Usd", "Eur", "usd", "eur", "gbp", "Gbp", "TEUR", "T€"]
)
_AFTER_SIGNS = tables.exact(
    [sign for row in tables.currencies().values() for sign in row.after if not sign[-1].isalpha()]
    + ["$"]
)
_AFTER_WORDS = tables.exact(
    [sign for row in tables.currencies().values() for sign in row.after if sign[-1].isalpha()]
    + list(tables.currencies())
    + [code.lower() for code in ("USD", "EUR", "GBP", "PLN", "CHF", "CAD", "AUD", "INR", "BRL")]
)
_MONEY = re.compile(
    rf"(?:(?<![A-Za-z])(?P<pre>{_BEFORE}){_SPACE}{{0,2}}|(?<![\w.,#]))"
    rf"(?P<num>{_NUMBER})(?P<even>,-+|,–|\.-|\.–|,—)?"
    rf"(?:{_SPACE}?(?P<suf>(?i:{_SUFFIX}))\.?(?=(?:€|EUR|USD|GBP|PLN|CHF)|[^\w]|_|$))?"
    rf"(?:{_SPACE}{{0,2}}(?:(?P<post>{_AFTER_SIGNS})(?!{_SPACE}?\d)"
    rf"|(?P<code>{_AFTER_WORDS})(?![\w$])(?!{_SPACE}\d)))?"
)

#: What must stand in a text before it is worth looking for money, and how far around it to look.
_ANCHORS = [
    *(sign for row in tables.currencies().values() for sign in (*row.before, *row.after) if len(sign) > 1),
    *tables.currencies(), "$", "€", "£", "₹", "zł", "¥", "₺", "₪", "₴", "₽", "₩", "₱", "฿", "₫", "₦", "円",
]  # fmt: skip
_ANCHORS = [anchor for anchor in _ANCHORS if len(anchor) > 2 or not anchor.isalpha()] + [
    "zł", "Kč", "kr", "Ft", "Rs", "Rp", "RM", "TL",
]  # fmt: skip
#: Pay words behind which a number may stand without a currency.
_LABELS = [
    "alary", "ALARY", "ompensation", "ay range", "ay Range", "ay rate", "ehalt", "rgütung", "ynagrodzenie", "tawka",
    "alario", "alário", "alaire", "alaris", "LPA", "lpa", "lakh", "Lakh", "ourly", "/hr", "TJM", "CTC", "OTE", "brutto",
]  # fmt: skip
_GATE = ahocorasick_rs.AhoCorasick([*_ANCHORS, *_LABELS])
_WORDY = len(_ANCHORS)


def worth_reading(text: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` that may hold money: merged, in order."""
    found: list[tuple[int, int]] = []
    for which, start, end in _GATE.find_matches_as_indexes(text):
        low, high = (start - 32, end + 64) if which < _WORDY else (start - 24, end + 90)
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((max(low, 0), high))
    return [_widened(text, low, high) for low, high in found]


def _widened(text: str, low: int, high: int) -> tuple[int, int]:
    """Move the ends of a stretch out of words and numbers, by at most 24 characters."""
    stop = max(0, low - 24)
    while low > stop and not text[low - 1].isspace():
        low -= 1
    high = min(high, len(text))
    stop = min(len(text), high + 24)
    while high < stop and not text[high].isspace():
        high += 1
    return low, high


def read_number(raw: str) -> float | None:
    """Return the value of digits with separators, whatever the locale; None: no single reading.

    The last of two kinds of separator is the decimal one; one kind alone groups thousands when
    exactly three digits follow it, and is decimal otherwise.

    >>> [read_number(raw) for raw in ("2.738,10", "12,00,000", "38.2939", "100'000")]
    [2738.1, 1200000.0, 38.2939, 100000.0]
    """
    digits = re.sub(r"[\s'’]", "", raw)
    kinds = {mark for mark in digits if mark in ".,"}
    if len(kinds) == 2:
        decimal = max(kinds, key=digits.rfind)
        group = "." if decimal == "," else ","
        if digits.count(decimal) > 1:
            return None
        return float(digits.replace(group, "").replace(decimal, "."))
    if not kinds:
        return float(digits[:18])
    mark = kinds.pop()
    *heads, tail = digits.split(mark)
    if len(heads) > 1:
        return float("".join(heads) + tail) if len(tail) == 3 else None
    if len(tail) == 3 and len(heads[0]) <= 3 and heads[0] != "0":
        return float(heads[0] + tail)
    return float(f"{heads[0]}.{tail}")


def amounts(text: str, low: int, high: int) -> Iterator[Amount]:
    """Yield the numbers of a stretch of `text`, with the currency written beside each."""
    for match in _MONEY.finditer(text, low, high):
        value = read_number(match["num"])
        if value is None:
            continue
        pre, post = match["pre"], match["post"] or match["code"]
        factor = _FACTORS[match["suf"].lower()] if match["suf"] else None
        if pre in ("TEUR", "T€"):
            factor = 1e3
        if factor == 1e3 and value >= 1000:
            factor = 1.0  # "62.500k" says the thousands twice
        digits = sum(letter.isdigit() for letter in match["num"])
        grouped = digits > 3 and not (
            digits == 4 and match["num"].isdigit() and match["num"][:2] in ("19", "20")
        )
        if pre == "R" and match["num"].isdigit() and factor is None:
            continue  # "R3155" is a number of something, "R25 000" is rand
        yield Amount(
            start=match.start(),
            end=match.end(),
            value=value * (factor or 1.0),
            currency=_currency(pre, post),
            factor=factor,
            whole=grouped or factor is not None,
        )


def _currency(pre: str | None, post: str | None) -> str | None:
    """Return the currency two written signs agree on: a full one beats a shared one."""
    known = tables.signs()
    first = {"TEUR": "EUR", "T€": "EUR"}.get(pre or "") or known.get(pre or "")
    second = known.get(post or "")
    if first is None or (first in tables.SHARED and second is not None):
        return second
    return first


_TO = r"[-–—‑−~→]{1,2}|\.{2,3}|…|to|bis(?:\s+zu)?|à|a|à|do|tot|till|til|hasta|até|al|through|thru|(?:and\s+)?up\s+to|jusqu['’]à|fino\s+a"
_AND = r"and|und|y|e|et|i|och|og|en|&"
_CONNECTOR = re.compile(
    r"\s*(?:(?:/|per|an?|pro)\s?(?:hour|hr|h|year|yr|annum|month|mo|week|day|Stunde|Jahr|Monat)\.?|p\.a\.|annually|hourly)?"
    r"[\s)*]*"
    rf"(?:(?P<to>{_TO})|(?P<and>{_AND})|(?P<max>[,;|/–-]?\s*max(?:imum)?\.?(?:\s(?:salary|pay|rate))?\s*:?))"
    r"\s*(?:c\.|ca\.?|approx\.?|about|~)?\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    tables.whole(tables.words("between", "words")) + r"[^.;\n]{0,24}$", re.IGNORECASE
)


def ranges(text: str, found: list[Amount]) -> list[Range]:
    """Join sums that are two ends of one range; the others stand alone."""
    result: list[Range] = []
    at = 0
    while at < len(found):
        if at + 1 < len(found) and _joined(text, found[at], found[at + 1]):
            result.append(_range(found[at], found[at + 1]))
            at += 2
        else:
            result.append(_single(found[at]))
            at += 1
    return result


def _joined(text: str, first: Amount, second: Amount) -> bool:
    """Say whether two sums, one behind the other, are the ends of one range."""
    if second.start - first.end > _GAP or not _compatible(first.currency, second.currency):
        return False
    gap = text[first.end : second.start]
    if not gap.strip():  # "£20 £40 hr": the dash was lost
        return (
            first.currency is not None
            and first.currency == second.currency
            and (first.value < second.value <= first.value * 3)
        )
    match = _CONNECTOR.fullmatch(gap)
    if match is None:
        return False
    if match["and"]:
        return _BETWEEN.search(text, max(0, first.start - 48), first.start) is not None
    return True


def _compatible(first: str | None, second: str | None) -> bool:
    return (
        first is None or second is None or first == second or bool({first, second} & {"$", "kr"})
    )


def _range(first: Amount, second: Amount) -> Range:
    low, high = _scaled(first, second)
    if low > high:
        low, high = high, low
    currency = first.currency
    if currency is None or (currency in tables.SHARED and second.currency):
        currency = second.currency
    factors = [one.factor for one in (first, second) if one.factor]
    return Range(
        start=first.start,
        end=second.end,
        low=low,
        high=high,
        currency=currency,
        two=True,
        scaled=bool(factors),
        whole=first.whole or second.whole,
        big=any(factor >= 1e6 and factor != 1e7 for factor in factors),
    )


def _scaled(first: Amount, second: Amount) -> tuple[float, float]:
    """Return both ends; "100-130k" and "55-65.000" give the first the thousands of the second."""
    low, high = first.value, second.value
    if first.factor is None and second.factor and low < 1000 and low * second.factor <= high * 3:
        return low * second.factor, high
    if second.factor is None and first.factor and high < 1000 and high * first.factor >= low:
        return low, high * first.factor
    if first.factor is second.factor is None and low < 1000 <= high and high % 500 == 0:
        if low % 1 == 0 and high / 3 <= low * 1000 < high:
            return low * 1000, high
    return low, high


def _single(one: Amount) -> Range:
    return Range(
        start=one.start,
        end=one.end,
        low=one.value,
        high=one.value,
        currency=one.currency,
        two=False,
        scaled=one.factor is not None,
        whole=one.whole,
        big=one.factor is not None and one.factor >= 1e6 and one.factor != 1e7,
    )
