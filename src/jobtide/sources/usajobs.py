"""
USAJOBS, the job board of the federal government of the United States: JSON API with a free key.

A search gives 500 jobs a page and 10,000 in all, each with the day it closes.
https://developer.usajobs.gov/api-reference/get-api-search
"""

import html
from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, decode, next_page, refused, stated

API = "https://data.usajobs.gov/api/search"
PER_PAGE = 500  #: the most a page gives
MOST_PAGES = 20  #: 10,000 jobs, the most a search gives

#: `RateIntervalCode`, https://developer.usajobs.gov/api-reference/get-codelist-remunerationrate.
#: Piece work, fee basis, school years and "without compensation" are no periods of ours.
_PERIODS = {
    "PA": UnitText.YEAR,
    "PER YEAR": UnitText.YEAR,
    "PH": UnitText.HOUR,
    "PER HOUR": UnitText.HOUR,
    "PD": UnitText.DAY,
    "PER DAY": UnitText.DAY,
    "PM": UnitText.MONTH,
    "PER MONTH": UnitText.MONTH,
}


class Named(msgspec.Struct):
    Name: str | None = None
    Code: str | None = None


class Place(msgspec.Struct):
    LocationName: str | None = None


class Pay(msgspec.Struct):
    MinimumRange: float | int | str | None = None
    MaximumRange: float | int | str | None = None
    RateIntervalCode: str | None = None
    Description: str | None = None


class Told(msgspec.Struct):
    """What is told at length. Names, mail addresses and numbers of persons are not read."""

    JobSummary: str | None = None
    MajorDuties: list[str] | str | None = None
    Requirements: str | None = None
    Education: str | None = None
    LowGrade: str | int | None = None
    HighGrade: str | int | None = None
    RemoteIndicator: bool | str | None = None
    TeleworkEligible: bool | str | None = None  #: some days at home, as the agency decides


class Area(msgspec.Struct):
    Details: Told | None = None


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    PositionTitle: str
    PositionURI: str
    PositionID: str | None = None  #: the agency's own number of the announcement
    ApplyURI: list[str] | None = None
    OrganizationName: str | None = None
    DepartmentName: str | None = None
    PositionLocationDisplay: str | None = None  #: "Multiple Locations"
    PositionLocation: list[Place] | None = None
    PositionRemuneration: list[Pay] | None = None
    PositionSchedule: list[Named] | None = None  #: "Full-time"
    PositionOfferingType: list[Named] | None = None  #: "Permanent"
    JobCategory: list[Named] | None = None  #: "Information Technology Management", "2210"
    JobGrade: list[Named] | None = None  #: "GS"
    QualificationSummary: str | None = None
    PublicationStartDate: str | None = None
    ApplicationCloseDate: str | None = None
    UserArea: Area | None = None


class Item(msgspec.Struct):
    MatchedObjectId: str | int
    MatchedObjectDescriptor: Job


class Found(msgspec.Struct):
    SearchResultItems: list[dict[str, Any]]
    SearchResultCountAll: int | None = None


class Envelope(msgspec.Struct):
    SearchResult: Found


def start(board: Board) -> Request:
    """Ask for the first page: of the remote jobs, of all, or of those with the board's word."""
    return _request(board, 1, {})


