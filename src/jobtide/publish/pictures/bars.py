"""Rows of bars: a name, a bar, a number."""

from collections.abc import Sequence

from msgspec import Struct

from jobtide.publish.pictures.scene import LETTER, WIDTH, Bar, Rule, Scene, Words, number, room

#: Height of a row and of its bar, and the space around the whole, in pixels.
ROW, THICK, EDGE = 24, 14, 14
#: Where rows begin: below the heading, and a legend when there is one.
TOP, LEGEND = 46, 24


class Row(Struct, frozen=True):
    """One bar: its name, how long, and how much of it is the strong part."""

    name: str
    value: int
    strong: int


def rows_of_bars(title: str, rows: Sequence[Row], legend: tuple[str, str] | None = None) -> Scene:
    """Return a scene with one bar a row, all from zero; `legend` names strong and weak parts."""
    left = EDGE + room([row.name for row in rows]) + 10
    most = max((row.value for row in rows), default=1) or 1
    right = WIDTH - EDGE - room([number(most)]) - 10
    top = TOP + (LEGEND if legend else 0)
    bars: list[Bar] = []
    words = [Words(EDGE, 28, title, kind="heading")]
    if legend:
        words += _legend(legend, bars)
    for place, row in enumerate(rows):
        y = top + place * ROW
        long = row.value / most * (right - left)
        strong = row.strong / most * (right - left)
        bars.append(Bar(left, y + (ROW - THICK) / 2, strong, THICK))
        if row.value > row.strong:
            bars.append(Bar(left + strong, y + (ROW - THICK) / 2, long - strong, THICK, "weak"))
        base = y + ROW / 2 + LETTER * 0.36
        words.append(Words(left - 10, base, row.name, "end"))
        words.append(Words(left + long + 7, base, number(row.value), kind="value"))
    bottom = top + len(rows) * ROW
    axis = Rule(left, top, left, bottom, "axis")
    return Scene(height=bottom + EDGE, rules=(axis,), bars=tuple(bars), words=tuple(words))


def _legend(legend: tuple[str, str], bars: list[Bar]) -> list[Words]:
    words = []
    x = float(EDGE)
    for text, kind in zip(legend, ("main", "weak"), strict=True):
        bars.append(Bar(x, TOP - 1, 12, 12, kind))
        words.append(Words(x + 18, TOP + 10, text))
        x += 18 + room([text]) + 22
    return words
