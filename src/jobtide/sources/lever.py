"""
Lever, an applicant tracking system: the public Postings API, a bare JSON list.

The employer is not named in it, so the board's own name stands in. What a reader sees as one
description are four fields: opening and body, lists ("Requirements"), pay, and a closing.
https://github.com/lever/postings-api
"""

import html
from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates, places
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, decode, refused, stated

API = "https://api.lever.co/v0/postings"

#: Postings a page. The API takes any number; a posting has 12 kB (1,180 measured, August 2026),
#: so a page stays well below the 10 MiB an answer may have, and nearly every board is one page.
LIMIT = 300
#: A server that gives less than it is asked for would stop at a round number.
_ROUND = 50
_PERIODS = {
    "per-hour-wage": UnitText.HOUR,
    "per-day-wage": UnitText.DAY,
    "per-week-salary": UnitText.WEEK,
    "per-month-salary": UnitText.MONTH,
    "per-year-salary": UnitText.YEAR,
}


class Categories(msgspec.Struct):
    location: str | None = None
    allLocations: list[str] | None = None  #: `location` first
    commitment: str | None = None  #: "Full-time", "CDI"
    department: str | None = None
    team: str | None = None
    level: str | None = None


class List(msgspec.Struct):
    text: str | None = None  #: its heading
    content: str | None = None  #: bare <li> elements; on some boards <div> prose


class Range(msgspec.Struct):
    min: int | float | str | None = None  #: 0 and 0 where nobody filled it in
    max: int | float | str | None = None
    currency: str | None = None
    interval: str | None = None  #: "per-year-salary", "per-month-salary", "per-hour-wage"


class Job(msgspec.Struct):
    """The fields we read of one posting. Unknown fields are ignored on purpose."""

    id: str
    text: str  #: the title
    categories: Categories = msgspec.field(default_factory=Categories)
    country: str | None = None  #: ISO 3166-1, found for `location`: "SG" for "Asia"
    workplaceType: str | None = None  #: "onsite", "on-site", "remote", "hybrid", "unspecified"
    createdAt: int | float | str | None = None  #: milliseconds; there is no date of a change
    description: str | None = None  #: HTML: opening and body
    lists: list[List] | None = None
    additional: str | None = None  #: HTML
    salaryRange: Range | None = None
    salaryDescription: str | None = None  #: HTML, often prose about the employer
    hostedUrl: str | None = None
    applyUrl: str | None = None


def start(board: Board) -> Request:
    """Ask for the first page; boards in the European instance state their address."""
    return Request(url=_address(board, 0))


def _address(board: Board, skip: int) -> str:
    base = board.url.split("?", 1)[0] if board.url else f"{API}/{quote(board.token, safe='')}"
    return f"{base}?mode=json&skip={skip}&limit={LIMIT}"


def split(response: Response, board: Board) -> Page:
    """Take the list apart; an empty one is how Lever says that there are no postings.

    Raises:
        PayloadError: the body is neither a list nor a single posting, or not the one asked for.
    """
    answer = decode(response, board, object)
    context = response.request.context
    if isinstance(answer, dict):
        return _single(answer, context.get("identifier"), board)
    if not isinstance(answer, list):
        raise refused("no list of postings", board)
    first = str(answer[0].get("id")) if answer and isinstance(answer[0], dict) else ""
    if first and first == context.get("first"):  # it ignores `skip`: nobody knows what is left
        return Page(records=[], complete=False)
    full = len(answer) == LIMIT or (len(answer) < LIMIT and len(answer) % _ROUND == 0)
    if not answer or not full:
        return Page(records=answer)
    skip = int(context.get("skip", "0")) + len(answer)
    follow = Request(url=_address(board, skip), context={"skip": str(skip), "first": first})
    return Page(records=answer, follow=[follow])


