"""
Time zones as postings write them: "CET ±3", "UTC-5 to UTC+1", "EST hours", "US time zones".

Offsets are hours from UTC in standard time (winter), so EST and EDT are one zone. A range gives
every whole hour in it; a list gives what it names.
"""

import re
from itertools import pairwise
from typing import Final, NamedTuple

#: Abbreviation -> standard offset, IANA time zone database; where one has several meanings the
#: one that job boards use (CST: North America, IST: India, BST: the United Kingdom).
_ABBREVIATIONS: Final = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 0, "BST": 0, "CET": 1, "CEST": 1, "MET": 1, "WAT": 1,
    "EET": 2, "EEST": 2, "CAT": 2, "SAST": 2, "EAT": 3, "MSK": 3, "TRT": 3, "GST": 4, "PKT": 5,
    "IST": 5.5, "ICT": 7, "WIB": 7, "SGT": 8, "HKT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9,
    "ACST": 9.5, "AEST": 10, "AEDT": 10, "AET": 10, "NZST": 12, "NZDT": 12, "NZT": 12,
    "EST": -5, "EDT": -5, "ET": -5, "CST": -6, "CDT": -6, "CT": -6, "MST": -7, "MDT": -7,
    "MT": -7, "PST": -8, "PDT": -8, "PT": -8, "AKST": -9, "AKDT": -9, "HST": -10, "AST": -4,
    "ADT": -4, "NST": -3.5, "BRT": -3, "ART": -3, "CLT": -4, "COT": -5, "PET": -5,
}  # fmt: skip
#: Abbreviations that are also a state, a country or a word: they need a word about time beside.
_SHORT: Final = {"PT", "CT", "MT", "CAT", "EAT", "PET", "WEST", "ART", "MET", "GST", "COT", "WAT"}

_NAMED: Final = {
    r"central european": 1, r"eastern european": 2, r"western european": 0,
    r"east(?:ern)? africa(?:n)?": 3, r"west africa(?:n)?": 1, r"south africa(?:n)?": 2,
    r"india(?:n)?(?: standard)?": 5.5, r"singapore": 8, r"japan(?:ese)?": 9, r"moscow": 3,
    r"(?:u\.?s\.? |american )?(?:east(?:ern)?(?: coast)?|new york)": -5,
    r"(?:u\.?s\.? |american )?central": -6, r"(?:u\.?s\.? )?mountain": -7,
    r"(?:u\.?s\.? |american )?(?:west(?:ern)? coast|pacific|california)": -8, r"atlantic": -4,
    r"london": 0, r"uk|british": 0, r"german|berlin|paris|french|spanish": 1,
    r"brasilia|brazil(?:ian)?": -3, r"sydney": 10, r"israel(?:i)?": 2, r"dubai": 4,
}  # fmt: skip
#: Areas -> from, to: the zones most of their offices keep (the contiguous states for the US).
_AREAS: Final = {
    r"u\.?s\.?a?\.?|united states|american?|north(?:[- ]|ern )america(?:n)?|us (?:and|&|/) canad\w+": (-8, -5),
    r"canad(?:a|ian)": (-8, -4),
    r"european?(?: union)?|eu|european union": (0, 2),
    r"emea": (0, 4),
    r"(?:the )?americas?": (-8, -3),
    r"latam|latin[- ]america(?:n)?|south[- ]america(?:n)?": (-6, -3),
    r"apac|asia[- /]pacific": (5.5, 12),
    r"asian?": (5, 9),
    r"african?": (0, 3),
    r"austral(?:ia|ian)": (8, 10),
    r"middle[- ]east(?:ern)?": (2, 4),
}  # fmt: skip

_TIME: Final = (
    r"(?:standard |daylight |business |working |work |core |office |normal )?"
    r"(?:time[- ]?zones?|time ?zones?|times?|tzs?|hours?|hrs|business day|working day)\b"
)
_SIGN: Final = r"[+\-−–—]"
_PLUS_MINUS: Final = (
    r"(?:±|\+\s*/?\s*[-−–—]|[-−–—]\s*/?\s*\+|\+\s*or\s*[-−–—]|plus(?:\s*/\s*|\s+or\s+)minus)"
)
_HOURS: Final = r"\s*(?:h\b|hrs?\b|hours?\b)?"
_NUMBER: Final = r"\d{1,2}(?:[.:]\d{1,2})?"
_ABBREVIATION: Final = "|".join(sorted(_ABBREVIATIONS, key=len, reverse=True))
_ZONE: Final = rf"(?:{_ABBREVIATION})(?:/(?:{_ABBREVIATION}))*"

