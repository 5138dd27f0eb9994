"""What a CV says, read by the same rules as postings: skills, level, kind of work. Pure."""

import re
from collections import Counter

from msgspec import Struct

from jobtide.classify.category import categories
from jobtide.classify.seniority import LEVELS, seniority
from jobtide.classify.skills import skills
from jobtide.errors import UsageError
from jobtide.text import squeeze

#: Lines at the top in which a person says what they are; titles of posts are this long at most.
_HEAD_LINES = 12
_LONGEST_TITLE = 90
_YEARS = re.compile(r"\b(\d{1,2})\+?\s*(?:years|yrs)\b", re.IGNORECASE)

#: Years of work -> level, when no title says it; the usual bounds of job advertisements.
_BY_YEARS = ((5, "senior"), (2, "mid"), (0, "junior"))


class Profile(Struct, frozen=True, kw_only=True):
    """What is looked for in openings."""

    skills: tuple[str, ...] = ()  #: strongest first
    level: str | None = None  #: a word of classify.seniority.LEVELS
    level_from: str = ""  #: the words that say so
    categories: tuple[str, ...] = ()
    country: str | None = None  #: ISO 3166-1 alpha-2 of where the person lives
    summary: str = ""  #: headline and skills, for comparing meanings


def profile_of(text: str, *, level: str | None = None, country: str | None = None) -> Profile:
    """Return what a CV says; `level` and `country` are what the person says besides.

    Raises:
        UsageError: there is no such level.
    """
    if level is not None and level not in LEVELS:
        raise UsageError(f"--level {level!r}: must be one of {', '.join(LEVELS)}")
    lines = [squeeze(line).lstrip("#*- ") for line in text.splitlines()]
    lines = [line for line in lines if line]
    titles = [line for line in lines[:_HEAD_LINES] if len(line) <= _LONGEST_TITLE]
    found = tuple(label.value for label in skills("", (), text))
    said, words = (level, "you said so") if level else _level(titles, text)
    kinds = Counter(
        label.value for line in titles for label in categories(line) if label.value != "other"
    )
    headline = ". ".join(titles[1:4])
    return Profile(
        skills=found,
        level=said,
        level_from=words,
        categories=tuple(name for name, _ in kinds.most_common(2)),
        country=country.upper() if country else None,
        summary=f"{headline}. {', '.join(found[:15])}"[:600],
    )


def _level(titles: list[str], text: str) -> tuple[str | None, str]:
    for line in titles:
        label = seniority(line)
        if label is not None:
            return label.value, line
    years = [(int(hit[1]), hit[0]) for hit in _YEARS.finditer(text) if int(hit[1]) <= 50]
    if not years:
        return None, ""
    most, words = max(years)
    return next(level for least, level in _BY_YEARS if most >= least), words
