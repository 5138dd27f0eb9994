"""
The seam for sources: what a source is, and the list of those we ship.

A source is a value holding three pure functions; it never touches the network:
`start(board)` says what to ask, `split(response, board)` takes an answer apart into raw records
and what to follow, `posting(record, board)` says one record in our words. It copies, and cleans
nothing: `clean` does that for everyone.

For whoever writes one: `decode` reads JSON and `parse_xml` XML, both saying clearly what is
wrong with an answer that is neither; `stated` and `amount` turn the many ways of writing nothing
into None; `next_page` ends what would be followed for ever (all from `jobtide.answers`).

Secrets: a source that needs some names them in `Source.keys`, and writes "{NAME}" for each of
those names where its value belongs in the address, a header or the body of a `Request`. The value
takes that place just before the request is sent, so no request, record or log holds a secret;
"{basic:NAME}" in a header is the value as a user of HTTP Basic authentication without password.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoints, entry_points
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from jobtide.answers import amount, decode, next_page, parse_xml, refused, stated
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms

__all__ = [
    "HOSTS", "NAMES", "Source", "amount", "board_of", "decode", "load", "names", "next_page",
    "parse_xml", "read", "refused", "stated",
]  # fmt: skip


class Source(Struct, frozen=True, kw_only=True):
    """Three pure functions and the facts a reader needs to trust them."""

    name: str  #: the module's name
    homepage: str
    documentation: str  #: where the wire format is described
    kind: str  #: "employer" | "ats" | "aggregator" | "thread" | "page": nearness to the employer
    window: bool  #: True: serves a rolling window, so absence says nothing; False: whole boards
    terms: Terms
    start: Callable[[Board], Request]
    split: Callable[[Response, Board], Page]
    posting: Callable[[Any, Board], Posting | Reject]
    boards: tuple[Board, ...] = ()  #: the boards every user gets: an aggregator's own lists
    keys: tuple[str, ...] = ()  #: names of secrets it needs: "REED_API_KEY"
    robots: bool = False  #: reads pages made for people, so robots.txt decides; False: an API


#: What reading a record of an unknown shape may raise; msgspec's errors are ValueErrors.
_UNREADABLE = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip

#: Built-in sources, one module each. Third parties add theirs with the entry-point group
#: "jobtide.sources".
NAMES = (
    "adzuna",
    "arbeitnow",
    "ashby",
    "bamboohr",
    "breezy",
    "feed",
    "findwork",
    "greenhouse",
    "hackernews",
    "himalayas",
    "icims",
    "jobicy",
    "jobpage",
    "jooble",
    "jsonld",
    "lever",
    "listings",
    "personio",
    "pinpoint",
    "recruitee",
    "reed",
    "remotejobsorg",
    "remoteok",
    "remotive",
    "rippling",
    "sitemap",
    "smartrecruiters",
    "teamtailor",
    "themuse",
    "usajobs",
    "weworkremotely",
    "workable",
    "workday",
    "workingnomads",
)


def load(name: str) -> Source:
    """Return the source called `name`; raise KeyError when there is none."""
    if name in NAMES:
        source: Source = import_module(f"jobtide.sources.{name}").SOURCE
        return source
    for point in _others():
        if point.name == name:
            other: Source = point.load()
            return other
    raise KeyError(name)


def names() -> tuple[str, ...]:
    """Return the names of all sources, those of third parties too, in order."""
    return tuple(sorted({*NAMES, *(point.name for point in _others())}))


@cache
def _others() -> EntryPoints:
    """Return what other packages declare as sources; a built-in name is never replaced."""
    return entry_points(group="jobtide.sources")


def read(source: Source, page: Page, board: Board) -> Iterator[Posting | Reject]:
    """Yield one result a record; a record we cannot read is a `Reject`, not the end."""
    for record in page.records:
        try:
            yield source.posting(record, board)
        except _UNREADABLE as error:
            yield Reject(
                source=source.name,
                board=board.token,
                identifier=_identifier(record),
                step="read",
                reason="bad_record",
                detail=str(error),
            )


def _identifier(record: Any) -> str | None:  # noqa: ANN401 - a record is what the board sent
    """Return what the record calls itself, for the log."""
    found = record.get("id") if isinstance(record, dict) else None
    return None if found is None else str(found)[:200]


#: Hosts of job boards and applicant tracking systems, with what precedes them: sources by host.
#: Taken from the request and posting addresses of each system's public interface.
HOSTS = {
    "remoteok.com": "remoteok", "remoteok.io": "remoteok",
    "weworkremotely.com": "weworkremotely", "remotive.com": "remotive",
    "remotive.io": "remotive", "himalayas.app": "himalayas", "jobicy.com": "jobicy",
    "arbeitnow.com": "arbeitnow", "workingnomads.com": "workingnomads",
    "themuse.com": "themuse", "news.ycombinator.com": "hackernews", "usajobs.gov": "usajobs",
    "adzuna.com": "adzuna", "adzuna.com.au": "adzuna", "adzuna.co.uk": "adzuna",
    "adzuna.ca": "adzuna", "reed.co.uk": "reed", "jooble.org": "jooble",
    "findwork.dev": "findwork", "greenhouse.io": "greenhouse", "lever.co": "lever",
    "ashbyhq.com": "ashby", "workable.com": "workable",
    "smartrecruiters.com": "smartrecruiters", "recruitee.com": "recruitee",
    "personio.de": "personio", "personio.com": "personio", "teamtailor.com": "teamtailor",
    "myworkdayjobs.com": "workday", "bamboohr.com": "bamboohr", "breezy.hr": "breezy",
    "pinpointhq.com": "pinpoint", "rippling.com": "rippling", "icims.com": "icims",
    "jibeapply.com": "icims", "remotejobs.org": "remotejobsorg",
}  # fmt: skip


def board_of(url: str) -> str | None:
    """Return the name of the source whose site `url` leads to; None for any other site.

    >>> board_of("https://job-boards.eu.greenhouse.io/acme/jobs/1")
    'greenhouse'
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # "https://[broken"
        return None
    labels = host.rstrip(".").split(".")
    names = (".".join(labels[at:]) for at in range(len(labels)))
    return next((HOSTS[name] for name in names if name in HOSTS), None)
