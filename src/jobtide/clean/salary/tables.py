"""The tables of `salary`, read once: currencies, words, exchange rates, and patterns from them."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

#: Signs that several currencies share: what is meant follows from the place, or from nothing.
SHARED = {"$": "USD", "kr": None, "kr.": None, "Kr": None, ":-": None, "Rs": "INR", "Rs.": "INR"}


class Currency(Struct, frozen=True, kw_only=True):
    """One row of currencies.toml."""

    code: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    #: largest figure read as pay for this period when none is written
    hour: float
    day: float
    month: float


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("jobtide.clean.salary").joinpath(name).read_text("utf-8"))


@cache
def rates() -> dict[str, float]:
    """Return how many units of each currency one euro is, as rates.toml has it."""
    return {code: float(rate) for code, rate in _read("rates.toml")["per_euro"].items()}


@cache
def rates_as_of() -> str:
    """Return the day of the rates, as an ISO date."""
    return str(_read("rates.toml")["as_of"])


@cache
def currencies() -> dict[str, Currency]:
    """Return every currency by its ISO 4217 code, with sizes filled in from the dollar's."""
    rows = _read("currencies.toml")
    usual = rows["USD"]
    found = {}
    for code, row in rows.items():
        scale = rates()[code] / rates()["USD"]
        found[code] = Currency(
            code=code,
            before=tuple(row.get("before", ())),
            after=tuple(row.get("after", ())),
            countries=tuple(row.get("countries", ())),
            hour=row.get("hour", usual["hour"] * scale),
            day=row.get("day", usual["day"] * scale),
            month=row.get("month", usual["month"] * scale),
        )
    return found


@cache
def by_country() -> dict[str, str]:
    """Return the currency a shared sign means in a country: {"CA": "CAD", "SE": "SEK", ...}."""
    return {land: row.code for row in currencies().values() for land in row.countries}


@cache
def signs() -> dict[str, str]:
    """Return what each way of writing a currency stands for; shared signs stand for themselves."""
    found = {}
    for row in currencies().values():
        for written in (
            row.code,
            row.code.lower(),
            row.code.capitalize(),
            *row.before,
            *row.after,
        ):
            found[written] = row.code
    return found | {sign: sign for sign in SHARED}


def words(*path: str) -> list[str]:
    """Return one list of words.toml."""
    found: Any = _read("words.toml")
    for key in path:
        found = found[key]
    return [str(word) for word in found]


def alternation(listed: list[str]) -> str:
    """Return a pattern for any of the words, the longest first; "*" stands for any letters."""
    special = {"*": r"\w*", " ": r"\s+"}
    return _branches(
        [[special.get(letter, re.escape(letter)) for letter in word] for word in listed]
    )


def whole(listed: list[str]) -> str:
    """Return a pattern for any of the words standing alone."""
    return rf"(?<!\w)(?:{alternation(listed)})(?!\w)"


def exact(listed: list[str]) -> str:
    """Return a pattern for any of the strings as they are, the longest first."""
    return _branches([[re.escape(letter) for letter in one] for one in listed])


def _branches(words: list[list[str]]) -> str:
    """Return a pattern for any of the words, with their common beginnings written once.

    Hundreds of words side by side would be tried one after the other at every place.
    """
    ends = any(not word for word in words)
    tails: dict[str, list[list[str]]] = {}
    for word in words:
        if word:
            tails.setdefault(word[0], []).append(word[1:])
    if not tails:
        return ""
    branches = [head + _branches(rest) for head, rest in tails.items()]
    if ends:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