#: A cheaper look for the same: capitals that end like a zone; `_hinted` has the words.
_CAPITALS: Final = re.compile(r"[A-Z]{1,3}[TC]\b|\bWIB\b")
_HINTS: Final = (
    "time",
    "hour",
    "hrs",
    "coast",
    "utc",
    "gmt",
    "cet",
    "overlap",
    "pst",
    "est ",
    "tz",
)
#: Looked for before anything else: most place lines hold none of it.
_GATE: Final = re.compile(
    rf"\b(?:{_ABBREVIATION})\b|(?i:utc|gmt|\bce?s?t\b|time|\bhours?|\bhrs|\btz|coast|eastern|"
    r"pacific|\bpst\b|\best\b|overlap)"
)
_LOWER: Final = re.compile(r"\b(?:utc|gmt|cet|cest|pst|pdt|edt|eet|aest|Utc|Gmt|Cet|Pst|Est)\b")
_AROUND: Final = re.compile(
    rf"(?P<zone>{_ZONE}|(?i:(?:central european|eastern|pacific|uk|london|berlin|german)\s+time(?:[- ]?zone)?))"
    rf"(?P<offset>\s*{_SIGN}\s*{_NUMBER}(?=\s*[(,]?\s*{_PLUS_MINUS}))?"
    rf"(?:\s+(?i:time ?zone|time|timezone))?\s*[(,]?\s*{_PLUS_MINUS}\s*(?P<width>{_NUMBER}){_HOURS}"
    rf"|{_PLUS_MINUS}\s*(?P<width2>{_NUMBER}){_HOURS}\s*(?:\w+\s+){{0,3}}?(?P<zone2>{_ZONE})\b"
    rf"|(?i:within|up to|max(?:imum)?|no more than)\s+(?P<width3>{_NUMBER})\s*-?\s*"
    rf"(?i:h|hrs?|hours?)\s+(?i:time ?zone )?(?i:difference )?(?i:of|from|to|with)\s+(?i:the )?"
    rf"(?P<zone3>{_ZONE}|(?i:central european|eastern|pacific)(?i: time)?)\b"
)
_OFFSET: Final = re.compile(
    rf"\b(?P<zone>{_ZONE})\s*(?P<offset>{_SIGN}\s?{_NUMBER})(?!\d)(?!\s*(?:am|pm|AM|PM|%|days?))"
    rf"|(?<![\w:.])(?P<offset2>[+\-−]\s?\d{{1,2}})\s*(?P<zone2>UTC|GMT)\b"
)
_TO: Final = r"\s*(?:to|through|thru|until|till|and|bis|à|a|hasta|up to|-|–|—|/|→|\.\.\.?|~)\s*"
_RANGE_TAIL: Final = re.compile(
    rf"{_TO}(?:(?P<zone>{_ZONE})\s*)?(?P<offset>{_SIGN}?\s?{_NUMBER})(?![\d:])" + _HOURS
)
_PLAIN: Final = re.compile(rf"\b(?P<zone>{_ABBREVIATION})\b")
_WORDED: Final = re.compile(
    "|".join(rf"\b(?P<n{at}>{name})" for at, name in enumerate(_NAMED)), re.IGNORECASE
)
_AREA: Final = re.compile(
    rf"\b(?:(?:{'|'.join(f'(?P<a{at}>{name})' for at, name in enumerate(_AREAS))})"
    rf"(?:[- ](?:friendly|compatible|overlapping|based|aligned))?[- ]{_TIME})",
    re.IGNORECASE,
)
_AMERICAN: Final = {"Eastern": -5.0, "Central": -6.0, "Mountain": -7.0, "Pacific": -8.0}
_LIST_WORD: Final = re.compile("|".join(_AMERICAN), re.IGNORECASE)
_LIST: Final = re.compile(
    rf"\b(?P<list>(?:{'|'.join(_AMERICAN)})(?:(?:\s*[,/]\s*(?:or\s|and\s)?|\s(?:or|and|to)\s)"
    rf"(?:{'|'.join(_AMERICAN)}))+)[- ]{_TIME}",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"[- ]?(?:{_TIME}|\()|\s*/|\s*(?:to|through|or|and|-|–)\s", re.IGNORECASE
)
_OVERLAP: Final = re.compile(
    r"(\d{1,2}(?:\.\d)?)\s*\+?\s*(?:-\s*\d{1,2}\s*)?(?:h|hrs?|hours?)(?:['’]|/day)?\s+(?:\w+\s+){0,3}?"
    r"overlap|overlap\w*\s+(?:\w+\s+){0,4}?(\d{1,2}(?:\.\d)?)\s*\+?\s*(?:h|hrs?|hours?)\b",
    re.IGNORECASE,
)


