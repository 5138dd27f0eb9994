"""
Greenhouse, an applicant tracking system: the public Job Board API, one JSON answer a board.

There is no paging. Every text of the description is escaped once more than HTML needs. Employers
add fields of their own ("metadata"): those that name a person are dropped as soon as an answer is
taken apart. https://developers.greenhouse.io/job-board.html
"""

import html
import re
from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, refused, stated
from jobtide.sources.greenhouse.metadata import Field, is_person, read_fields
from jobtide.sources.greenhouse.pay import Range, read_ranges

API = "https://boards-api.greenhouse.io/v1/boards"

#: What parts several places in one line: "Lisbon; Remote - US", "London | Paris".
_BETWEEN = re.compile(r"\s*;\s*|\s+\|\s+")
#: What employers whose numbers are made elsewhere fill in for the requisition.
_NO_REQUISITION = "see opening id"


class Location(msgspec.Struct):
    name: str | None = None  #: free text; null on posts for no particular job


class Department(msgspec.Struct):
    name: str | None = None


class Office(msgspec.Struct):
    name: str | None = None
    location: str | None = None  #: "London, England, United Kingdom"


class Job(msgspec.Struct):
    """The fields we read of one job post. Unknown fields are ignored on purpose."""

    id: int | str
    title: str
    absolute_url: str | None = None  #: often on the employer's own site, with ?gh_jid=
    company_name: str | None = None
    location: Location | None = None
    content: str | None = None  #: HTML, escaped once; absent without content=true
    first_published: str | None = None  #: null on a few; ISO 8601 with an offset
    updated_at: str | None = None  #: moves on any edit, so it never says how old a job is
    application_deadline: str | None = None
    requisition_id: str | None = None
    departments: list[Department] | None = None
    offices: list[Office] | None = None  #: the employer's, not the job's: they contradict location
    metadata: list[Field] | None = None
    pay_input_ranges: list[Range] | None = None


class Meta(msgspec.Struct):
    total: int | None = None


class Envelope(msgspec.Struct):
    jobs: list[Any]
    meta: Meta | None = None


class DepartmentJobs(msgspec.Struct):
    """One department of the endpoint /departments."""

    jobs: list[dict[str, Any]] = []
    name: str | None = None


class Departments(msgspec.Struct):
    departments: list[DepartmentJobs]


def start(board: Board) -> Request:
    """Ask for the whole board, with descriptions and pay; boards elsewhere state their address."""
    token = quote(board.token, safe="")
    return Request(url=board.url or f"{API}/{token}/jobs?content=true&pay_transparency=true")


def split(response: Response, board: Board) -> Page:
    """Take the answer apart: a board's list, its departments, or a single job.

    Raises:
        PayloadError: none of the three; or an empty list that does not count itself as empty.
    """
    answer = decode(response, board, dict[str, Any])
    try:
        if "jobs" in answer:
            page = _list(msgspec.convert(answer, Envelope), board)
        elif "departments" in answer and "title" not in answer:
            page = _departments(msgspec.convert(answer, Departments))
        else:
            page = _single(answer, response.request.context.get("identifier"), board)
    except msgspec.ValidationError as error:
        raise refused(str(error), board) from error
    return msgspec.structs.replace(page, records=[_no_people(one) for one in page.records])


def _list(envelope: Envelope, board: Board) -> Page:
    total = envelope.meta.total if envelope.meta else None
    if not envelope.jobs and total != 0:
        raise refused(f"no jobs, although it counts {total}", board)
    return Page(records=envelope.jobs, complete=total == len(envelope.jobs))


def _departments(answer: Departments) -> Page:
    """Return each job once, with every department that lists it; bodies are never there."""
    jobs: dict[str, dict[str, Any]] = {}
    for department in answer.departments:
        for job in department.jobs:
            known = jobs.setdefault(str(job.get("id")), {**job, "departments": []})
            known["departments"] = [*known["departments"], {"name": department.name}]
    return Page(records=list(jobs.values()), complete=False)


def _single(answer: dict[str, Any], asked: str | None, board: Board) -> Page:
    if "id" not in answer or "title" not in answer:
        words = answer.get("error") or ", ".join(answer) or "nothing"
        raise refused(f"no list of jobs but: {str(words)[:200]}", board)
    if asked not in (None, str(answer["id"])):
        raise refused(f"job {asked} was asked for, {answer['id']} came", board)
    return Page(records=[answer], complete=asked is not None)


def _no_people(job: Any) -> Any:  # noqa: ANN401 - a record is what the board sent
    """Drop the fields that hold a person: published by mistake, and not ours to keep."""
    if not isinstance(job, dict) or not isinstance(job.get("metadata"), list):
        return job
    return {**job, "metadata": [one for one in job["metadata"] if not is_person(one)]}


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one Greenhouse job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    if not stated(job.title):
        return Reject(
            source="greenhouse",
            board=board.token,
            identifier=str(job.id),
            step="read",
            reason="no_title",
        )
    own = read_fields(job.metadata or [])
    line, places = _places(job, own.places)
    stated_salary, salary_text = read_ranges(job.pay_input_ranges or [])
    departments = [one.name for one in job.departments or () if one.name and stated(one.name)]
    requisition = stated(job.requisition_id)
    token = quote(board.token, safe="")
    return Posting(
        source="greenhouse",
        board=board.token,
        identifier=str(job.id),
        url=stated(job.absolute_url) or f"https://job-boards.greenhouse.io/{token}/jobs/{job.id}",
        title=job.title,
        hiring_organization=stated(job.company_name) or board.organization or board.token,
        description=_markup(job.content or ""),
        description_complete=bool(stated(job.content)),
        date_posted=dates.parse(job.first_published or "") or own.date_posted,
        date_modified=dates.parse(job.updated_at or ""),
        valid_through=dates.parse(job.application_deadline or ""),
        requisition=None
        if requisition and requisition.lower() == _NO_REQUISITION
        else requisition,
        tags=own.tags,
        occupational_category=tuple(dict.fromkeys([*departments, *own.departments])),
        employment_type_text=own.employment_type_text,
        seniority_text=own.seniority_text,
        location_text=line,
        job_locations=places,
        arrangement_text=own.arrangement_text,
        salary_text=salary_text or own.salary_text,
        stated_salary=stated_salary or (None if salary_text else own.stated_salary),
    )


def _markup(content: str) -> str:
    """Return the description as HTML: it is escaped as a whole, or (never seen) not at all."""
    return content if "<" in content else html.unescape(content)


def _places(job: Job, elsewhere: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Return the line of places, and the places; from other fields only where it is empty."""
    line = stated(job.location.name) if job.location else None
    offices = [stated(one.location) or stated(one.name) for one in job.offices or ()]
    if line is None:
        places = elsewhere or tuple(filter(None, offices))
        return "; ".join(places) or None, places
    parts = [part.strip() for part in _BETWEEN.split(line)]
    return line, tuple(_fuller(part, offices) for part in parts if part)


def _fuller(place: str, offices: list[str | None]) -> str:
    """Return "Cape Town, Western Cape, South Africa" for "Cape Town", if an office says so."""
    return next((one for one in offices if one and one.startswith(f"{place},")), place)


SOURCE = Source(
    name="greenhouse",
    homepage="https://www.greenhouse.com",
    documentation="https://developers.greenhouse.io/job-board.html",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Greenhouse",
        read_at="https://developers.greenhouse.io/job-board.html (Introduction, Authentication)",
        read_on="2026-11-25",
        min_interval_s=3600.0,
        note="The public Job Board API: reading needs no key, and employers publish through it in"
        " order to be shown. It states no limit of requests: one a board and hour is ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
