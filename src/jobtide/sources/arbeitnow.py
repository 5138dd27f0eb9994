"""
Arbeitnow, a job board for Germany and beyond: public JSON API, no key needed.

Most jobs are on site; a flag says which are remote. An answer is a page of a slice that rotates
every hour: a rolling window. https://www.arbeitnow.com/blog/job-board-api
"""

from typing import Any

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, next_page, refused, stated

SITE = "https://www.arbeitnow.com"
API = f"{SITE}/api/job-board-api"
MOST_PAGES = 40  #: 34 pages of 100 or 175 jobs were measured in August 2026

#: What `job_types` holds besides kinds of employment: rungs of a career, in German and English.
_LEVELS = frozenset(
    (
        "berufseinstieg", "berufserfahren", "entry", "geschäftsleitung",
        "hilfstätigkeit / student", "manager", "mid", "no experience required / student",
        "professional / experienced", "student (college)", "teamleitung",
    )
)  # fmt: skip


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    slug: str  #: "devops-engineer-berlin-402514"
    url: str
    title: str
    company_name: str | None = None  #: in lower case on some rows
    description: str | None = None  #: HTML, on some rows escaped once more: "&lt;p&gt;"
    remote: bool | None = None
    tags: list[str] | None = None  #: some with the number of their jobs: "Controlling (515)"
    job_types: list[str] | None = None  #: "Freelance", "berufserfahren", ...; often none
    location: str | None = None  #: "Munich", "Munich, Bavaria, Germany"
    created_at: int | float | str | None = None  #: seconds


class Links(msgspec.Struct):
    next: str | None = None  #: has carried a "search=" of someone else's


class Envelope(msgspec.Struct):
    data: list[dict[str, Any]]
    links: Links | None = None


def start(board: Board) -> Request:
    """Ask for the first page."""
    return Request(url=f"{API}?page=1")


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job, and follow to the next page.

    The address of the next page is our own: the one in the answer has carried a search word that
    changes from answer to answer, and following it would narrow the board to that.

    Raises:
        PayloadError: the body is not `{"data": [...]}`, or the first page has no job at all,
            which is a failure of the board's.
    """
    envelope = decode(response, board, Envelope)
    records = list(envelope.data)
    if not records and not response.request.context:
        raise refused("no jobs at all", board)
    if envelope.links is None or not envelope.links.next:
        return Page(records=records)
    context = next_page(response, records, most=MOST_PAGES)
    if context is None:
        return Page(records=records, complete=False)
    # Optional: one page that fails shall not cost the pages before it.
    follow = Request(url=f"{API}?page={context['page']}", optional=True, context=context)
    return Page(records=records, follow=[follow])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    identifier = job.slug.strip()
    if not identifier or not stated(job.title):
        return Reject(
            source="arbeitnow",
            board=board.token,
            identifier=identifier or None,
            step="read",
            reason="no_title" if identifier else "bad_record",
            detail="" if identifier else "no slug",
        )
    place = stated(job.location)
    types = [word for word in job.job_types or () if stated(word)]
    levels = [word for word in types if word.strip().lower() in _LEVELS]
    return Posting(
        source="arbeitnow",
        board=board.token,
        identifier=identifier,
        url=job.url,
        title=job.title,
        hiring_organization=stated(job.company_name),
        description=job.description or "",
        date_posted=dates.from_epoch(job.created_at or 0),
        tags=tuple(filter(stated, job.tags or ())),
        employment_type_text=", ".join(word for word in types if word not in levels) or None,
        seniority_text=", ".join(levels) or None,
        location_text=place,
        job_locations=(place,) if place and not job.remote else (),
        arrangement_text=None if job.remote is None else f"remote: {job.remote}".lower(),
    )


SOURCE = Source(
    name="arbeitnow",
    homepage=SITE,
    documentation=f"{SITE}/blog/job-board-api",
    kind="aggregator",
    window=True,
    boards=(Board(source="arbeitnow"),),
    terms=Terms(
        credit="Arbeitnow",
        read_at=f"the paragraph about the API in {SITE}/terms, and meta.terms of every answer",
        read_on="2026-08-03",
        min_interval_s=3600.0,
        note="Link back to Arbeitnow. The permission to use the API can be taken back at any"
        " time. Answers change every hour.",
    ),
    start=start,
    split=split,
    posting=posting,
)
