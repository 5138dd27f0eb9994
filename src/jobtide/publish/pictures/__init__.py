"""
Pictures of the numbers: openings over time, by category, pay by category and level, sources.

`pictures(figures)` says what there is to show; `draw(picture, theme)` gives its SVG; `files` gives
both themes of all of them. Pure: the same figures give the same bytes, with no date of making and
no random id inside, so a quiet day is an empty diff. Every picture has its own paper, so it reads
on any page; a sentence that says what it shows (`alt`); and the table of its numbers.
"""

from collections.abc import Iterator

from jobtide.model import File
from jobtide.publish.pictures.drawing import THEMES, draw, sheet
from jobtide.publish.pictures.figures import Figures, counted
from jobtide.publish.pictures.kinds import pictures
from jobtide.publish.pictures.scene import Picture, Table

__all__ = [
    "THEMES",
    "Figures",
    "Picture",
    "Table",
    "counted",
    "draw",
    "files",
    "pictures",
    "sheet",
]


def files(figures: Figures) -> Iterator[File]:
    """Yield every picture in every theme."""
    for picture in pictures(figures):
        for theme in THEMES:
            yield File(path=picture.path(theme), body=draw(picture, theme).encode())
