"""
Remotive, a job board for remote work: public JSON API, no key needed.

One request returns the whole public board: 18 to 42 jobs, delayed by a day. The query parameters
of its documentation (category, company_name, search, limit) are ignored by the server, so none
is sent. https://github.com/remotive-com/remote-jobs-api
"""

from typing import Any

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, refused, stated

API = "https://remotive.com/api/remote-jobs"


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    id: int | str
    url: str
    title: str
    company_name: str | None = None
    company_logo: str | None = None  #: absent in 2021
    company_logo_url: str | None = None  #: absent on many rows since
    category: str | None = None  #: a label: "Software Development"
    tags: list[str] | None = None
    job_type: str | None = None  #: "full_time", "contract", "part_time", "freelance", ... or ""
    publication_date: str | None = None  #: ISO 8601 without a zone
    candidate_required_location: str | None = None  #: where one may live: "USA Only", "Europe"
    salary: str | None = None  #: free text: "$31,2k- $52k", "$120 - $170 /hour"
    description: str | None = None  #: HTML; its last element is a tracking pixel


class Envelope(msgspec.Struct, rename={"job_count": "job-count", "total": "total-job-count"}):
    jobs: list[dict[str, Any]]
    job_count: int | None = None
    total: int | None = None


def start(board: Board) -> Request:
    """Ask for every job."""
    return Request(url=API)


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job; its own counts say whether that is all.

    Raises:
        PayloadError: the body is not `{"jobs": [...]}`, or the board has no job at all, which
            is a failure of the board's; "Just a moment..." pages for browsers are met too.
    """
    envelope = decode(response, board, Envelope)
    if not envelope.jobs:
        raise refused("no jobs at all", board)
    counts = {envelope.job_count, envelope.total} - {None}
    return Page(records=list(envelope.jobs), complete=counts <= {len(envelope.jobs)})


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one Remotive job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    if not stated(job.title):
        return Reject(
            source="remotive",
            board=board.token,
            identifier=str(job.id),
            step="read",
            reason="no_title",
        )
    place = stated(job.candidate_required_location)
    return Posting(
        source="remotive",
        board=board.token,
        identifier=str(job.id),
        url=job.url,
        title=job.title,
        hiring_organization=stated(job.company_name),
        logo_url=stated(job.company_logo) or stated(job.company_logo_url),
        description=job.description or "",
        date_posted=dates.parse(job.publication_date or ""),
        tags=tuple(job.tags or ()),
        occupational_category=(job.category,) if stated(job.category) and job.category else (),
        employment_type_text=stated(job.job_type),
        location_text=place,
        applicant_locations=(place,) if place else (),
        arrangement_text="remote",  # the board takes no other jobs
        salary_text=stated(job.salary),
    )


SOURCE = Source(
    name="remotive",
    homepage="https://remotive.com",
    documentation="https://github.com/remotive-com/remote-jobs-api",
    kind="aggregator",
    window=False,
    boards=(Board(source="remotive"),),
    terms=Terms(
        credit="Remotive",
        read_at="the field 0-legal-notice of every answer of https://remotive.com/api/remote-jobs",
        read_on="2026-08-05",
        structured_data=False,
        syndication=False,
        min_interval_s=6 * 3600.0,
        note="Link to the URL on Remotive and name it; never pass jobs to Jooble, Neuvoo, Google"
        " Jobs or LinkedIn Jobs; no sign-up wall; at most four reads a day, jobs are a day late.",
    ),
    start=start,
    split=split,
    posting=posting,
)
