"""
Reed, a job board of the United Kingdom: JSON API with a free key.

A search gives 100 jobs a page; what is read is the newest that speak of remote work.
https://www.reed.co.uk/developers/jobseeker
"""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms
from jobtide.sources import Source, amount, decode, next_page, refused, stated

SITE = "https://www.reed.co.uk"
API = f"{SITE}/api/1.0/search"
PER_PAGE = 100  #: the most a page gives
MOST_PAGES = 10

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    jobId: int | str
    jobTitle: str
    jobUrl: str | None = None
    employerName: str | None = None  #: an agency, on many rows
    locationName: str | None = None
    minimumSalary: float | int | str | None = None
    maximumSalary: float | int | str | None = None
    currency: str | None = None
    date: str | None = None  #: "24/07/2026": the day comes first, as it does there
    expirationDate: str | None = None
    jobDescription: str | None = None  #: the beginning of the text


class Envelope(msgspec.Struct):
    results: list[dict[str, Any]]
    totalResults: int | None = None


def start(board: Board) -> Request:
    """Ask for the first page of jobs with the board's word; of "main" it is "remote"."""
    return _request(board, 0, {})


def _request(board: Board, skip: int, context: dict[str, str]) -> Request:
    word = "remote" if board.token == "main" else board.token  # noqa: S105 - no secret
    return Request(
        url=f"{API}?keywords={quote(word, safe='')}&resultsToTake={PER_PAGE}&resultsToSkip={skip}",
        headers={"Authorization": "Basic {basic:REED_API_KEY}"},
        optional=skip > 0,  # one page that fails shall not cost the pages before it
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
    ended = page * PER_PAGE >= (envelope.totalResults or 0)
    context = next_page(response, envelope.results, most=MOST_PAGES)
    if ended or context is None:
        return Page(records=list(envelope.results), complete=ended)
    follow = _request(board, page * PER_PAGE, context)
    return Page(records=list(envelope.results), follow=[follow])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    identifier = str(job.jobId)
    if not stated(job.jobTitle):
        return Reject(
            source="reed",
            board=board.token,
            identifier=identifier,
            step="read",
            reason="no_title",
        )
    place = stated(job.locationName)
    return Posting(
        source="reed",
        board=board.token,
        identifier=identifier,
        url=stated(job.jobUrl) or f"{SITE}/jobs/{quote(identifier, safe='')}",
        title=job.jobTitle,
        hiring_organization=stated(job.employerName),
        description=job.jobDescription or "",
        description_complete=False,
        date_posted=_day(job.date),
        valid_through=_day(job.expirationDate),
        location_text=place,
        job_locations=(place,) if place else (),
        stated_salary=_salary(job),
    )


def _day(text: str | None) -> datetime | None:
    """Read "24/07/2026", which only here is sure to begin with the day."""
    found = _DAY.fullmatch((text or "").strip())
    if found is None:
        return dates.parse(text or "")
    try:
        written = datetime(int(found[3]), int(found[2]), int(found[1]), tzinfo=UTC)
    except ValueError:
        return None
    return dates.parse(written.isoformat())


def _salary(job: Job) -> Salary | None:
    low, high = amount(job.minimumSalary), amount(job.maximumSalary)
    if low is None and high is None:
        return None
    currency = stated(job.currency)
    return Salary(
        currency=currency or "GBP",
        currency_inferred=currency is None,  # the board is of one country
        min_value=low,
        max_value=high,
        rule="reed.salary",
        evidence=f"minimumSalary: {job.minimumSalary}, maximumSalary: {job.maximumSalary}",
    )


SOURCE = Source(
    name="reed",
    homepage=SITE,
    documentation=f"{SITE}/developers/jobseeker",
    kind="aggregator",
    window=True,
    keys=("REED_API_KEY",),
    boards=(Board(source="reed"),),
    terms=Terms(
        credit="Reed.co.uk",
        read_at="not read: they are shown to whoever asks for a key",
        read_on="2026-11-25",
        apply_via_board=True,
        description="excerpt",
        structured_data=False,
        syndication=False,
        min_interval_s=24 * 3600.0,
        note="Whoever asks for a key agrees to terms: read them then. Until somebody has, Reed's"
        " own page is linked, an excerpt shown, and nothing passed on in bulk.",
    ),
    start=start,
    split=split,
    posting=posting,
)
