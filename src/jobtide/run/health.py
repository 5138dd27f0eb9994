"""How sources and boards are doing, for `sources list` and `doctor`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from math import sqrt

from msgspec import Struct
from msgspec.structs import replace

from jobtide import sources
from jobtide.config import Config, secret
from jobtide.model import BoardHealth, Terms
from jobtide.run.boards import enabled, known_boards
from jobtide.store import Logged, Store

#: How many good readings make a board's habit. Ten are ten days of a daily schedule, so that a
#: bad week does not become the habit at once.
HABIT = 10
#: Readings looked at to find them.
LOOK_BACK = 20
#: A board that kept at least so many postings does not run dry by itself in one day.
EMPTY_FROM = 5.0
#: From so many postings on fewer than SHRINK_TO of them is strange; as in store.history.
SHRINK_FROM, SHRINK_TO = 10.0, 0.5
#: A field stated by at least FIELD_FROM of the postings is lost below half of its habit ...
FIELD_FROM, FIELD_TO = 0.5, 0.5
#: ... and beyond what chance does in a small board: so many standard deviations of a share.
SIGMAS = 3.0
#: Share of records rejected that is strange where it used to be under REJECTS_USUAL.
REJECTS_FROM, REJECTS_USUAL = 0.5, 0.25


class SourceRow(Struct, frozen=True, kw_only=True):
    """One source as `sources list` shows it."""

    name: str
    state: str  #: "on", "off", "needs a key"
    boards: int
    credit: str
    min_interval_s: float
    read_at: datetime | None
    error: str | None
    limits: str  #: what its terms ask of us, in words


def source_rows(config: Config, health: Iterable[BoardHealth]) -> list[SourceRow]:
    """Return one row a source, in alphabetical order."""
    seen: dict[str, list[BoardHealth]] = {}
    for one in health:
        seen.setdefault(one.source, []).append(one)
    return [_row(name, config, seen.get(name, [])) for name in sorted(sources.names())]


def _row(name: str, config: Config, health: list[BoardHealth]) -> SourceRow:
    source = sources.load(name)
    return SourceRow(
        name=name,
        state=_state(source, config),
        boards=len(known_boards(config, [name])),
        credit=source.terms.credit,
        min_interval_s=source.terms.min_interval_s,
        read_at=max((one.read_at for one in health if one.read_at), default=None),
        error=next((one.error for one in health if one.error), None),
        limits=limits(source.terms),
    )


def _state(source: sources.Source, config: Config) -> str:
    if enabled(source, config):
        return "on"
    return "needs a key" if not all(secret(key) for key in source.keys) else "off"


def limits(terms: Terms) -> str:
    """Return what the terms ask of us, in a few words."""
    said = [
        (terms.link_back, "link back"),
        (terms.follow, "followed link"),
        (terms.apply_via_board, "apply on the board"),
        (not terms.logo, "no logo"),
        (terms.description != "full", f"description: {terms.description}"),
        (not terms.structured_data, "no structured data"),
        (not terms.syndication, "no syndication"),
        (terms.forbidden is not None, f"off: {terms.forbidden}"),
    ]
    return ", ".join(words for holds, words in said if holds)


class Alarm(Struct, frozen=True, kw_only=True):
    """A board gave less than it uses to."""

    source: str
    board: str
    kind: str  #: "empty", "shrink", "rejects" or "field"
    sentence: str  #: "description: stated by 0 % of 40 postings, usually 99 %"


def alarms(history: Sequence[Logged]) -> tuple[Alarm, ...]:
    """
    Return what the last reading of one board lacks against the habit of the readings before it.

    `history` holds readings with the outcome "ok", the oldest first. Habit is the mean of the last
    HABIT good ones: read to their end (or windows) and not empty. Pure.
    """
    if not history:
        return ()
    last = history[-1]
    good = [one for one in history[:-1] if one.counts.kept and _whole(one)][-HABIT:]
    if not good:
        return ()
    found = [*_amounts(last, good), *_fields(last, good)]
    return tuple(
        Alarm(source=last.reading.source, board=last.reading.board, kind=kind, sentence=sentence)
        for kind, sentence in found
    )


def _whole(one: Logged) -> bool:
    return one.reading.complete or one.reading.window


def _amounts(last: Logged, good: Sequence[Logged]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with how much was kept and rejected."""
    now, usual = last.counts, _mean(one.counts.kept for one in good)
    if not now.kept and usual >= EMPTY_FROM:
        why = f": all {now.read} records were rejected" if now.rejected else ""
        yield "empty", f"no posting, usually {usual:.0f}{why}"
        return
    if _whole(last) and usual >= SHRINK_FROM and now.kept < usual * SHRINK_TO:
        yield "shrink", f"{now.kept} postings, usually {usual:.0f}"
    share = now.rejected / now.read if now.read else 0.0
    before = _mean(one.counts.rejected / one.counts.read for one in good if one.counts.read)
    if now.read >= EMPTY_FROM and share >= REJECTS_FROM and before < REJECTS_USUAL:
        yield (
            "rejects",
            f"{now.rejected} of {now.read} records rejected, usually {before:.0%}",
        )


def _fields(last: Logged, good: Sequence[Logged]) -> Iterator[tuple[str, str]]:
    """Yield the fields that far fewer postings state than usual."""
    number = last.counts.kept
    for field, share in last.reading.fill.items():
        before = [one.reading.fill[field] for one in good if field in one.reading.fill]
        usual = _mean(before)
        chance = SIGMAS * sqrt(usual * (1 - usual) / number) if number else 1.0
        if usual >= FIELD_FROM and share < min(usual * FIELD_TO, usual - chance):
            yield (
                "field",
                f"{field}: stated by {share:.0%} of {number} postings, usually {usual:.0%}",
            )


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def all_alarms(store: Store) -> dict[tuple[str, str], tuple[Alarm, ...]]:
    """Return (source, board) -> alarms, of the boards that have any."""
    return {
        (those[0].source, those[0].board): those
        for those in map(alarms, _histories(store))
        if those
    }


def alarms_of(store: Store, run: int) -> list[str]:
    """Return the alarms of the boards that this run read anew, a sentence each."""
    return [
        f"{one.source}/{one.board}: {one.sentence}"
        for history in _histories(store)
        if history[-1].reading.run_id == run
        for one in alarms(history)
    ]


def _histories(store: Store) -> Iterator[list[Logged]]:
    """Yield the last readings of each board that brought an answer, the oldest first."""
    readings = store.readings(last=LOOK_BACK)
    for _, history in groupby(readings, lambda one: (one.reading.source, one.reading.board)):
        yield list(history)


def with_alarms(store: Store) -> tuple[BoardHealth, ...]:
    """Return the health of all boards with their alarms in it, for publishers."""
    found = all_alarms(store)
    return tuple(
        replace(one, alarms=tuple(alarm.sentence for alarm in found[one.source, one.board]))
        if (one.source, one.board) in found
        else one
        for one in store.health()
    )
