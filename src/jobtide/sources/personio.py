"""
Personio, an applicant tracking system: the XML feed of an employer's career page.

The employer switches the feed on. It holds no addresses of postings, and a position may have its
text in one language only: what is empty in English is asked for once more in the page's own.
https://developer.personio.de/docs/retrieving-open-job-positions
"""

import html
import re
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from lxml import etree

from jobtide import dates
from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, parse_xml, refused, stated
from jobtide.text import fold

ROOT = "workzag-jobs"

_PERIODS = {
    "hourly": UnitText.HOUR,
    "daily": UnitText.DAY,
    "weekly": UnitText.WEEK,
    "monthly": UnitText.MONTH,
    "yearly": UnitText.YEAR,
    "annually": UnitText.YEAR,
}
#: A section that holds a person: "CONTACT_PERSON", "Your contact", "Dein Ansprechpartner".
_PERSON = re.compile(
    r"contact[ _]?person|your (?:personal )?contact|ansprechpartner|ansprechperson|kontaktperson"
    r"|contactpersoon|personne de contact|persona de contacto|persona di contatto"
)
#: Of a feed that is not well-formed so many positions are looked at: the largest board measured
#: had 300 (October 2026).
_MOST_SALVAGED = 10_000


class Section(msgspec.Struct):
    name: str | None = None  #: its heading
    value: str | None = None  #: HTML


class Pay(msgspec.Struct):
    min: str | None = None
    max: str | None = None
    currencyCode: str | None = None
    type: str | None = None  #: "yearly"


class Position(msgspec.Struct):
    """The elements we read of one position; empty ones state nothing."""

    id: str
    name: str
    subcompany: str | None = None
    office: str | None = None
    additionalOffices: list[str] = []
    department: str | None = None
    recruitingCategory: str | None = None
    occupation: str | None = None  #: "software_and_web_development"
    occupationCategory: str | None = None
    employmentType: str | None = None  #: "permanent", "intern", "trainee", "freelance", ...
    schedule: str | None = None  #: "full-time", "part-time", "full-or-part-time"
    seniority: str | None = None  #: "entry-level", "experienced", "executive", "student"
    yearsOfExperience: str | None = None  #: "lt-1", "2-5", "gt-15"
    keywords: str | None = None  #: a comma list
    createdAt: str | None = None
    jobDescriptions: list[Section] = []
    salaryInformation: Pay | None = None


def _host(board: Board) -> str:
    """Return where the career page lies; a token with a dot is its whole host name."""
    if board.url:
        return urlsplit(board.url).netloc
    token = quote(board.token, safe="")
    return token if "." in token else f"{token}.jobs.personio.de"


def start(board: Board) -> Request:
    """Ask for the feed in English."""
    return Request(url=board.url or f"https://{_host(board)}/xml?language=en")


def split(response: Response, board: Board) -> Page:
    """Take the feed apart into one record a position; without any it is an empty board.

    Raises:
        PayloadError: the body is no such feed, or nothing of a broken one can be read.
    """
    root, whole = parse_xml(response, board)
    if root.tag != ROOT:
        raise refused(f"not the feed of positions but <{root.tag}>", board)
    found = list(root.iter("position")) if whole else _salvaged(response, board)
    if not found and not whole:
        raise refused("a broken feed, without a position that can be read", board)
    records: dict[str, dict[str, Any]] = {}
    for number, record in enumerate(map(_record, found)):  # one position was met twice
        records.setdefault(record.get("id") or f"odd {number}", record)
    listed = list(records.values())
    if only := response.request.context.get("only"):
        told = [one for one in listed if one.get("id") in only.split(",") and _has_text(one)]
        return Page(records=told)  # it completes texts and lists nothing: always whole
    return Page(records=listed, follow=_elsewhere(listed, response.request), complete=whole)


def _salvaged(response: Response, board: Board) -> list[etree._Element]:
    """Return the positions that are whole in themselves, of a feed that is not."""
    found = []
    for before in response.body.split(b"</position>", _MOST_SALVAGED)[:-1]:
        start = before.rfind(b"<position>")  # an earlier one was never closed
        if start < 0:
            continue
        try:
            part = msgspec.structs.replace(response, body=before[start:] + b"</position>")
            found.append(parse_xml(part, board)[0])
        except PayloadError:
            continue
    return found


