"""
The table of places: names of countries, subdivisions and cities, and what they may mean.

`names.json` and `countries.json` are cut by `tools/build_places.py`, which names their sources.
They are read once, at the first look-up: importing jobtide stays quick.
"""

from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import msgspec


class Meaning(NamedTuple):
    """One thing a name may mean."""

    kind: str  #: "country" | "subdivision" | "city"
    country: str  #: ISO 3166-1 alpha-2
    subdivision: str | None = None  #: ISO 3166-2
    city: str | None = None  #: the city's name as GeoNames writes it
    weight: int = 0  #: thousands of people, times three in high-income economies
    plain: bool = False  #: the name is also a plain word: believe it only beside its country


class Country(msgspec.Struct, frozen=True):
    """What does not change about a country."""

    name: str
    alpha3: str
    weight: int  #: thousands of people, times three in high-income economies
    subdivisions: frozenset[str]  #: ISO 3166-2 codes in letters, without the country: "CT"
    offsets: tuple[float, ...]  #: standard UTC offsets of its zones, in hours


@cache
def countries() -> dict[str, Country]:
    """Return every country by its ISO 3166-1 alpha-2 code."""
    raw = files(__package__).joinpath("countries.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, Country])


@cache
def alpha3() -> dict[str, str]:
    """Return the alpha-2 code of every alpha-3 code."""
    return {fact.alpha3: code for code, fact in countries().items()}


def country_offsets(alpha2: str) -> tuple[float, ...]:
    """Return the standard UTC offsets of a country in hours, ascending; unknown: ().

    >>> country_offsets("PT")
    (-1.0, 0.0)
    """
    fact = countries().get(alpha2)
    return fact.offsets if fact else ()


@cache
def _names() -> dict[str, str]:
    raw = files(__package__).joinpath("names.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, str])


@lru_cache(maxsize=8192)
def meanings(name: str) -> tuple[Meaning, ...]:
    """Return all that `name`, made by `names.key`, may mean: countries, subdivisions, cities."""
    found = _names().get(name)
    if found is None:
        return ()
    return tuple(_meaning(name, row) for row in found.split(";"))


def _meaning(name: str, row: str) -> Meaning:
    kind, code, *rest = row.split(":")
    country = code[:2]
    if kind == "c":
        return Meaning("country", country)
    subdivision = code if len(code) > 2 else None
    if kind == "s":
        return Meaning("subdivision", country, subdivision)
    weight, city = rest[0], rest[1] if len(rest) > 1 else name.title()
    plain = weight.startswith("!")
    return Meaning("city", country, subdivision, city, int(weight.lstrip("!")), plain)
