"""
What a reader came for, in words: can I apply, what does it pay, how old is it.

The same sentences for every publisher. What is not stated is said to be not stated; what was
concluded rather than read is marked `inferred`.
"""

from datetime import date, datetime
from functools import lru_cache

from jobtide import query
from jobtide.model import Opening, Posting
from jobtide.publish.fact import Fact, listed
from jobtide.publish.money import NO_PAY, amounts, pay, salary_words
from jobtide.publish.where import (
    NO_PLACE,
    country,
    open_to,
    place,
    place_name,
    region,
    work_place,
)
from jobtide.text import fold, squeeze

__all__ = [
    "NO_PAY",
    "NO_PLACE",
    "Fact",
    "age",
    "amounts",
    "arrangement",
    "country",
    "day",
    "is_void",
    "month",
    "open_to",
    "pay",
    "place",
    "posted",
    "region",
    "salary_words",
    "tags",
    "work_place",
]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

#: What programs write for nothing (JavaScript, JSON, Python).
_VOID = frozenset(["", "undefined", "null", "none", "nan", "[object object]"])
_LONGEST_VOID = 40  #: with what may stand around them


def arrangement(posting: Posting) -> Fact | None:
    """Say how far the work is remote; None when it simply is, as all on a page of remote jobs."""
    label = posting.arrangement
    if label is None:
        return Fact(text="remote not stated", stated=False)
    if label.value == "remote":
        return Fact(text="remote", inferred=True) if label.inferred else None
    where = listed([place_name(named) for named in posting.job_location])
    text = label.value.replace("_", " ")
    if where and where != place(posting).text:
        text += f" in {where}"
    return Fact(text=text, inferred=label.inferred)


def tags(posting: Posting, most: int) -> list[str]:
    """Return the skills, then the board's tags, each once, none empty, at most `most`."""
    found: dict[str, str] = {}
    for label in posting.skills:
        key, shown = _tag(label.value)
        if key and key not in found:
            found[key] = shown
            if len(found) == most:
                return list(found.values())
    for tag in posting.tags:
        key, shown = _tag(tag)
        if key and key not in found:
            found[key] = shown
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
    return len(text) < _LONGEST_VOID and fold(text.strip()) in _VOID


def posted(opening: Opening, taken_at: datetime) -> tuple[datetime, bool]:
    """Return when an opening was posted, and whether the board said so; never in the future."""
    when, stated = query.posted(opening)
    return min(when, taken_at), stated


def age(opening: Opening, taken_at: datetime, style: str) -> str:
    """Return the age in whole days ("10 days ago") or, by `style` "date", the day it was posted.

    Days are counted between calendar days in UTC, so a page is the same all day long.
    """
    when, stated = posted(opening, taken_at)
    return _age(when.date(), taken_at.date(), stated, style)


@lru_cache(maxsize=8192)
def _age(when: date, today: date, stated: bool, style: str) -> str:
    lead = "" if stated else "first seen "
    if style == "date":
        return lead + day(when)
    days = (today - when).days
    return lead + ("today" if days == 0 else "1 day ago" if days == 1 else f"{days} days ago")


def month(when: date) -> str:
    """Return "November 2026": the same in every locale of the machine."""
    return f"{_LONG_MONTHS[when.month - 1]} {when.year}"


def day(when: date) -> str:
    """Return "24 Nov 2026": the same in every locale of the machine."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
