"""Which time zones a posting asks for: where one may sit, or the hours one works."""

import re
from typing import Final

from msgspec import Struct

from jobtide.classify.prose import Statement, quoted
from jobtide.model import Label, Posting
from jobtide.places import read
from jobtide.places.zones import find_zones


class Hours(Struct, frozen=True):
    """What is said about time zones."""

    offsets: tuple[float, ...] = ()
    label: Label | None = None  #: rule ends in "zone" (one must sit there), "hours" or "field"
    overlap_h: float | None = None


#: Words for the hours one works, wherever one sits; a range of zones says where one sits.
_HOURS_WORDS: Final = re.compile(
    r"\b(?:hours|shift|schedule|business day|\d\s?(?:am|pm))\b", re.IGNORECASE
)
_ZONE_WORDS: Final = re.compile(
    r"±|\+\s?/?\s?[-–−]|\bwithin\b|overlap|\b(?:based|located|resid\w+|live|living)\b",
    re.IGNORECASE,
)


def read_hours(posting: Posting, told: list[Statement]) -> Hours:
    """Read the board's field of time zones, else the place lines and the title, else the text."""
    if posting.timezones_text:
        return _field(posting.timezones_text[:500])
    lines = [("location_text", posting.location_text or "")]
    lines += [("applicant_locations", line) for line in posting.applicant_locations]
    lines += [("job_locations", line) for line in posting.job_locations]
    for field, text in lines:
        reading = read(text) if text else None
        if reading is not None and reading.utc_offsets:
            return _line(field, text, reading.utc_offsets, reading.overlap_h)
    zones = find_zones(posting.title[:300])
    if zones.offsets:
        return _line("title", posting.title, zones.offsets, zones.overlap_h)
    return _told(told)


def _line(field: str, text: str, offsets: tuple[float, ...], overlap_h: float | None) -> Hours:
    kind = "hours" if _is_hours(text) else "zone"
    return Hours(offsets, _label(offsets, kind, text, field, 0), overlap_h)


def _told(told: list[Statement]) -> Hours:
    """Take the first sentence that says where one must sit, else the first with hours."""
    best = Hours()
    for statement in told:
        if statement.rule.topic != "timezone":
            continue
        zones = find_zones(statement.sentence)
        if not zones.offsets:
            continue
        hours = _is_hours(statement.sentence) or statement.rule.name.endswith("hours")
        kind = "hours" if hours and zones.overlap_h is None else "zone"
        if best.label is None or (kind == "zone" and best.label.rule.endswith("hours")):
            evidence, start = quoted(statement)
            label = _label(zones.offsets, kind, evidence, "text", start)
            best = Hours(zones.offsets, label, zones.overlap_h)
    return best


def _is_hours(text: str) -> bool:
    return bool(_HOURS_WORDS.search(text)) and not _ZONE_WORDS.search(text)


def _field(text: str) -> Hours:
    """Read "-5, -4, -3.5" or words; a list of the board is a list of zones one may live in."""
    numbers = re.findall(r"(?<![\w.])[+-]?\d{1,2}(?:\.\d+)?(?![\w.:])", text)
    if numbers and not re.search(r"[A-Za-z]{3}", text):
        found = {float(number) for number in numbers}
        offsets = tuple(sorted(offset for offset in found if -12 <= offset <= 14))
        overlap_h = None
    else:
        zones = find_zones(text)
        offsets, overlap_h = zones.offsets, zones.overlap_h
    if not offsets:
        return Hours()
    return Hours(offsets, _label(offsets, "field", text[:240], "timezones_text", 0), overlap_h)


def _label(offsets: tuple[float, ...], kind: str, evidence: str, field: str, start: int) -> Label:
    return Label(
        value=_span(offsets),
        rule=f"eligibility.timezone.{kind}",
        evidence=evidence,
        field=field,
        start=start,
    )


def _span(offsets: tuple[float, ...]) -> str:
    """Return offsets for people: "UTC-5" or "UTC-5 to UTC+1"."""
    names = [f"UTC{offset:+g}" for offset in (offsets[0], offsets[-1])]
    return names[0] if names[0] == names[1] else " to ".join(names)
