"""What README pages are made, and how they look."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from jobtide.model import CATEGORIES, Opening
from jobtide.publish.pictures import Figures


class PageSettings(Struct, frozen=True, kw_only=True):
    """One page: which openings, under which name."""

    name: str  #: the file's name without ".md": "backend"
    title: str  #: "Backend"; the heading says "BACKEND JOBS"
    query_text: str  #: the search as a reader would type it; shown, for no filter may be hidden
    matches: Callable[[Opening], bool]  #: the same search, compiled by the caller
    #: the search asks for one of these categories, so that others need not be looked at; None: any
    categories: frozenset[str] | None = None


class ReadmeSettings(Struct, frozen=True, kw_only=True):
    """All that `render` must be told beside the snapshot."""

    pages: tuple[PageSettings, ...]
    layout: str = "cards"  #: "cards": a table; "list": without one, for narrow screens
    age: str = "relative"  #: "relative": "10 days ago"; "date": "24 Nov 2026", which never ticks
    soft_bytes: int = 400_000  #: a page that would grow beyond goes on in a numbered one
    hard_bytes: int = 500_000  #: no file is ever larger: GitHub cuts a README at 512,000 bytes
    description_chars: int = 600  #: of a description that may be shown in full
    excerpt_chars: int = 300  #: of a description of which an excerpt may be shown
    new_hours: int = (
        24  #: marked new: first seen in these hours before the snapshot's day, or on it
    )
    max_tags: int = 6
    title: str = "Remote jobs"  #: of the index
    intro: str = ""  #: plain text below the title
    home: str | None = None  #: address of the site these pages belong to
    links: tuple[tuple[str, str], ...] = ()  #: (words, address) listed on the index
    index: str = "README.md"  #: the index's file name
    own_index: str | None = None  #: the index as a person wrote it, with regions to be filled
    folder: str = ""  #: of all pages but the index: "" or "jobs/"
    companies: int = 0  #: openings an employer needs for a page of its own; 0: no such pages
    countries: int = 0  #: the same for countries that postings name
    max_new: int = 25  #: new openings listed on the index
    closed: tuple[Opening, ...] = ()  #: what ended in the months that get a page
    reasons: Mapping[str, str] = {}  #: `History.closed_reason` in words
    logo_files: dict[str, str] = {}  #: organization's folded name -> relative path of a local file
    figures: Figures | None = None  #: what the pictures on the index show; None: no pictures
    templates: dict[str, str] = {}  #: template's name -> source, in place of the built-in one


def default_pages() -> tuple[tuple[str, str, str], ...]:
    """Return (name, title, query) of one page a category, remote jobs only."""
    return tuple(
        (word, title, f"category:{word} arrangement:remote") for word, title in CATEGORIES.items()
    )
