"""
Jooble, a search engine for jobs in many countries: JSON API with a free key.

A key is good for 500 requests in all, so one page is read, of the jobs that speak of remote work.
https://jooble.org/api/about
"""

from typing import Any

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, refused, stated

SITE = "https://jooble.org"
PER_PAGE = 100


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    id: int | str
    title: str
    link: str
    company: str | None = None
    location: str | None = None
    snippet: str | None = None  #: pieces of the text around the words that were searched for
    salary: str | None = None  #: free text: "$17 - $35 per hour"
    type: str | None = None  #: "Full-time"
    updated: str | None = None  #: "2026-07-06T00:00:00.0000000"


class Envelope(msgspec.Struct):
    jobs: list[dict[str, Any]]
    totalCount: int | None = None


def start(board: Board) -> Request:
    """Ask for remote jobs, in the place the board is called after."""
    place = "" if board.token == "main" else board.token  # noqa: S105 - no secret
    search = {"keywords": "remote", "location": place, "page": "1", "ResultOnPage": str(PER_PAGE)}
    return Request(
        url=f"{SITE}/api/{{JOOBLE_API_KEY}}",
        method="POST",
        headers={"Content-Type": "application/json"},
        body=msgspec.json.encode(search),
    )


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job.

    Raises:
        PayloadError: the body is not `{"jobs": [...]}`, or holds no job at all, which is a
            failure of the board's.
    """
    envelope = decode(response, board, Envelope)
    if not envelope.jobs:
        raise refused("no jobs at all", board)
    complete = (envelope.totalCount or 0) <= len(envelope.jobs)
    return Page(records=list(envelope.jobs), complete=complete)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    if not stated(job.title) or not stated(job.link):
        return Reject(
            source="jooble",
            board=board.token,
            identifier=str(job.id),
            step="read",
            reason="bad_record" if stated(job.title) else "no_title",
        )
    place = stated(job.location)
    return Posting(
        source="jooble",
        board=board.token,
        identifier=str(job.id),
        url=job.link,
        title=job.title,
        hiring_organization=stated(job.company),
        description=job.snippet or "",
        description_complete=False,
        date_modified=dates.parse(job.updated or ""),
        employment_type_text=stated(job.type),
        location_text=place,
        job_locations=(place,) if place else (),
        salary_text=stated(job.salary),
    )


SOURCE = Source(
    name="jooble",
    homepage=SITE,
    documentation=f"{SITE}/api/about",
    kind="aggregator",
    window=True,
    keys=("JOOBLE_API_KEY",),
    boards=(Board(source="jooble"),),
    terms=Terms(
        credit="Jooble",
        read_at="not read: they are shown to whoever asks for a key",
        read_on="2026-11-25",
        apply_via_board=True,
        description="excerpt",
        structured_data=False,
        syndication=False,
        min_interval_s=24 * 3600.0,
        note="A free key is good for 500 requests in all. Whoever asks for one agrees to terms:"
        " read them then. Until somebody has, Jooble's own page is linked, an excerpt shown, and"
        " nothing passed on in bulk.",
    ),
    start=start,
    split=split,
    posting=posting,
)
