"""Pay by category and level: a bar for the middle half, a mark for each level."""

from collections.abc import Sequence

from jobtide.publish.pictures.bars import ROW, THICK
from jobtide.publish.pictures.figures import LEVELS, Pay
from jobtide.publish.pictures.legend import EDGE, legend
from jobtide.publish.pictures.scene import (
    LETTER,
    WIDTH,
    Bar,
    Mark,
    Rule,
    Scene,
    Words,
    named,
    room,
    thousands,
    ticks,
)

#: The form of each level's mark.
_FORMS = {name: form for form, name in enumerate(LEVELS)}


def spread_of_pay(title: str, rows: Sequence[Pay]) -> Scene:
    """Return a scene with one row a category, from zero."""
    names = [named(row.category) for row in rows]
    left, right = EDGE + room(names) + 10, WIDTH - EDGE - 16
    most = max(max(row.high, *(pay for _, pay in row.levels.values()), 0) for row in rows)
    steps = ticks(most)
    shown = [name for name in LEVELS if any(name in row.levels for row in rows)]
    key = legend([("weak", "middle half"), *((_FORMS[name], name.lower()) for name in shown)])
    top, bottom = key.bottom, key.bottom + len(rows) * ROW

    def x(amount: float) -> float:
        return left + amount / steps[-1] * (right - left)

    rules = [Rule(x(step), top, x(step), bottom, "grid" if step else "axis") for step in steps]
    words = [Words(EDGE, 28, title, kind="heading"), *key.words]
    words += [Words(x(step), bottom + 18, thousands(step), "middle") for step in steps]
    bars, marks = list(key.bars), list(key.marks)
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
            Mark(x(row.levels[level][1]), middle, _FORMS[level])
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
