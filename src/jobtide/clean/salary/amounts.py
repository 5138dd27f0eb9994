"""Find sums of money: a number, the currency beside it, the suffix that scales it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from jobtide.clean.salary import tables
from jobtide.clean.salary.numbers import BLANK, FACTORS, INDIAN, NUMBER, read_number

_ROWS = tables.currencies().values()
SIGNS_BEFORE = [sign for row in _ROWS for sign in (*row.before, row.code)]
SIGNS_BEFORE += ["$", "kr", "kr.", "Usd", "Eur", "usd", "eur", "gbp", "Gbp", "TEUR", "T€"]
#: Codes that are words of English when written small.
_WORDS = ("TRY", "COP", "MAD", "PHP", "PEN", "GEL", "RON")
SIGNS_AFTER = [sign for row in _ROWS for sign in (*row.after, row.code)]
SIGNS_AFTER += ["$", *(row.code.lower() for row in _ROWS if row.code not in _WORDS)]
#: Signs that no letter can be part of, so that one may stand before them ("\\n$50,000").
PLAIN_SIGNS = "$€£₹₺₪₴₽₩₱฿₫₦₡¥￥₸₾৳₵"

_SUFFIX = tables.exact(list(FACTORS))
_AFTER_SIGNS = tables.exact([sign for sign in SIGNS_AFTER if not sign[-1].isalpha()])
_AFTER_WORDS = tables.exact([sign for sign in SIGNS_AFTER if sign[-1].isalpha()])
_MONEY = re.compile(
    rf"(?P<num>{NUMBER})(?:,-+|,–|\.-|\.–|,—)?"
    rf"(?:{BLANK}?\+?{BLANK}?(?P<suffix>(?i:{_SUFFIX}))\.?"
    r"(?=€|EUR|USD|GBP|PLN|CHF|[^\w]|_|$))?"
    rf"(?:{BLANK}{{0,2}}(?:(?P<sign>{_AFTER_SIGNS})(?!{BLANK}?\d)"
    rf"|(?P<word>{_AFTER_WORDS})(?![\w$:])(?!{BLANK}\d)))?"
)
#: The sign before a number is looked for from the number's side: far fewer places to try.
_SIGN = re.compile(
    rf"(?:(?<![A-Za-z])(?:{tables.exact(SIGNS_BEFORE)})|[{PLAIN_SIGNS}])(?={BLANK}{{0,2}}$)"
)
_SIGN_ENDS = frozenset(sign[-1] for sign in SIGNS_BEFORE)
#: The longest sign with its blanks, in letters.
_SIGN_LENGTH = 8
_BLANKS = " \u00a0\u202f\u2009\u2007"
#: Signs that scale as well: "TEUR 60" is 60,000 euros.
_THOUSANDS = {"TEUR": "EUR", "T€": "EUR"}
#: Where "mil" is Spanish or Portuguese for a thousand, not English slang for a million.
_MIL_IS_THOUSAND = {"BRL", "MXN", "COP", "CLP", "ARS", "PEN", "UYU", "EUR"}
#: Sections of the US tax code and forms that stand where numbers of money do: 401k, 1099.
_FORMS = {"401", "403", "457", "1099"}


class Amount(NamedTuple):
    """One number with the currency written beside it."""

    start: int
    end: int
    value: float
    currency: str | None  #: ISO 4217, a shared sign ("$"), or None: none is written
    factor: float | None  #: 1000 for "k"; None: no suffix is written
    whole: bool  #: the digits stand like a sum: grouped, four or more, or with a suffix


def amounts(text: str, low: int, high: int) -> Iterator[Amount]:
    """Yield the numbers of a stretch of `text`, with the currency written beside each."""
    for match in _MONEY.finditer(text, low, high):
        start = match.start()
        before = _sign_before(text, low, start)
        if before is not None:
            start = before.start()
        elif start and (text[start - 1].isalnum() or text[start - 1] in "_#.,"):
            continue  # part of a word, an identifier, a longer number
        one = _amount(match, start, before[0] if before else None)
        if one is not None:
            yield one


def _amount(match: re.Match[str], start: int, before: str | None) -> Amount | None:
    """Return what a match says, or None when it is no sum."""
    raw, suffix = match["num"], match["suffix"]
    value = read_number(raw)
    if value is None or (before is None and raw in _FORMS):
        return None
    currency = _currency(before, match["sign"] or match["word"])
    factor = FACTORS[suffix.lower()] if suffix else None
    if before in ("R", "P", "p") and raw.isdecimal() and factor is None:
        return None  # "R3155" is a number of something, "R25 000" is rand
    if before in _THOUSANDS or (suffix == "mil" and currency in _MIL_IS_THOUSAND):
        factor = 1e3
    if factor == 1e3 and value >= 1000:
        factor = 1.0  # "62.500k" says the thousands twice
    if currency is None and factor in INDIAN:
        currency = "Rs"
    year = len(raw) == 4 and raw[:2] in ("19", "20")
    return Amount(
        start=start,
        end=match.end(),
        value=value * (factor or 1.0),
        currency=currency,
        factor=factor,
        whole=factor is not None or (value >= 1000 and not year),
    )


def _sign_before(text: str, low: int, start: int) -> re.Match[str] | None:
    """Return the sign of a currency right before a number, at most two blanks away."""
    at = start - 1
    while at > low and start - at < 3 and text[at] in _BLANKS:
        at -= 1
    if at < low or text[at] not in _SIGN_ENDS:
        return None
    return _SIGN.search(text, max(low, start - _SIGN_LENGTH), start)


def _currency(before: str | None, after: str | None) -> str | None:
    """Return the currency two written signs agree on: a full one beats a shared one."""
    known = tables.signs()
    first = _THOUSANDS.get(before or "") or known.get(before or "")
    second = known.get(after or "")
    if first is None or (first in tables.SHARED and second is not None):
        return second
    return first
