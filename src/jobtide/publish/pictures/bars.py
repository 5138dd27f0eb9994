"""Rows of bars: a name, a bar, a number."""

from collections.abc import Sequence

from msgspec import Struct

from jobtide.publish.pictures.legend import EDGE, legend
from jobtide.publish.pictures.scene import LETTER, WIDTH, Bar, Rule, Scene, Words, number, room

#: Height of a row and of its bar in pixels.
ROW, THICK = 24, 14


class Row(Struct, frozen=True):
    """One bar: its name, how long, and how much of it is the strong part."""

    name: str
    value: int
    strong: int


def rows_of_bars(title: str, rows: Sequence[Row], parts: tuple[str, str] | None = None) -> Scene:
    """Return a scene with one bar a row, all from zero; `parts` says what strong and weak are."""
    left = EDGE + room([row.name for row in rows]) + 10
    most = max((row.value for row in rows), default=1) or 1
    right = WIDTH - EDGE - room([number(most)]) - 10
    key = legend(list(zip(("main", "weak"), parts, strict=True)) if parts else ())
    bars: list[Bar] = list(key.bars)
    words = [Words(EDGE, 28, title, kind="heading"), *key.words]
    for place, row in enumerate(rows):
        y = key.bottom + place * ROW
        long = row.value / most * (right - left)
        strong = row.strong / most * (right - left)
        bars.append(Bar(left, y + (ROW - THICK) / 2, strong, THICK))
        if row.value > row.strong:
            bars.append(Bar(left + strong, y + (ROW - THICK) / 2, long - strong, THICK, "weak"))
        base = y + ROW / 2 + LETTER * 0.36
        words.append(Words(left - 10, base, row.name, "end"))
        words.append(Words(left + long + 7, base, number(row.value), kind="value"))
    bottom = key.bottom + len(rows) * ROW
    axis = Rule(left, key.bottom, left, bottom, "axis")
    return Scene(height=bottom + EDGE, rules=(axis,), bars=tuple(bars), words=tuple(words))
