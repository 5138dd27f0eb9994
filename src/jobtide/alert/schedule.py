"""When a digest may be sent: pure, in the time zone of the subscription."""

import re
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from jobtide.errors import UsageError
from jobtide.model import Subscription

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")

#: The first failure waits for nothing but the next run; then the wait doubles, up to a day.
FIRST_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=1)


def read_hours(text: str) -> tuple[time, time]:
    """Return the ends of quiet hours written "22:00-07:00"; they may lie on two days.

    Raises:
        UsageError: it is not written like that.
    """
    parts = _HOURS.fullmatch(text)
    if parts is None or parts[1] + parts[2] == parts[3] + parts[4]:
        raise UsageError(f"quiet hours {text!r}: write them like 22:00-07:00")
    return time(int(parts[1]), int(parts[2])), time(int(parts[3]), int(parts[4]))


def read_zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name.

    Raises:
        UsageError: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError
        raise UsageError(f"time zone {name!r}: write it like Europe/Warsaw or UTC") from None


def quiet(wanted: Subscription, now: datetime) -> bool:
    """Return whether nothing may be sent now.

    >>> from datetime import UTC
    >>> one = Subscription(id="a", query="", to="mailto:a@b.example", key="",
    ...     created_at=datetime(2026, 1, 1, tzinfo=UTC), quiet_hours="22:00-07:00")
    >>> [quiet(one, datetime(2026, 1, 5, hour, tzinfo=UTC)) for hour in (21, 22, 6, 7)]
    [False, True, True, False]
    """
    if wanted.quiet_hours is None:
        return False
    start, end = read_hours(wanted.quiet_hours)
    clock = now.astimezone(read_zone(wanted.timezone)).time()
    return start <= clock < end if start < end else clock >= start or clock < end


def due(wanted: Subscription, now: datetime) -> bool:
    """Return whether a new digest may be sent: the first of the day or hour, outside quiet hours.

    Days are those of the calendar, not 24 hours: a schedule that starts a little earlier today
    than yesterday must not skip a day.
    """
    if wanted.paused is not None or quiet(wanted, now):
        return False
    if wanted.retry_at is not None and now < wanted.retry_at:
        return False
    if wanted.sent_at is None or wanted.every == "change":
        return True
    zone = read_zone(wanted.timezone)
    last, clock = wanted.sent_at.astimezone(zone), now.astimezone(zone)
    if now < wanted.sent_at:  # the clock was put back
        return False
    if wanted.every == "hour":
        return (last.date(), last.hour) != (clock.date(), clock.hour)
    return last.date() != clock.date()


def retry_after(failures: int, random: Random, asked_s: float | None = None) -> timedelta | None:
    """Return how long a channel is left alone after so many failures in a row, this one included.

    None: until the next run. `asked_s` is what the server asked for (Retry-After); it counts when
    it is longer. Between half the wait and the whole of it, so that many do not come back at once.
    """
    wait = timedelta(0)
    if failures > 1:
        wait = min(FIRST_WAIT * 2.0 ** min(failures - 2, 20), LONGEST_WAIT)
        wait *= random.uniform(0.5, 1.0)
    if asked_s is not None:
        wait = max(wait, timedelta(seconds=asked_s))
    return wait or None
