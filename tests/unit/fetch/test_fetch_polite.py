"""Pauses, turns, waiting when told to, and what a status means."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import BoardGone, Forbidden, Throttled, Unreachable
from jobtide.fetch import polite
from jobtide.fetch.outcome import Failure, place, status_failure
from jobtide.fetch.polite import Gate, backoff_s, retry_after_s
from jobtide.model import Board

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("2.5", 2.0),
        ("0000000000000012", 12.0),
        ("86400", 86400.0),
        ("86401", 86400.0),
        ("9" * 5000, 86400.0),
        ("-5", None),
        ("NaN", None),
        ("inf", None),
        ("soon", None),
        ("١٢", None),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60.0),
        ("Sunday, 01-Mar-26 12:01:00 GMT", 60.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Sun, 01 Mar 2026 12:01:00 -0000", 60.0),
        ("Fri, 01 Mar 2199 12:00:00 GMT", 86400.0),
        ("Sun, 99 Mar 2026 12:01:00 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(text, seconds):
    """Both forms of RFC 9110 are read; nonsense is None, and a day is the most."""
    assert retry_after_s(text, NOW) == seconds


@given(st.one_of(st.text(max_size=40), st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} .*")))
def test_any_retry_after_is_a_bounded_wait_or_none(text):
    """No header crashes the reader or makes us wait for ever."""
    seconds = retry_after_s(text, NOW)
    assert seconds is None or 0 <= seconds <= 86_400


@given(st.integers(0, 86_400))
def test_a_date_is_as_good_as_seconds(seconds):
    """The same moment, said either way, is the same wait."""
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert retry_after_s(date, NOW) == retry_after_s(str(seconds), NOW) == seconds


@given(st.integers(0, 10_000), st.integers())
def test_backoff_is_full_jitter_below_a_doubling_bound(attempt, seed):
    """Between nothing and 1, 2, 4 ... 20 seconds, the same for the same random numbers."""
    wait = backoff_s(attempt, Random(seed))
    assert 0 <= wait <= min(20.0, 2.0 ** min(attempt, 10))
    assert wait == backoff_s(attempt, Random(seed))


def test_backoff_uses_the_whole_range():
    """Waits are spread out, so that clients that failed together do not come back together."""
    random = Random(7)
    waits = [backoff_s(2, random) for _ in range(1000)]
    assert min(waits) < 0.2
    assert max(waits) > 3.8


def test_turns_of_a_host_follow_each_other_with_a_pause():
    """Ten requests to one host: never two at once, and the pause between end and start."""

    async def run():
        gate, loop, flights, now = Gate(), asyncio.get_running_loop(), [], 0

        async def one():
            nonlocal now
            async with gate.turn("a.example", 0.02):
                now += 1
                assert now == 1
                start = loop.time()
                await asyncio.sleep(0.005)
                flights.append((start, loop.time()))
                now -= 1

        await asyncio.gather(*(one() for _ in range(10)))
        return flights

    flights = asyncio.run(run())
    gaps = [later[0] - earlier[1] for earlier, later in pairwise(flights)]
    assert min(gaps) >= 0.02


def test_hosts_do_not_wait_for_each_other():
    """A turn at one host is free while another host's is taken."""

    async def run():
        gate = Gate()
        async with gate.turn("a.example", 60), gate.turn("b.example", 60) as waited:
            return waited

    assert asyncio.run(run()) < 0.5


def test_a_host_that_asked_for_a_long_wait_is_not_asked():
    """Retry-After holds for every board of the host, at once and without a request."""

    async def run():
        gate = Gate()
        gate.hold("a.example", 3600)
        async with gate.turn("b.example", 0):
            pass
        async with gate.turn("a.example", 0):
            pass

    with pytest.raises(Failure, match=r"^held_back") as caught:
        asyncio.run(run())
    assert caught.value.kind is Throttled
    assert 3590 < caught.value.retry_after_s <= 3600


def test_a_short_wait_is_slept():
    """A wait of a moment is kept, not reported."""

    async def run():
        gate = Gate()
        gate.hold("a.example", 0.05)
        async with gate.turn("a.example", 0) as waited:
            return waited

    assert asyncio.run(run()) >= 0.045


def test_a_dead_host_is_left_alone_after_some_tries():
    """Nobody answered five times in a row: the sixth is not tried. An answer starts anew."""

    async def run(silences, answered):
        gate = Gate()
        for _ in range(silences):
            gate.silent("a.example")
        if answered:
            gate.answered("a.example")
            gate.silent("a.example")
        async with gate.turn("a.example", 0):
            return "asked"

    assert asyncio.run(run(polite.DOWN_AFTER - 1, answered=False)) == "asked"
    assert asyncio.run(run(polite.DOWN_AFTER - 1, answered=True)) == "asked"
    with pytest.raises(Failure, match=r"^host_is_down"):
        asyncio.run(run(polite.DOWN_AFTER, answered=False))


@pytest.mark.parametrize(
    ("status", "wait", "kind", "retry"),
    [
        (200, None, None, None),
        (204, None, None, None),
        (206, None, Unreachable, False),
        (300, None, Unreachable, False),
        (304, None, Unreachable, False),
        (400, None, Forbidden, False),
        (401, None, Forbidden, False),
        (403, None, Forbidden, False),
        (404, None, BoardGone, False),
        (408, None, Unreachable, True),
        (410, None, BoardGone, False),
        (418, None, Forbidden, False),
        (429, None, Throttled, True),
        (429, 5.0, Throttled, True),
        (451, None, Forbidden, False),
        (500, None, Unreachable, True),
        (502, 5.0, Unreachable, True),
        (503, None, Unreachable, True),
        (503, 5.0, Throttled, True),
        (599, None, Unreachable, True),
        (999, None, Unreachable, True),
    ],
)
def test_each_status_is_sorted_by_what_to_do_next(status, wait, kind, retry):
    """Retry, wait, tell a person, retire: every status leads to one of them."""
    failure = status_failure(status, "https://a.example/x?key=secret", wait)
    if kind is None:
        assert failure is None
        return
    assert (failure.kind, failure.retry) == (kind, retry)
    error = failure.error(Board(source="s", token="b"))
    assert type(error) is kind
    assert str(status) in str(error)
    assert "https://a.example/x" in str(error)
    assert "secret" not in str(error)
    assert getattr(error, "retry_after_s", None) == (wait if kind is Throttled else None)


@given(st.text(max_size=60))
def test_a_place_never_shows_a_query_or_a_user(text):
    """What is said about an address holds no key."""
    shown = place(f"https://user:pw@a.example/{text}?key=secret")
    assert "key=secret" not in shown or "?" in text or "#" in text
    assert "pw@" not in shown
    assert isinstance(place(text), str)
