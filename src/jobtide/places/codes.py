"""
What two or three capitals mean: "CA" is California, Canada or nothing, by what stands beside it.

Sources: ISO 3166-1 and 3166-2; the order of a United States postal address is "City, ST".
"""

from typing import Final

from jobtide.places.pieces import LARGE, Piece
from jobtide.places.table import SUBDIVISIONS, Meaning, alpha3, countries

#: Written without anything else only by the people of these two.
_FREELY: Final = ("US", "CA")
#: Codes that stand alone for a state and for a country about as often: these countries' boards
#: write "Remote - CO" too, while Morocco's do not write "Remote - MA".
_EITHER: Final = {"CA", "IN", "IL", "CO", "AR"}
#: Codes of countries that are never written so on a board, but are words or states.
_NEVER_COUNTRY: Final = set("LA ME AS TO SO AN NA CC PM TV VC AM AI PR ML HR BI CV QA".split())
#: The alpha-3 codes boards write; the others are words ("GTM", "PER", "AND") far more often.
_ALPHA3: Final = set(
    "USA CAN GBR DEU FRA ESP ITA NLD AUS NZL IND CHN JPN SGP BRA MEX ARG COL CHL IRL POL PRT ROU "
    "CZE AUT CHE NOR DNK BEL ZAF PHL MYS IDN VNM THA KOR TWN HKG TUR UKR EGY NGA KEN".split()
)


def as_country(code: str) -> str | None:
    """Return the alpha-2 code a code stands for as a country."""
    if code == "UK":
        return "GB"
    if len(code) == 3:
        return alpha3().get(code) if code in _ALPHA3 else None
    return code if code in countries() else None


def resolve_codes(line: list[Piece], known: set[str]) -> None:
    """Give every code of one place line its meaning, or drop it.

    `line` are the places and codes in order; `known` the countries the whole text names.
    """
    for at, piece in enumerate(line):
        if piece.kind == "code" and piece.meant is None:
            _beside(line, at, known)
    _runs(line, known)


def _state(country: str, code: str) -> Meaning:
    return Meaning("subdivision", country, f"{country}-{code}")


def _country(code: str) -> Meaning:
    return Meaning("country", code)


def _beside(line: list[Piece], at: int, known: set[str]) -> None:
    """Resolve the code at `at` by the pieces before and after it, when they decide."""
    piece = line[at]
    code = piece.text
    before = line[at - 1] if at and piece.before in {",", "-", ""} else None
    after = line[at + 1] if at + 1 < len(line) and line[at + 1].before in {",", "-"} else None
    nation = as_country(code)
    holder = _definite(after)
    if holder and code in countries()[holder].subdivisions:
        piece.meant = _state(holder, code)
    elif before is not None and before.meant and before.meant.country == nation:
        piece.meant = _country(nation) if nation else None
    elif _leads(line, at) and nation and after is not None and _has_country(after, nation):
        piece.meant = _country(nation)
    elif before is not None and (land := _definite(before)):
        followed = after is not None and holder is None and as_country(after.text) is None
        if code in SUBDIVISIONS.get(land, ()) and (piece.before == "-" or followed):
            piece.meant = _state(land, code)
    elif before is not None and before.kind == "place":
        _after_city(piece, before, known)


def _definite(piece: Piece | None) -> str | None:
    """Return the country of a piece that names a country and nothing else."""
    if piece is None:
        return None
    if piece.meant and piece.meant.kind == "country":
        return piece.meant.country
    if piece.kind == "place" and len(piece.meanings) == 1 and piece.meanings[0].kind == "country":
        return piece.meanings[0].country
    return None


def _leads(line: list[Piece], at: int) -> bool:
    """Tell whether the code begins a chain like "CA-Ontario-Toronto"."""
    chained = at + 1 < len(line) and line[at + 1].before == "-"
    return chained and line[at].before in {"group", ",", "list"}


def _has_country(piece: Piece, country: str) -> bool:
    if piece.kind == "code":
        return piece.text in SUBDIVISIONS.get(country, ())
    return any(meaning.country == country for meaning in piece.meanings)


def _after_city(piece: Piece, city: Piece, known: set[str]) -> None:
    """Resolve "City, XX": the readings in which the city lies there; then the postal habit."""
    code, nation = piece.text, as_country(piece.text)
    fits = _fitting(code, nation, city)
    if len(fits) > 1:
        fits = _preferred(fits, city, nation, known)
    if len(fits) == 1:
        piece.meant = next(iter(fits.values()))
    elif fits:
        piece.dropped = city.dropped = piece.doubted = city.doubted = True
    else:
        _misfit(piece, city, nation, known)


def _fitting(code: str, nation: str | None, city: Piece) -> dict[str, Meaning]:
    """Return, by country, the readings of a code in which the city lies there."""
    fits: dict[str, Meaning] = {}
    for meaning in city.meanings:
        if meaning.kind == "country":
            continue
        if meaning.subdivision == f"{meaning.country}-{code}":
            fits.setdefault(meaning.country, _state(meaning.country, code))
        if nation is not None and meaning.country == nation:
            fits.setdefault(nation, _country(nation))
    return fits


