"""Heads and postings of Workday as they come, and what they say in our words."""

import re
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urljoin

import msgspec

from jobtide import dates, places
from jobtide.model import Board, Posting, Reject
from jobtide.sources import stated

#: What stands for several places; the posting itself names them.
_COUNT = re.compile(r"\s*\d+\s+locations?\s*", re.IGNORECASE)
#: "Posted 30+ Days Ago": how long ago is not stated.
_OPEN_AGE = re.compile(r"\d\s*\+")


class Head(msgspec.Struct):
    """The fields we read of one row of the list. Unknown fields are ignored on purpose."""

    externalPath: str  #: "/job/US-NC-Durham/Engineer_R1001-1"; changes of the title do not move it
    title: str
    site: str  #: added by `split`: the address of the careers site
    as_of: str  #: added by `split`: the day the age counts from
    locationsText: str | None = None  #: "US, NC, Durham", "USA.VA.Reston", "2 Locations"
    postedOn: str | None = None  #: "Posted 3 Days Ago", in the language of the site
    remoteType: str | None = None  #: the employer's own words: "Flex", "Onsite"
    timeType: str | None = None
    bulletFields: list[str] | None = None  #: what the employer chose to show, mostly the number


class Country(msgspec.Struct):
    descriptor: str | None = None
    alpha2Code: str | None = None


class RequisitionLocation(msgspec.Struct):
    country: Country | None = None


class Organization(msgspec.Struct):
    name: str | None = None  #: the legal entity: "Acme Government, LLC"
    url: str | None = None


class Logo(msgspec.Struct):
    src: str | None = None


class Info(msgspec.Struct):
    """The fields we read of one posting. Unknown fields are ignored on purpose."""

    jobPostingId: str  #: the last part of the path
    title: str
    jobDescription: str | None = None  #: HTML
    location: str | None = None
    additionalLocations: list[str] | None = None
    startDate: str | None = None  #: the day of posting
    endDate: str | None = None
    postedOn: str | None = None
    timeType: str | None = None
    remoteType: str | None = None
    jobReqId: str | None = None
    country: Country | None = None  #: of `location`
    jobRequisitionLocation: RequisitionLocation | None = None
    externalUrl: str | None = None
    logoImage: Logo | None = None
    posted: bool | None = None  #: False: taken down


class Detail(msgspec.Struct):
    """A posting with what `split` adds: the path it was asked for, its site, and the day."""

    info: Info
    path: str
    site: str
    as_of: str
    organization: Organization | None = None


def name_of(path: str) -> str:
    """Return what a posting is called: the last part of its path."""
    return path.rstrip("/").rpartition("/")[2].strip()


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one head or one posting in our words; guess nothing, clean nothing."""
    if "info" in record:
        return _of_detail(msgspec.convert(record, Detail), board)
    head = msgspec.convert(record, Head)
    identifier = name_of(head.externalPath)
    if not identifier or not stated(head.title):
        return _reject(identifier, "no_title" if identifier else "bad_record", board)
    place = stated(head.locationsText)
    place = None if place is None or _COUNT.fullmatch(place) else place
    return Posting(
        source="workday",
        board=board.token,
        identifier=identifier,
        url=f"{head.site}/{head.externalPath.lstrip('/')}",
        title=head.title,
        hiring_organization=board.organization or _tenant(board),
        description_complete=False,
        date_posted=_posted(head.postedOn, head.as_of),
        requisition=_requisition(head.bulletFields, identifier),
        employment_type_text=stated(head.timeType),
        location_text=place,
        job_locations=(place,) if place else (),
        arrangement_text=stated(head.remoteType),
    )


def _of_detail(detail: Detail, board: Board) -> Posting | Reject:
    info, employer = detail.info, detail.organization or Organization()
    identifier = info.jobPostingId.strip()
    if info.posted is False or not stated(info.title):
        return _reject(identifier, "unlisted" if info.posted is False else "no_title", board)
    lines = (info.location, *(info.additionalLocations or ()))
    named = tuple(dict.fromkeys(line for line in lines if line and stated(line)))
    description = stated(info.jobDescription) or ""
    logo = stated(info.logoImage.src) if info.logoImage else None
    return Posting(
        source="workday",
        board=board.token,
        identifier=identifier,
        url=stated(info.externalUrl) or f"{detail.site}{detail.path or f'/job/{identifier}'}",
        title=info.title,
        hiring_organization=board.organization or stated(employer.name) or _tenant(board),
        organization_url=stated(employer.url),
        logo_url=urljoin(detail.site, logo) if logo else None,
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(info.startDate or "") or _posted(info.postedOn, detail.as_of),
        valid_through=dates.parse(info.endDate or ""),
        requisition=stated(info.jobReqId),
        employment_type_text=stated(info.timeType),
        location_text="; ".join(named) or None,
        job_locations=_located(named, _country(info)),
        arrangement_text=stated(info.remoteType),
    )


def _reject(identifier: str, reason: str, board: Board) -> Reject:
    return Reject(
        source="workday",
        board=board.token,
        identifier=identifier or None,
        step="read",
        reason=reason,
    )


def _tenant(board: Board) -> str:
    return board.token.partition("/")[0].partition(".")[0]


def _posted(age: str | None, as_of: str) -> datetime | None:
    """Return the day an age states; "30+ Days Ago" and other languages state none."""
    if not age or _OPEN_AGE.search(age):
        return None
    day = dates.from_age(age, date.fromisoformat(as_of))
    return datetime.combine(day, time(), UTC) if day else None


def _requisition(bullets: list[str] | None, identifier: str) -> str | None:
    """Return the bullet that is the number in the posting's name: "R1001" in "Engineer_R1001-1".

    Employers choose what the bullets show; the number comes first, but not everywhere.
    """
    number = re.sub(r"-\d{1,2}$", "", identifier)
    for bullet in filter(None, map(stated, bullets or ())):
        if identifier.endswith(f"_{bullet.strip()}") or number.endswith(f"_{bullet.strip()}"):
            return bullet
    return None


def _country(info: Info) -> str | None:
    where = info.jobRequisitionLocation
    country = (where.country if where else None) or info.country
    return (stated(country.alpha2Code) or stated(country.descriptor)) if country else None


def _located(lines: tuple[str, ...], country: str | None) -> tuple[str, ...]:
    """Return the lines; the first, whose country is stated, gets it where it names no place."""
    if country is None:
        return lines
    if not lines:
        return (country,)
    reading = places.read(lines[0])
    if reading.places or reading.anywhere:
        return lines
    return (f"{lines[0]} ({country})", *lines[1:])