def _request(board: Board, page: int, context: dict[str, str]) -> Request:
    words = {"remote": "&RemoteIndicator=True", "main": ""}
    wanted = words.get(board.token, f"&Keyword={quote(board.token, safe='')}")
    return Request(
        url=f"{API}?ResultsPerPage={PER_PAGE}&Page={page}{wanted}",
        # Whoever asks is known by the address the key was given to.
        headers={"User-Agent": "{USAJOBS_EMAIL}", "Authorization-Key": "{USAJOBS_API_KEY}"},
        optional=page > 1,  # one page that fails shall not cost the pages before it
        context=context,
    )


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job, and follow to the next page.

    Raises:
        PayloadError: the body is no search result, or the first page of the board is empty,
            which is a failure of the board's.
    """
    found = decode(response, board, Envelope).SearchResult
    page = int(response.request.context.get("page", "1"))
    if not found.SearchResultItems and page == 1:
        raise refused("no jobs at all", board)
    ended = page * PER_PAGE >= (found.SearchResultCountAll or 0)
    context = next_page(response, found.SearchResultItems, most=MOST_PAGES)
    if ended or context is None:
        return Page(records=list(found.SearchResultItems), complete=ended)
    follow = _request(board, page + 1, context)
    return Page(records=list(found.SearchResultItems), follow=[follow])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    item = msgspec.convert(record, Item)
    job = item.MatchedObjectDescriptor
    details = (job.UserArea.Details if job.UserArea else None) or Told()
    if not stated(job.PositionTitle) or not stated(job.PositionURI):
        return Reject(
            source="usajobs",
            board=board.token,
            identifier=str(item.MatchedObjectId),
            step="read",
            reason="bad_record" if stated(job.PositionTitle) else "no_title",
        )
    places = tuple(p.LocationName for p in job.PositionLocation or () if p.LocationName)
    apply_url = next(filter(stated, job.ApplyURI or ()), None)
    telework = _yes(details.TeleworkEligible)
    return Posting(
        source="usajobs",
        board=board.token,
        identifier=str(item.MatchedObjectId),
        url=job.PositionURI,
        title=job.PositionTitle,
        hiring_organization=stated(job.OrganizationName) or stated(job.DepartmentName),
        apply_url=apply_url if apply_url != job.PositionURI else None,
        description=_description(job, details),
        date_posted=dates.parse(job.PublicationStartDate or ""),
        valid_through=dates.parse(job.ApplicationCloseDate or ""),
        requisition=stated(job.PositionID),
        tags=("telework eligible",) if telework else (),
        occupational_category=_names(job.JobCategory),
        employment_type_text=", ".join(
            (*_names(job.PositionSchedule), *_names(job.PositionOfferingType))
        )
        or None,
        seniority_text=_grade(job, details),
        location_text=stated(job.PositionLocationDisplay) or "; ".join(places) or None,
        job_locations=places,
        arrangement_text=_arrangement(details, telework=telework),
        stated_salary=_salary(job),
    )


def _names(things: list[Named] | None) -> tuple[str, ...]:
    return tuple(thing.Name for thing in things or () if thing.Name and stated(thing.Name))


def _yes(flag: bool | str | None) -> bool | None:
    """Return a flag that is a word on some rows."""
    if isinstance(flag, str):
        return {"true": True, "yes": True, "false": False, "no": False}.get(flag.strip().lower())
    return flag


def _arrangement(details: Told, *, telework: bool | None) -> str | None:
    """Return the flag for remote work; who may telework is neither on site nor surely hybrid."""
    remote = _yes(details.RemoteIndicator)
    if remote is None or (telework and not remote):
        return None
    return f"remote: {remote}".lower()


def _grade(job: Job, details: Told) -> str | None:
    plan = next((grade.Code for grade in job.JobGrade or () if stated(grade.Code)), None)
    ends = dict.fromkeys(str(end) for end in (details.LowGrade, details.HighGrade) if end)
    return "-".join(filter(None, (plan, "/".join(ends)))) or None


def _description(job: Job, details: Told) -> str:
    """Put the parts of the announcement together; they are plain text or HTML."""
    duties = details.MajorDuties
    duties = [duties] if isinstance(duties, str) else duties or []
    parts = {
        "": [details.JobSummary or ""],
        "Duties": duties,
        "Qualifications": [job.QualificationSummary or ""],
        "Requirements": [details.Requirements or ""],
        "Education": [details.Education or ""],
    }
    told: list[str] = []
    for heading, texts in parts.items():
        paragraphs = [_html(text) for text in texts if stated(text)]
        if paragraphs and heading:
            told.append(f"<h3>{heading}</h3>")
        told += paragraphs
    return "\n".join(told)


def _html(text: str) -> str:
    """Return plain text as a paragraph; what holds elements is HTML already."""
    if "</" in text or "<br" in text:
        return text
    return f"<p>{html.escape(text, quote=False)}</p>"


def _salary(job: Job) -> Salary | None:
    for pay in job.PositionRemuneration or ():
        low, high = amount(pay.MinimumRange), amount(pay.MaximumRange)
        if low is None and high is None:
            continue
        code = (pay.RateIntervalCode or "").strip()
        evidence = f"{pay.MinimumRange or ''} - {pay.MaximumRange or ''} {pay.Description or code}"
        return Salary(
            currency="USD",  # federal pay is in no other
            currency_inferred=True,
            min_value=low,
            max_value=high,
            unit_text=_PERIODS.get(code.upper()),
            rule="usajobs.salary",
            evidence=evidence.strip(" -"),
        )
    return None


SOURCE = Source(
    name="usajobs",
    homepage="https://www.usajobs.gov",
    documentation="https://developer.usajobs.gov/api-reference/get-api-search",
    kind="aggregator",
    window=True,  # of a search; what it no longer lists ends by the day it closes
    keys=("USAJOBS_API_KEY", "USAJOBS_EMAIL"),
    boards=(Board(source="usajobs", token="remote"),),  # noqa: S106 - no secret
    terms=Terms(
        credit="USAJOBS",
        read_at="https://developer.usajobs.gov/API-Reference and .../Guides/Authentication",
        read_on="2026-11-25",
        min_interval_s=24 * 3600.0,
        note="Meant for job boards, programs and social media that show federal jobs. The key is"
        " free; the mail address it was given to must be sent as the user agent.",
    ),
    start=start,
    split=split,
    posting=posting,
)
