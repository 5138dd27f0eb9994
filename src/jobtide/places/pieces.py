"""
A place line taken apart: the names in it, and what stands between them.

The longest name of the table wins ("New South Wales" before "Wales"). What is no name is either
decoration ("office", "area", "only") or a foreign word, which makes the names beside it doubtful.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

import msgspec

from jobtide.places.names import key
from jobtide.places.regions import WORDS
from jobtide.places.table import SUBDIVISIONS, Meaning, meanings, openings

#: Weight of a city that is known by its name alone.
LARGE: Final = 600
LONGEST_NAME: Final = 9  # words: "isole georgia del sud e sandwich australi"

ANYWHERE: Final = {
    key(form)
    for form in (
        "anywhere|anywhere in the world|anywhere on earth|anywhere in world|worldwide|world wide|"
        "world|earth|planet earth|everywhere|global|globally|weltweit|monde entier|dans le monde "
        "entier|partout dans le monde|mondial|todo el mundo|en todo el mundo|mundial|cualquier "
        "lugar|qualquer lugar|cualquier lugar del mundo|all countries|any country|any location|"
        "location independent|location agnostic|no location restriction|no location restrictions|"
        "wereldwijd|in tutto il mondo|по всему миру|全球|世界中|anywhere worldwide|from anywhere|"
        "around the world|all over the world|work from anywhere|no restrictions|rest of world"
    ).split("|")
}
#: Words that leave the names beside them what they are.
_DECORATION: Final = set(
    """
    remote remotely remoto remota hybrid hybride onsite site on in person office offices based base
    home house hq headquarters headquarter only preferred preferably friendly fully full time 100
    area areas metro metropolitan greater region regional city town county province state district
    of the a an or and und et y e o oder ou plus from work working location locations flexible
    candidates residents resident applicants us-based within near around hub campus all any zone
    timezone timezones possible optional option eligible available permanently permanent
    temporarily north south east west central downtown de la le du del do da der die das den el los
    las cedex via to for hours multiple various other statewide nationwide countrywide wide travel
    required also position role job jobs team employees must department voivodeship oblast
    prefecture governorate canton territory municipality parish borough nationally be live living
    locals local zip first st street avenue ave road rd at is are not but with open sowie
    bundesweit deutschlandweit dnu h f m d x
    """.split()
)
_WORD: Final = re.compile(r"[^\W_]+")
#: First words of the names of regions and of "anywhere"; see also `table.openings`.
_FIRST: Final = {name.partition(" ")[0] for name in (*ANYWHERE, *WORDS) if " " in name}
_LIST_WORDS: Final = {"or", "and", "oder", "und", "ou", "et", "y", "o", "e", "of", "eller", "och"}
_LISTING: Final = {"or", "and", "oder", "und", "ou", "et", "y", "eller", "och", "lub", "i"}


#: Codes that are believed in titles and prose, where "AI", "HR" and "IT" are no countries.
_STATES: Final = SUBDIVISIONS["US"] | SUBDIVISIONS["CA"] | SUBDIVISIONS["AU"]


class Piece(msgspec.Struct, gc=False):
    """One name, code or word of a place line."""

    text: str
    start: int
    end: int
    kind: str  #: "place" | "code" | "region" | "anywhere" | "decoration" | "word"
    before: str  #: what divides it from the piece before: "" "-" "," "list" "group"
    name: str = ""  #: made by `names.key`
    meanings: tuple[Meaning, ...] = ()
    meant: Meaning | None = None  #: filled by `resolve`
    dropped: bool = False
    after_town: bool = False  #: a code after a comma and a town the table does not hold
    doubted: bool = False  #: dropped because two places claim it
    doubtful: bool = False  #: foreign words stand in the same part


def take_apart(text: str, *, cities: bool = True) -> list[Piece]:
    """Return the pieces of a place line, in order; without `cities` those are no places."""
    pieces = list(iterate(text, cities=cities))
    _mark_doubtful(pieces)
    for name, kind in pairwise(pieces):
        if name.kind == "place" and kind.name in _AREA_KINDS and not kind.before:
            areas = tuple(meaning for meaning in name.meanings if meaning.kind == "subdivision")
            name.meanings = tuple(one for one in areas if one.country != "US") or name.meanings
    for town, code in pairwise(pieces):
        unknown = town.kind == "word" and town.text[:1].isupper() and not town.text.isupper()
        code.after_town = code.kind == "code" and code.before == "," and unknown
    return pieces


def iterate(text: str, *, cities: bool = True) -> Iterator[Piece]:
    """Yield the pieces one by one, before it is known which of them are doubtful."""
    words = [
        (match.group(), key(match.group()), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]
    at, stop, listed = 0, 0, False
    while at < len(words):
        raw, folded, start, end = words[at]
        gap = _divider(text[stop:start]) if at else "group"
        if folded in _LISTING and not _is_code_position(text, raw, start, end):
            listed, stop, at = True, end, at + 1
            continue
        size, kind, found = _longest(text, words, at, cities)
        end = words[at + size - 1][3]
        yield Piece(
            text=text[start:end],
            start=start,
            end=end,
            kind=kind,
            before="list" if listed and gap in {"", "-", ","} else gap,
            name=" ".join(word[1] for word in words[at : at + size]),
            meanings=found,
        )
        at, stop, listed = at + size, end, False


def _is_code_position(text: str, raw: str, start: int, end: int) -> bool:
    """Tell "Portland, OR" from "Portland or Salem": capitals after a comma, before an end."""
    if raw != "OR":
        return False
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" 0123456789-")
    return before[-1:] in ",-/(;" and (not after or after[0] in ",;)/|" or after[:3] == "or ")


@lru_cache(maxsize=2048)
def _divider(gap: str) -> str:
    """Return the kind of what stands between two words; few kinds of gaps are ever met."""
    if any(mark in gap for mark in ";|\n•·>"):
        return "group"
    if any(mark in gap for mark in "/&+"):
        return "list"
    if any(mark in gap for mark in ",()[]:،、") or re.search(r"\s[-–—~]+|[-–—]\s|[–—]", gap):
        return ","
    return "-" if "-" in gap or "_" in gap else ""


def _longest(
    text: str, words: list[tuple[str, str, int, int]], at: int, cities: bool
) -> tuple[int, str, tuple[Meaning, ...]]:
    """Return how many words the longest name at `at` has, its kind and its meanings."""
    name, longest = "", (1, "", ())
    hard = 0  # what the name runs across: 1 a stroke or "&", 2 a comma or bracket
    first = words[at][1]
    reach = LONGEST_NAME if first in _FIRST or first in openings() else 1
    for size, word in enumerate(words[at : at + reach], 1):
        if size > 1:
            gap = _divider(text[words[at + size - 2][3] : word[2]])
            if gap == "group":
                break
            hard = max(hard, {"list": 1, ",": 2}.get(gap, 0))
        name = f"{name} {word[1]}" if name else word[1]
        kind, found = _named(name, cities)
        if kind and (not hard or _crosses(name, kind, found, hard)):
            longest = (size, kind, found)  # type: ignore[assignment]
    size, kind, found = longest
    raw = text[words[at][2] : words[at + size - 1][3]]
    if size == 1 and len(words[at][1]) <= 3 and words[at][1].isascii():
        return 1, *_short(raw, words[at][1], kind, found, alone=len(words) == 1, cities=cities)
    if not kind:
        kind = "decoration" if words[at][1] in _DECORATION or raw.isdigit() else "word"
    return size, kind, found


def _named(name: str, cities: bool) -> tuple[str, tuple[Meaning, ...]]:
    if name in ANYWHERE:
        return "anywhere", ()
    if name in WORDS:
        return "region", ()
    found = meanings(name)
    if found and not cities:
        return _without_cities(found)
    return ("place", found) if found else ("", ())


def _without_cities(found: tuple[Meaning, ...]) -> tuple[str, tuple[Meaning, ...]]:
    """Leave out the cities of a name; a name that means a large one first is no state's."""
    areas = tuple(meaning for meaning in found if meaning.kind != "city")
    largest = max(found, key=lambda meaning: meaning.weight)
    if not areas or (
        largest.weight >= LARGE and all(area.country != largest.country for area in areas)
    ):
        return "city", ()
    return "place", areas