def _preferred(
    fits: dict[str, Meaning], city: Piece, nation: str | None, known: set[str]
) -> dict[str, Meaning]:
    """Choose among fitting readings: the country the text names, else the American town."""
    wanted = [land for land in fits if land in known]
    if len(wanted) == 1:
        return {wanted[0]: fits[wanted[0]]}
    if _is_province(city, nation) or "US" not in fits or _bigger(city, "US", nation):
        return fits
    return {"US": fits["US"]}


def _misfit(piece: Piece, city: Piece, nation: str | None, known: set[str]) -> None:
    """Resolve a code that does not go with the city before it."""
    code, land = piece.text, _famous(city)
    if land is None:
        piece.meant = _by_habit(code, nation, known)
        city.dropped = piece.meant is not None  # a town of that name the table does not hold
    elif code in countries()[land].subdivisions:  # "Barcelona, CT" is in Catalonia
        piece.meant = _state(land, code)
    elif code in SUBDIVISIONS["US"] and nation is None and piece.before == ",":
        piece.meant = _state("US", code)  # "Berlin, CT" in Connecticut
        city.dropped = True
    else:
        piece.dropped = True


def _is_province(city: Piece, nation: str | None) -> bool:
    return any(m.kind == "subdivision" and m.country == nation for m in city.meanings)


def _bigger(city: Piece, state: str, nation: str | None) -> bool:
    """Tell whether the city of that name in `nation` dwarfs the one in `state`."""
    weight = {m.country: m.weight for m in reversed(city.meanings)}
    return weight.get(nation or "", 0) > 5 * weight.get(state, 0)


def _famous(city: Piece) -> str | None:
    """Return the country of a city so large that a code that does not fit is not about it."""
    largest = max(city.meanings, key=lambda meaning: meaning.weight)
    return largest.country if largest.weight >= LARGE else None


def _by_habit(code: str, nation: str | None, known: set[str]) -> Meaning | None:
    """Read the code after a town the table does not hold."""
    for country in (*_FREELY, "AU", "BR"):
        if code in SUBDIVISIONS[country] and country in known:
            return _state(country, code)
    if nation in known:
        return _country(str(nation))
    # Delaware has three towns of size, Germany thousands
    if nation == "DE":
        return _country("DE")
    for country in (*_FREELY, "AU", "BR"):
        if code in SUBDIVISIONS[country]:
            return _state(country, code)
    return _country(nation) if nation and code not in _NEVER_COUNTRY else None


def _runs(line: list[Piece], known: set[str]) -> None:
    """Resolve lists of codes together ("ON, AB or BC"; "DE, AT, CH"), and single ones."""
    run: list[Piece] = []
    for piece in [*line, None]:
        open_code = piece is not None and piece.kind == "code" and not piece.meant
        if piece is not None and open_code and not piece.dropped:
            run.append(piece)
        elif run:
            _run(run, line, known)
            run = []


def _run(run: list[Piece], line: list[Piece], known: set[str]) -> None:
    codes = [piece.text for piece in run]
    lands = {one.meant.country for one in line if one.meant and one.meant.kind == "country"}
    for country in (*sorted(known & set(SUBDIVISIONS)), *_FREELY):
        if all(code in SUBDIVISIONS[country] for code in codes) and (
            (country in known and not _may_be_country(run, line, lands))
            or any(as_country(code) is None for code in codes)
            or (len(codes) > 1 and any(code in _NEVER_COUNTRY for code in codes))
        ):
            for piece in run:
                piece.meant = _state(country, piece.text)
            return
    states = SUBDIVISIONS["US"] | SUBDIVISIONS["CA"]
    countries_only = any(code not in states for code in codes)
    among = bool(lands) and any(piece.before == "list" for piece in run)
    for piece in run:
        _single(piece, countries_only or among or len(lands) > 1, known)


def _may_be_country(run: list[Piece], line: list[Piece], lands: set[str]) -> bool:
    """Tell "US, CA" and "US or CA" from "Dallas, TX; Remote, CA; Remote, US"."""
    if any(piece.before == "list" for piece in run) and lands:
        return True
    at = line.index(run[0])
    return len(run) == 1 and at > 0 and _definite(line[at - 1]) is not None


def _single(piece: Piece, countries_only: bool, known: set[str]) -> None:
    code, nation = piece.text, as_country(piece.text)
    states = [country for country in _FREELY if code in SUBDIVISIONS[country]]
    if nation and code in _NEVER_COUNTRY:
        nation = None
    if piece.after_town and not countries_only:
        piece.meant = _by_habit(code, nation, known)
    elif nation and (countries_only or not states or code == "DE"):
        piece.meant = _country(nation)
    elif code == "LA":  # Los Angeles as often as Louisiana
        piece.meant = _country("US")
    elif states and not countries_only and code not in _EITHER:
        piece.meant = _state(states[0], code)
    elif states and nation:
        piece.dropped = piece.doubted = True  # honestly either: "CA" alone
