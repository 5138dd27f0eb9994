"""
RemoteJobs.org, a board for remote work that passes on the jobs of other boards: JSON.

Known from answers that others keep ({"data": [...], "count": 150}); neither the address of the
API nor its terms are confirmed, so the source is off until somebody has asked.
https://remotejobs.org
"""

import re
from typing import Any

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms
from jobtide.sources import Source, amount, decode, refused, stated

SITE = "https://remotejobs.org"
_CURRENCY = re.compile(r"([A-Z]{3})\s")


class Company(msgspec.Struct):
    name: str | None = None
    logo_url: str | None = None  #: often on another board's server
    website: str | None = None


class Category(msgspec.Struct):
    name: str | None = None


class Answer(msgspec.Struct):
    data: list[Any]


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    id: str
    title: str
    url: str  #: several jobs of one title and employer share it
    apply_url: str | None = None  #: the same, on every recorded row
    company: Company | None = None
    category: Category | None = None
    location: str | None = None  #: "Remote", "Spain (Remote)"
    salary_min: int | float | str | None = None
    salary_max: int | float | str | None = None
    salary_text: str | None = None  #: "USD 100,000 - 150,000"
    type: str | None = None  #: "Full-time"
    description: str | None = None  #: text or HTML
    posted_at: str | None = None


def start(board: Board) -> Request:
    """Ask for the list; `url` of the board says where it is if it has moved."""
    return Request(url=board.url or f"{SITE}/api/jobs")


def split(response: Response, board: Board) -> Page:
    """Take the list apart.

    Raises:
        PayloadError: the body is no list of jobs, or an empty one: the board always has some.
    """
    answer = decode(response, board, Answer)
    if not answer.data:
        raise refused("a list without jobs", board)
    return Page(records=answer.data)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    if not stated(job.title):
        return Reject(
            source="remotejobsorg",
            board=board.token,
            identifier=job.id,
            step="read",
            reason="no_title",
        )
    company, category = job.company or Company(), job.category or Category()
    location, apply_url = stated(job.location), stated(job.apply_url)
    return Posting(
        source="remotejobsorg",
        board=board.token,
        identifier=job.id,
        url=job.url,
        apply_url=None if apply_url == job.url else apply_url,
        title=job.title,
        hiring_organization=stated(company.name),
        organization_url=stated(company.website),
        logo_url=stated(company.logo_url),
        description=job.description or "",
        description_complete=bool(job.description),
        date_posted=dates.parse(job.posted_at or ""),
        occupational_category=(category.name,) if category.name and stated(category.name) else (),
        employment_type_text=stated(job.type),
        location_text=location,
        applicant_locations=(location,) if location else (),
        arrangement_text="remote",  # the board takes no other jobs
        salary_text=stated(job.salary_text),
        stated_salary=_salary(job),
    )


def _salary(job: Job) -> Salary | None:
    low, high = amount(job.salary_min), amount(job.salary_max)
    if low is None and high is None:
        return None
    currency = _CURRENCY.match(job.salary_text or "")
    return Salary(
        currency=currency[1] if currency else None,
        min_value=low,
        max_value=high,
        rule="remotejobsorg.salary",
        evidence=job.salary_text or f"salary_min: {job.salary_min}, salary_max: {job.salary_max}",
    )


SOURCE = Source(
    name="remotejobsorg",
    homepage=SITE,
    documentation=SITE,
    kind="aggregator",
    window=True,
    boards=(Board(source="remotejobsorg"),),
    terms=Terms(
        credit="RemoteJobs.org",
        read_at=f"{SITE}, nothing about programs was found",
        read_on="2026-11-25",
        apply_via_board=True,
        logo=False,
        description="excerpt",
        structured_data=False,
        syndication=False,
        min_interval_s=24 * 3600.0,
        forbidden="neither the address of its API nor its terms are confirmed: ask the board,"
        " then set enabled = true in [sources.remotejobsorg].",
        note="It passes on the jobs of other boards, whose own terms may be narrower.",
    ),
    start=start,
    split=split,
    posting=posting,
)
