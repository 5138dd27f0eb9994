"""
Pinpoint, an applicant tracking system: the public job postings JSON, one answer, four texts a job.

The employer is named nowhere, so the board's own name stands in, and there is no date of posting.
A tenant whose careers site moved to a domain of its own goes on answering an empty list at the
old address, so an empty list is no sign of an empty board.
https://developers.pinpointhq.com/docs/jobs-widget-overview ("job postings JSON endpoint")
"""

import html
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, decode, refused, stated
from jobtide.text import holds

_PERIODS = {
    "hour": UnitText.HOUR,
    "day": UnitText.DAY,
    "week": UnitText.WEEK,
    "month": UnitText.MONTH,
    "year": UnitText.YEAR,
}


class Named(msgspec.Struct):
    name: str | None = None


class Location(msgspec.Struct):
    name: str | None = None  #: what the employer calls it: "North County", "Remote"
    city: str | None = None
    province: str | None = None


class Vacancy(msgspec.Struct):
    requisition_id: str | None = None
    department: Named | None = None


class Job(msgspec.Struct):
    """The fields we read of one posting. Unknown fields are ignored on purpose."""

    id: str | int
    title: str
    url: str | None = None
    path: str | None = None
    description: str | None = None  #: HTML, as are the three texts below
    key_responsibilities: str | None = None
    key_responsibilities_header: str | None = None
    skills_knowledge_expertise: str | None = None
    skills_knowledge_expertise_header: str | None = None
    benefits: str | None = None
    benefits_header: str | None = None
    employment_type: str | None = None  #: "full_time"
    employment_type_text: str | None = None  #: "Full Time"
    workplace_type: str | None = None  #: "onsite", "hybrid", "remote"
    workplace_type_text: str | None = None  #: "Fully remote"
    compensation: str | None = None  #: "$17.00 - $18.00 / hour"
    compensation_minimum: int | float | str | None = None
    compensation_maximum: int | float | str | None = None
    compensation_currency: str | None = None
    compensation_frequency: str | None = None
    compensation_visible: bool | None = None  #: False: not to be shown
    deadline_at: str | None = None
    location: Location | None = None
    job: Vacancy | None = None


class Envelope(msgspec.Struct):
    data: list[Any]


def _site(board: Board) -> str:
    address = urlsplit(board.url or "")
    if address.netloc:
        return f"{address.scheme}://{address.netloc}"
    return f"https://{quote(board.token, safe='')}.pinpointhq.com"


def start(board: Board) -> Request:
    """Ask for the whole board; one on a domain of its own states its address."""
    return Request(url=f"{_site(board)}/postings.json", headers={"Accept": "application/json"})


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a posting.

    Raises:
        PayloadError: the body is no such answer, or holds no postings.
    """
    rows = decode(response, board, Envelope).data
    if not rows:
        raise refused(
            "no postings: a board that moved elsewhere is answered like an empty one", board
        )
    return Page(records=[_no_people(row) for row in rows])


def _no_people(row: Any) -> Any:  # noqa: ANN401 - a row is what the board sent
    """Drop to whom the job reports: a person, and not ours to keep."""
    if not isinstance(row, dict):
        return row
    return {name: value for name, value in row.items() if name != "reporting_to"}


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one Pinpoint posting in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    identifier = str(job.id).strip()
    address = stated(job.url) or stated(job.path)
    if not identifier or not address or not stated(job.title):
        return Reject(
            source="pinpoint",
            board=board.token,
            identifier=identifier or None,
            step="read",
            reason="no_title" if identifier and address else "bad_record",
        )
    description = _description(job)
    place = _place(job.location or Location())
    vacancy = job.job or Vacancy()
    department = vacancy.department or Named()
    shown = job.compensation_visible is not False
    return Posting(
        source="pinpoint",
        board=board.token,
        identifier=identifier,
        url=urljoin(_site(board), address),
        title=job.title,
        hiring_organization=board.organization or board.token,
        description=description,
        description_complete=bool(description),
        valid_through=dates.parse(job.deadline_at or ""),
        requisition=stated(vacancy.requisition_id),
        occupational_category=tuple(filter(None, [stated(department.name)])),
        employment_type_text=stated(job.employment_type_text) or stated(job.employment_type),
        location_text=place,
        job_locations=(place,) if place else (),
        arrangement_text=stated(job.workplace_type_text) or stated(job.workplace_type),
        salary_text=stated(job.compensation) if shown else None,
        stated_salary=_salary(job) if shown else None,
    )


def _description(job: Job) -> str:
    """Return the four texts as one, in the order of Pinpoint's own page, with their headings."""
    parts = [job.description]
    for heading, text in (
        (job.key_responsibilities_header, job.key_responsibilities),
        (job.skills_knowledge_expertise_header, job.skills_knowledge_expertise),
        (job.benefits_header, job.benefits),
    ):
        if text and stated(text):
            title = html.escape(heading or "", quote=False)
            parts.append(f"<h3>{title}</h3>\n{text}" if stated(title) else text)
    return "\n".join(part for part in parts if part and stated(part))


def _place(one: Location) -> str | None:
    """Return city, province and the name, which may be a country, an office, or "Remote"."""
    name = (stated(one.name) or "").strip()
    near = [part.strip() for part in (one.city, one.province) if part and stated(part)]
    missing = [part for part in near if not holds(name, part)]
    parts = (*missing, name) if missing == near else (name, *missing)
    return ", ".join(dict.fromkeys(filter(None, parts))) or None


def _salary(job: Job) -> Salary | None:
    low, high = amount(job.compensation_minimum), amount(job.compensation_maximum)
    if low is None and high is None:
        return None
    fields = {
        "compensation_minimum": job.compensation_minimum,
        "compensation_maximum": job.compensation_maximum,
        "compensation_currency": job.compensation_currency,
        "compensation_frequency": job.compensation_frequency,
    }
    return Salary(
        currency=stated(job.compensation_currency),
        min_value=low,
        max_value=high,
        unit_text=_PERIODS.get((job.compensation_frequency or "").lower()),
        rule="pinpoint.compensation",
        evidence=", ".join(f"{name}: {value}" for name, value in fields.items() if value),
    )


SOURCE = Source(
    name="pinpoint",
    homepage="https://www.pinpointhq.com",
    documentation="https://developers.pinpointhq.com/docs/jobs-widget-overview",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Pinpoint",
        read_at="https://developers.pinpointhq.com/docs/jobs-widget-overview",
        read_on="2026-11-25",
        min_interval_s=3600.0,
        note="The job postings JSON exists to show an employer's jobs on other sites and needs no"
        " key; it states no limit: one request a board and hour is ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
