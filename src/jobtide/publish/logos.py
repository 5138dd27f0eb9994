"""
Logos of employers: which may be shown, and how a picture of a stranger becomes a file of ours.

A logo is kept beside the pages, never linked from a board: no reader's browser asks a stranger.
What a server sends is decoded within limits and drawn anew, so that nothing of its bytes is ever
published. SVG is refused: it is a program.
"""

import struct
import warnings
from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO

from jobtide import sources
from jobtide.errors import ConfigError
from jobtide.model import Opening
from jobtide.publish import terms
from jobtide.publish.markdown import url, visible
from jobtide.publish.names import slug
from jobtide.text import fold

#: Folder of the logos, beside the pages.
FOLDER = "logos"
#: Width and height of a logo, in pixels: sharp at 48 on most screens, under 4 kB.
SIDE = 64
#: Largest body taken, in bytes: a logo of more is a photograph.
MAX_BYTES = 512 * 1024
#: Most pixels decoded. 16 million are 64 MB of memory; the largest logo we know has one million.
MAX_PIXELS = 16_000_000
#: What is decoded at all. Not SVG; not the formats that only Pillow and attackers remember.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


class LogoError(ValueError):
    """The picture cannot become a logo; says why."""


def ready() -> bool:
    """Say whether Pillow is installed."""
    return find_spec("PIL") is not None


def path(company: str) -> str:
    """Return where a company's logo lies, beside the pages; `company` is its folded name."""
    return f"{FOLDER}/{slug(company, company)}.webp"


def allowed(openings: Iterable[Opening]) -> dict[str, str]:
    """Return company, folded -> address of its logo, of those whose board lets logos be shown.

    The first opening by id decides, so that the choice stays. A picture that lies on the site of
    a board that forbids its logos is left out too, whoever names it.
    """
    found: dict[str, tuple[str, str]] = {}
    terms_of = terms.reader()
    for opening in openings:
        posting = opening.posting
        address, company = url(posting.logo_url), fold(visible(posting.hiring_organization or ""))
        if not address or not company or not terms_of(posting).logo:
            continue
        board = sources.board_of(address)
        if board is not None and not terms.of_source(board).logo:
            continue
        before = found.get(company)
        if before is None or opening.id < before[0]:
            found[company] = (opening.id, address)
    return {company: address for company, (_, address) in sorted(found.items())}


def redrawn(body: bytes) -> bytes:
    """Return any picture as a square WebP of ours, on white, so that it reads on a dark page.

    Raises LogoError: no picture of an allowed format, too large, or broken. ConfigError: Pillow
    is not installed.
    """
    if not ready():
        raise ConfigError("logos need Pillow: pip install 'jobtide[logos]'")
    if len(body) > MAX_BYTES:
        raise LogoError(f"{len(body):,} bytes; at most {MAX_BYTES:,} are read")
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(body), formats=FORMATS) as opened:
                width, height = opened.size
                if width * height > MAX_PIXELS:
                    raise LogoError(f"{width} by {height} pixels; at most {MAX_PIXELS:,} are read")
                opened.draft("RGB", (2 * SIDE, 2 * SIDE))
                picture = opened.convert("RGBA")
            picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
            square = Image.new("RGBA", (SIDE, SIDE), "white")
            corner = ((SIDE - picture.width) // 2, (SIDE - picture.height) // 2)
            square.alpha_composite(picture, corner)
            made = BytesIO()
            square.convert("RGB").save(made, "WEBP", quality=80, method=6)
    except UnidentifiedImageError as error:
        raise LogoError("no picture of the formats PNG, JPEG, WebP and GIF") from error
    except LogoError:
        raise
    except Image.DecompressionBombError as error:
        raise LogoError("more pixels than are read") from error
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError,
            MemoryError, struct.error) as error:  # fmt: skip
        raise LogoError(f"broken: {type(error).__name__}") from error
    return made.getvalue()
