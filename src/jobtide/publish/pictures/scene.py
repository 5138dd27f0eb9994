"""What a picture is made of, before it has colours: bars, lines, marks and words."""

from math import ceil, floor, log10

from msgspec import Struct

from jobtide.model import CATEGORIES

#: Width of every picture: on a phone of 390 pixels its letters are still 10 high.
WIDTH = 480
#: Size of its letters, and about how wide one is (0.48 to 0.6 em in the fonts of picture.j2).
LETTER = 13
_EM = 0.6
#: Narrow no-break space: what ISO 80000-1, 7.3.1 puts between groups of three digits.
THIN = "\u202f"

#: Names that would leave no room for the bars.
_BRIEF = {"management": "Management"}


def named(category: str) -> str:
    """Return the name of a category as it stands beside a bar: the table has the whole of it."""
    return _BRIEF.get(category) or CATEGORIES.get(category, "No category found")


class Bar(Struct, frozen=True):
    """A filled box."""

    x: float
    y: float
    width: float
    height: float
    kind: str = "main"  #: "main" | "weak": a role, to which a theme gives a colour


class Rule(Struct, frozen=True):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = "grid"  #: "grid" | "axis" | "middle"


class Mark(Struct, frozen=True):
    """A small shape in the middle of (x, y): its form says what its colour says."""

    x: float
    y: float
    form: int  #: 0 circle, 1 square, 2 triangle, 3 diamond; 4 a point of the line


class Words(Struct, frozen=True):
    """A line of text whose base line is y."""

    x: float
    y: float
    text: str
    anchor: str = "start"  #: "start" | "middle" | "end"
    kind: str = "label"  #: "label" | "value" | "heading"


class Scene(Struct, frozen=True, kw_only=True):
    """All of one picture."""

    height: float
    rules: tuple[Rule, ...] = ()
    bars: tuple[Bar, ...] = ()
    line: tuple[tuple[float, float], ...] = ()  #: points (x, y), joined in order
    base: float = 0  #: y of the zero line, down to which the area below the line is filled
    marks: tuple[Mark, ...] = ()
    words: tuple[Words, ...] = ()


class Table(Struct, frozen=True, kw_only=True):
    """The numbers of a picture, for those who cannot see it or want to copy them."""

    head: tuple[str, ...]  #: the first column holds words, the others numbers
    rows: tuple[tuple[str, ...], ...]


class Picture(Struct, frozen=True, kw_only=True):
    """One picture with its words; everything is plain text, to be escaped where it is shown."""

    name: str  #: file name without theme and suffix: "over-time"
    title: str
    alt: str  #: what it shows, in sentences
    note: str = ""  #: what a reader must know to read it rightly
    table: Table
    scene: Scene

    def path(self, theme: str) -> str:
        """Return where its file lies, beside the pages: "pictures/over-time-light.svg"."""
        return f"pictures/{self.name}-{theme}.svg"

    @property
    def width(self) -> int:
        """Width in pixels."""
        return WIDTH

    @property
    def height(self) -> int:
        """Height in pixels."""
        return ceil(self.scene.height)


def number(value: float) -> str:
    """Return a whole number with thin spaces.

    >>> number(1234567).split(THIN)
    ['1', '234', '567']
    """
    return f"{value:,.0f}".replace(",", THIN)


def thousands(value: float) -> str:
    """Return an amount in thousands: "85k"; below one thousand as it is."""
    return f"{number(value / 1000)}k" if value >= 1000 else number(value)


def room(texts: list[str]) -> float:
    """Return about how wide the longest of some lines is."""
    return max((len(text) for text in texts), default=0) * LETTER * _EM


def ticks(most: float, wanted: int = 4) -> list[float]:
    """Return round numbers from 0 to at least `most`: 0, 20, 40, 60.

    The steps are those of Heckbert's "Nice Numbers for Graph Labels" (Graphics Gems, 1990):
    1, 2 or 5 times a power of ten, and never less than one.
    """
    raw = max(most, 1) / wanted
    power = 10.0 ** floor(log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.999)
    step = max(step, 1.0)
    return [step * position for position in range(max(ceil(most / step - 1e-9), 1) + 1)]


def spot(value: float) -> str:
    """Return a coordinate with at most one decimal: the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