#: Names that are written with a comma, bracket or dash inside.
_CROSSING: Final = set(
    "washington dc|washington d c|dallas fort worth|raleigh durham|asia pacific|congo kinshasa|"
    "congo brazzaville|hong kong china|hong kong sar|macao china|macau china|taiwan china".split(
        "|"
    )
)


def _crosses(name: str, kind: str, found: tuple[Meaning, ...], hard: int) -> bool:
    """Tell "Congo, The Democratic Republic of the" and "Wallis & Futuna" from two places."""
    spaces = name.count(" ")
    if kind == "region":
        return spaces >= 2 or name in _CROSSING
    country = any(meaning.kind == "country" for meaning in found)
    return name in _CROSSING or (country and spaces >= hard)


def _short(
    raw: str, name: str, kind: str, found: tuple[Meaning, ...], *, alone: bool, cities: bool
) -> tuple[str, tuple[Meaning, ...]]:
    """Judge a word of three letters or less: a code in capitals, a known one, or a word."""
    if raw in {"NSW", "VIC", "QLD", "TAS"}:
        return "code", ()
    if raw.isupper() or (alone and kind):
        if kind == "region" or (kind == "place" and len(raw) > 2):
            return kind, found
        if kind == "place" and name in {"us", "uk", "nz", "sf", "gb"}:
            return kind, found
        if len(raw) in {2, 3} and (cities or raw in _STATES):
            return "code", found
    if name == "usa" or (
        kind == "place" and raw[:1].isupper() and len(raw) == 3 and found[0].weight > 900
    ):
        return kind, found
    if kind == "region" and raw[:1].isupper():
        return kind, found
    return ("decoration" if name in _DECORATION or raw.isdigit() else "word"), ()


#: Kinds of areas the United States do not have: "San José Province" is not in California.
_AREA_KINDS: Final = set(
    "province department prefecture governorate oblast canton voivodeship".split()
)
#: Codes of states that are words: believed only after a comma, a stroke or a city.
_WORDLIKE: Final = set("OK IN OR ME HI ON".split())
#: What binds a river or a neighbour to a town's name: "Mülheim an der Ruhr".
_BINDING: Final = set(
    "an am im bei der den dem in ob upon on sur sous en les nad pod na del do da".split()
)


def _foreign(part: list[Piece], at: int) -> bool:
    """Tell whether a piece is a word that is no part of a town's name."""
    bound = at >= 2 and part[at - 1].name in _BINDING and part[0].kind == "place"
    return part[at].kind == "word" and not bound


def _mark_doubtful(pieces: list[Piece]) -> None:
    """Mark the names that share their part with foreign words."""
    part: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is None or (piece.before and part):
            for one, after in pairwise(part):
                if one.kind == "code" and not after.text.isdigit() and after.kind != "decoration":
                    one.kind = "word"  # "REMOTE IN BERLIN"
                if after.text in _WORDLIKE and after.kind == "code" and one.kind != "place":
                    after.kind = "word"  # "2 days remote OK"
            if any(_foreign(part, at) for at in range(len(part))):
                for one in part:
                    one.doubtful = True
            part = []
        if piece is not None:
            part.append(piece)
