"""What the boards of an opening allow, and the links they ask for."""

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from jobtide import sources
from jobtide.model import Opening, Posting, Terms
from jobtide.publish.markdown import url

#: Returns the terms a posting is shown under.
TermsOf = Callable[[Posting], Terms]


class Link(Struct, frozen=True):
    """A board's name, the posting's page on it, and where its Apply leads."""

    text: str
    url: str | None
    apply: str | None


#: Sources that read any site: what they read is credited to the site itself.
ANY_SITE = ("feed", "jsonld", "sitemap")


def reader() -> TermsOf:
    """Return a function that looks terms up, remembering each source and host it has met."""
    remembered_source = cache(of_source)
    remembered_page = cache(of_page)
    remembered_site = cache(of_site)

    def terms_of(posting: Posting) -> Terms:
        if posting.source == "jobpage":
            return remembered_page(host(posting.url))
        if posting.source in ANY_SITE:
            return remembered_site(posting.source, host(posting.url))
        return remembered_source(posting.source)

    return terms_of


def credit(posting: Posting, terms: Terms) -> Link:
    """Return the credit a board asks for beside its posting, with the links that go with it.

    Apply leads past the board only when the board allows it.
    """
    page = url(posting.url)
    if terms.apply_via_board or posting.apply_url is None:
        return Link(terms.credit, page, page)
    return Link(terms.credit, page, url(posting.apply_url) or page)


def live(opening: Opening) -> list[Posting]:
    """Return the postings that can still be applied to, the canonical one first."""
    if len(opening.postings) == 1:
        return [opening.posting]
    shown = [
        tracked.posting
        for tracked in opening.postings
        if tracked.history.status in ("open", "missing")
    ]
    first = [posting for posting in shown if posting.id == opening.posting.id]
    return [opening.posting] + [posting for posting in shown if posting not in first]


def description_limit(terms: Terms, full: int, excerpt: int) -> int:
    """Return how many characters of a description may be shown; 0: none."""
    return {"full": full, "excerpt": min(full, excerpt)}.get(terms.description, 0)


def host(address: str) -> str:
    """Return the host of an address, without "www."; empty when it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def of_source(name: str) -> Terms:
    """Return the terms of a source; of one we do not know, the narrowest."""
    try:
        return sources.load(name).terms
    except KeyError:
        return Terms(
            credit=name,
            read_at="unknown source",
            read_on="",
            logo=False,
            description="excerpt",
            structured_data=False,
            syndication=False,
        )


def of_site(name: str, site: str) -> Terms:
    """Return the terms of a source that reads any site, with the site as its credit."""
    terms = of_source(name)
    return replace(terms, credit=site) if site else terms


def of_page(site: str) -> Terms:
    """Return the terms of the board an imported page was read from; else credit its host."""
    name = sources.board_of(f"https://{site}/")
    if name in sources.NAMES:
        return of_source(name)
    return replace(of_source("jobpage"), credit=site or "job page")