class Zones(NamedTuple):
    """What a text says about time zones."""

    offsets: tuple[float, ...]  #: ascending
    spans: tuple[tuple[int, int], ...]  #: where it says so
    overlap_h: float | None = None


NO_ZONES: Final = Zones((), ())


def find_zones(text: str) -> Zones:
    """Return the UTC offsets a text names, with where it names them.

    >>> find_zones("Remote (CET ±2h)").offsets
    (-1.0, 0.0, 1.0, 2.0, 3.0)
    """
    if not _CAPITALS.search(text) and not _hinted(text.lower()):
        return NO_ZONES
    if not _GATE.search(text):
        return NO_ZONES
    text = _LOWER.sub(lambda word: word.group().upper(), text)
    offsets: set[float] = set()
    spans: list[tuple[int, int]] = []
    for reader in (_around, _numbered, _areas, _listed, _worded, _plain):
        text = reader(text, offsets, spans)
    overlap = _OVERLAP.search(text)
    hours = float(overlap.group(1) or overlap.group(2)) if overlap else None
    kept = tuple(sorted(offset for offset in offsets if -12 <= offset <= 14))
    return Zones(kept, tuple(sorted(spans)), hours if kept and hours and hours <= 12 else None)


def _hinted(low: str) -> bool:
    """Tell whether a text in small letters may speak of zones; written out, as it runs often."""
    return (
        ("time" in low or "hour" in low or "hrs" in low or "coast" in low or "tz" in low)
        or ("utc" in low or "gmt" in low or "cet" in low or "overlap" in low)
        or ("pst" in low or "est " in low)
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
    if first in _ABBREVIATIONS:
        return float(_ABBREVIATIONS[first])
    return {"C": 1.0, "E": -5.0, "P": -8.0, "B": 1.0, "G": 1.0}.get(first[0], 0.0)


def _fill(low: float, high: float) -> set[float]:
    """Return every hour from one offset to the other, both included."""
    low, high = min(low, high), max(low, high)
    if high - low > 26:
        return set()
    return {low + step for step in range(int(high - low) + 1)} | {high}


def _around(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    for match in list(_AROUND.finditer(text)):
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
    for match in _OFFSET.finditer(text):
        zone, offset = match["zone"] or match["zone2"], match["offset"] or match["offset2"]
        ends.append((_base(zone) + _hours(offset), *match.span()))
    while ends:
        first, start, stop = ends.pop(0)
        tail = _RANGE_TAIL.match(text, stop)
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
    for match in list(_AREA.finditer(text)):
        at = next(name for name, value in match.groupdict().items() if value)
        low, high = list(_AREAS.values())[int(at[1:])]
        offsets |= _fill(low, high)
        text = _blank(text, *match.span(), spans)
    return text


def _listed(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    """Read "Pacific, Mountain or Central time zones"."""
    for match in list(_LIST.finditer(text)):
        for word in _LIST_WORD.findall(match["list"]):
            offsets.add(_AMERICAN[word[0].upper() + word[1:].lower()])
        text = _blank(text, *match.span(), spans)
    return text


def _worded(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    for match in list(_WORDED.finditer(text)):
        coast = "coast" in match.group().lower()
        after = re.compile(rf"[- ]{_TIME}", re.IGNORECASE).match(text, match.end())
        inside = text[: match.start()].rstrip()[-4:] in {"PT (", "ET (", "CT (", "MT ("}
        inside = inside or bool(re.search(r"\b[PECM]T \($", text[: match.start()]))
        if not (coast or after or inside or "overlap" in text[: match.start()].lower()[-24:]):
            continue
        at = next(name for name, value in match.groupdict().items() if value)
        offsets.add(float(list(_NAMED.values())[int(at[1:])]))
        text = _blank(text, match.start(), after.end() if after else match.end(), spans)
    return text


def _plain(text: str, offsets: set[float], spans: list[tuple[int, int]]) -> str:
    found = list(_PLAIN.finditer(text))
    read: list[tuple[float, int, int]] = []
    for match in found:
        zone = match["zone"]
        near = len(found) > 1 or bool(spans) or bool(_AFTER.match(text, match.end()))
        if zone in _SHORT and not near:
            continue
        if zone == "ET" and re.search(r"\w, $", text[: match.start()]) and not near:
            continue
        after = re.compile(rf"[- ]{_TIME}", re.IGNORECASE).match(text, match.end())
        read.append((_base(zone), match.start(), after.end() if after else match.end()))
    for (first, _, stop), (last, start, _) in pairwise(read):
        if re.fullmatch(r"\s*(?:to|through|thru|-|–|—|→)\s*", text[stop:start]):
            offsets |= _fill(first, last)
    for offset, start, end in read:
        offsets.add(offset)
        text = _blank(text, start, end, spans)
    return text
