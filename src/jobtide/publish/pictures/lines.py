"""A line over days: how many openings were open."""

from collections.abc import Sequence

from jobtide.publish import facts
from jobtide.publish.pictures.figures import Moment
from jobtide.publish.pictures.scene import (
    WIDTH,
    Mark,
    Rule,
    Scene,
    Words,
    number,
    room,
    ticks,
)

EDGE, TOP, TALL = 14, 54, 190
#: With more moments than this a dot for each would hide the line.
_MOST_DOTS = 31


def line_of_days(title: str, moments: Sequence[Moment]) -> Scene:
    """Return a scene with one point a moment, at its true distance in days, from zero upwards."""
    steps = ticks(max(one.open for one in moments))
    left = EDGE + room([number(step) for step in steps]) + 8
    right = WIDTH - EDGE - room([number(moments[-1].open)]) - 10
    bottom, days = TOP + TALL, max((moments[-1].day - moments[0].day).days, 1)
    points = [
        (
            left + (one.day - moments[0].day).days / days * (right - left),
            bottom - one.open / steps[-1] * TALL,
        )
        for one in moments
    ]
    rules = []
    words = [Words(EDGE, 28, title, kind="heading")]
    for step in steps:
        y = bottom - step / steps[-1] * TALL
        rules.append(Rule(left, y, right, y, "grid" if step else "axis"))
        words.append(Words(left - 8, y + 4.5, number(step), "end"))
    words += _days(moments, points, bottom + 20)
    last = points[-1]
    words.append(Words(last[0] + 8, last[1] + 4.5, number(moments[-1].open), kind="value"))
    dots = points if len(points) <= _MOST_DOTS else points[-1:]
    return Scene(
        height=bottom + 34,
        rules=tuple(rules),
        line=tuple(points),
        base=bottom,
        marks=tuple(Mark(x, y, 4) for x, y in dots),
        words=tuple(words),
    )


def _days(
    moments: Sequence[Moment], points: Sequence[tuple[float, float]], y: float
) -> list[Words]:
    """Name the first and the last day, and up to three between them where there is room."""
    first, last = facts.day(moments[0].day), facts.day(moments[-1].day)
    ends = [Words(points[0][0], y, first), Words(WIDTH - EDGE, y, last, "end")]
    free, until = points[0][0] + room([first]), WIDTH - EDGE - room([last])
    between = []
    for at in sorted({len(moments) * part // 4 for part in (1, 2, 3)}):
        text = facts.day(moments[at].day).rpartition(" ")[0]
        half = room([text]) / 2 + 8
        if free < points[at][0] - half and points[at][0] + half < until:
            between.append(Words(points[at][0], y, text, "middle"))
            free = points[at][0] + half
    return [*ends, *between]
