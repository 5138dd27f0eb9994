"""Tidy the lines that name places; what they mean is read elsewhere."""

import re

from jobtide.clean.mended import mend
from jobtide.model import Posting
from jobtide.text import fold, squeeze

#: Lines that name no place: what programs write when they have none, and a page's own words
#: ("Upgrade to Premium to see ...") that slipped into the field.
_NOTHING = re.compile(
    r"(?:undefined|null|none|nan|n/?a|\[object object\]|not (?:specified|found|provided|available)"
    r"|location|unknown|-+|\?+|[.,;:|/ ]*)(?:,\s*(?:undefined|null))*$"
    r"|upgrade to premium|sign (?:in|up) to|log in to|subscribe to (?:see|view)",
    re.IGNORECASE,
)
_COMMAS = re.compile(r"\s*,(?:\s*,)*\s*")
_BROKEN_PART = re.compile(r"(?:^|, )(?:undefined|null)(?=,|$)", re.IGNORECASE)

#: Names that are both a city and its state: the repetition says something.
_CITY_AND_STATE = frozenset(("new york",))


def tidy(line: str) -> str | None:
    """Return a line of places squeezed, without hanging commas or a repeated name; None if empty.

    >>> tidy("Freeport, ")
    'Freeport'
    >>> tidy("Alexandria, Alexandria, Egypt")
    'Alexandria, Egypt'
    >>> tidy("Upgrade to Premium to see it") is None
    True
    """
    text = squeeze(line)
    if _NOTHING.match(text):
        return None
    if "," not in text:
        return text.strip(";| ") or None
    text = _BROKEN_PART.sub("", _COMMAS.sub(", ", text)).strip(",;| ")
    parts: list[str] = []
    for part in text.split(", "):
        repeated = parts and fold(part) == fold(parts[-1]) and fold(part) not in _CITY_AND_STATE
        if not repeated:
            parts.append(part)
    return ", ".join(parts) or None


def tidy_location_text(posting: Posting) -> Posting:
    """Tidy the posting's line of places and its lists of places."""
    changes: dict[str, object] = {}
    if posting.location_text is not None:
        after = tidy(posting.location_text)
        if after != posting.location_text:
            changes["location_text"] = after
    for field in ("job_locations", "applicant_locations"):
        before: tuple[str, ...] = getattr(posting, field)
        if before:
            kept = tuple(place for place in map(tidy, before) if place)
            if kept != before:
                changes[field] = kept
    return mend(posting, ["location"], changes)
