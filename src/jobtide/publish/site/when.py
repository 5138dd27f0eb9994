"""The moments of an opening, none of which ticks: while nothing happens to it they stay."""

from datetime import datetime

from jobtide import query
from jobtide.model import Opening
from jobtide.publish import facts


def posted(opening: Opening) -> tuple[datetime, bool]:
    """Return when it was posted, and whether its board says so; never a day yet to come."""
    when, stated = query.posted(opening)
    return (when, stated) if when <= opening.last_seen_at else (opening.first_seen_at, False)


def updated(opening: Opening) -> datetime:
    """Return the last moment at which something about it was new."""
    moments = [posted(opening)[0], opening.first_seen_at]
    moments += [when for when in (opening.changed_at, opening.closed_at) if when is not None]
    return max(moments)


def moment(when: datetime) -> dict[str, str]:
    """Return a day as a machine and as a reader writes it."""
    return {"iso": when.date().isoformat(), "day": facts.day(when)}
