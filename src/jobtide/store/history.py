"""
The rule that opens, misses, closes and reopens postings: pure, and the same for every store.

Failure is not emptiness. Only a whole board that was read to its end says that something is
gone, and it must say so twice, at least `CLOSE_AFTER` apart. A rolling window (a feed of the
newest postings) never says it; neither does an answer that broke off, is empty by surprise, or
is surprisingly short.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from jobtide.model import History, Opening, Posting, Reopening, Tracked
from jobtide.text import tokens

#: A board's API can lose dozens of postings for some hours and bring them back: Lever's
#: "binance" dropped 50 of 298 at 05:46 and showed ten of them again at 13:47 (12 August 2026).
CLOSE_AFTER = timedelta(hours=12)

#: A whole board of at least SHRINK_FROM postings that lists fewer than SHRINK_TO of what it
#: listed before is surprising. Below ten, half a board is a matter of a few closed jobs.
SHRINK_FROM = 10
SHRINK_TO = 0.5

#: A surprise that stays is no surprise: an employer may close every job. It is believed when it
#: was seen in BELIEVE_READINGS readings in a row, the first of them BELIEVE_AFTER ago.
BELIEVE_AFTER = timedelta(days=3)
BELIEVE_READINGS = 3


def step(
    before: History | None,
    *,
    listed: bool,
    read_at: datetime,
    complete: bool,
    window: bool = False,
    valid_through: datetime | None = None,
) -> History | None:
    """
    Return what a reading of the board makes of a posting's history.

    `before` is None for a posting never seen. `complete` is True when the whole board was read to
    its end and its answer is believed. `valid_through` matters only to one that ended by it: a
    window that goes on showing it does not bring it back.
    """
    if listed:
        return _seen(before, read_at, valid_through)
    if before is None or window or not complete:
        return before
    if before.status == "open":
        return replace(before, status="missing", missing_since=read_at)
    if before.status == "missing" and read_at - (before.missing_since or read_at) >= CLOSE_AFTER:
        return replace(before, status="closed", closed_at=read_at, closed_reason="absent")
    return before


def _seen(before: History | None, read_at: datetime, valid_through: datetime | None) -> History:
    if before is None:
        return History(first_seen_at=read_at, last_seen_at=read_at)
    if before.status == "open" or ended_by_itself(before, read_at, valid_through):
        return replace(before, last_seen_at=read_at)
    return replace(
        before,
        last_seen_at=read_at,
        status="open",
        missing_since=None,
        closed_at=None,
        closed_reason=None,
        reopened=(*before.reopened, Reopening(at=read_at, was=before.status)),
    )


def ended_by_itself(history: History, at: datetime, valid_through: datetime | None) -> bool:
    """Return whether it expired by its own `valid_through`, and that still lies behind `at`."""
    return (
        history.closed_reason == "valid_through"
        and valid_through is not None
        and valid_through <= at
    )


def end(history: History, *, at: datetime, status: str, reason: str) -> History:
    """
    Return the history of a posting that ends for another reason than absence.

    `status` is "closed" or "expired". One that has ended stays as it is, and nothing ends before
    it was last seen: a clock that jumps back ends nothing.
    """
    if history.status not in ("open", "missing") or at < history.last_seen_at:
        return history
    return replace(history, status=status, closed_at=at, closed_reason=reason)


def surprise(
    listed: int, before: int | None, *, read_at: datetime, since: datetime | None, readings: int
) -> str:
    """
    Return why a whole board's answer is not believed ("empty", "shrink"), or "".

    `listed` is how many records it lists now, `before` how many at the last reading that was
    believed (None: there was none). `since` is when the present surprise began (None: just now)
    and `readings` how many readings of it there were before this one.
    """
    if not before or listed >= before:
        return ""
    lasted = since is not None and read_at - since >= BELIEVE_AFTER
    if lasted and readings + 1 >= BELIEVE_READINGS:
        return ""
    if listed == 0:
        return "empty"
    return "shrink" if before >= SHRINK_FROM and listed < before * SHRINK_TO else ""


def reused(earlier: Posting, now: Posting) -> bool:
    """
    Return whether a board gave the address of one job to quite another one.

    Both the title and the organization must be stated and share no word. A new title alone is
    an edit, and so is an employer's new name.
    """
    if not (earlier.hiring_organization and now.hiring_organization):
        return False
    return _apart(earlier.title, now.title) and _apart(
        earlier.hiring_organization, now.hiring_organization
    )


def _apart(one: str, other: str) -> bool:
    return set(tokens(one)).isdisjoint(tokens(other))


def assemble(
    opening_id: str, canonical_id: str, tracked: Iterable[Tracked], reasons: tuple[str, ...] = ()
) -> Opening:
    """
    Return the opening behind `tracked` (at least one), the canonical posting first.

    It is open while any posting is open or missing; then closed if any was closed, else expired.
    """
    postings = sorted(
        tracked, key=lambda one: (one.posting.id != canonical_id, one.history.first_seen_at)
    )
    histories = [one.history for one in postings]
    states = {history.status for history in histories}
    going = not states.isdisjoint(("open", "missing"))
    ends = [history.closed_at for history in histories if history.closed_at]
    changes = [history.changed_at for history in histories if history.changed_at]
    return Opening(
        id=opening_id,
        posting=postings[0].posting,
        postings=tuple(postings),
        reasons=reasons,
        first_seen_at=min(history.first_seen_at for history in histories),
        last_seen_at=max(history.last_seen_at for history in histories),
        status="open" if going else "closed" if "closed" in states else "expired",
        closed_at=None if going else max(ends, default=None),
        changed_at=max(changes, default=None),
    )
