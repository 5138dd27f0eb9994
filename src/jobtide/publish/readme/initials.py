"""
The drawn initial that stands where a logo would: a small picture of our own.

No logo is linked from a board: some boards forbid it, and every remote picture is a request in
the reader's name. The drawing brings its own background, so it reads in both of GitHub's themes.
"""

from jobtide.model import File

#: Folder of the drawings, beside the pages.
FOLDER = "initials"

_DRAWING = """\
<!-- jobtide: initial, drawn for the readme pages -->
<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48">
<rect width="48" height="48" rx="9" fill="#0b6e6e"/>
<text x="24" y="33" fill="#fff" font-family="system-ui, 'Segoe UI', Roboto, sans-serif" \
font-size="26" font-weight="600" text-anchor="middle">{letter}</text>
</svg>
"""


def initial(company: str) -> str:
    """Return the letter or digit that stands for a company; a dot when its name has none."""
    first = next((letter for letter in company if letter.isalnum()), "·")
    # "ß" is "SS" in capitals: one letter is all there is room for.
    return first.upper() if len(first.upper()) == 1 else first


def path(letter: str) -> str:
    """Return where the drawing of a letter lies: its code point names it, safe everywhere.

    >>> path("B")
    'initials/b.svg'
    """
    plain = letter.isascii() and letter.isalnum()
    return f"{FOLDER}/{letter.lower() if plain else f'u{ord(letter):04x}'}.svg"


def draw(letter: str) -> File:
    """Return the drawing of a letter, which is one letter or digit, or a dot."""
    return File(path=path(letter), body=_DRAWING.format(letter=letter).encode())
