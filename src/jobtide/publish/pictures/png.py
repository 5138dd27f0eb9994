"""A picture as PNG, for places that show no SVG; needs a package of the extra `charts`."""

from importlib.util import find_spec

from jobtide.errors import ConfigError, PublishError

#: Pixels of the PNG for one of the SVG: sharp on a screen of twice the density.
ZOOM = 2

_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'
_LETTERS = '<text y="16" font-family="DejaVu Sans,sans-serif">abc</text>'


def ready() -> bool:
    """Say whether the package is installed."""
    return find_spec("resvg_py") is not None


def png(svg: str) -> bytes:
    """Return an SVG as PNG; its letters are those of the fonts of this machine.

    Raises:
        ConfigError: the package is not installed.
        PublishError: this machine has no font, so all words would be missing.
    """
    if not ready():
        raise ConfigError("a PNG needs resvg: pip install 'jobtide[charts]'; or write a .svg")
    import resvg_py

    # A letter without a font is left out in silence: seen by drawing some beside none.
    if resvg_py.svg_to_bytes(_PROBE.format(_LETTERS)) == resvg_py.svg_to_bytes(_PROBE.format("")):
        raise PublishError(
            "this machine has no fonts, so the words of a PNG would be missing;"
            " install some (Debian: apt-get install fonts-dejavu-core), or write a .svg"
        )
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM))
