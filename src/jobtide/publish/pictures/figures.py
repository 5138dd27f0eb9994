"""The numbers behind the pictures, and how they are counted: one pass over the openings."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from statistics import quantiles

from msgspec import Struct

from jobtide.clean.salary import yearly
from jobtide.model import CATEGORIES, Opening

#: Openings that state their pay before a category is given a figure: of fewer the quarters would
#: be single jobs.
LEAST = 3
#: The same for a level in a category: one job alone is no level.
LEAST_OF_LEVEL = 2
#: So many days are drawn one by one; a longer time is drawn week by week.
MOST_DAYS = 62
#: How far back the openings over time go: 52 whole weeks.
WINDOW_DAYS = 364
#: What pay is compared in.
CURRENCY = "USD"

#: The levels of classify.seniority in the four groups that a picture can tell apart.
LEVELS: dict[str, tuple[str, ...]] = {
    "Junior": ("intern", "junior"),
    "Mid-level": ("mid",),
    "Senior": ("senior", "staff"),
    "Lead or manager": ("lead", "manager", "director", "executive"),
}
_GROUP = {word: name for name, words in LEVELS.items() for word in words}


class Moment(Struct, frozen=True):
    """How many openings were open when a day ended."""

    day: date
    open: int


class Pay(Struct, frozen=True, kw_only=True):
    """Stated base pay in one category, as yearly pay in CURRENCY."""

    category: str  #: a word of CATEGORIES
    stated: int  #: openings that state a pay which can be compared
    low: float  #: a quarter of them pay less
    middle: float
    high: float  #: a quarter of them pay more
    levels: dict[str, tuple[int, float]] = {}  #: name of LEVELS -> (openings, middle)


class SourceCount(Struct, frozen=True, kw_only=True):
    """How many openings one source lists."""

    source: str
    openings: int
    only_here: int  #: of them, those that no other source lists


class Figures(Struct, frozen=True, kw_only=True):
    """What the pictures show; empty parts have no picture."""

    taken_at: datetime
    open: int = 0
    over_time: tuple[Moment, ...] = ()  #: from the first day anything was seen, no day left out
    categories: tuple[tuple[str, int], ...] = ()  #: word, or "" for none found; the most first
    pay: tuple[Pay, ...] = ()  #: the most stated first
    sources: tuple[SourceCount, ...] = ()  #: the most openings first


def counted(openings: Iterable[Opening], now: datetime) -> Figures:
    """Count openings, open and ended, once each; `now` is the moment they are counted at.

    An opening is open from the day it was first seen until the day it ended. Before the first
    day that anything was seen nothing is known, so no number is given for it.
    """
    spans: list[tuple[date, date | None]] = []
    categories: Counter[str] = Counter()
    pay: dict[str, list[tuple[str | None, float]]] = defaultdict(list)
    listed: Counter[str] = Counter()
    only: Counter[str] = Counter()
    for one in openings:
        ended = _day(one.closed_at) if one.status != "open" and one.closed_at else None
        if one.status == "open" or ended is not None:
            spans.append((_day(one.first_seen_at), ended))
        if one.status != "open":
            continue
        posting = one.posting
        word = posting.category.value if posting.category else ""
        categories[word if word in CATEGORIES else ""] += 1
        if word in CATEGORIES and (amount := comparable(one)) is not None:
            pay[word].append(
                (_GROUP.get(posting.seniority.value) if posting.seniority else None, amount)
            )
        names = _sources(one)
        listed.update(names)
        only.update(names if len(names) == 1 else ())
    return Figures(
        taken_at=now,
        open=sum(categories.values()),
        over_time=_over_time(spans, _day(now)),
        categories=tuple(sorted(categories.items(), key=lambda item: (-item[1], item[0]))),
        pay=tuple(
            sorted(
                (_pay(word, stated) for word, stated in pay.items() if len(stated) >= LEAST),
                key=lambda one: (-one.stated, one.category),
            )
        ),
        sources=tuple(
            SourceCount(source=name, openings=count, only_here=only[name])
            for name, count in sorted(listed.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def comparable(opening: Opening) -> float | None:
    """Return the stated base pay as a year's pay in CURRENCY; of several zones the mean.

    None: no base pay is stated, or its period or currency is not.
    """
    found = [
        amount
        for salary in opening.posting.base_salary
        if salary.kind == "base" and (amount := yearly(salary, CURRENCY)) is not None
    ]
    return sum(found) / len(found) if found else None


def _day(when: datetime) -> date:
    return when.astimezone(UTC).date()


def _sources(opening: Opening) -> set[str]:
    """Return the sources that list an opening now."""
    return {
        tracked.posting.source
        for tracked in opening.postings
        if tracked.history.status in ("open", "missing")
    } or {opening.posting.source}


def _over_time(spans: list[tuple[date, date | None]], today: date) -> tuple[Moment, ...]:
    """Return the openings that were open at the end of each day, or of each week and today."""
    begun = sorted(first for first, _ in spans if first <= today)
    ended = sorted(last for _, last in spans if last is not None)
    if not begun:
        return ()
    start = max(begun[0], today - timedelta(days=WINDOW_DAYS))
    days = [start + timedelta(days=number) for number in range((today - start).days + 1)]
    if len(days) > MOST_DAYS:  # Sundays end the weeks of ISO 8601; today ends the one that runs
        days = [day for day in days if day.isoweekday() == 7 or day == today]
    after = [day + timedelta(days=1) for day in days]
    return tuple(
        Moment(day, bisect_left(begun, next_day) - bisect_left(ended, next_day))
        for day, next_day in zip(days, after, strict=True)
    )


def _pay(word: str, stated: list[tuple[str | None, float]]) -> Pay:
    amounts = [amount for _, amount in stated]
    low, middle, high = quantiles(amounts, n=4, method="inclusive")
    levels = {}
    for name in LEVELS:
        of_level = [amount for level, amount in stated if level == name]
        if len(of_level) >= LEAST_OF_LEVEL:
            levels[name] = (len(of_level), quantiles(of_level, n=2, method="inclusive")[0])
    return Pay(
        category=word, stated=len(amounts), low=low, middle=middle, high=high, levels=levels
    )
