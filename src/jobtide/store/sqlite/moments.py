"""Moments as SQLite keeps them: text of one length, so that text order is time order."""

from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """Return `moment` as the store writes it; raise ValueError when it has no time zone.

    >>> stamp(datetime(2026, 8, 8, 19, 57, 22, tzinfo=UTC))
    '2026-08-08T19:57:22.000000Z'
    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment without time zone: {moment!r}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def moment(text: str) -> datetime:
    """Return what `stamp` was given."""
    return datetime.fromisoformat(text)


def maybe_stamp(value: datetime | None) -> str | None:
    """Return `stamp(value)`, or None for None."""
    return None if value is None else stamp(value)


def maybe_moment(text: str | None) -> datetime | None:
    """Return `moment(text)`, or None for None."""
    return None if text is None else moment(text)
