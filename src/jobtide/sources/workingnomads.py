"""
Working Nomads, a job board for remote work: public JSON, no key needed.

One answer holds 28 to 79 jobs, the part of the board that is shown to everyone: a rolling window.
Parameters are ignored. https://www.workingnomads.com/api/exposed_jobs/
"""

import re
from typing import Any

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, refused, stated

SITE = "https://www.workingnomads.com"
API = f"{SITE}/api/exposed_jobs/"

#: ".../job/go/1719512/" leads on to the employer's page; ".../jobs/a-slug" was met as well.
_ADDRESS = re.compile(r"/jobs?/(?:go/)?([^/?#\s]+)/?(?:[?#]|\s*$)")


class Job(msgspec.Struct):
    """The fields we read of one job; it has no others."""

    url: str
    title: str
    company_name: str | None = None
    category_name: str | None = None  #: "Development"
    tags: str | None = None  #: one string: "data analyst,english"
    location: str | None = None  #: "Global", "REMOTE, Canada", "CET (+/- 3 hours)"
    description: str | None = None  #: HTML
    pub_date: str | None = None  #: ISO 8601, with New York's offset


def start(board: Board) -> Request:
    """Ask for every job that is shown."""
    return Request(url=API)


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job.

    Raises:
        PayloadError: the body is no list, or an empty one, which is a failure of the board's.
    """
    records = decode(response, board, list[Any])
    if not records:
        raise refused("no jobs at all", board)
    return Page(records=records)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    address = _ADDRESS.search(job.url)
    identifier = address[1] if address else None
    if identifier is None or not stated(job.title):
        return Reject(
            source="workingnomads",
            board=board.token,
            identifier=identifier,
            step="read",
            reason="no_title" if identifier else "bad_record",
            detail="" if identifier else f"no job's address: {job.url}"[:200],
        )
    place = stated(job.location)
    return Posting(
        source="workingnomads",
        board=board.token,
        identifier=identifier,
        url=job.url,
        title=job.title,
        hiring_organization=stated(job.company_name),
        description=job.description or "",
        date_posted=dates.parse(job.pub_date or ""),
        tags=tuple(filter(stated, (job.tags or "").split(","))),
        occupational_category=tuple(filter(stated, (job.category_name or "",))),
        location_text=place,
        applicant_locations=(place,) if place else (),
        arrangement_text="remote",  # the board takes no other jobs
    )


SOURCE = Source(
    name="workingnomads",
    homepage=SITE,
    documentation=API,
    kind="aggregator",
    window=True,
    boards=(Board(source="workingnomads"),),
    terms=Terms(
        credit="Working Nomads",
        read_at=f"{SITE}/terms-and-conditions",
        read_on="2026-08-03",
        structured_data=False,
        syndication=False,
        min_interval_s=6 * 3600.0,
        note="The terms speak of the site and its accounts, not of this feed; they refuse whoever"
        " builds a competing service, so ask before you build a business on it.",
    ),
    start=start,
    split=split,
    posting=posting,
)
