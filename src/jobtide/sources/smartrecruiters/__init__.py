"""
SmartRecruiters, an applicant tracking system: the public Posting API, pages of a hundred heads.

The list has no descriptions, so each posting is asked for as well; when that fails the head stays.
An unknown company is answered like one without postings (200, totalFound 0), so neither counts as
an empty board. Names of companies are case-sensitive on the postings' pages.
https://dev.smartrecruiters.com/customer-api/posting-api/endpoints/postings/
"""

import html
import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, decode, refused, stated
from jobtide.sources.smartrecruiters.wire import (
    Choice,
    Compensation,
    Envelope,
    Job,
    JobAd,
    Location,
)

API = "https://api.smartrecruiters.com/v1/companies"
PAGE = "https://jobs.smartrecruiters.com"

#: The most postings a page may hold.
LIMIT = 100
_PERIODS = {
    "HOURLY": UnitText.HOUR,
    "DAILY": UnitText.DAY,
    "WEEKLY": UnitText.WEEK,
    "MONTHLY": UnitText.MONTH,
    "YEARLY": UnitText.YEAR,
    "ANNUALLY": UnitText.YEAR,
}
#: In the order of the posting's own page.
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
#: The other value, "INTERNAL", is for employees.
_PUBLIC = ("PUBLIC", "", None)
#: Ids that state nothing.
_NOTHING = ("not_applicable", "other")
#: Fields of the employer's own that name a department.
_DEPARTMENT = re.compile(r"department|job family|\bteam\b|job function", re.IGNORECASE)


def _company(board: Board) -> str:
    return f"{API}/{quote(board.token, safe='')}/postings"


def start(board: Board) -> Request:
    """Ask for the first page of heads."""
    return Request(url=f"{_company(board)}?limit={LIMIT}&offset=0")


def split(response: Response, board: Board) -> Page:
    """Take a page of heads apart, and follow to the next page and to each posting.

    Raises:
        PayloadError: the body is neither a page nor a posting, or not the posting asked for; or
            it holds no heads although there are some, or although nobody says that there are none.
    """
    answer = decode(response, board, dict[str, Any])
    if "content" not in answer:
        return _single(answer, response.request.context.get("identifier"), board)
    try:
        envelope = msgspec.convert(answer, Envelope)
    except msgspec.ValidationError as error:
        raise refused(str(error), board) from error
    offset = _asked(response.request.url) if envelope.offset is None else envelope.offset
    total = envelope.totalFound
    if not total:
        raise refused("no postings: an unknown company is answered like an empty one", board)
    if not envelope.content and offset < total:
        raise refused(f"no postings from {offset}, although it counts {total}", board)
    follow = [_detail(head, board) for head in envelope.content if _is_public(head)]
    after = offset + len(envelope.content)
    if envelope.content and after < total:
        follow.insert(0, Request(url=f"{_company(board)}?limit={LIMIT}&offset={after}"))
    return Page(records=[_no_people(head) for head in envelope.content], follow=follow)


def _asked(url: str) -> int:
    """Return the offset that was asked for; answers have been seen without it."""
    (offset,) = parse_qs(urlsplit(url).query).get("offset", ["0"])[:1]
    return int(offset) if offset.isdecimal() else 0


def _is_public(head: object) -> bool:
    return isinstance(head, dict) and head.get("visibility") in _PUBLIC


def _detail(head: dict[str, Any], board: Board) -> Request:
    identifier = str(head.get("id"))
    url = f"{_company(board)}/{quote(identifier, safe='')}"
    return Request(url=url, optional=True, context={"identifier": identifier})


def _single(answer: dict[str, Any], asked: str | None, board: Board) -> Page:
    if "id" not in answer or "name" not in answer:
        words = answer.get("message") or ", ".join(answer) or "nothing"
        raise refused(f"no postings but: {str(words)[:200]}", board)
    if asked not in (None, str(answer["id"])):
        raise refused(f"posting {asked} was asked for, {answer['id']} came", board)
    return Page(records=[_no_people(answer)], complete=asked is not None)


