"""
What a reader came for, in words: can I apply, what does it pay, how old is it.

The same sentences for every publisher. What is not stated is said to be not stated; what was
concluded rather than read is marked `inferred`.
"""

from datetime import date, datetime
from functools import lru_cache
from math import isfinite
from typing import TypeGuard

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import get_currency_symbol
from msgspec import Struct

from jobtide import query
from jobtide.model import Eligibility, Label, Opening, Place, Posting, Salary, UnitText
from jobtide.publish.subdivisions import subdivision
from jobtide.text import fold, squeeze

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: Short names in everyday use where CLDR's English name (through Babel) is long.
_SHORT = {
    "US": "USA",
    "GB": "UK",
    "AE": "UAE",
    "HK": "Hong Kong",
    "MO": "Macao",
    "BA": "Bosnia",
    "CD": "DR Congo",
    "CG": "Congo",
    "MM": "Myanmar",
    "PS": "Palestine",
    "TR": "Turkey",
    "CI": "Ivory Coast",
}
#: Words of places.REGIONS that are no name when capitalised.
_REGION = {
    "eu": "EU",
    "eea": "EEA",
    "emea": "EMEA",
    "apac": "APAC",
    "latam": "Latin America",
    "dach": "Germany, Austria, Switzerland",
    "mena": "Middle East and North Africa",
    "gulf": "Gulf states",
    "cis": "CIS",
    "anz": "Australia and New Zealand",
    "sub_saharan_africa": "Sub-Saharan Africa",
    "southeast_asia": "South-East Asia",
}
_PERIOD = {
    UnitText.HOUR: "an hour",
    UnitText.DAY: "a day",
    UnitText.WEEK: "a week",
    UnitText.MONTH: "a month",
    UnitText.YEAR: "a year",
}
#: Place lines that say how, not where: they answer nothing.
_NO_PLACE = frozenset(["", "remote", "fully remote", "100% remote", "remote job", "n/a", "none"])

#: What programs write for nothing (JavaScript, JSON, Python).
_VOID = frozenset(["", "undefined", "null", "none", "nan", "[object object]"])

#: Names shown before "and 3 more".
_SHOWN = 4


class Fact(Struct, frozen=True, kw_only=True):
    """A sentence for a card."""

    text: str
    stated: bool = True  #: False: the text says that it is not stated
    inferred: bool = False  #: True: concluded, not read


NO_PLACE = Fact(text="place not stated", stated=False)
NO_PAY = Fact(text="pay not stated", stated=False)


def place(posting: Posting) -> Fact:
    """Say from where one may apply; else where the work is; else what the board wrote."""
    said = _eligible(posting.eligibility) if posting.eligibility is not None else None
    if said is not None:
        return said
    names = _listed([_place_name(where) for where in posting.job_location])
    if names:
        return Fact(text=names)
    written = squeeze(posting.location_text or "")
    if fold(written) in _NO_PLACE:
        return NO_PLACE
    return Fact(text=written if len(written) <= 80 else written[:79].rstrip() + "…")


def open_to(posting: Posting) -> Fact | None:
    """Say from where one may apply; None when it is not stated."""
    return _eligible(posting.eligibility) if posting.eligibility is not None else None


def work_place(posting: Posting) -> str:
    """Return the places where the work is, as far as they were read; else as the board wrote."""
    names = _listed([_place_name(where) for where in posting.job_location])
    written = squeeze(posting.location_text or "")
    return names or ("" if fold(written) in _NO_PLACE else written[:160])


def pay(posting: Posting) -> Fact:
    """Say what it pays, in the posting's own currency and period."""
    ranges = [salary for salary in posting.base_salary if amounts(salary)]
    if not ranges:
        return NO_PAY
    first = ranges[0]
    text = salary_words(first)
    if len(ranges) > 1:
        text += f" (and {len(ranges) - 1} more)"
    return Fact(text=text, inferred=first.currency_inferred or first.unit_inferred)


@lru_cache(maxsize=4096)
def salary_words(salary: Salary) -> str:
    """Return one range in words: "€60,000–80,000 a year", "up to $45.50 an hour"."""
    text = _sign(salary.currency) + "–".join(amounts(salary))
    if not _usable(salary.min_value):
        text = f"up to {text}"
    elif not _usable(salary.max_value):
        text = f"from {text}"
    if salary.unit_text is not None:
        text += f" {_PERIOD[salary.unit_text]}"
    if salary.kind == "ote":
        text += " on target"
    missing = [] if salary.currency else ["currency"]
    missing += [] if salary.unit_text else ["period"]
    if missing:
        text += f" ({' and '.join(missing)} not stated)"
    if salary.zone:
        text += f" ({squeeze(salary.zone)[:40]})"
    return text


def arrangement(posting: Posting) -> Fact | None:
    """Say how far the work is remote; None when it simply is, as all on a page of remote jobs."""
    label = posting.arrangement
    if label is None:
        return Fact(text="remote not stated", stated=False)
    if label.value == "remote":
        return Fact(text="remote", inferred=True) if label.inferred else None
    where = _listed([_place_name(named) for named in posting.job_location])
    text = label.value.replace("_", " ")
    if where and where != place(posting).text:
        text += f" in {where}"
    return Fact(text=text, inferred=label.inferred)


