"""
Recruitee, an applicant tracking system: the public Careers Site API, one JSON answer a board.

It lies on every careers site, also on those with a domain of their own: a token with a dot is
such a domain. https://career.recruitee.com/docs/index.html
"""

import html
from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, decode, stated

_PERIODS = {
    "hour": UnitText.HOUR,
    "day": UnitText.DAY,
    "week": UnitText.WEEK,
    "month": UnitText.MONTH,
    "year": UnitText.YEAR,
}


class Location(msgspec.Struct):
    """One place; its name is the employer's own ("Hybrid", "West Missouri") and not read."""

    city: str | None = None  #: also what is none: "MN/WI/ND/SD", "Central Territory"
    state: str | None = None
    country: str | None = None
    note: str | None = None  #: prose: who else may apply


class Pay(msgspec.Struct):
    min: str | int | float | None = None  #: "75.00" was met where thousands were meant
    max: str | int | float | None = None
    currency: str | None = None
    period: str | None = None  #: "year", "month"


class Offer(msgspec.Struct):
    """The fields we read of one offer. Unknown fields are ignored on purpose."""

    id: int | str
    title: str
    status: str | None = None  #: "published"
    company_name: str | None = None
    careers_url: str | None = None
    careers_apply_url: str | None = None
    slug: str | None = None
    description: str | None = None  #: HTML
    requirements: str | None = None  #: HTML
    location: str | None = None  #: the line on the page: "Remote job" hides where that is
    locations: list[Location] | None = None
    city: str | None = None
    state_name: str | None = None
    country: str | None = None
    remote: bool | None = None
    hybrid: bool | None = None
    on_site: bool | None = None
    department: str | None = None
    category_code: str | None = None  #: "information_technology"
    tags: list[str] | None = None
    employment_type_code: str | None = None  #: "fulltime_permanent"
    experience_code: str | None = None  #: "mid_level"
    salary: Pay | None = None  #: four nulls when nothing is stated
    published_at: str | None = None  #: "2026-07-17 11:00:39 UTC"
    updated_at: str | None = None
    close_at: str | None = None


class Envelope(msgspec.Struct):
    offers: list[Any]


def _site(board: Board) -> str:
    """Return the careers site: at Recruitee, or on a domain of its own."""
    token = board.token if "." in board.token else f"{board.token}.recruitee.com"
    return f"https://{quote(token, safe='')}"


def start(board: Board) -> Request:
    """Ask for every published offer."""
    return Request(url=board.url or f"{_site(board)}/api/offers/")


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record an offer; who made it and the forms are left out.

    Raises:
        PayloadError: the body is not `{"offers": [...]}`.
    """
    return Page(records=list(map(_no_people, decode(response, board, Envelope).offers)))


#: An address of the recruiter's mailbox, and the questions of the form.
_LEFT_OUT = ("mailbox_email", "open_questions", "dynamic_fields")


def _no_people(offer: Any) -> Any:  # noqa: ANN401 - a record is what the board sent
    if not isinstance(offer, dict):
        return offer
    return {name: value for name, value in offer.items() if name not in _LEFT_OUT}


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one Recruitee offer in our words; guess nothing, clean nothing."""
    offer = msgspec.convert(record, Offer)
    unlisted = offer.status not in (None, "published")
    if unlisted or not stated(offer.title):
        return Reject(
            source="recruitee",
            board=board.token,
            identifier=str(offer.id),
            step="read",
            reason="unlisted" if unlisted else "no_title",
        )
    places = _places(offer)
    description = _description(offer)
    departments = (offer.department, offer.category_code)
    return Posting(
        source="recruitee",
        board=board.token,
        identifier=str(offer.id),
        url=stated(offer.careers_url) or f"{_site(board)}/o/{quote(offer.slug or str(offer.id))}",
        apply_url=stated(offer.careers_apply_url),
        title=offer.title,
        hiring_organization=stated(offer.company_name) or board.organization or board.token,
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(offer.published_at or ""),
        date_modified=dates.parse(offer.updated_at or ""),
        valid_through=dates.parse(offer.close_at or ""),
        tags=tuple(dict.fromkeys(filter(stated, offer.tags or ()))),
        occupational_category=tuple(
            dict.fromkeys(name for name in departments if name and stated(name))
        ),
        employment_type_text=stated(offer.employment_type_code),
        seniority_text=stated(offer.experience_code),
        location_text=stated(offer.location) or "; ".join(places) or None,
        job_locations=places,
        arrangement_text=_arrangement(offer),
        stated_salary=_salary(offer.salary),
    )


def _places(offer: Offer) -> tuple[str, ...]:
    """Return every place, from city to country; without a list the offer has one of its own."""
    one = Location(city=offer.city, state=offer.state_name, country=offer.country)
    lines = [
        ", ".join(part for part in (place.city, place.state, place.country) if part)
        for place in offer.locations or [one]
    ]
    return tuple(dict.fromkeys(line for line in lines if stated(line)))


def _description(offer: Offer) -> str:
    """Return both parts of the text, and what is noted beside the places."""
    notes = dict.fromkeys(place.note for place in offer.locations or ())
    said = [f"<p>{html.escape(note, quote=False)}</p>" for note in notes if note and stated(note)]
    parts = (offer.description, offer.requirements, *said)
    return "\n".join(part for part in parts if part and stated(part))


def _arrangement(offer: Offer) -> str | None:
    """Return the flags that are up: several are a choice, none of them says nothing."""
    flags = (("remote", offer.remote), ("hybrid", offer.hybrid), ("on_site", offer.on_site))
    return "; ".join(f"{name}: true" for name, value in flags if value) or None


def _salary(pay: Pay | None) -> Salary | None:
    low, high = (amount(pay.min), amount(pay.max)) if pay else (None, None)
    if pay is None or (low is None and high is None):
        return None
    fields = {"min": pay.min, "max": pay.max, "currency": pay.currency, "period": pay.period}
    return Salary(
        currency=stated(pay.currency),
        min_value=low,
        max_value=high,
        unit_text=_PERIODS.get((pay.period or "").lower()),
        rule="recruitee.salary",
        evidence=", ".join(f"{name}: {value}" for name, value in fields.items() if value),
    )


SOURCE = Source(
    name="recruitee",
    homepage="https://recruitee.com",
    documentation="https://career.recruitee.com/docs/index.html",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Recruitee",
        read_at="https://career.recruitee.com/docs/index.html",
        read_on="2026-11-25",
        min_interval_s=3600.0,
        note="The Careers Site API exists to show an employer's jobs and needs no authorization;"
        " it states no limit: one request a board and hour is ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
