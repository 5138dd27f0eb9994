"""`read`: what one place line says: where, from where, on what terms and in which hours."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

import msgspec

from jobtide.model import Place
from jobtide.places.names import mend
from jobtide.places.pieces import Piece, take_apart
from jobtide.places.regions import BROADER, WORDS
from jobtide.places.resolve import resolve
from jobtide.places.table import countries
from jobtide.places.workplace import Workplace, blank_on_site, find_workplace
from jobtide.places.zones import find_zones

#: Longer is no place line; what follows is not read.
LONGEST_LINE: Final = 1500


class PlaceReading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a place line says. Codes are ISO 3166; everything empty means: not stated."""

    places: tuple[Place, ...] = ()  #: what it names, narrowest level first, in order
    countries: tuple[str, ...] = ()  #: alpha-2, of every place, in order, each once
    subdivisions: tuple[str, ...] = ()  #: ISO 3166-2
    #: Wide words of REGIONS; a narrow one ("eastern_europe") stands in `places` and here as the
    #: region around it, a small group ("dach") as its countries.
    regions: tuple[str, ...] = ()
    anywhere: bool = False  #: the whole world, in so many words
    workplace: Workplace | None = None
    workplace_text: str = ""  #: the words that say so
    utc_offsets: tuple[float, ...] = ()  #: hours from UTC, standard time, ascending
    overlap_h: float | None = None  #: hours a day to share with those offsets
    excluded: tuple[str, ...] = ()  #: alpha-2 and ISO 3166-2 codes that are refused
    ambiguous: tuple[str, ...] = ()  #: names and codes we refuse to guess


_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_NATION_FLAG: Final = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")  # England, Scotland, Wales
_EXCEPT: Final = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|excludes?|excl\.?|but not|not in|other than|"
    r"(?<=anywhere )but|apart from|outside(?: of)?|ausser|außer|sauf|hors|excepto|exceto|salvo)\b"
    r"[^;)\n]*",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"^\W*(?:\d+|multiple|various|several|many)\s+locations?\W*$", re.I)


@lru_cache(maxsize=16384)
def read(text: str) -> PlaceReading:
    """Return what a place line as boards write it says.

    `text` is one line such as "Remote - US (EST hours)" or "US-CA-San Francisco"; more than
    LONGEST_LINE characters are not read. Never raises.
    """
    text = mend(text[:LONGEST_LINE])
    if _COUNT.match(text):
        return PlaceReading()
    zones = find_zones(text)
    workplace = find_workplace(text)
    line, known = _flags(text)
    line = blank_on_site(line)  # "ON-SITE" is not in Ontario
    for start, end in zones.spans:
        line = line[:start] + re.sub(r"[^\n]", " ", line[start:end]) + line[end:]
    line, excluded = _exclusions(line)
    reading = read_places(line, flags=known)
    return msgspec.structs.replace(
        reading,
        workplace=workplace[0] if workplace else None,
        workplace_text=workplace[1] if workplace else "",
        utc_offsets=zones.offsets,
        overlap_h=zones.overlap_h,
        excluded=excluded,
    )


@lru_cache(maxsize=8192)
def read_places(text: str, *, cities: bool = True, flags: tuple[str, ...] = ()) -> PlaceReading:
    """Return only the places of `text`; without `cities` only countries, states and regions."""
    pieces = take_apart(text, cities=cities)
    known = set(flags)
    ambiguous = resolve(pieces, known)
    meant = [piece for piece in pieces if piece.meant and not piece.dropped]
    named = [piece.meant.country for piece in meant if piece.meant]
    words = tuple(dict.fromkeys(WORDS[p.name] for p in pieces if p.kind == "region"))
    regions, members = _widened(words)
    everyone = tuple(dict.fromkeys([*flags, *named, *members]))
    narrow = dict.fromkeys(code for piece in meant if (code := _subdivision(piece)))
    return PlaceReading(
        places=_places(pieces, flags),
        countries=everyone,
        subdivisions=tuple(narrow),
        regions=regions,
        anywhere=_anywhere(pieces, bool(everyone or regions)),
        ambiguous=tuple(dict.fromkeys(piece.text for piece in ambiguous)),
    )