def tags(posting: Posting, most: int) -> list[str]:
    """Return the skills, then the board's tags, each once, none empty, at most `most`."""
    found: dict[str, str] = {}
    for tag in [label.value for label in posting.skills] + list(posting.tags):
        key, shown = _tag(tag)
        if key:
            found.setdefault(key, shown)
            if len(found) == most:
                break
    return list(found.values())


@lru_cache(maxsize=8192)
def _tag(tag: str) -> tuple[str, str]:
    """Return what a tag is compared by (empty when it is none), and how it is shown."""
    shown = squeeze(tag)
    key = fold(shown)
    good = len(shown) <= 40 and any(letter.isalnum() for letter in key) and not is_void(key)
    return (key if good else ""), shown


def is_void(text: str) -> bool:
    """Say whether a value is a program's word for nothing, which no reader may see."""
    return len(text) < 40 and fold(text.strip()) in _VOID


def posted(opening: Opening, taken_at: datetime) -> tuple[datetime, bool]:
    """Return when an opening was posted, and whether the board said so; never in the future."""
    when, stated = query.posted(opening)
    return min(when, taken_at), stated


def age(opening: Opening, taken_at: datetime, style: str) -> str:
    """Return the age in whole days ("10 days ago") or, by `style` "date", the day it was posted.

    Days are counted between calendar days in UTC, so a page is the same all day long.
    """
    when, stated = posted(opening, taken_at)
    lead = "" if stated else "first seen "
    if style == "date":
        return lead + day(when)
    days = (taken_at.date() - when.date()).days
    return lead + ("today" if days == 0 else "1 day ago" if days == 1 else f"{days} days ago")


def day(when: date) -> str:
    """Return "24 Nov 2026": the same in every locale of the machine."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


@lru_cache(maxsize=512)
def country(code: str) -> str:
    """Return the English name of an ISO 3166-1 alpha-2 code; the code when there is none."""
    return _SHORT.get(code) or str(Locale("en").territories.get(code, code))


def region(word: str) -> str:
    """Return the name of a region: "latam" is "Latin America"."""
    return _REGION.get(word) or " ".join(part.capitalize() for part in word.split("_"))


def _eligible(eligibility: Eligibility) -> Fact | None:
    """Say who may apply, or None when nothing is stated about it."""
    labels: list[Label] = [
        *eligibility.regions,
        *eligibility.countries,
        *eligibility.subdivisions,
        *eligibility.excluded,
    ]
    parts = _by_country([label.value for label in eligibility.subdivisions])
    named = [region(label.value) for label in eligibility.regions]
    named += [country(label.value) for label in eligibility.countries if label.value not in parts]
    named += [f"{_listed(names)} ({country(code)})" for code, names in parts.items()]
    text = ""
    if eligibility.anywhere is not None:
        text = "Anywhere"
        labels.append(eligibility.anywhere)
    elif named:
        text = f"{_listed(named)} only"
    if eligibility.excluded:
        codes = [label.value for label in eligibility.excluded]
        refused = _listed([subdivision(code) if "-" in code else country(code) for code in codes])
        text += f" except {refused}" if text else f"not {refused}"
    if eligibility.utc_offsets:
        text += (", " if text else "") + _offsets(eligibility.utc_offsets)
        if eligibility.timezone is not None:
            labels.append(eligibility.timezone)
    if not text:
        return None
    return Fact(text=text, inferred=any(label.inferred for label in labels))


def _offsets(offsets: tuple[float, ...]) -> str:
    """Return "UTC-5 to UTC+2"."""
    low, high = min(offsets), max(offsets)
    ends = [low] if low == high else [low, high]
    return "time zones " + " to ".join(f"UTC{end:+g}" for end in ends)


def _place_name(where: Place) -> str:
    """Return "Berlin, Germany" from what is known of a place, the narrowest first."""
    parts = [where.city] if where.city else []
    if where.country:
        parts.append(country(where.country))
    elif where.region:
        parts.append(region(where.region))
    return ", ".join(parts) or squeeze(where.text)[:60]


def _by_country(codes: list[str]) -> dict[str, list[str]]:
    """Return the names of subdivisions by their country: they narrow it, where it is named too."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code.partition("-")[0], []).append(subdivision(code))
    return found


def _listed(names: list[str]) -> str:
    """Return names once each: "Germany or Austria", "Spain, Italy, Malta, Cyprus + 2 more"."""
    if len(names) < 2:
        return names[0] if names else ""
    once = [name for name in dict.fromkeys(names) if name]
    if len(once) > _SHOWN:
        return f"{', '.join(once[:_SHOWN])} + {len(once) - _SHOWN} more"
    return " or ".join([", ".join(once[:-1]), once[-1]]) if len(once) > 1 else "".join(once)


def amounts(salary: Salary) -> list[str]:
    """Return the one or two numbers of a range, smaller first, as written in English."""
    ends = {end for end in (salary.min_value, salary.max_value) if _usable(end)}
    return [f"{end:,.0f}" if end == int(end) else f"{end:,.2f}" for end in sorted(ends)]


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
