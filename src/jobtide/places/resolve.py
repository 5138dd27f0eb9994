"""
Which of its meanings each name has, from the names beside it.

A name with one meaning decides; it decides for its neighbours ("Cambridge, Massachusetts"), then
for its line, then for the whole text. What is left goes to the far larger place, or to nobody.
"""

from itertools import pairwise
from typing import Final

from jobtide.places.codes import resolve_codes
from jobtide.places.pieces import Piece
from jobtide.places.table import Meaning, countries

#: Weights of names that are no cities, in the table's unit (thousands of people, times wealth):
#: a country is meant before a town of its name, a state before a town, a county is not.
_COUNTRY_WEIGHT: Final = 5000
_STATE_WEIGHT: Final = 6000
_SUBDIVISION_WEIGHT: Final = 400
#: The larger meaning must be this many times the next, or the name stays ambiguous.
_CLEARLY: Final = 1.5
#: Namesakes smaller than this share of the largest are nobody's first thought.
_NEGLIGIBLE: Final = 0.15
#: A country named far away settles a name only among places of like size.
_FAR: Final = 2.5
#: A city this large is believed among foreign words, or beside a country it does not lie in.
_FAMOUS: Final = 600
_WORLD_CITY: Final = 1500


def resolve(pieces: list[Piece], known: set[str]) -> list[Piece]:
    """Fill `meant` of every place and code; return those that stay ambiguous.

    `known` are countries that are certain from elsewhere (flags); it grows.
    """
    lines = _lines(pieces)
    for line in lines:
        for piece in line:
            _single_meaning(piece)
            if piece.meant and piece.meant.kind != "city":
                known.add(piece.meant.country)
    for line in lines:
        _demote_countries(line)
        resolve_codes(line, known)
        known |= {piece.meant.country for piece in line if piece.meant and piece.kind == "code"}
    for line in lines:
        _neighbours(line, known)
        _countries_among(line)
        _drop_strangers(line)
    return _by_weight(lines)


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.before == "group":
            lines.append([])
        if piece.kind in {"place", "code"}:
            lines[-1].append(piece)
    return [line for line in lines if line]


def _single_meaning(piece: Piece) -> None:
    """Settle a name all of whose meanings lie in one country."""
    if piece.kind != "place" or len({meaning.country for meaning in piece.meanings}) != 1:
        if piece.kind == "place" and _is_country(piece):
            piece.meant = next(m for m in piece.meanings if m.kind == "country")
        return
    if any(meaning.plain for meaning in piece.meanings):
        return
    piece.meant = _best(piece.meanings)


def _is_country(piece: Piece) -> bool:
    """Tell whether a name is a country's, and no state of the United States has it too."""
    kinds = {meaning.kind for meaning in piece.meanings}
    state = any((m.subdivision or "")[:3] == "US-" and m.kind != "city" for m in piece.meanings)
    return "country" in kinds and not state


def _best(meanings: tuple[Meaning, ...] | list[Meaning]) -> Meaning:
    """Return the narrowest sure meaning of one country: the city, unless states disagree."""
    cities = [meaning for meaning in meanings if meaning.kind == "city"]
    others = [meaning for meaning in meanings if meaning.kind != "city"]
    if any(meaning.kind == "country" for meaning in others):
        return next(meaning for meaning in others if meaning.kind == "country")
    if not cities:
        return others[0]
    largest = max(cities, key=lambda meaning: meaning.weight)
    states = {m.subdivision for m in others if m.country in {"US", "CA"}}
    if states - {largest.subdivision} and largest.weight < _WORLD_CITY:
        return next(m for m in others if m.country in {"US", "CA"})
    if states - {largest.subdivision}:  # "Washington": the state or the city
        return Meaning("city", largest.country, None, None, largest.weight)
    if len(cities) > 1 and largest.country == "US":
        rest = sorted((meaning.weight for meaning in cities), reverse=True)
        if rest[0] < _CLEARLY * rest[1]:
            return Meaning("city", largest.country, None, largest.city, largest.weight)
    return largest


def _demote_countries(line: list[Piece]) -> None:
    """Read "Lebanon, NH" as a town: a country is not followed by a state's code."""
    for piece, after in pairwise(line):
        town = any(meaning.kind == "city" for meaning in piece.meanings)
        code = after.kind == "code" and len(after.text) == 2 and after.before == ","
        if town and code and piece.meant and piece.meant.kind == "country":
            piece.meanings = tuple(m for m in piece.meanings if m.kind == "city")
            piece.meant = None


def _neighbours(line: list[Piece], known: set[str]) -> None:
    """Settle names by the settled ones beside them, from the right: the country ends a line."""
    for at in range(len(line) - 1, -1, -1):
        piece = line[at]
        if piece.kind != "place" or piece.dropped or len(piece.meanings) == 1:
            continue
        if piece.meant and piece.meant.kind == "country":
            continue
        before = line[at - 1] if at else None
        after = line[at + 1] if at + 1 < len(line) and line[at + 1].before != "list" else None
        if piece.before == "list":
            before = None
        here = {one.meant.country for one in line if one.meant and one is not piece}
        scores = [(_fit(m, before, after, here, known), m) for m in piece.meanings]
        best = max(score for score, _ in scores)
        fitting = [meaning for score, meaning in scores if score == best]
        plain = any(meaning.plain for meaning in fitting)
        needed = 4 if piece.meant else 3 if plain or _outshone(fitting, piece) else 1
        if best >= needed and len({meaning.country for meaning in fitting}) == 1:
            piece.meant = _best(fitting)