def _no_people(record: Any) -> Any:  # noqa: ANN401 - a record is what the board sent
    """Drop who made the posting: a person, and not ours to keep."""
    if not isinstance(record, dict):
        return record
    return {name: value for name, value in record.items() if name != "creator"}


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one head or one posting in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    unlisted = job.active is False or job.visibility not in _PUBLIC
    if unlisted or not stated(job.name):
        return Reject(
            source="smartrecruiters",
            board=board.token,
            identifier=str(job.id),
            step="read",
            reason="unlisted" if unlisted else "no_title",
        )
    line = _line(job.location)
    description = _description(job.jobAd)
    company = quote(job.company.identifier or board.token, safe="")
    return Posting(
        source="smartrecruiters",
        board=board.token,
        identifier=str(job.id),
        url=stated(job.postingUrl) or f"{PAGE}/{company}/{job.id}",
        apply_url=stated(job.applyUrl),
        title=job.name,
        hiring_organization=stated(job.company.name) or board.organization or board.token,
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(job.releasedDate or ""),
        requisition=stated(job.refNumber),
        occupational_category=_categories(job),
        employment_type_text=_label(job.typeOfEmployment),
        seniority_text=_label(job.experienceLevel),
        location_text=line,
        job_locations=(line,) if line else (),
        arrangement_text=_arrangement(job.location),
        stated_salary=_salary(job.compensation),
    )


def _line(place: Location) -> str | None:
    parts = (place.city, place.region, (place.country or "").upper())
    return (
        stated(place.fullLocation)
        or ", ".join(part for part in parts if part and stated(part))
        or None
    )


def _arrangement(place: Location) -> str | None:
    """Return the flags as they are written, and what is written beside them."""
    flags = (("remote", place.remote), ("hybrid", place.hybrid))
    said = [f"{name}: {str(value).lower()}" for name, value in flags if value is not None]
    if place.hybridDescription and stated(place.hybridDescription):
        said.append(f"hybridDescription: {place.hybridDescription}")
    return "; ".join(said) or None


def _label(choice: Choice | None) -> str | None:
    if choice is None or str(choice.id) in _NOTHING:
        return None
    return stated(choice.label) or (stated(choice.id) if isinstance(choice.id, str) else None)


def _categories(job: Job) -> tuple[str, ...]:
    """Return department and function, and the employer's own fields that name a department.

    The industry is the employer's, and says nothing of the job.
    """
    words = [_label(job.department), _label(job.function)]
    words += [
        stated(field.valueLabel)
        for field in job.customField or ()
        if _DEPARTMENT.search(field.fieldLabel or "")
    ]
    return tuple(dict.fromkeys(word for word in words if word))


def _description(ad: JobAd | None) -> str:
    """Return the sections that hold text, each under its title."""
    sections = ad.sections if ad else {}
    parts = []
    for name in (*_SECTIONS, *(name for name in sections if name not in _SECTIONS)):
        section = sections.get(name)
        if section and section.text and stated(section.text):
            title = html.escape(section.title or "", quote=False)
            parts.append(f"<h3>{title}</h3>\n{section.text}" if title else section.text)
    return "\n".join(parts)


def _salary(pay: Compensation | None) -> Salary | None:
    low, high = (amount(pay.min), amount(pay.max)) if pay else (None, None)
    if pay is None or (low is None and high is None):
        return None
    fields = {"min": pay.min, "max": pay.max, "currency": pay.currency, "period": pay.period}
    return Salary(
        currency=stated(pay.currency),
        min_value=low,
        max_value=high,
        unit_text=_PERIODS.get((pay.period or "").upper()),
        rule="smartrecruiters.compensation",
        evidence=", ".join(f"{name}: {value}" for name, value in fields.items() if value),
    )


SOURCE = Source(
    name="smartrecruiters",
    homepage="https://www.smartrecruiters.com",
    documentation="https://dev.smartrecruiters.com/customer-api/posting-api/endpoints/postings/",
    kind="ats",
    window=False,
    terms=Terms(
        credit="SmartRecruiters",
        read_at="https://dev.smartrecruiters.com/customer-api/overview/ (Key and Authentication)"
        " and https://developers.smartrecruiters.com/docs/rate-limiting",
        read_on="2026-11-25",
        min_interval_s=6 * 3600.0,
        note="The Posting API needs no key, as it holds only what is publicly available. Ten"
        " requests a second are allowed; since every posting is a request of its own, a board"
        " is read four times a day.",
    ),
    start=start,
    split=split,
    posting=posting,
)
