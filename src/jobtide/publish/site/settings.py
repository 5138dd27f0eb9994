"""What the site is told beside the snapshot."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from jobtide.model import Opening
from jobtide.publish.pictures import Figures
from jobtide.publish.readme.settings import PageSettings


def _anything(opening: Opening) -> bool:
    return True


EVERYTHING = PageSettings(name="all", title="All jobs", query_text="", matches=_anything)


class Happening(Struct, frozen=True, kw_only=True):
    """One thing that happened to one opening, for the page of changes."""

    at: datetime
    kind: str  #: "new", "closed", "reopened", "pay changed", ...: heads a list of its own
    opening_id: str
    title: str
    company: str | None = None
    detail: str = ""  #: why it closed; what was before and what is now


class SiteSettings(Struct, frozen=True, kw_only=True):
    """All that `render` must be told; without anything it makes a site of every opening."""

    title: str = "jobtide"  #: the name of the site
    tagline: str = "Remote jobs, with what they state and what they do not"
    base_url: str | None = None  #: address of the published folder; None: no canonical, no sitemap
    everything: PageSettings = EVERYTHING  #: what is listed, but for the lists of `pages`
    pages: tuple[PageSettings, ...] = ()  #: searches of the user's own, one list each
    feeds: frozenset[str] = frozenset()  #: feeds that are published: "all", "category/backend"
    feeds_at: str | None = "../feeds/"  #: where they lie, from the folder of the site
    search: bool = False  #: True: Pagefind will index the pages, so the search page can search
    search_text: bool = True  #: False: there are too many descriptions to search in them
    moved: Mapping[str, str] = {}  #: id that an opening once had, or a posting's -> opening id
    signals: Mapping[str, tuple[str, ...]] = {}  #: opening id -> signs of a ghost, as sentences
    changes: tuple[Happening, ...] = ()  #: of the last days, newest first
    figures: Figures | None = None  #: what the pictures show; None: no pictures
    templates: Mapping[str, str] = {}  #: template's name -> source, in place of the built-in one
    version: str = ""  #: of the program; another one writes every page anew
    per_page: int = 50  #: openings on one page of a list
    max_pages: int = 20  #: of one list; what is older is counted and not listed
    min_skill: int = 3  #: openings that name a skill before it has a page
    thin: int = 2  #: a list of fewer openings asks search engines to leave it out
    similar: int = 5  #: openings shown beside one
    places: int = 10  #: openings of one role in other places that are shown beside one
    change_days: int = 7  #: how far back the page of changes goes
    max_changes: int = 100  #: of each kind on the page of changes
    closed_days: int = 30  #: how long the page of a closed opening stays, listed nowhere
    excerpt_chars: int = 400  #: of a description of which an excerpt may be shown
    urls_a_sitemap: int = 50_000  #: sitemaps.org, protocol 0.9: no more in one file