def _widened(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return region words in the wide vocabulary, and the countries of small groups."""
    regions: dict[str, None] = {}
    members: dict[str, None] = {}
    for word in words:
        wide, countries_of = BROADER.get(word, ((word,), ()))
        regions |= dict.fromkeys(wide)
        members |= dict.fromkeys(countries_of)
    return tuple(regions), tuple(members)


def _subdivision(piece: Piece) -> str:
    return (piece.meant.subdivision if piece.meant else None) or ""


def _flags(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without flag emoji, and their countries."""
    if text.isascii():
        return text, ()
    codes = []
    for match in _FLAG.finditer(text):
        code = "".join(chr(ord(letter) - 0x1F1E6 + 65) for letter in match.group())
        if code in countries():
            codes.append(code)
    if _NATION_FLAG.search(text):
        codes.append("GB")
    blank = _NATION_FLAG.sub(lambda flag: " " * len(flag.group()), text)
    return _FLAG.sub("  ", blank), tuple(codes)


def _exclusions(text: str) -> tuple[str, tuple[str, ...]]:
    match = _EXCEPT.search(text)
    if not match:
        return text, ()
    found = read_places(match.group())
    narrow = {code[:2] for code in found.subdivisions}
    codes = [*found.subdivisions, *(code for code in found.countries if code not in narrow)]
    return text[: match.start()] + ";" + text[match.end() :], tuple(codes)


#: "Anywhere" gives way to any place beside it; these do so only inside its own part.
_SOFT_ANYWHERE: Final = set(
    "anywhere|from anywhere|work from anywhere|global|globally|everywhere|any location|"
    "any country|location independent|location agnostic|no restrictions".split("|")
)


def _anywhere(pieces: list[Piece], restricted: bool) -> bool:
    """Tell whether the line says "the whole world", and does not take it back."""
    for piece, after in pairwise([*pieces, None]):
        if piece is None or piece.kind != "anywhere":
            continue
        brand = piece.doubtful and piece.name in {"global", "globally", "world", "earth"}
        bounded = piece.doubtful and after is not None and after.name in {"in", "within"}
        if not brand and not bounded and not (restricted and piece.name in _SOFT_ANYWHERE):
            return True
    return False


def _places(pieces: list[Piece], flags: tuple[str, ...]) -> tuple[Place, ...]:
    """Return one place for each line's chain of city, state and country."""
    found: list[Place] = []
    fresh = True
    for piece in pieces:
        fresh = fresh or piece.before in {"group", "list"}
        if piece.kind == "region":
            found.append(Place(region=WORDS[piece.name], text=piece.text))
            fresh = True
        elif piece.meant and not piece.dropped:
            place = _place(piece)
            joined = None if fresh or not found else _join(found[-1], place)
            if joined is None:
                found.append(place)
            else:
                found[-1] = joined
            fresh = False
    missing = [code for code in flags if all(place.country != code for place in found)]
    return (*found, *(Place(country=code) for code in missing))


def _place(piece: Piece) -> Place:
    meant = piece.meant
    if meant is None:
        return Place(text=piece.text)
    return Place(
        country=meant.country, subdivision=meant.subdivision, city=meant.city, text=piece.text
    )


def _join(first: Place, second: Place) -> Place | None:
    """Return the two as one place when they are levels of one, else None."""
    if first.country is None or first.country != second.country:
        return None
    if first.city and second.city and first.city != second.city:
        return None
    states = {first.subdivision, second.subdivision} - {None}
    if len(states) > 1 and not (first.city and second.city is None):
        return None
    return Place(
        country=first.country,
        subdivision=second.subdivision or first.subdivision,
        city=first.city or second.city,
        text=f"{first.text}, {second.text}",
    )