def _outshone(fitting: list[Meaning], piece: Piece) -> bool:
    """Tell whether the fitting towns are small beside the city everyone means: "London; US"."""
    return max(map(_weight, piece.meanings)) > _FAR * max(map(_weight, fitting))


def _countries_among(line: list[Piece]) -> None:
    """Read "Georgia" as the country in a list of countries, none of them the United States."""
    settled = [piece.meant for piece in line if piece.meant]
    others = {meant.country for meant in settled if meant.kind == "country"}
    if not others or any(meant.country == "US" for meant in settled):
        return
    for piece in line:
        nations = [meaning for meaning in piece.meanings if meaning.kind == "country"]
        if piece.kind == "place" and piece.meant is None and nations:
            piece.meant = nations[0]


def _fit(
    meaning: Meaning, before: Piece | None, after: Piece | None, here: set[str], known: set[str]
) -> int:
    """Return how well a meaning goes with what stands beside it."""
    score = 0
    for other in (before, after):
        if other is None or other.dropped:
            continue
        if other.meant:
            score += _beside(meaning, other.meant)
        elif any(_is_state_of(option, meaning) for option in other.meanings):
            score += 3  # both open: "Athens, Georgia"
    if score == 0:
        score = 2 * (meaning.country in here) or 1 * (meaning.country in known)
    return score


def _beside(meaning: Meaning, other: Meaning) -> int:
    """Return how a settled neighbour supports a meaning: a state or country, hardly a city."""
    if meaning.country != other.country:
        return 0
    if other.kind == "city":
        return 1
    if meaning.subdivision and meaning.subdivision == other.subdivision:
        return 6
    mapped = meaning.kind == "city" and meaning.subdivision and other.subdivision
    return 0 if mapped else 3  # a town of another state is another town


def _is_state_of(option: Meaning, meaning: Meaning) -> bool:
    kinds = {option.kind, meaning.kind}
    return option.subdivision == meaning.subdivision is not None and kinds == {
        "city",
        "subdivision",
    }


def _drop_strangers(line: list[Piece]) -> None:
    """Drop towns that do not lie in the country their line names, and names among words."""
    sure = {
        piece.meant.country
        for piece in line
        if piece.meant and (piece.meant.kind != "city" or piece.kind == "code")
    }
    for at, piece in enumerate(line):
        if piece.kind != "place" or not all(m.kind == "city" for m in piece.meanings):
            continue
        weight = max(meaning.weight for meaning in piece.meanings)
        after = line[at + 1] if at + 1 < len(line) else None
        placed = after is not None and after.before in {",", "-", ""} and after.meant is not None
        abroad = bool(sure) and not any(meaning.country in sure for meaning in piece.meanings)
        if abroad and (weight < _WORLD_CITY or (placed and _holds(after, sure))):
            piece.dropped = True
        elif piece.doubtful and (weight < _FAMOUS or not piece.text[:1].isupper()):
            piece.dropped = piece.meant is None or piece.meant.country not in sure
        elif not piece.meant and any(m.plain for m in piece.meanings):
            piece.dropped = weight < _FAMOUS or len(line) > 1


def _holds(piece: Piece | None, sure: set[str]) -> bool:
    return (
        piece is not None
        and piece.meant is not None
        and (piece.meant.country in sure and piece.meant.kind != "city")
    )


def _by_weight(lines: list[list[Piece]]) -> list[Piece]:
    """Settle what is left by size; return what two places claim with equal right."""
    open_names: list[Piece] = []
    settled = {
        one.meant.country for line in lines for one in line if one.meant and not one.dropped
    }
    for line in lines:
        for piece in line:
            if piece.dropped and piece.doubted:
                open_names.append(piece)
            if piece.kind != "place" or piece.meant or piece.dropped:
                continue
            country = _clearly(piece, settled)
            if country is not None:
                piece.meant = _best([m for m in piece.meanings if m.country == country])
            else:
                open_names.append(piece)
    return open_names


def _clearly(piece: Piece, settled: set[str]) -> str | None:
    """Return the country of a name's far largest meaning; else the one the text names too."""
    floor = _NEGLIGIBLE * max(map(_weight, piece.meanings))
    totals: dict[str, float] = {}
    for meaning in piece.meanings:
        if (weight := _weight(meaning)) >= floor:
            totals[meaning.country] = totals.get(meaning.country, 0.0) + weight
    if len(totals) > 1 and all(meaning.kind == "subdivision" for meaning in piece.meanings):
        totals = dict.fromkeys(totals, 1.0)  # two provinces of one name: size says nothing
    ranked = sorted(totals.items(), key=lambda item: -item[1])
    largest = max(piece.meanings, key=_weight).country
    if ranked[0][0] == largest and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]):
        return largest
    shared = [country for country in totals if country in settled]
    return shared[0] if len(shared) == 1 else None


def _weight(meaning: Meaning) -> int:
    if meaning.kind == "country":
        return _COUNTRY_WEIGHT
    if meaning.kind == "subdivision":
        if meaning.country in {"US", "CA"}:
            return _STATE_WEIGHT
        return min(_SUBDIVISION_WEIGHT, countries()[meaning.country].weight // 60)
    return meaning.weight
