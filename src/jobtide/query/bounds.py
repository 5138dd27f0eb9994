"""The fields that compare: how their values are written, and what they mean."""

import re
from datetime import date

from msgspec import Struct

_SALARY = re.compile(r"(>=|<=|>|<)?(\d{1,10}(?:\.\d{1,4})?)(k)?([a-z]{3})?")
_SINCE = re.compile(r"(\d{1,4})([hdwm])")
_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)?(\.\.)?(\d{4}-\d\d-\d\d)?")
_OFFSET = re.compile(r"(?:utc|gmt)?([+-]?)(\d{1,2})(?::([0-5]\d)|(\.\d{1,4}))?")

#: Hours of each unit of "since"; a month is 30 days.
_HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30}
#: The westernmost and easternmost offsets in use (https://www.iana.org/time-zones).
_WEST_H, _EAST_H = -12.0, 14.0


class Bound(Struct, frozen=True, kw_only=True):
    """What "salary:>60kEUR" asks for."""

    sign: str
    amount: float
    currency: str  #: ISO 4217, upper case; US dollars when none is written

    @classmethod
    def of(cls, value: str) -> "Bound":
        """Return the bound that a checked value states."""
        sign, amount, thousands, currency = _SALARY.fullmatch(value).groups()  # type: ignore[union-attr]
        return cls(
            sign=sign or ">=",
            amount=float(amount) * (1000 if thousands else 1),
            currency=(currency or "usd").upper(),
        )

    def holds(self, found: float) -> bool:
        """Return whether a yearly pay in the bound's currency is within it."""
        if self.sign == ">":
            return found > self.amount
        if self.sign == "<":
            return found < self.amount
        return found <= self.amount if self.sign == "<=" else found >= self.amount


def read_salary(value: str) -> str | None:
    """Return the normal form of a bound, None: not valid.

    >>> read_salary(">60kEUR"), read_salary("60,000"), read_salary("lots")
    ('>60keur', '60000', None)
    """
    normal = value.lower().replace(",", "").replace("_", "")
    return normal if _SALARY.fullmatch(normal) else None


def read_since(value: str) -> str | None:
    """Return the normal form of a length of time, None: not valid."""
    return value.lower() if _SINCE.fullmatch(value.lower()) else None


def hours_of(value: str) -> int:
    """Return the hours of a checked "since".

    >>> hours_of("3d")
    72
    """
    return int(value[:-1]) * _HOURS[value[-1]]


def read_days(value: str) -> str | None:
    """Return the normal form of a day or a range of days, None: not valid.

    Not valid: no day of the calendar, no day at all, and a range that ends before it begins.

    >>> read_days("2026-11-01.."), read_days("2026-02-30"), read_days("..")
    ('2026-11-01..', None, None)
    """
    parts = _RANGE.fullmatch(value)
    if parts is None or not (parts[1] or parts[3]) or (parts[3] and not parts[2]):
        return None
    try:
        first, last = days_of(value)
    except ValueError:
        return None
    return value if first <= last else None


def days_of(value: str) -> tuple[date, date]:
    """Return the first and the last day of a checked "posted"."""
    first, dots, last = value.partition("..")
    if not dots:
        return date.fromisoformat(first), date.fromisoformat(first)
    return (
        date.fromisoformat(first) if first else date.min,
        date.fromisoformat(last) if last else date.max,
    )


def read_offset(value: str) -> str | None:
    """Return the normal form of a UTC offset, None: not valid or used nowhere.

    >>> read_offset("+1"), read_offset("UTC-3:30"), read_offset("+99")
    ('+1', '-3:30', None)
    """
    normal = value.lower()
    if not _OFFSET.fullmatch(normal) or not _WEST_H <= offset(normal) <= _EAST_H:
        return None
    return normal.removeprefix("utc").removeprefix("gmt")


def offset(value: str) -> float:
    """Return the hours of a checked "tz"."""
    sign, hours, minutes, part = _OFFSET.fullmatch(value).groups()  # type: ignore[union-attr]
    size = int(hours) + (int(minutes) / 60 if minutes else float(part or 0))
    return -size if sign == "-" else size
