"""When a digest may go out: calendar, quiet hours, and how long a failing channel waits."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.alert import due, quiet, retry_after
from tests.unit.alert.made import subscription

MOMENTS = st.integers(0, 730 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(day, hour=0, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_the_first_digest_is_due_at_once():
    """Nothing sent yet: due, whatever the rhythm."""
    assert all(due(subscription(every=every), at(2)) for every in ("day", "hour", "change"))


def test_a_day_is_a_day_of_the_calendar():
    """A run that starts earlier today than yesterday skips no day; twice a day is not due."""
    one = subscription(sent_at=at(2, 6, 50))

    assert not due(one, at(2, 23, 59))
    assert due(one, at(3, 6, 5))
    assert due(one, at(3, 0, 0))


def test_days_and_hours_are_counted_in_the_zone_of_the_person():
    """23:30 UTC is the next day in Warsaw; India's hours begin at half past."""
    warsaw = subscription(sent_at=at(2, 21), timezone="Europe/Warsaw")
    kolkata = subscription(sent_at=at(2, 10, 10), timezone="Asia/Kolkata", every="hour")

    assert due(warsaw, at(2, 23, 30))
    assert not due(subscription(sent_at=at(2, 21)), at(2, 23, 30))
    assert not due(kolkata, at(2, 10, 29))
    assert due(kolkata, at(2, 10, 30))


def test_an_hour_that_is_there_twice_does_no_harm():
    """When summer time ends, 02:30 comes twice; the second is not another hour to send in."""
    one = subscription(
        every="hour", timezone="Europe/Warsaw", sent_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    )

    assert not due(one, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert due(one, datetime(2026, 10, 25, 2, 30, tzinfo=UTC))


def test_a_clock_that_was_put_back_sends_nothing_again():
    """A moment before the last digest is not a new day."""
    assert not due(subscription(sent_at=at(3, 8)), at(2, 8))


def test_paused_waiting_or_quiet_is_not_due():
    """A dead channel, a wait that is not over, and quiet hours hold a digest back."""
    assert not due(subscription(paused="gone"), at(2))
    assert not due(subscription(retry_at=at(2, 1)), at(2))
    assert due(subscription(retry_at=at(2)), at(2))
    assert not due(subscription(quiet_hours="22:00-07:00"), at(2, 23))


@given(MOMENTS, st.sampled_from(["22:00-07:00", "00:00-06:30", "12:00-13:00", "23:59-00:00"]))
def test_quiet_hours_and_their_complement_share_no_moment(now, hours):
    """A moment is quiet by the hours or by those turned around, never both, in any zone."""
    start, end = hours.split("-")
    for zone in ("UTC", "America/New_York", "Asia/Kolkata"):
        one = subscription(quiet_hours=hours, timezone=zone)
        other = subscription(quiet_hours=f"{end}-{start}", timezone=zone)
        assert quiet(one, now) is not quiet(other, now)


@given(st.integers(1, 10_000), st.integers(0, 100))
def test_the_wait_grows_to_a_day_and_no_further(failures, seed):
    """None after the first failure; then at least five minutes, at most a day."""
    wait = retry_after(failures, Random(seed))

    if failures == 1:
        assert wait is None
    else:
        assert timedelta(minutes=5) <= wait <= timedelta(days=1)


def test_what_the_server_asks_for_counts_when_it_is_longer():
    """Retry-After is obeyed, also after the first failure; a shorter one shortens nothing."""
    assert retry_after(1, Random(1), 3600.0) == timedelta(hours=1)
    assert retry_after(9, Random(1), 1.0) > timedelta(hours=1)


@pytest.mark.parametrize("hours", ["24:00-07:00", "22:60-07:00", "22:00", "a-b", "07:00-07:00"])
def test_hours_that_are_none_are_refused(hours):
    """The error says how to write them."""
    from jobtide.alert.schedule import read_hours
    from jobtide.errors import UsageError

    with pytest.raises(UsageError, match="22:00-07:00"):
        read_hours(hours)
