"""
Breezy HR, an applicant tracking system: the careers page's own feed, one answer, a bare JSON list.

Descriptions come only when they are asked for (`verbose`). Addresses of unknown boards are
answered with 404, so an empty list is an empty board.
https://developer.breezy.hr/reference/model-position describes the fields.
"""

from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, refused, stated
from jobtide.text import holds


class Choice(msgspec.Struct):
    """A value of a list; a country's id is ISO 3166-1."""

    id: str | None = None
    name: str | None = None


class Location(msgspec.Struct):
    name: str | None = None  #: "Tacoma, WA", "Remote"
    city: str | None = None
    state: Choice | str | None = None
    country: Choice | str | None = None
    is_remote: bool | None = None


class Company(msgspec.Struct):
    name: str | None = None
    logo_url: str | None = None


class Job(msgspec.Struct):
    """The fields we read of one posting. Unknown fields are ignored on purpose."""

    id: str
    name: str  #: the title
    friendly_id: str | None = None
    url: str | None = None
    published_date: str | None = None
    type: Choice | None = None  #: {"id": "fullTime", "name": "Full-Time"}
    location: Location | None = None
    locations: list[Location] | None = None  #: all of them, where an employer uses several
    department: str | None = None
    salary: str | None = None  #: "$1.40k - $1.80k", "$75 - $95 / hr"
    description: str | None = None  #: HTML
    company: Company | None = None


def _site(board: Board) -> str:
    address = urlsplit(board.url or "")
    if address.netloc:
        return f"{address.scheme}://{address.netloc}"
    return f"https://{quote(board.token, safe='')}.breezy.hr"


def start(board: Board) -> Request:
    """Ask for the whole board, with descriptions."""
    return Request(url=f"{_site(board)}/json?verbose=true", headers={"Accept": "application/json"})


def split(response: Response, board: Board) -> Page:
    """Take the list apart into one record a posting.

    Raises:
        PayloadError: the body is no list.
    """
    answer = decode(response, board, object)
    if not isinstance(answer, list):
        words = ", ".join(answer) if isinstance(answer, dict) else answer
        raise refused(f"no list of postings but: {str(words)[:200]}", board)
    return Page(records=answer)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one Breezy posting in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    identifier = job.id.strip()
    if not identifier or not stated(job.name):
        return Reject(
            source="breezy",
            board=board.token,
            identifier=identifier or None,
            step="read",
            reason="no_title" if identifier else "bad_record",
        )
    company = job.company or Company()
    locations = [one for one in (job.location, *(job.locations or ())) if one]
    lines = [line for one in locations if (line := stated(one.name) or _place(one))]
    description = stated(job.description) or ""
    path = stated(job.url) or f"/p/{job.friendly_id or identifier}"
    kind = job.type or Choice()
    return Posting(
        source="breezy",
        board=board.token,
        identifier=identifier,
        url=urljoin(_site(board), path),
        title=job.name,
        hiring_organization=stated(company.name) or board.organization or board.token,
        logo_url=stated(company.logo_url),
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(job.published_date or ""),
        occupational_category=tuple(filter(None, [stated(job.department)])),
        employment_type_text=stated(kind.name) or stated(kind.id),
        location_text="; ".join(dict.fromkeys(lines)) or None,
        job_locations=tuple(dict.fromkeys(filter(None, map(_place, locations)))),
        arrangement_text=_arrangement(locations),
        salary_text=stated(job.salary),
    )


def _place(one: Location) -> str | None:
    """Return the place's name with its country; without a name, city, state and country."""
    country = _named(one.country)
    name = stated(one.name)
    if name is None:
        parts = (stated(one.city), _named(one.state), country)
        return ", ".join(part for part in parts if part) or None
    if country is None or holds(name, country):
        return name
    return f"{name.rstrip()}, {country}"


def _named(choice: Choice | str | None) -> str | None:
    if isinstance(choice, str):
        return stated(choice)
    return (stated(choice.name) or stated(choice.id)) if choice else None


def _arrangement(locations: list[Location]) -> str | None:
    """Return the flag as it is written: up when any of the places is remote."""
    flags = [one.is_remote for one in locations if one.is_remote is not None]
    return f"is_remote: {str(any(flags)).lower()}" if flags else None


SOURCE = Source(
    name="breezy",
    homepage="https://breezy.hr",
    documentation="https://developer.breezy.hr/reference/model-position",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Breezy HR",
        read_at="the feed behind the public careers pages, https://{board}.breezy.hr/json; no"
        " documentation of it and no terms for its readers are published",
        read_on="2026-11-25",
        min_interval_s=3600.0,
        note="What employers publish on their careers pages, in the form those pages and the"
        " vendor's widget read it. It states no limit: one request a board and hour is ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
