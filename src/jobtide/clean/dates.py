"""Drop dates that cannot be. There is no clock here: a date is only compared with another one."""

from datetime import UTC, datetime

from jobtide.clean.mended import mend
from jobtide.model import Posting

#: Years a posting can be of. Zero ("1970-01-01"), year 1 and 9999 are what programs write for
#: "none"; no board on file was on line before 2000.
FIRST_YEAR, LAST_YEAR = 2000, 2100

_FIELDS = ("date_posted", "date_modified", "valid_through")


def tidy(moment: datetime | None) -> datetime | None:
    """Return `moment` in UTC (one without zone is read as UTC), None when it cannot be.

    >>> tidy(datetime(2026, 1, 15, 10, 23))
    datetime.datetime(2026, 1, 15, 10, 23, tzinfo=datetime.timezone.utc)
    >>> tidy(datetime(1970, 1, 1, tzinfo=UTC)) is None
    True
    """
    if moment is None or not FIRST_YEAR - 1 <= moment.year <= LAST_YEAR + 1:
        return None
    at = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return at if FIRST_YEAR <= at.year <= LAST_YEAR else None


def tidy_dates(posting: Posting) -> Posting:
    """Put the posting's dates into UTC; drop impossible ones and an end before the beginning."""
    changes: dict[str, object] = {}
    kept = {field: tidy(getattr(posting, field)) for field in _FIELDS}
    posted, end = kept["date_posted"], kept["valid_through"]
    if posted and end and end < posted:
        kept["valid_through"] = None
    for field, after in kept.items():
        before = getattr(posting, field)
        if after != before or (before and before.tzinfo is not UTC and before.utcoffset()):
            changes[field] = after
    return mend(posting, ["dates"], changes)
