"""Where one may apply from and where the work is, in words."""

from functools import lru_cache

from babel import Locale

from jobtide.model import Eligibility, Place, Posting
from jobtide.publish.fact import Fact, listed
from jobtide.publish.subdivisions import subdivision
from jobtide.text import fold, squeeze

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
#: Place lines that say how, not where: they answer nothing.
_NO_PLACE = frozenset(["", "remote", "fully remote", "100% remote", "remote job", "n/a", "none"])

#: Hours between the first and the last time zone from which naming both says nothing: the USA
#: with all islands reach from UTC-10 to UTC+14.
_ROUND_THE_CLOCK = 20

NO_PLACE = Fact(text="place not stated", stated=False)


def place(posting: Posting) -> Fact:
    """Say from where one may apply; else where the work is; else what the board wrote."""
    said = _eligible(posting.eligibility) if posting.eligibility is not None else None
    if said is not None:
        return said
    names = listed([place_name(where) for where in posting.job_location])
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
    names = listed([place_name(where) for where in posting.job_location])
    written = squeeze(posting.location_text or "")
    return names or ("" if fold(written) in _NO_PLACE else written[:160])


@lru_cache(maxsize=512)
def country(code: str) -> str:
    """Return the English name of an ISO 3166-1 alpha-2 code; the code when there is none."""
    return _SHORT.get(code) or str(Locale("en").territories.get(code, code))


def region(word: str) -> str:
    """Return the name of a region: "latam" is "Latin America"."""
    return _REGION.get(word) or " ".join(part.capitalize() for part in word.split("_"))


def _eligible(eligibility: Eligibility) -> Fact | None:
    """Say who may apply, or None when nothing is stated about it."""
    regions, countries = eligibility.regions, eligibility.countries
    subdivisions, excluded = eligibility.subdivisions, eligibility.excluded
    anywhere, offsets = eligibility.anywhere, eligibility.utc_offsets
    if not (regions or subdivisions or excluded or offsets or anywhere):  # the most frequent
        if not countries:
            return None
        inferred = any([label.inferred for label in countries])
        return _said(False, (), tuple([label.value for label in countries]), (), (), (), inferred)
    groups = (regions, countries, subdivisions, excluded)
    used = [label for group in groups for label in group]
    if anywhere is not None:
        used.append(anywhere)
    if offsets and eligibility.timezone is not None:
        used.append(eligibility.timezone)
    return _said(
        anywhere is not None,
        *[tuple([label.value for label in group]) for group in groups],
        offsets,
        any([label.inferred for label in used]),
    )


@lru_cache(maxsize=4096)
def _said(
    anywhere: bool,
    regions: tuple[str, ...],
    countries: tuple[str, ...],
    subdivisions: tuple[str, ...],
    excluded: tuple[str, ...],
    offsets: tuple[float, ...],
    inferred: bool,
) -> Fact | None:
    """Say who may apply, from the values alone: few sentences serve all postings."""
    parts = _by_country(subdivisions)
    named = [region(word) for word in regions]
    named += [country(code) for code in countries if code not in parts]
    named += [f"{listed(names)} ({country(code)})" for code, names in parts.items()]
    text = "Anywhere" if anywhere else f"{listed(named)} only" if named else ""
    if excluded:
        refused = listed(
            [subdivision(code) if "-" in code else country(code) for code in excluded]
        )
        text += f" except {refused}" if text else f"not {refused}"
    if offsets and max(offsets) - min(offsets) < _ROUND_THE_CLOCK:
        text += (", " if text else "") + _offsets(offsets)
    return Fact(text=text, inferred=inferred) if text else None


def _offsets(offsets: tuple[float, ...]) -> str:
    """Return "UTC-5 to UTC+2"."""
    low, high = min(offsets), max(offsets)
    ends = [low] if low == high else [low, high]
    return "time zones " + " to ".join(f"UTC{end:+g}" for end in ends)


def place_name(where: Place) -> str:
    """Return "Berlin, Germany" from what is known of a place, the narrowest first."""
    parts = [where.city] if where.city else []
    if where.country:
        parts.append(country(where.country))
    elif where.region:
        parts.append(region(where.region))
    return ", ".join(parts) or squeeze(where.text)[:60]


def _by_country(codes: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the names of subdivisions by their country: they narrow it, where it is named too."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code.partition("-")[0], []).append(subdivision(code))
    return found
