"""
The table of places: names of countries, subdivisions and cities, and what they may mean.

`names.tsv` and `countries.json` are cut by `tools/build_places.py`, which names their sources.
They are read once, at the first look-up: importing jobtide stays quick.
"""

from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import msgspec

_US: Final = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
_CA: Final = "AB BC MB NB NL NS NT NU ON PE QC SK YT"
_AU: Final = "NSW VIC QLD TAS ACT SA WA NT"
_BR: Final = "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO"
_DE: Final = "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH"
_IN: Final = "AP AR AS BR CG DL GA GJ HP HR JH JK KA KL MH MP MN OD PB RJ SK TN TR TS UK UP WB"

#: Country -> the codes of its subdivisions that are written after a city. ISO 3166-2.
SUBDIVISIONS: Final[dict[str, frozenset[str]]] = {
    "US": frozenset(_US.split()),
    "CA": frozenset(_CA.split()),
    "AU": frozenset(_AU.split()),
    "BR": frozenset(_BR.split()),
    "DE": frozenset(_DE.split()),
    "IN": frozenset(_IN.split()),
}

#: The United States and provinces of Canada in English, as prose names them.
STATE_NAMES: Final = tuple(
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|"
    "hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|"
    "michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|"
    "new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|"
    "rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|"
    "west virginia|wisconsin|wyoming|ontario|quebec|british columbia|alberta|manitoba|"
    "nova scotia|saskatchewan|new brunswick".split("|")
)


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
    text = files(__package__).joinpath("names.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@cache
def openings() -> frozenset[str]:
    """Return the first words of all names of more than one word."""
    return frozenset(name.partition(" ")[0] for name in _names() if " " in name)


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
