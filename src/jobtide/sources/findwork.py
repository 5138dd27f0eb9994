"""
Findwork, a collection of jobs for developers: JSON API with a free key.

Its jobs come from other boards; each says from which. What is read is the newest remote ones.
https://findwork.dev/developers/
"""

from typing import Any

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, next_page, refused, stated

SITE = "https://findwork.dev"
API = f"{SITE}/api/jobs/"
MOST_PAGES = 10  #: of 60 requests that a minute allows


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    id: int | str
    role: str
    url: str
    company_name: str | None = None
    employment_type: str | None = None  #: "full time", "contract"
    location: str | None = None
    remote: bool | None = None
    logo: str | None = None
    text: str | None = None  #: HTML
    date_posted: str | None = None
    keywords: list[str] | None = None


class Envelope(msgspec.Struct):
    results: list[dict[str, Any]]
    next: str | None = None


def start(board: Board) -> Request:
    """Ask for the first page: of the remote jobs, or of all when the board is called "all"."""
    return _request(board, 1, {})


def _request(board: Board, page: int, context: dict[str, str]) -> Request:
    remote = "" if board.token == "all" else "&remote=true"  # noqa: S105 - no secret
    return Request(
        url=f"{API}?page={page}&sort_by=date{remote}",
        headers={"Authorization": "Token {FINDWORK_API_KEY}"},
        optional=page > 1,  # one page that fails shall not cost the pages before it
        context=context,
    )


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job, and follow to the next page.

    Raises:
        PayloadError: the body is not `{"results": [...]}`, or the first page is empty, which is
            a failure of the board's.
    """
    envelope = decode(response, board, Envelope)
    page = int(response.request.context.get("page", "1"))
    if not envelope.results and page == 1:
        raise refused("no jobs at all", board)
    if not envelope.next:
        return Page(records=list(envelope.results))
    context = next_page(response, envelope.results, most=MOST_PAGES)
    if context is None:
        return Page(records=list(envelope.results), complete=False)
    return Page(records=list(envelope.results), follow=[_request(board, page + 1, context)])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    if not stated(job.role) or not stated(job.url):
        return Reject(
            source="findwork",
            board=board.token,
            identifier=str(job.id),
            step="read",
            reason="bad_record" if stated(job.role) else "no_title",
        )
    place = stated(job.location)
    return Posting(
        source="findwork",
        board=board.token,
        identifier=str(job.id),
        url=job.url,
        title=job.role,
        hiring_organization=stated(job.company_name),
        logo_url=stated(job.logo),
        description=job.text or "",
        date_posted=dates.parse(job.date_posted or ""),
        tags=tuple(filter(stated, job.keywords or ())),
        employment_type_text=stated(job.employment_type),
        location_text=place,
        job_locations=(place,) if place and not job.remote else (),
        arrangement_text=None if job.remote is None else f"remote: {job.remote}".lower(),
    )


SOURCE = Source(
    name="findwork",
    homepage=SITE,
    documentation=f"{SITE}/developers/",
    kind="aggregator",
    window=True,
    keys=("FINDWORK_API_KEY",),
    boards=(Board(source="findwork"),),
    terms=Terms(
        credit="Findwork",
        read_at="not read: they are shown to whoever asks for a key",
        read_on="2026-11-25",
        apply_via_board=True,
        description="excerpt",
        structured_data=False,
        syndication=False,
        min_interval_s=6 * 3600.0,
        note="60 requests a minute. Whoever asks for a key agrees to terms: read them then. Until"
        " somebody has, the given address is linked, an excerpt shown, and nothing passed on in"
        " bulk.",
    ),
    start=start,
    split=split,
    posting=posting,
)
