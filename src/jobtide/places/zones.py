"""
Time zones as postings write them: "CET ±3", "UTC-5 to UTC+1", "EST hours", "US time zones".

Offsets are hours from UTC in standard time (winter), so EST and EDT are one zone. A range gives
every whole hour in it; a list gives what it names.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from jobtide.places.zone_words import (
    ABBREVIATIONS,
    AFTER,
    AMERICAN,
    AREA,
    AREA_BEFORE,
    AREAS,
    AROUND,
    CAPITALS,
    CITIES,
    GATE,
    LIST,
    LIST_WORD,
    LOWER,
    NAMED,
    OFFSET,
    OVERLAP,
    PLAIN,
    RANGE_TAIL,
    SHORT,
    TIME,
    WORDED,
)

#: Characters read: a sentence; the patterns are not meant for more.
LONGEST_TEXT: Final = 1500
_TIME_AFTER: Final = re.compile(rf"[- ]{TIME}", re.IGNORECASE)


class Zones(NamedTuple):
    """What a text says about time zones."""

    offsets: tuple[float, ...]  #: ascending
    spans: tuple[tuple[int, int], ...]  #: where it says so
    overlap_h: float | None = None


NO_ZONES: Final = Zones((), ())


@lru_cache(maxsize=8192)
def find_zones(text: str) -> Zones:
    """Return the UTC offsets a text names, with where it names them.

    >>> find_zones("Remote (CET ±2h)").offsets
    (-1.0, 0.0, 1.0, 2.0, 3.0)
    """
    text = text[:LONGEST_TEXT]
    if not CAPITALS.search(text) and not _hinted(text.lower()):
        return NO_ZONES
    if not GATE.search(text):
        return NO_ZONES
    text = LOWER.sub(lambda word: word.group().upper(), text)
    offsets: set[float] = set()
    spans: list[tuple[int, int]] = []
    for reader in (_around, _numbered, _areas, _listed, _worded, _plain):
        text = reader(text, offsets, spans)
    overlap = OVERLAP.search(text)
    hours = float(overlap.group(1) or overlap.group(2)) if overlap else None
    # Floats all: 0 and 0.0 are equal, but differ as JSON, and so in the digest of a posting.
    kept = tuple(sorted(float(offset) for offset in offsets if -12 <= offset <= 14))
    return Zones(kept, tuple(sorted(spans)), hours if kept and hours and hours <= 12 else None)


def _hinted(low: str) -> bool:
    """Tell whether a text in small letters may speak of zones; written out, as it runs often."""
    return (
        ("time" in low or "hour" in low or "hrs" in low or "coast" in low or "tz" in low)
        or ("utc" in low or "gmt" in low or "cet" in low or "overlap" in low)
        or ("pst" in low or "est " in low or "us-" in low or "us east" in low or "us west" in low)
    )


def _blank(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """Take a piece that was read out of the text, keeping every position."""
    spans.append((start, end))
    return text[:start] + " " * (end - start) + text[end:]


def _hours(text: str) -> float:
    """Return the hours of "-3", "+5:30", "5.5", "8.75", "−4"."""
    sign = -1.0 if text.lstrip()[:1] in "-−–—" else 1.0
    whole, _, part = text.strip("+-−–— ").replace(".", ":").partition(":")
    minutes = {"5": 30.0, "25": 15.0, "75": 45.0}.get(part, float(part or 0))
    return sign * (float(whole) + minutes / 60)


def _base(zone: str) -> float:
    """Return the offset of "CET", "CET/CEST" or "Eastern time"."""
    first = zone.split("/")[0].upper()
    if first in ABBREVIATIONS:
        return float(ABBREVIATIONS[first])
    if zone.lower() in CITIES:
        return float(CITIES[zone.lower()])
    return {"C": 1.0, "E": -5.0, "P": -8.0, "B": 1.0, "G": 1.0}.get(first[0], 0.0)


def _fill(low: float, high: float) -> set[float]:
    """Return every hour from one offset to the other, both included."""
    low, high = min(low, high), max(low, high)
    if high - low > 26:
        return set()
    return {low + step for step in range(int(high - low) + 1)} | {high}


def _around(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    for match in list(AROUND.finditer(text)):
        zone = match["zone"] or match["zone2"] or match["zone3"]
        width = _hours(match["width"] or match["width2"] or match["width3"])
        middle = _base(zone) + (_hours(match["offset"]) if match["offset"] else 0)
        if width <= 12:
            offsets |= _fill(middle - width, middle + width)
            text = _blank(text, *match.span(), spans)
    return text


def _numbered(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    """Read "UTC-5", "UTC-5 to UTC+1", "UTC -8/-5", "GMT to GMT+3"."""
    ends: list[tuple[float, int, int]] = []
    for match in OFFSET.finditer(text):
        zone, offset = match["zone"] or match["zone2"], match["offset"] or match["offset2"]
        ends.append((_base(zone) + _hours(offset), *match.span()))
    while ends:
        first, start, stop = ends.pop(0)
        tail = RANGE_TAIL.match(text, stop)
        if tail:
            last = _hours(tail["offset"]) + (_base(tail["zone"]) if tail["zone"] else 0)
            offsets |= _fill(first, last)
            stop = tail.end()
            ends = [end for end in ends if end[1] >= stop]
        else:
            offsets.add(first)
        text = _blank(text, start, stop, spans)
    return text


def _areas(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    """Read "US time zones" and "LATAM/EU time zones"."""
    for match in list(AREA.finditer(text)):
        start = match.start()
        offsets |= _area(match)
        while earlier := AREA_BEFORE.search(text, max(0, start - 40), start):
            offsets |= _area(earlier)
            start = earlier.start()
        text = _blank(text, start, match.end(), spans)
    return text


def _area(match: re.Match[str]) -> set[float]:
    at = next(name for name, value in match.groupdict().items() if value)
    return _fill(*list(AREAS.values())[int(at[1:])])


def _listed(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    """Read "Pacific, Mountain or Central time zones"."""
    for match in list(LIST.finditer(text)):
        for word in LIST_WORD.findall(match["list"]):
            offsets.add(AMERICAN[word[0].upper() + word[1:].lower()])
        text = _blank(text, *match.span(), spans)
    return text


def _worded(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    for match in list(WORDED.finditer(text)):
        words = match.group().lower()
        coast = "coast" in words or words.startswith(("us ", "us-", "u.s"))
        after = _TIME_AFTER.match(text, match.end())
        inside = text[: match.start()].rstrip()[-4:] in {"PT (", "ET (", "CT (", "MT ("}
        inside = inside or bool(re.search(r"\b[PECM]T \($", text[: match.start()]))
        if not (coast or after or inside or "overlap" in text[: match.start()].lower()[-24:]):
            continue
        at = next(name for name, value in match.groupdict().items() if value)
        offsets.add(float(list(NAMED.values())[int(at[1:])]))
        start = match.start() + (2 if words.startswith("us") and not after else 0)
        text = _blank(text, start, after.end() if after else match.end(), spans)
    return text


def _plain(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    found = list(PLAIN.finditer(text))
    read: list[tuple[float, int, int]] = []
    for match in found:
        zone = match["zone"]
        near = len(found) > 1 or bool(spans) or bool(AFTER.match(text, match.end()))
        if zone in SHORT and not near:
            continue
        if zone == "ET" and re.search(r"\w, $", text[: match.start()]) and not near:
            continue
        after = _TIME_AFTER.match(text, match.end())
        read.append((_base(zone), match.start(), after.end() if after else match.end()))
    for (first, _, stop), (last, start, _) in pairwise(read):
        if re.fullmatch(r"\s*(?:to|through|thru|-|–|—|→)\s*", text[stop:start]):
            offsets |= _fill(first, last)
    for offset, start, end in read:
        offsets.add(offset)
        text = _blank(text, start, end, spans)
    return text
