"""
Dates as boards write them, read without a clock: `parse`, `from_epoch`, `from_age`.

Each says None ("not stated") for what it cannot read; none raises, and none falls back on today.
"""

import math
import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_tz

#: Years outside are mistakes of the board: 0001-01-01, 1970-01-01 (epoch 0), 9999-12-31. The first
#: job boards on the web opened in 1994 and 1995.
FIRST_YEAR, LAST_YEAR = 1995, 2100
_LONGEST = 100  #: characters; the longest form met, JavaScript's Date.toString(), has about 65
_MILLISECONDS_FROM = 1e11  #: in seconds the year 5138, in milliseconds 1973
_WIDEST_OFFSET_S = 14 * 3600  #: UTC+14 (Kiribati) is the widest there is: tz database

#: English month names, whole or by their first three letters ("Sept" is met as well).
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_CLOCK = r"(?:[T\s,]+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*([ap])\.?m\.?)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}", re.ASCII)
_MONTH_FIRST = re.compile(
    rf"([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_CLOCK}", re.I | re.ASCII
)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]{{3,9}})\.?,?[\s-]+(\d{{4}}){_CLOCK}",
    re.I | re.ASCII,
)
_DAY_NAME = re.compile(r"[^\W\d_]+\.?(?:,\s*|\s+)(?=\S)")
_ZONE_WORD = re.compile(r"\b(?:GMT|UTC)\s?([+-]\d{1,2}:?\d{2})\b(?:\s*\([^()]*\))?", re.I)
_UTC_TAIL = re.compile(r"(?<=\d)\s*\b(?:GMT|UTC|Z)$", re.I)
_OFFSET_BLANK = re.compile(r"(?<=\d)\s+([+-]\d{2}:?\d{2})(?:\s+[A-Z]{1,5})?$")

_AGE = re.compile(
    r"(?:posted\s+)?(?:about|over|almost|more\s+than|less\s+than)?\s*"
    r"(\d{1,6}|an?|one)\+?\s*"
    r"(s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mos?|months?|y|yrs?|years?)"
    r"(?:\s+ago)?",
    re.I | re.ASCII,
)
_AGE_WORDS = {"today": 0, "just now": 0, "just posted": 0, "now": 0, "yesterday": 1}
#: How many minutes one unit is, by its first letters; months are counted in the calendar.
_UNIT_MINUTES = {"s": 0, "mi": 1, "h": 60, "d": 1440, "w": 7 * 1440}


def parse(text: str) -> datetime | None:
    """Return the moment `text` states, in UTC; None when it states none that we understand.

    Read are ISO 8601, RFC 822 with any day name (the name is not believed: feeds print wrong and
    localised ones), "2016/6/29 15:07:41" and English forms such as "Aug 4, 2026". A missing or
    unknown zone counts as UTC. A day without a time is its midnight. "04/08/2026" is None: it is
    another day in Boston than in London.

    >>> parse("Mo, 25 Jun 2018 11:41:36").isoformat()
    '2018-06-25T11:41:36+00:00'
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    found = _iso(text) or _written(text) or _rfc822(text)
    return _believable(found) if found else None


def from_epoch(value: float | str) -> datetime | None:
    """Return the moment `value` seconds (or milliseconds, told by its size) after 1970, in UTC.

    Zero is how boards say "none".

    >>> from_epoch(1767225600000) == from_epoch("1767225600")
    True
    """
    try:
        seconds = float(value)
    except (ValueError, OverflowError, TypeError):
        return None
    if not math.isfinite(seconds) or seconds <= 0:
        return None
    if seconds >= _MILLISECONDS_FROM:
        seconds /= 1000
    try:
        return _believable(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def from_age(text: str, as_of: date) -> date | None:
    """Return the day that is `text` before `as_of`: "10 days ago", "30+ days ago", "12h", "today".

    Ages that a faulty program printed ("NaN days ago", "-5 days ago", "undefined") are None, and
    so is "5m", which is minutes on one board and months on another.

    >>> from_age("3 weeks ago", date(2026, 1, 22))
    datetime.date(2026, 1, 1)
    """
    words = " ".join(text[:_LONGEST].lower().split())
    days = _AGE_WORDS.get(words.removeprefix("posted "))
    if days is not None:
        return as_of - timedelta(days=days)
    found = _AGE.fullmatch(words)
    if not found:
        return None
    count = int(found[1]) if found[1].isdigit() else 1
    try:
        day = _before(as_of, count, found[2])
    except (ValueError, OverflowError):
        return None
    return day if day.year >= FIRST_YEAR else None


def _before(day: date, count: int, unit: str) -> date:
    """Return the day `count` units before `day`; the last of a month stays the last."""
    months = 1 if unit.startswith("mo") else 12 if unit.startswith("y") else 0
    if not months:
        minutes = count * _UNIT_MINUTES["mi" if unit.startswith("mi") else unit[0]]
        return day - timedelta(days=minutes // 1440)
    year, month = divmod(day.year * 12 + day.month - 1 - months * count, 12)
    first = date(year, month + 1, 1)
    after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (after - first).days))


def _iso(text: str) -> datetime | None:
    text = _OFFSET_BLANK.sub(r"\1", text)
    text = _UTC_TAIL.sub("+00:00", text) if text[:4].isdecimal() else text
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _written(text: str) -> datetime | None:
    """Read the forms that people write; the zone is never stated in them."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day, *clock = found.groups()
        return _moment(year, int(month), day, clock)
    if found := _DAY_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(_DAY_NAME.sub("", text, 1)):
        day, name, year, *clock = found.groups()
        return _moment(year, _MONTHS.get(name.lower()), day, clock)
    if found := _MONTH_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(_DAY_NAME.sub("", text, 1)):
        name, day, year, *clock = found.groups()
        return _moment(year, _MONTHS.get(name.lower()), day, clock)
    return None


def _moment(year: str, month: int | None, day: str, clock: list[str | None]) -> datetime | None:
    hour, minute, second, half = clock
    hours = int(hour or 0)
    if half and hours <= 12:  # "13:05 pm" is written too
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    try:
        return datetime(
            int(year), month or 0, int(day), hours, int(minute or 0), int(second or 0), tzinfo=UTC
        )
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    """Read an e-mail date; the day name is dropped first, since only English ones are known."""
    text = _ZONE_WORD.sub(lambda zone: zone[1].replace(":", ""), text)
    try:
        found = parsedate_tz(_DAY_NAME.sub("", text, 1)) or parsedate_tz(text)
        if found is None or abs(found[9] or 0) > _WIDEST_OFFSET_S:
            return None
        year, month, day, hour, minute, second = found[:6]
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return moment - timedelta(seconds=found[9] or 0)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _believable(moment: datetime) -> datetime | None:
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None