def _record(position: etree._Element) -> dict[str, Any]:
    """Return the position as plain data: only what we read, so nothing of its contact persons."""
    record: dict[str, Any] = {}
    for name in Position.__struct_fields__:
        element = position.find(name)
        if element is None:
            continue
        if name == "additionalOffices":
            record[name] = [_text(office) for office in element.iterfind("office")]
        elif name == "jobDescriptions":
            record[name] = [_texts(one) for one in element.iterfind("jobDescription")]
        else:
            record[name] = _texts(element) if name == "salaryInformation" else _text(element)
    return record


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _texts(element: etree._Element) -> dict[str, str]:
    return {str(child.tag): _text(child) for child in element.iterchildren(etree.Element)}


def _has_text(record: dict[str, Any]) -> bool:
    return any(stated(section.get("value")) for section in record.get("jobDescriptions", ()))


def _elsewhere(records: list[dict[str, Any]], request: Request) -> list[Request]:
    """Return the request for what is empty in this language, if anything is."""
    empty = [str(one["id"]) for one in records if one.get("id") and not _has_text(one)]
    address, _, query = request.url.partition("?")
    if not empty or "language=" not in query:
        return []
    return [Request(url=address, optional=True, context={"only": ",".join(empty)})]


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one position in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Position)
    if not job.id or not stated(job.name):
        return Reject(
            source="personio",
            board=board.token,
            identifier=job.id or None,
            step="read",
            reason="no_title" if job.id else "bad_record",
        )
    offices = tuple(
        dict.fromkeys(
            name for name in (job.office, *job.additionalOffices) if name and stated(name)
        )
    )
    description = _description(job.jobDescriptions)
    kinds = (job.department, job.recruitingCategory, job.occupation, job.occupationCategory)
    keywords = [word.strip() for word in (job.keywords or "").split(",")]
    types = (job.employmentType, job.schedule)
    return Posting(
        source="personio",
        board=board.token,
        identifier=job.id,
        url=f"https://{_host(board)}/job/{quote(job.id, safe='')}",
        title=job.name,
        hiring_organization=stated(job.subcompany) or board.organization or board.token,
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(job.createdAt or ""),
        tags=tuple(dict.fromkeys(filter(None, keywords))),
        occupational_category=tuple(dict.fromkeys(one for one in kinds if one and stated(one))),
        employment_type_text=", ".join(one for one in types if one and stated(one)) or None,
        seniority_text=_seniority(job),
        location_text="; ".join(offices) or None,
        job_locations=offices,
        stated_salary=_salary(job.salaryInformation),
    )


def _seniority(job: Position) -> str | None:
    years = f"years of experience: {job.yearsOfExperience}" if job.yearsOfExperience else None
    return "; ".join(filter(None, (stated(job.seniority), years))) or None


def _description(sections: list[Section]) -> str:
    """Return the sections under their headings, without those that hold a person."""
    parts = []
    for section in sections:
        name = section.name or ""
        if not section.value or not stated(section.value) or _PERSON.search(fold(name)):
            continue
        heading = f"<h3>{html.escape(name, quote=False)}</h3>\n" if stated(name) else ""
        parts.append(heading + section.value)
    return "\n".join(parts)


def _salary(pay: Pay | None) -> Salary | None:
    low, high = (amount(pay.min), amount(pay.max)) if pay else (None, None)
    if pay is None or (low is None and high is None):
        return None
    fields = {"min": pay.min, "max": pay.max, "currencyCode": pay.currencyCode, "type": pay.type}
    return Salary(
        currency=stated(pay.currencyCode),
        min_value=low,
        max_value=high,
        unit_text=_PERIODS.get((pay.type or "").lower()),
        rule="personio.salaryInformation",
        evidence=", ".join(f"{name}: {value}" for name, value in fields.items() if value),
    )


SOURCE = Source(
    name="personio",
    homepage="https://www.personio.com",
    documentation="https://developer.personio.de/docs/retrieving-open-job-positions",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Personio",
        read_at="https://developer.personio.de/docs/retrieving-open-job-positions and"
        " https://support.personio.de/hc/en-us/articles/207576365",
        read_on="2026-11-25",
        min_interval_s=3 * 3600.0,
        note="Employers switch the feed on to show their positions elsewhere; it needs no key and"
        " is always up to date. No limit is stated, but bursts are answered with 429.",
    ),
    start=start,
    split=split,
    posting=posting,
)
