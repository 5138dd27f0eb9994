"""Which place or level each of several ranges is for: the words right before or behind it."""

import re

from msgspec import structs

from jobtide.clean.salary import tables
from jobtide.model import Salary
from jobtide.text import squeeze

#: How far the name of a place or level may reach before and behind a range, in characters.
_BEFORE, _BEHIND_REACH = 130, 60

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
#: Where the name of a place ends and the sentence goes on: "NYC or SF, the pay range is".
_REST = re.compile(r",\s+(?:the|our|we|this|base|pay|salary|annual)\b", re.IGNORECASE)
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
        before = text[max(last, start - _BEFORE) : start]
        if start - last > _BEFORE:
            before = before.partition(" ")[2]  # the first word may be cut
        zone = _zone(before, text[end : end + _BEHIND_REACH])
        result.append(structs.replace(salary, zone=zone))
        last = end
    return tuple(result)


def _zone(before: str, behind: str) -> str | None:
    """Return the words that say what a range is for, or None."""
    if match := _BEHIND.match(behind):
        zone = match["inside"] or match["after"]
        if zone and not _PAY.search(zone):
            return squeeze(zone).strip(" ,.")
    head = _SPLIT.split(before)[-1]
    match = _IN.search(head) or _LEVEL.search(head) or _HEAD.search(head)
    if match is None:
        return None
    zone = match["zone"] if "zone" in match.re.groupindex else match[0]
    zone = _REST.split(zone)[0].strip(" :*-–—")
    if zone.count("(") != zone.count(")"):
        return None
    if (
        not zone
        or zone.upper() in tables.currencies()
        or _PAY.fullmatch(zone)
        or (match.re is _HEAD and _PAY.search(zone))
    ):
        return None
    return squeeze(zone)
