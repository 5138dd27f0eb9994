"""`jobLocation` and `applicantLocationRequirements` as lines a reader would understand."""

from typing import Any

from jobtide.schema_org.words import every, said, same_words
from jobtide.text import fold, squeeze

#: Places that are no workplace: remote boards fill every part of the address with one of these.
_NOWHERE = frozenset(
    ("anywhere", "worldwide", "remote", "global", "work from home", "anywhere in the world")
)


def applicant_lines(node: dict[str, Any]) -> tuple[str, ...]:
    """Return from where one may apply, one line a country, state or city."""
    value = node.get("applicantLocationRequirements")
    lines = [_line(one) for one in (value if isinstance(value, list) else [value])]
    return tuple(dict.fromkeys(line for line in lines if line))


def place_lines(node: dict[str, Any], organization: str | None) -> tuple[str, ...]:
    """Return where the work is, one line a place: "Plano, Texas, United States".

    Where several places have one and the same address, their names tell them apart.
    """
    value = node.get("jobLocation")
    places = [one for one in (value if isinstance(value, list) else [value]) if one]
    lines = [_line(one) for one in places]
    names = [said(one.get("name")) if isinstance(one, dict) else None for one in places]
    if len(places) > 1 and len(set(lines)) == 1 and len(set(names)) == len(names):
        lines = [name or line for name, line in zip(names, lines, strict=True)]
    for at, (line, name) in enumerate(zip(lines, names, strict=True)):
        if line is None and name and not (organization and same_words(name, organization)):
            lines[at] = name
    return tuple(dict.fromkeys(line for line in lines if line))


def nowhere(line: str) -> bool:
    """Tell whether a line names no workplace ("Anywhere")."""
    return fold(squeeze(line)) in _NOWHERE


def _line(place: Any) -> str | None:  # noqa: ANN401 - any JSON
    if not isinstance(place, dict):
        return said(place)
    address = place.get("address", place)
    address = next((one for one in address if one), None) if isinstance(address, list) else address
    if not isinstance(address, dict):
        return said(address)
    parts = [part for name in _PARTS for part in every(address.get(name))[:1]]
    if not parts and address.get("streetAddress"):
        parts = list(every(address["streetAddress"])[:1])
    if not parts and address is place:
        parts = list(every(place.get("name"))[:1])
    if len({fold(squeeze(part)) for part in parts}) == 1:
        parts = parts[:1]  # "Anywhere, Anywhere, Anywhere"
    return ", ".join(map(squeeze, parts)) or None


_PARTS = ("addressLocality", "addressRegion", "addressCountry")
