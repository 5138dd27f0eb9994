"""A scene as SVG, in the colours of a theme."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate

from minijinja import Environment

from jobtide.publish.pictures.scene import LETTER, WIDTH, Mark, Picture, spot

#: The themes: those of the pages (publish/templates/site/static), and for the four marks the
#: palette of Okabe and Ito that colour-blind readers can tell apart (https://jfly.uni-koeln.de/color/),
#: lightened or darkened until each has 3:1 on its paper (WCAG 2.2, 1.4.11).
THEMES: dict[str, dict[str, object]] = {
    "light": {
        "paper": "#ffffff",
        "ink": "#1c2126",
        "soft": "#57606a",
        "line": "#dfe3e6",
        "main": "#0b6e6e",
        "weak": "#5f9f97",
        "marks": ("#0072b2", "#b34a00", "#8a2f6b", "#1c2126"),
    },
    "dark": {
        "paper": "#1b2024",
        "ink": "#e7eaec",
        "soft": "#a3adb5",
        "line": "#2e353b",
        "main": "#5ccfc4",
        "weak": "#3f857f",
        "marks": ("#56b4e9", "#f0a23c", "#e69ac5", "#e7eaec"),
    },
}


def draw(picture: Picture, theme: str) -> str:
    """Return a picture as SVG: the same data gives the same bytes; KeyError for no such theme."""
    return _drawn([picture], picture.title, picture.alt, theme)


def sheet(shown: Sequence[Picture], theme: str) -> str:
    """Return several pictures as one SVG, one below the other."""
    return _drawn(shown, "Open jobs", " ".join(f"{one.title}: {one.alt}" for one in shown), theme)


def _drawn(shown: Sequence[Picture], title: str, about: str, theme: str) -> str:
    tops = [0, *accumulate(one.height for one in shown)]
    return _environment().render_template(
        "picture.j2",
        title=title,
        about=about,
        parts=list(zip(tops, (one.scene for one in shown), strict=False)),
        theme=THEMES[theme],
        width=WIDTH,
        height=tops[-1],
        letter=LETTER,
    )


def _joined(points: tuple[tuple[float, float], ...]) -> str:
    """Return points as the `d` of a path."""
    return "M" + "L".join(f"{spot(x)} {spot(y)}" for x, y in points)


def _shape(mark: Mark) -> str:
    """Return the outline of a mark as the `d` of a path; all forms have about the same area."""
    x, y = mark.x, mark.y
    if mark.form in (0, 4):
        return f"M{spot(x - 4.5)} {spot(y)}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0Z"
    corners = {
        1: ((-4, -4), (4, -4), (4, 4), (-4, 4)),
        2: ((0, -5.5), (5, 4), (-5, 4)),
        3: ((0, -5.8), (5.8, 0), (0, 5.8), (-5.8, 0)),
    }[mark.form]
    return _joined(tuple((x + dx, y + dy) for dx, dy in corners)) + "Z"


@cache
def _environment() -> Environment:
    made = Environment(
        auto_escape_callback=lambda _: "html",
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.add_filter("at", spot)
    made.add_filter("joined", _joined)
    made.add_filter("shape", _shape)
    folder = files("jobtide.publish") / "templates" / "pictures"
    made.add_template("picture.j2", folder.joinpath("picture.j2").read_text(encoding="utf-8"))
    return made