def _single(answer: dict[str, Any], asked: str | None, board: Board) -> Page:
    if "id" not in answer or "text" not in answer:
        words = answer.get("error") or ", ".join(answer) or "nothing"
        raise refused(f"no list of postings but: {str(words)[:200]}", board)
    if asked not in (None, answer["id"]):
        raise refused(f"posting {asked} was asked for, {answer['id']} came", board)
    return Page(records=[answer], complete=asked is not None)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one Lever posting in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    if not stated(job.text):
        return Reject(
            source="lever", board=board.token, identifier=job.id, step="read", reason="no_title"
        )
    kinds = job.categories
    lines = _lines(kinds)
    description = _description(job)
    url = stated(job.hostedUrl) or f"https://jobs.lever.co/{quote(board.token, safe='')}/{job.id}"
    workplace = stated(job.workplaceType)
    return Posting(
        source="lever",
        board=board.token,
        identifier=job.id,
        url=url,
        apply_url=stated(job.applyUrl),
        title=job.text,
        hiring_organization=board.organization or board.token,
        description=description,
        description_complete=bool(description),
        date_posted=dates.from_epoch(job.createdAt or 0),
        occupational_category=tuple(
            dict.fromkeys(name for name in (kinds.department, kinds.team) if name and stated(name))
        ),
        employment_type_text=stated(kinds.commitment),
        seniority_text=stated(kinds.level),
        location_text="; ".join(lines) or None,
        job_locations=_located(lines, stated(job.country)),
        arrangement_text=None if workplace == "unspecified" else workplace,
        stated_salary=_salary(job.salaryRange),
    )


def _lines(kinds: Categories) -> tuple[str, ...]:
    """Return every place line, the primary one first."""
    every = (kinds.location, *(kinds.allLocations or ()))
    return tuple(dict.fromkeys(line for line in every if line and stated(line)))


def _located(lines: tuple[str, ...], country: str | None) -> tuple[str, ...]:
    """Return the lines; the country is used where none of them names a place ("Remote", "HQ").

    Beside a region it misleads: Lever finds "SG" for "Asia", "GB" for "Global" and for "Europe".
    """
    if country is None:
        return lines
    if not lines:
        return (country,)
    readings = [places.read(line) for line in lines]
    if any(reading.places or reading.anywhere for reading in readings):
        return lines
    return (f"{lines[0]} ({country})", *lines[1:])


def _description(job: Job) -> str:
    """Return the four fields as one text, in the order of Lever's own page."""
    parts = [job.description, *map(_list, job.lists or ()), job.salaryDescription, job.additional]
    return "\n".join(part for part in parts if part and stated(part))


def _list(one: List) -> str:
    heading = f"<h3>{html.escape(one.text, quote=False)}</h3>" if one.text else ""
    content = one.content or ""
    if "<li" in content and "<ul" not in content and "<ol" not in content:
        content = f"<ul>{content}</ul>"
    return f"{heading}\n{content}" if heading else content


def _salary(pay: Range | None) -> Salary | None:
    low, high = (amount(pay.min), amount(pay.max)) if pay else (None, None)
    if pay is None or (low is None and high is None):
        return None
    fields = (("min", pay.min), ("max", pay.max), ("currency", pay.currency))
    shown = ", ".join(f"{name}: {value}" for name, value in (*fields, ("interval", pay.interval)))
    return Salary(
        currency=stated(pay.currency),
        min_value=low,
        max_value=high,
        unit_text=_PERIODS.get((pay.interval or "").lower()),
        rule="lever.salaryRange",
        evidence=shown,
    )


SOURCE = Source(
    name="lever",
    homepage="https://www.lever.co",
    documentation="https://github.com/lever/postings-api",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Lever",
        read_at="https://github.com/lever/postings-api/blob/master/README.md",
        read_on="2026-11-25",
        min_interval_s=3600.0,
        note="Every published posting is publicly viewable and, as the README says, may be"
        " scraped by third parties. It limits applications only: one read a board and hour is"
        " ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
