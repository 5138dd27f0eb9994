"""Pay by category and level: a bar for the middle half, a mark for each level."""

from collections.abc import Sequence

from jobtide.model import CATEGORIES
from jobtide.publish.pictures.bars import EDGE, LEGEND, ROW, THICK, TOP
from jobtide.publish.pictures.figures import LEVELS, Pay
from jobtide.publish.pictures.scene import (
    LETTER,
    WIDTH,
    Bar,
    Mark,
    Rule,
    Scene,
    Words,
    room,
    thousands,
    ticks,
)


def spread_of_pay(title: str, rows: Sequence[Pay]) -> Scene:
    """Return a scene with one row a category, from zero."""
    names = [CATEGORIES[row.category] for row in rows]
    left, right = EDGE + room(names) + 10, WIDTH - EDGE - 16
    most = max(max(row.high, *(pay for _, pay in row.levels.values()), 0) for row in rows)
    steps = ticks(most)
    top = TOP + LEGEND
    bottom = top + len(rows) * ROW

    def x(amount: float) -> float:
        return left + amount / steps[-1] * (right - left)

    rules = [Rule(x(step), top, x(step), bottom, "grid" if step else "axis") for step in steps]
    words = [Words(EDGE, 28, title, kind="heading")]
    words += [Words(x(step), bottom + 18, thousands(step), "middle") for step in steps]
    shown = [name for name in LEVELS if any(name in row.levels for row in rows)]
    bars = [Bar(EDGE, TOP - 1, 22, 12, "weak")]
    words.append(Words(EDGE + 28, TOP + 10, "middle half"))
    marks: list[Mark] = []
    at = EDGE + 28 + room(["middle half"]) + 16
    for name in shown:
        marks.append(Mark(at + 6, TOP + 5, list(LEVELS).index(name)))
        words.append(Words(at + 17, TOP + 10, name.lower()))
        at += 17 + room([name]) + 14
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        y = top + place * ROW
        middle = y + ROW / 2
        bars.append(
            Bar(x(row.low), y + (ROW - THICK) / 2, x(row.high) - x(row.low), THICK, "weak")
        )
        rules.append(
            Rule(x(row.middle), middle - THICK / 2, x(row.middle), middle + THICK / 2, "middle")
        )
        words.append(Words(left - 10, middle + LETTER * 0.36, name, "end"))
        marks += [
            Mark(x(row.levels[level][1]), middle, list(LEVELS).index(level))
            for level in shown
            if level in row.levels
        ]
    return Scene(
        height=bottom + 30,
        rules=tuple(rules),
        bars=tuple(bars),
        marks=tuple(marks),
        words=tuple(words),
    )
