"""
Remote OK, a job board for remote work: public JSON API, no key needed.

One answer holds the newest hundred jobs or so, a rolling window; `page` and the search names are
ignored by the server. The list pages for people hold the same jobs as schema.org JobPosting, one
a table row, and are read too (saved ones can be imported). https://remoteok.com/api
"""

import json
import math
from typing import Any

import msgspec
from lxml import html

from jobtide import dates
from jobtide.answers import parse_html
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms
from jobtide.sources import Source, decode, refused, stated

SITE = "https://remoteok.com"
_TITLE = './/h2[@itemprop="title"]'  #: the row that unfolds below a job has none


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    id: str | int
    position: str | None = None
    slug: str | None = None  #: "remote-<title>-<company>-<id>"; has been empty
    company: str | None = None
    company_logo: str | None = None
    logo: str | None = None
    tags: list[str] | None = None
    description: str | None = None  #: HTML; its tail asks bots to give themselves away
    location: str | None = None  #: "", "Freeport, ", "Remote, USA", "City, City, Region, Country"
    salary_min: float | None = None  #: 0: not stated; neither currency nor period are ever given
    salary_max: float | None = None
    date: str | None = None
    epoch: int | str | None = None  #: seconds; the same moment as `date`
    url: str | None = None
    apply_url: str | None = None
    valid_through: str | None = None  #: list page only
    employment_type: str | None = None  #: list page only
    whole: bool = True  #: list page: False, its descriptions break off


def start(board: Board) -> Request:
    """Ask for the newest jobs."""
    return Request(url=f"{SITE}/api")


def split(response: Response, board: Board) -> Page:
    """Take the answer, or a list page, apart into one record a job.

    The notice of the terms is left out; it is known by its key, for it need not come first.

    Raises:
        PayloadError: the body is neither, or has no job at all, which is a failure of the board's.
    """
    if response.body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        try:
            records = _rows(response.body)
        except ValueError as error:
            raise refused(str(error), board) from error
        if not records:
            raise refused("a page for people without jobs on it", board)
        return Page(records=records)
    rows = decode(response, board, list[Any])
    records = [row for row in rows if not (isinstance(row, dict) and "legal" in row)]
    if not records:
        raise refused("no jobs at all", board)
    return Page(records=records)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    identifier = str(job.id)
    if not job.position or not stated(job.position):
        return Reject(
            source="remoteok",
            board=board.token,
            identifier=identifier,
            step="read",
            reason="no_title",
        )
    url = _address(job)
    return Posting(
        source="remoteok",
        board=board.token,
        identifier=identifier,
        url=url,
        title=job.position,
        hiring_organization=stated(job.company),
        logo_url=stated(job.company_logo) or stated(job.logo),
        apply_url=job.apply_url if job.apply_url and job.apply_url != job.url else None,
        description=job.description or "",
        description_complete=job.whole,
        date_posted=dates.parse(job.date or "") or dates.from_epoch(job.epoch or 0),
        valid_through=dates.parse(job.valid_through or ""),
        tags=tuple(job.tags or ()),
        employment_type_text=stated(job.employment_type),
        location_text=stated(job.location),  # where the employer or the worker is: not said which
        arrangement_text="remote",  # the board takes no other jobs
        stated_salary=_salary(job),
    )


def _address(job: Job) -> str:
    """Return the job's page; a job without a slug has been given the address of the list."""
    if job.url and str(job.id) in job.url:
        return job.url
    return f"{SITE}/remote-jobs/{job.slug or job.id}"


def _salary(job: Job) -> Salary | None:
    low, high = (
        value if value and math.isfinite(value) and value > 0 else None
        for value in (job.salary_min, job.salary_max)
    )
    if low is None and high is None:
        return None
    evidence = f"salary_min: {low or 0:g}, salary_max: {high or 0:g}"
    return Salary(min_value=low, max_value=high, rule="remoteok.salary", evidence=evidence)


def _rows(body: bytes) -> list[dict[str, Any]]:
    """Return a record for each job of a list page, in the field names of the API.

    Pay is not read: what that page prints is the board's own estimate from other jobs, marked by
    an asterisk. Nor is JobPosting's place, always "Anywhere"; the printed one is the stated one.
    """
    # A table row outside a table is no HTML: saved pages begin with one.
    root = parse_html(b"<table>" + body)
    return [_row(row) for row in root.iterfind(".//tr[@data-id]") if row.find(_TITLE) is not None]


def _row(row: html.HtmlElement) -> dict[str, Any]:
    script = row.find('.//script[@type="application/ld+json"]')
    markup = _json(script.text) if script is not None else {}
    organization = markup.get("hiringOrganization")
    organization = organization if isinstance(organization, dict) else {}
    places = [_text(place) for place in row.iterfind('.//div[@class="location tooltip"]')]
    path = row.get("data-url") or f"/remote-jobs/{row.get('data-id')}"
    return {
        "id": row.get("data-id"),
        "position": markup.get("title") or _text(row.find(_TITLE)),
        "company": organization.get("name") or row.get("data-company"),
        "company_logo": markup.get("image"),
        "tags": [_text(tag) for tag in row.iterfind('.//td[@class="tags"]//h3')],
        "description": markup.get("description"),
        "location": next((place for place in places if "💰" not in place), None),
        "date": markup.get("datePosted"),
        "epoch": row.get("data-epoch"),
        "url": SITE + path,
        "valid_through": markup.get("validThrough"),
        "employment_type": markup.get("employmentType"),
        "whole": False,
    }


def _json(text: str | None) -> dict[str, Any]:
    try:
        markup = json.loads(text or "", strict=False)
    except (ValueError, RecursionError):
        return {}
    return markup if isinstance(markup, dict) else {}


def _text(element: html.HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())


SOURCE = Source(
    name="remoteok",
    homepage=SITE,
    documentation=f"{SITE}/api",
    kind="aggregator",
    window=True,
    boards=(Board(source="remoteok"),),
    terms=Terms(
        credit="Remote OK",
        read_at=f"the field legal of the first element of {SITE}/api",
        read_on="2026-08-03",
        follow=True,
        logo=False,
        note="Link to the job's page on Remote OK with a link that is followed, and name Remote"
        " OK as the source, or access is suspended. Its logo needs permission.",
    ),
    start=start,
    split=split,
    posting=posting,
)
