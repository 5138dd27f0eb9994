"""What a posting pays, in words."""

from functools import lru_cache
from math import isfinite
from typing import TypeGuard

from babel.core import UnknownLocaleError
from babel.numbers import get_currency_symbol

from jobtide.model import Posting, Salary, UnitText
from jobtide.publish.fact import Fact
from jobtide.text import squeeze

_PERIOD = {
    UnitText.HOUR: "an hour",
    UnitText.DAY: "a day",
    UnitText.WEEK: "a week",
    UnitText.MONTH: "a month",
    UnitText.YEAR: "a year",
}

NO_PAY = Fact(text="pay not stated", stated=False)


def pay(posting: Posting) -> Fact:
    """Say what it pays, in the posting's own currency and period."""
    ranges = [
        salary
        for salary in posting.base_salary
        if _usable(salary.min_value) or _usable(salary.max_value)
    ]
    if not ranges:
        return NO_PAY
    first = ranges[0]
    text = salary_words(first)
    if len(ranges) > 1:
        text += f" (and {len(ranges) - 1} more)"
    return Fact(text=text, inferred=first.currency_inferred or first.unit_inferred)


def salary_words(salary: Salary) -> str:
    """Return one range in words: "€60,000–80,000 a year", "up to $45.50 an hour"."""
    return _words(
        salary.currency,
        salary.min_value,
        salary.max_value,
        salary.unit_text,
        salary.kind,
        salary.zone,
    )


@lru_cache(maxsize=8192)
def _words(
    currency: str | None,
    low: float | None,
    high: float | None,
    unit: UnitText | None,
    kind: str,
    zone: str | None,
) -> str:
    text = _sign(currency) + "–".join(_numbers(low, high))
    if not _usable(low):
        text = f"up to {text}"
    elif not _usable(high):
        text = f"from {text}"
    if unit is not None:
        text += f" {_PERIOD[unit]}"
    if kind == "ote":
        text += " on target"
    missing = [] if currency else ["currency"]
    missing += [] if unit else ["period"]
    if missing:
        text += f" ({' and '.join(missing)} not stated)"
    if zone:
        text += f" ({squeeze(zone)[:40]})"
    return text


def amounts(salary: Salary) -> list[str]:
    """Return the one or two numbers of a range, smaller first, as written in English."""
    return _numbers(salary.min_value, salary.max_value)


def _numbers(*ends: float | None) -> list[str]:
    usable = {end for end in ends if _usable(end)}
    return [f"{end:,.0f}" if end == int(end) else f"{end:,.2f}" for end in sorted(usable)]


def _usable(end: float | None) -> TypeGuard[float]:
    """Say whether an end of a range is an amount: nobody is paid nothing, or without end."""
    return end is not None and isfinite(end) and end > 0


@lru_cache(maxsize=512)
def _sign(currency: str | None) -> str:
    """Return what stands before an amount: "€", "CA$", "PLN "."""
    if not currency:
        return ""
    try:
        symbol = str(get_currency_symbol(currency, "en"))
    except (UnknownLocaleError, LookupError):
        symbol = currency
    return symbol if not symbol[-1:].isalpha() else f"{symbol} "
