"""Read the digits of a sum, whatever the locale, and the suffix that scales it."""

import re

#: What a suffix multiplies by: English, German, French, Spanish, Portuguese, Italian, Polish,
#: Russian, Indian (lakh, crore) and Indonesian (juta) forms.
FACTORS = {
    "k": 1e3, "тыс": 1e3, "tys": 1e3, "tsd": 1e3, "thousand": 1e3, "mille": 1e3,
    "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "l": 1e5, "lpa": 1e5,
    "cr": 1e7, "crore": 1e7, "crores": 1e7,
    "m": 1e6, "mm": 1e6, "mn": 1e6, "mln": 1e6, "mil": 1e6, "mio": 1e6, "million": 1e6,
    "millions": 1e6, "millionen": 1e6, "milhões": 1e6, "millones": 1e6, "milioni": 1e6,
    "milionów": 1e6, "jt": 1e6, "juta": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "billions": 1e9, "mrd": 1e9, "milliarden": 1e9,
    "t": 1e12, "tn": 1e12, "trillion": 1e12, "quadrillion": 1e15,
}  # fmt: skip
#: Counted in lakh (100,000) and crore (10,000,000): South Asia alone.
INDIAN = (1e5, 1e7)

BLANK = "[ \u00a0\u202f\u2009\u2007]"
#: Digits with their separators: "101, 125" (a slip), "9 240,50", "1.234,56", "100'000". It begins
#: with one digit, so that the search for it skips all else at once.
_SLIP = rf"(?<=[0-9][0-9]), [0-9]{{3}}(?={BLANK}?(?:[-–—]|[A-Z]{{3}}\b|(?:per|an?|annually)\b))"
NUMBER = (
    rf"[0-9][0-9]*(?:(?<![0-9]{{4}})(?:{_SLIP}"
    rf"|(?:{BLANK}[0-9]{{3}})+(?![0-9])(?:[.,][0-9]{{1,2}}(?![0-9]))?)"
    r"|(?:[.,'’][0-9]+)*)"
)
#: More digits than this are no money, and cost time to turn into a number.
_MOST_DIGITS = 18
_GROUPING = re.compile(r"[\s'’]")


def read_number(raw: str) -> float | None:
    """Return the value of digits with separators; None: they have no single reading.

    The last of two kinds of separator is the decimal one; one kind alone groups thousands when
    exactly three digits follow it, and is decimal otherwise.

    >>> [read_number(raw) for raw in ("2.738,10", "12,00,000", "38.2939", "100'000")]
    [2738.1, 1200000.0, 38.2939, 100000.0]
    """
    if len(raw) > 2 * _MOST_DIGITS:
        return None
    if raw.isdecimal():
        return float(raw) if len(raw) <= _MOST_DIGITS else None
    digits = _GROUPING.sub("", raw)
    marks = [mark for mark in ".," if mark in digits]
    if len(marks) == 2:
        group, decimal = sorted(marks, key=digits.rfind)
        if digits.count(decimal) > 1:
            return None
        return float(digits.replace(group, "").replace(decimal, "."))
    if not marks:
        return float(digits)
    *heads, tail = digits.split(marks[0])
    if len(heads) > 1:
        return float("".join(heads) + tail) if len(tail) == 3 else None
    if len(tail) == 3 and len(heads[0]) <= 3 and heads[0] != "0":
        return float(heads[0] + tail)
    return float(f"{heads[0]}.{tail}")
