"""
Is it really new? How often an opening was put on top again, and since when it is open.

One answer for the search language, the pages and the signals. Everything is read off the
histories, which are our own readings; see docs/explanation/ghost-signals.md.
"""

from collections import Counter
from datetime import datetime

from jobtide.model import Opening, Tracked

#: A posting that goes on; "missing" is not yet known to have ended.
GOING = ("open", "missing")


def bumps(opening: Opening) -> int:
    """Return how often a board moved its date without changing the words; the highest count.

    An employer who moves a date on three boards at once has moved it once.
    """
    if len(opening.postings) == 1:
        return opening.postings[0].history.bumped
    counts: Counter[tuple[str, str]] = Counter()
    for tracked in opening.postings:
        counts[_board(tracked)] += tracked.history.bumped
    return max(counts.values(), default=0)


def reposts(opening: Opening) -> tuple[tuple[Tracked, Tracked], ...]:
    """
    Return (earlier, later) for each posting that took the place of one that had vanished.

    Both stand on the same board under two identifiers, and the earlier was no longer listed when
    the later was first seen. Two listed side by side (one for each city) are no repost.
    """
    found = []
    by_age = sorted(opening.postings, key=lambda one: one.history.first_seen_at)
    for at, later in enumerate(by_age):
        gone = [one for one in by_age[:at] if _took_the_place(one, later)]
        if gone:
            found.append((max(gone, key=lambda one: one.history.last_seen_at), later))
    return tuple(found)


def repost_count(opening: Opening) -> int:
    """Return how often it was posted again, on the board that has done so most."""
    if len(opening.postings) == 1:
        return 0
    counts = Counter(_board(later) for _, later in reposts(opening))
    return max(counts.values(), default=0)


def _board(tracked: Tracked) -> tuple[str, str]:
    return tracked.posting.source, tracked.posting.board


def _took_the_place(earlier: Tracked, later: Tracked) -> bool:
    return (
        _board(earlier) == _board(later)
        and earlier.posting.identifier != later.posting.identifier
        and earlier.history.last_seen_at < later.history.first_seen_at
    )


def open_since(opening: Opening) -> datetime:
    """Return since when we have seen it open without a gap that its boards confirmed.

    A posting that came back after it was closed counts from its return.
    """
    if len(opening.postings) == 1:
        return _since(opening.postings[0])
    going = [one for one in opening.postings if one.history.status in GOING]
    return min((_since(one) for one in going or opening.postings), default=opening.first_seen_at)


def _since(tracked: Tracked) -> datetime:
    if not tracked.history.reopened:
        return tracked.history.first_seen_at
    returns = [one.at for one in tracked.history.reopened if one.was != "missing"]
    return max(returns, default=tracked.history.first_seen_at)


def posted(opening: Opening) -> tuple[datetime, bool]:
    """Return the moment its age counts from, and whether that is the board's own date.

    It is the board's date, unless we saw the posting before that: a date that was moved makes
    nothing new.
    """
    stated, seen = opening.posting.date_posted, open_since(opening)
    if stated is None or (seen < stated and seen.date() != stated.date()):
        return seen, False
    return stated, True


def age_note(opening: Opening) -> str | None:
    """Return how often an opening was put on top again: "bumped 2 times, reposted once"."""
    if len(opening.postings) == 1 and not opening.postings[0].history.bumped:
        return None
    counts = (("bumped", bumps(opening)), ("reposted", repost_count(opening)))
    said = [f"{word} {_times(count)}" for word, count in counts if count]
    return ", ".join(said) or None


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
