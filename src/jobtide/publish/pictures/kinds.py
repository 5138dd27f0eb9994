"""The four pictures, each with its words and its table."""

from collections.abc import Callable
from datetime import date

from jobtide.clean.salary import rates_as_of
from jobtide.model import CATEGORIES
from jobtide.publish import facts, terms
from jobtide.publish.markdown import visible
from jobtide.publish.pictures.bars import Row, rows_of_bars
from jobtide.publish.pictures.figures import LEAST, LEAST_OF_LEVEL, LEVELS, Figures
from jobtide.publish.pictures.lines import line_of_days
from jobtide.publish.pictures.scene import Picture, Table, named, number
from jobtide.publish.pictures.spread import spread_of_pay

#: Rows of one picture; the table has all of them.
_MOST_ROWS = 25
#: Rows of the table of days: the newest.
_MOST_DAYS = 53
#: Letters of a name beside a bar.
_LONGEST = 34


def pictures(figures: Figures) -> tuple[Picture, ...]:
    """Return the pictures that have something to show, always in the same order."""
    makers: tuple[Callable[[Figures], Picture | None], ...] = (
        _over_time,
        _by_category,
        _pay,
        _sources,
    )
    return tuple(made for make in makers if (made := make(figures)) is not None)


def _over_time(figures: Figures) -> Picture | None:
    moments = figures.over_time
    if len(moments) < 2:
        return None
    first, last = moments[0], moments[-1]
    most = max(moments, key=lambda one: one.open)
    title = "Open jobs over time"
    return Picture(
        name="over-time",
        title=title,
        alt=(
            f"A line from {number(first.open)} open jobs on {facts.day(first.day)} to"
            f" {number(last.open)} on {facts.day(last.day)}; the most were"
            f" {number(most.open)}, on {facts.day(most.day)}."
        ),
        note=(
            "A job counts from the day we first saw it to the day it ended."
            " What was open before the first day is not known."
        ),
        table=Table(
            head=("Day", "Open jobs"),
            rows=tuple(
                (facts.day(one.day), number(one.open)) for one in reversed(moments[-_MOST_DAYS:])
            ),
        ),
        scene=line_of_days(title, moments),
    )


def _by_category(figures: Figures) -> Picture | None:
    if not figures.categories:
        return None
    rows = [Row(named(word), count, count) for word, count in figures.categories]
    title = "Open jobs by category"
    return Picture(
        name="categories",
        title=title,
        alt=f"Bars for {_all(rows)}. {_leaders(rows)}",
        note="Each job is counted once, in its first category.",
        table=Table(
            head=("Category", "Open jobs"),
            rows=tuple(
                (CATEGORIES.get(word, named(word)), number(count))
                for word, count in figures.categories
            ),
        ),
        scene=rows_of_bars(title, rows[:_MOST_ROWS]),
    )


def _pay(figures: Figures) -> Picture | None:
    if not figures.pay:
        return None
    shown = [name for name in LEVELS if any(name in one.levels for one in figures.pay)]
    day = facts.day(date.fromisoformat(rates_as_of()))
    title = "Pay by category and level, US dollars a year"
    return Picture(
        name="pay",
        title=title,
        alt="Stated yearly pay. "
        + " ".join(
            f"{CATEGORIES[one.category]}: half of {number(one.stated)} jobs between"
            f" {number(one.low)} and {number(one.high)} US dollars, the middle one"
            f" {number(one.middle)}."
            for one in figures.pay[:5]
        ),
        note=(
            "A bar holds the middle half of the jobs, its line the middle one, a mark the middle"
            " one of a level. Only jobs that state their base pay, its currency and its period;"
            f" the middle of a range counts. Converted with the rates of {day}. A category is"
            f" shown when at least {LEAST} jobs state their pay, a level of it from"
            f" {LEAST_OF_LEVEL} jobs on."
        ),
        table=Table(
            head=(
                "Category",
                "Jobs that state it",
                "Lower quarter",
                "Middle",
                "Upper quarter",
                *shown,
            ),
            rows=tuple(
                (
                    CATEGORIES[one.category],
                    *map(number, (one.stated, one.low, one.middle, one.high)),
                    *(
                        number(one.levels[name][1]) if name in one.levels else "–"
                        for name in shown
                    ),
                )
                for one in figures.pay
            ),
        ),
        scene=spread_of_pay(title, figures.pay[:_MOST_ROWS]),
    )


def _sources(figures: Figures) -> Picture | None:
    if not figures.sources:
        return None
    rows = [
        Row(_short(terms.of_source(one.source).credit), one.openings, one.only_here)
        for one in figures.sources
    ]
    title = "Open jobs by source"
    return Picture(
        name="sources",
        title=title,
        alt=f"Bars for {_all(rows)}. {_leaders(rows)}",
        note="A job that several sources list is counted at each of them.",
        table=Table(
            head=("Source", "Open jobs", "Only there"),
            rows=tuple((row.name, number(row.value), number(row.strong)) for row in rows),
        ),
        scene=rows_of_bars(title, rows[:_MOST_ROWS], ("only there", "on others as well")),
    )


def _short(name: str) -> str:
    """Return a name that fits beside its bar, without characters that XML forbids."""
    seen = visible(name)
    return seen if len(seen) <= _LONGEST else f"{seen[: _LONGEST - 1]}…"


def _all(rows: list[Row]) -> str:
    return "one row" if len(rows) == 1 else f"{len(rows)} rows"


def _leaders(rows: list[Row]) -> str:
    """Name the three longest bars."""
    said = ", ".join(f"{row.name} {number(row.value)}" for row in rows[:3])
    return f"{'The longest' if len(rows) > 3 else 'They are'}: {said}."
