"""
The Muse, a job board of American employers: public JSON API, no key needed for little use.

It claims 20,000 pages of 20 jobs, in no order of time, and refuses the 101st: what is read is a
window. `page` counts from 0. https://www.themuse.com/developers/api/v2
"""

from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, next_page, refused, stated

SITE = "https://www.themuse.com"
API = f"{SITE}/api/public/jobs"
PER_PAGE = 20
MOST_PAGES = 100  #: "Value `page` is too high", it says from 100 on
REMOTE = "Flexible / Remote"  #: what stands for remote work among the places


class Name(msgspec.Struct):
    name: str | None = None
    short_name: str | None = None


class Refs(msgspec.Struct):
    landing_page: str | None = None


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    id: int | str
    name: str
    refs: Refs
    contents: str | None = None  #: HTML
    company: Name | None = None
    locations: list[Name] | None = None  #: "New York, NY", "Flexible / Remote"
    categories: list[Name] | None = None
    levels: list[Name] | None = None  #: "Senior Level", "Internship", "management"
    tags: list[Name] | None = None  #: about the employer: "Fortune 1000"
    publication_date: str | None = None


class Envelope(msgspec.Struct):
    results: list[dict[str, Any]] | None = None
    jobs: list[dict[str, Any]] | None = None  #: the name in files of several pages joined to one
    page_count: int | None = None  #: of the whole board, most of which cannot be reached


def start(board: Board) -> Request:
    """Ask for the first page: of all jobs, of the remote ones, or of one category."""
    return Request(url=_address(board, 0))


def _address(board: Board, page: int) -> str:
    if board.token == "main":  # noqa: S105 - no secret
        return f"{API}?page={page}"
    if board.token == "remote":  # noqa: S105 - no secret
        return f"{API}?page={page}&location={quote(REMOTE, safe='')}"
    return f"{API}?page={page}&category={quote(board.token, safe='')}"


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job, and follow to the next page.

    Raises:
        PayloadError: the body is not `{"results": [...]}`, or the first page has no job at all,
            which is a failure of the board's.
    """
    envelope = decode(response, board, Envelope)
    records = envelope.jobs if envelope.results is None else envelope.results
    if records is None:
        raise refused("no list of jobs", board)
    if not records and not response.request.context:
        raise refused("no jobs at all", board)
    page = int(response.request.context.get("page", "1"))
    last = envelope.page_count
    ended = len(records) < PER_PAGE if last is None else page >= last
    context = next_page(response, records, most=MOST_PAGES)
    if ended or context is None:
        return Page(records=list(records), complete=ended)
    # Optional: one page that fails shall not cost the pages before it.
    follow = Request(url=_address(board, page), optional=True, context=context)
    return Page(records=list(records), follow=[follow])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    url = stated(job.refs.landing_page)
    if url is None or not stated(job.name):
        return Reject(
            source="themuse",
            board=board.token,
            identifier=str(job.id),
            step="read",
            reason="no_title" if url else "bad_record",
            detail="" if url else "no address",
        )
    places = _names(job.locations)
    return Posting(
        source="themuse",
        board=board.token,
        identifier=str(job.id),
        url=url,
        title=job.name,
        hiring_organization=stated(job.company.name) if job.company else None,
        description=job.contents or "",
        date_posted=dates.parse(job.publication_date or ""),
        tags=_names(job.tags),
        occupational_category=_names(job.categories),
        seniority_text=", ".join(_names(job.levels)) or None,
        location_text="; ".join(places) or None,  # "New York, NY" holds a comma
        job_locations=places,
        arrangement_text=REMOTE if REMOTE in places else None,
    )


def _names(things: list[Name] | None) -> tuple[str, ...]:
    return tuple(thing.name for thing in things or () if thing.name and stated(thing.name))


SOURCE = Source(
    name="themuse",
    homepage=SITE,
    documentation=f"{SITE}/developers/api/v2",
    kind="aggregator",
    window=True,
    boards=(Board(source="themuse", token="remote"),),  # noqa: S106 - no secret
    terms=Terms(
        credit="The Muse",
        read_at=f"{SITE}/developers/api/v2/terms",
        read_on="2026-08-03",
        min_interval_s=24 * 3600.0,
        note="Sites and programs may be built on the API. Without a key it is meant for trying it"
        " out: whoever builds on it is asked to register.",
    ),
    start=start,
    split=split,
    posting=posting,
)
