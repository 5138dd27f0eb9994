"""Dates that cannot be are dropped."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.dates import tidy, tidy_dates
from jobtide.model import Posting


def posting(**dates):
    """Return a posting with these dates."""
    return Posting(
        source="demo", board="main", identifier="1", url="https://a.example/1", title="Cook",
        **dates,
    )  # fmt: skip


def test_an_end_before_the_beginning_goes():
    """`valid_through` before `date_posted` is dropped, the posting date stays."""
    posted = datetime(2026, 3, 2, tzinfo=UTC)

    mended = tidy_dates(posting(date_posted=posted, valid_through=posted - timedelta(days=1)))

    assert (mended.date_posted, mended.valid_through) == (posted, None)
    assert mended.mended == ("dates",)


def test_possible_dates_stay():
    """Dates in order and in UTC come out as the same object."""
    posted = datetime(2026, 3, 2, tzinfo=UTC)
    kept = posting(date_posted=posted, valid_through=posted, date_modified=posted)

    assert tidy_dates(kept) is kept


def test_nothing_written_as_a_date_goes():
    """The epoch, year one and 9999 are what programs write for "none"."""
    for moment in (datetime(1970, 1, 1), datetime(1, 1, 1), datetime(9999, 12, 31)):  # noqa: DTZ001
        assert tidy_dates(posting(date_posted=moment)).date_posted is None


def test_zones_become_utc():
    """A moment without zone is read as UTC, one with a zone is moved to UTC."""
    naive = tidy_dates(posting(date_posted=datetime(2026, 1, 2, 3)))  # noqa: DTZ001
    moved = tidy_dates(
        posting(date_posted=datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=-5))))
    )

    assert naive.date_posted == datetime(2026, 1, 2, 3, tzinfo=UTC)
    assert moved.date_posted == datetime(2026, 1, 2, 8, tzinfo=UTC)
    assert moved.date_posted.tzinfo is UTC
    assert naive.mended == moved.mended == ("dates",)


@given(st.none() | st.datetimes(timezones=st.none() | st.timezones()))
def test_any_moment_is_at_rest(moment):
    """Any moment gives None or an aware moment in UTC, and tidying again changes nothing."""
    once = tidy(moment)

    assert once is None or once.utcoffset() == timedelta(0)
    assert tidy(once) == once
