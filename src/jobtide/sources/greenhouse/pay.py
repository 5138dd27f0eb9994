"""Pay ranges of a job post, which Greenhouse gives in cents (pay_transparency=true)."""

import re

from msgspec import Struct

from jobtide.model import Salary, UnitText
from jobtide.sources import amount, stated

#: The words of a title or blurb that name the period; the fields have none for it.
_PERIODS = (
    (re.compile(r"\bhour|\bhr\b", re.IGNORECASE), UnitText.HOUR),
    (re.compile(r"\bdaily\b|\bper day\b", re.IGNORECASE), UnitText.DAY),
    (re.compile(r"\bweekly\b|\bper week\b", re.IGNORECASE), UnitText.WEEK),
    (re.compile(r"\bmonth", re.IGNORECASE), UnitText.MONTH),
    (re.compile(r"\bannual|\byear|\bper annum\b", re.IGNORECASE), UnitText.YEAR),
)
_ON_TARGET = re.compile(r"\bOTE\b|\bon[ -]target", re.IGNORECASE)


class Range(Struct):
    """One range: the employer's rule for some place gives its title and blurb."""

    min_cents: int | float | str | None = None
    max_cents: int | float | str | None = None
    currency_type: str | None = None  #: "USD"
    title: str | None = None  #: "US Pay Range"
    blurb: str | None = None  #: HTML: "The annual salary range for this role ..."


def period(words: str) -> UnitText | None:
    """Return the one period that `words` name, or None.

    >>> period("The annual base salary range")
    <UnitText.YEAR: 'YEAR'>
    """
    named = [unit for pattern, unit in _PERIODS if pattern.search(words)]
    return named[0] if len(named) == 1 else None


def read_ranges(ranges: list[Range]) -> tuple[Salary | None, str | None]:
    """Return the pay when there is one range, and all ranges as words, one a line."""
    lines = {line: salary for one in ranges if (salary := _salary(one)) for line in [_line(one)]}
    salaries = list(dict.fromkeys(lines.values()))
    return (salaries[0] if len(salaries) == 1 else None), "\n".join(lines) or None


def _salary(one: Range) -> Salary | None:
    low, high = amount(one.min_cents), amount(one.max_cents)
    if low is None and high is None:
        return None
    words = f"{one.title or ''} {one.blurb or ''}"
    return Salary(
        currency=stated(one.currency_type),
        min_value=low and low / 100,
        max_value=high and high / 100,
        unit_text=period(words),
        kind="ote" if _ON_TARGET.search(words) else "base",
        rule="greenhouse.pay_input_ranges",
        evidence=_line(one),
    )


def _line(one: Range) -> str:
    """Return "US Pay Range: 180000 - 220000 USD per year"."""
    cents = filter(None, map(amount, (one.min_cents, one.max_cents)))
    about = f"{one.title or ''} {one.blurb or ''}"
    unit = period(about)
    words = (
        "OTE" if _ON_TARGET.search(about) else None,
        " - ".join(f"{end / 100:.2f}".removesuffix(".00") for end in cents),
        one.currency_type,
        f"per {unit.lower()}" if unit else None,
    )
    title = f"{one.title.strip()}: " if one.title and stated(one.title) else ""
    return title + " ".join(filter(None, words))
