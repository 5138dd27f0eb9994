"""
Signs that a job may be a ghost: each with its evidence, none of them a verdict.

Pure, save `signals_of`, which asks the store. An opening is shown whatever its signals say; see
docs/explanation/ghost-signals.md.
"""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from jobtide import query, sources
from jobtide.model import Opening, Tracked
from jobtide.sources.recognise import board_behind
from jobtide.store import BoardState, Store

#: Open for so many days is long. A vacancy in the United States was open for 30 working days, six
#: weeks, on average (DHI-DFH mean vacancy duration, September 2017, dhihiringindicators.com).
LONG_OPEN_DAYS = 60
#: A text nobody touched for so long.
UNCHANGED_DAYS = 60
#: A board that was read within so many days says what it lists now.
FRESH_DAYS = 7
#: Kinds of sources that are the employer's own list.
EMPLOYERS_OWN = ("employer", "ats")


class Signal(Struct, frozen=True, kw_only=True):
    """One sign and the sentence that supports it."""

    kind: str  #: "long_open" | "bumped" | "reposted" | "unchanged" | "delisted" | "not_on_board"
    sentence: str


def employer_boards(states: Iterable[BoardState], now: datetime) -> set[str]:
    """Return the keys of the employers' own boards whose last try, of late, went well."""
    fresh = now - timedelta(days=FRESH_DAYS)
    return {
        f"{one.source}/{one.board}"
        for one in states
        if _kind(one.source) in EMPLOYERS_OWN
        and one.read_at is not None
        and one.read_at >= fresh
        and one.outcome != "failed"
    }


def signals(opening: Opening, now: datetime, employer_boards: Set[str]) -> tuple[Signal, ...]:
    """
    Return the signs of an opening, the strongest first.

    Args:
        opening: with every posting and its history.
        now: the moment that ages count to.
        employer_boards: keys ("greenhouse/acme") of the employers' own boards that are read.
    """
    steps = (_delisted, _not_on_board) if opening.status == "open" else ()
    found = [signal for step in steps for signal in step(opening, employer_boards)]
    found += _again(opening)
    if opening.status == "open":
        found += _long(opening, now)
    return tuple(found)


def signals_of(opening: Opening, store: Store, now: datetime) -> tuple[Signal, ...]:
    """Return the signs of an opening, with the boards that the store has read."""
    return signals(opening, now, employer_boards(store.board_states().values(), now))


def as_dict(opening: Opening, found: Iterable[Signal]) -> dict[str, Any]:
    """Return the object that `--json` prints: the opening, with its signs as "signals"."""
    values: dict[str, Any] = msgspec.to_builtins(opening)
    return values | {"signals": msgspec.to_builtins(list(found))}


def _delisted(opening: Opening, boards: Set[str]) -> Iterator[Signal]:
    """The employer's own board is read and has dropped it; another list goes on showing it."""
    own = [one for one in opening.postings if _key(one) in boards]
    if not own or any(one.history.status == "open" for one in own):
        return
    last = max(own, key=lambda one: one.history.last_seen_at)
    others = [
        one
        for one in opening.postings
        if one.history.status == "open"
        and _kind(one.posting.source) not in EMPLOYERS_OWN
        and one.history.last_seen_at > last.history.last_seen_at
    ]
    if others:
        other = max(others, key=lambda one: one.history.last_seen_at)
        yield Signal(
            kind="delisted",
            sentence=f"The employer's own board {_key(last)} no longer lists it (last on "
            f"{_day(last.history.last_seen_at)}); {_credit(other)} still does "
            f"({_day(other.history.last_seen_at)}).",
        )


def _not_on_board(opening: Opening, boards: Set[str]) -> Iterator[Signal]:
    """Apply leads to a board that is read, where no posting was found to be this job."""
    known = {_key(one).casefold() for one in opening.postings}
    read = {key.casefold(): key for key in boards}
    told = set()
    for one in opening.postings:
        if one.history.status != "open" or one.posting.apply_url is None:
            continue
        board = board_behind(one.posting.apply_url)
        key = board.key.casefold() if board else ""
        if key in read and key not in known and key not in told:
            told.add(key)
            yield Signal(
                kind="not_on_board",
                sentence=f"Apply at {_credit(one)} leads to {read[key]}; that board is read, and "
                "no posting on it was found to be this job.",
            )


def _again(opening: Opening) -> Iterator[Signal]:
    """It was put on top again: under another identifier, or by a moved date alone."""
    pairs = query.reposts(opening)
    if pairs:
        earlier, later = pairs[-1]
        times = _times(query.repost_count(opening))
        yield Signal(
            kind="reposted",
            sentence=f"Reposted {times}: {earlier.posting.id} was last seen on "
            f"{_day(earlier.history.last_seen_at)}, {later.posting.id} first on "
            f"{_day(later.history.first_seen_at)}.",
        )
    moved = [one for one in opening.postings if one.history.bumped]
    if moved:
        where = ", ".join(f"{_credit(one)} {_times(one.history.bumped)}" for one in moved)
        yield Signal(
            kind="bumped",
            sentence=f"Bumped {_times(query.bumps(opening))}: the date was moved and nothing else "
            f"({where}).",
        )


def _long(opening: Opening, now: datetime) -> Iterator[Signal]:
    """It has been open for long, or its words have not changed for long."""
    since, stated = query.posted(opening)
    days = (now - since).days
    if days >= LONG_OPEN_DAYS:
        how = "its board dates it" if stated else "first seen on"
        yield Signal(kind="long_open", sentence=f"Open for {days} days: {how} {_day(since)}.")
    words = max(one.history.changed_at or one.history.first_seen_at for one in opening.postings)
    days = (now - words).days
    if days >= UNCHANGED_DAYS:
        yield Signal(
            kind="unchanged",
            sentence=f"Its words have not changed since {_day(words)}, {days} days ago.",
        )


def _kind(source: str) -> str:
    try:
        return sources.load(source).kind
    except KeyError:  # of a package that is no longer there
        return ""


def _key(one: Tracked) -> str:
    return f"{one.posting.source}/{one.posting.board}"


def _credit(one: Tracked) -> str:
    try:
        return sources.load(one.posting.source).terms.credit
    except KeyError:
        return one.posting.source


def _day(when: datetime) -> str:
    return when.date().isoformat()


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
