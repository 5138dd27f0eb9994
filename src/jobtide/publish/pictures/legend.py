"""What the colours and forms of a picture mean, in as many lines as they need."""

from collections.abc import Sequence

from msgspec import Struct

from jobtide.publish.pictures.scene import WIDTH, Bar, Mark, Words, room

#: Space at the edge of the paper, and where the first line begins, below the heading.
EDGE, TOP = 14, 45
_LINE = 21


class Legend(Struct, frozen=True):
    """Its shapes and words, and where what follows begins."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    words: tuple[Words, ...]
    bottom: float


def legend(items: Sequence[tuple[str | int, str]]) -> Legend:
    """Return a legend of (the kind of a bar or the form of a mark, what it means)."""
    bars, marks, words = [], [], []
    x, y = float(EDGE), float(TOP)
    for shape, text in items:
        long = 20 + room([text])
        if x > EDGE and x + long > WIDTH - EDGE:
            x, y = float(EDGE), y + _LINE
        if isinstance(shape, str):
            bars.append(Bar(x, y, 13, 12, shape))
        else:
            marks.append(Mark(x + 6, y + 6, shape))
        words.append(Words(x + 18, y + 11, text))
        x += long + 14
    return Legend(tuple(bars), tuple(marks), tuple(words), y + _LINE if items else TOP)
