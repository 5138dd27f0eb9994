"""Which place or level each of several ranges is for: the words right before or behind it."""

import re

from msgspec import structs

from jobtide.clean.salary import tables
from jobtide.model import Salary

_SPLIT = re.compile(r"[\n•|;·▪●]|[.!?*]\s|\*\*|,\s+(?=and\b)|\)\s*,")
_HEAD = re.compile(r"(?P<zone>[^\W_][^\n]{1,70}?)\s*(?:[:=–—-]|\bis\b|\bfrom\b)\s*$")
_IN = re.compile(
    r"(?:\b(?:in|for)\s+)(?P<zone>[A-Z][^\n]{1,60}?)\s*(?:[,:(–—-]|\bis\b|\bfrom\b)\s*$"
)
_BEHIND = re.compile(
    r"\s*(?:[A-Z]{3}\s*)?(?:\((?P<inside>[A-Z][^()\n]{1,40})\)"
    r"|(?:for|in)\s(?P<after>(?:the\s)?[A-Z][\w.,& ]{1,40}?)(?=[.;\n(]|\sand\s|\s[a-z]|$))"
)
_LEVEL = re.compile(
    r"(?:\b(?:zone|level|tier|grade|region|band|l)\s?-?[0-9A-Z]{1,2}|\b(?:junior|mid|regular|senior|staff|lead|principal|b2b|uop))\s*:?\s*$",
    re.IGNORECASE,
)
_PAY = re.compile(tables.whole(tables.words("pay", "words")), re.IGNORECASE)


def with_zones(text: str, found: list[Salary]) -> tuple[Salary, ...]:
    """Return the ranges of one text; where there are several, each with what it is for."""
    if len(found) < 2:
        return tuple(found)
    result = []
    last = 0
    for salary in found:
        start = salary.start or 0
        end = start + len(salary.evidence)
        zone = _zone(text[max(last, start - 90) : start], text[end : end + 60])
        result.append(structs.replace(salary, zone=zone))
        last = end
    return tuple(result)


def _zone(before: str, behind: str) -> str | None:
    """Return the words that say what a range is for, or None."""
    if match := _BEHIND.match(behind):
        zone = match["inside"] or match["after"]
        if zone and not _PAY.search(zone):
            return zone.strip(" ,.")
    head = _SPLIT.split(before)[-1]
    match = _IN.search(head) or _LEVEL.search(head) or _HEAD.search(head)
    if match is None:
        return None
    zone = match["zone"] if "zone" in match.re.groupindex else match[0]
    zone = zone.strip(" :*-–—")
    if (
        not zone
        or zone.upper() in tables.currencies()
        or _PAY.fullmatch(zone)
        or (match.re is _HEAD and _PAY.search(zone))
    ):
        return None
    return zone
