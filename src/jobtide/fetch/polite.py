"""Manners: one request at a time to a host, a pause between two, and waiting when told to."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

from jobtide.errors import Throttled, Unreachable
from jobtide.fetch.outcome import Failure

#: Longest wait a server can impose on us: a day.
MAX_RETRY_AFTER_S = 86_400.0

#: Longest wait we sleep through inside one run; a longer one ends the board as throttled.
MAX_SLEEP_S = 20.0

#: Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015): uniform between
#: zero and a bound that doubles from FIRST_BACKOFF_S.
FIRST_BACKOFF_S = 1.0

#: A host where nobody answered this often in a row is left alone for the rest of COOL_DOWN_S, so
#: that a thousand boards on a dead host do not wait a thousand times.
DOWN_AFTER = 5
COOL_DOWN_S = 300.0

_SECONDS = re.compile(r"\s*([0-9]+)(?:\.[0-9]*)?\s*", re.ASCII)


def retry_after_s(text: str | None, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for (RFC 9110, 10.2.3), None if unreadable.

    Takes seconds or a date; clamped to 0 and a day.

    >>> retry_after_s("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after_s("Thu, 01 Jan 2026 00:05:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    300.0
    """
    if text is None:
        return None
    if plain := _SECONDS.fullmatch(text):
        digits = plain.group(1).lstrip("0") or "0"
        return MAX_RETRY_AFTER_S if len(digits) > 6 else min(float(digits), MAX_RETRY_AFTER_S)
    try:
        when = parsedate_to_datetime(text[:100])
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        wait = (when - now).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(wait, 0.0), MAX_RETRY_AFTER_S)


def backoff_s(attempt: int, random: Random) -> float:
    """Return how long to wait after failed try number `attempt` (from 0): full jitter."""
    return random.uniform(0.0, min(MAX_SLEEP_S, FIRST_BACKOFF_S * 2 ** min(attempt, 10)))


class _Host:
    """What the gate remembers of one host; times are those of the event loop."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0  #: not before: the pause after the last request
        self.held_until = 0.0  #: not before: it said Retry-After, or it is down
        self.down = 0  #: how often in a row nobody answered


class Gate:
    """One request in flight a host, at least a pause apart, over all boards of a run."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, delay_s: float) -> AsyncIterator[float]:
        """Wait for our turn; give the seconds waited. The pause runs from the end of the turn.

        Raises Failure at once when the host asked for a longer wait than we sleep through.
        """
        loop = asyncio.get_running_loop()
        asked_at = loop.time()
        state = self._hosts.setdefault(host, _Host())
        async with state.lock:
            self._refuse_if_held(host, state, loop.time())
            await asyncio.sleep(max(state.free_at, state.held_until) - loop.time())
            try:
                yield loop.time() - asked_at
            finally:
                state.free_at = loop.time() + delay_s

    def hold(self, host: str, seconds: float) -> None:
        """Keep every request to `host` back for `seconds`: it said Retry-After."""
        state = self._hosts.setdefault(host, _Host())
        until = asyncio.get_running_loop().time() + seconds
        state.held_until = max(state.held_until, until)

    def answered(self, host: str) -> None:
        """Note that somebody answered at `host`."""
        self._hosts.setdefault(host, _Host()).down = 0

    def silent(self, host: str) -> None:
        """Note that nobody answered at `host`; often enough in a row, and it is left alone."""
        state = self._hosts.setdefault(host, _Host())
        state.down += 1
        if state.down >= DOWN_AFTER:
            self.hold(host, COOL_DOWN_S)

    def _refuse_if_held(self, host: str, state: _Host, now: float) -> None:
        left = state.held_until - now
        if left <= MAX_SLEEP_S:
            return
        if state.down >= DOWN_AFTER:
            what = f"nobody answered at {host} {state.down} times in a row; the next run tries"
            raise Failure(Unreachable, "host_is_down", what)
        what = f"{host} asked to be left alone for {left:.0f} s more; try again after that"
        raise Failure(Throttled, "held_back", what, retry_after_s=left)
