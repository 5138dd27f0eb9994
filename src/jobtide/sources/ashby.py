"""
Ashby, an applicant tracking system: the public Job Postings API, one JSON answer a board.

The employer is not named in it, so the board's own name stands in; names may hold capitals and
blanks. There is no answer for a single posting. An unknown board is a 404 (measured by others in
August and November 2026; one report says: an empty list).
https://developers.ashbyhq.com/docs/public-job-posting-api
"""

import re
from typing import Any
from urllib.parse import quote, unquote

import msgspec

from jobtide import dates, places
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, decode, refused, stated

API = "https://api.ashbyhq.com/posting-api/job-board"

_PERIODS = {
    "1 HOUR": UnitText.HOUR,
    "1 DAY": UnitText.DAY,
    "1 WEEK": UnitText.WEEK,
    "1 MONTH": UnitText.MONTH,
    "1 YEAR": UnitText.YEAR,
}
_ON_TARGET = re.compile(r"\bOTE\b|\bon[ -]target", re.IGNORECASE)


class PostalAddress(msgspec.Struct):
    addressLocality: str | None = None
    addressRegion: str | None = None
    addressCountry: str | None = None


class Address(PostalAddress):
    postalAddress: PostalAddress | None = None  #: the documentation also shows it without this


class Location(msgspec.Struct):
    """One place: the employer's name for it, and an address that need not agree with it."""

    location: str | None = None  #: "New York, NY (HQ)", "Remote (US)", "LatAm"
    address: Address | None = None


class Component(msgspec.Struct):
    compensationType: str | None = None  #: "Salary", "EquityCashValue", "Commission", ...
    summary: str | None = None  #: "OTE $168K – $231K"; only inside tiers
    interval: str | None = None  #: "1 YEAR", "1 MONTH", "1 HOUR", "NONE"
    currencyCode: str | None = None
    minValue: int | float | str | None = None
    maxValue: int | float | str | None = None


class Tier(msgspec.Struct):
    title: str | None = None  #: the place or level it is for: "Nationwide"
    tierSummary: str | None = None
    components: list[Component] = []


class Compensation(msgspec.Struct):
    compensationTierSummary: str | None = None
    compensationTiers: list[Tier] | None = None
    summaryComponents: list[Component] | None = None  #: the span over all tiers, in any order


class Job(msgspec.Struct):
    """The fields we read of one posting. Unknown fields are ignored on purpose."""

    id: str
    title: str
    location: str | None = None
    address: Address | None = None
    isListed: bool | None = None  #: False: a draft, or only for who has the link
    department: str | None = None
    team: str | None = None
    employmentType: str | None = None  #: "FullTime", "PartTime", "Intern", "Contract", ...
    secondaryLocations: list[Location] | None = None
    isRemote: bool | None = None  #: True on hybrid jobs as well
    workplaceType: str | None = None  #: "OnSite", "Hybrid", "Remote"
    publishedAt: str | None = None
    jobUrl: str | None = None
    applyUrl: str | None = None
    descriptionHtml: str | None = None
    descriptionPlain: str | None = None
    shouldDisplayCompensationOnJobPostings: bool | None = None
    compensation: Compensation | None = None


class Envelope(msgspec.Struct):
    jobs: list[Any]
    apiVersion: str | None = None


def _board(board: Board) -> str:
    """Return the board's name as part of an address; it may have been copied from one."""
    return quote(unquote(board.token), safe="")


def start(board: Board) -> Request:
    """Ask for the whole board, with pay."""
    return Request(url=board.url or f"{API}/{_board(board)}?includeCompensation=true")


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a posting.

    Raises:
        PayloadError: the body is no such answer; an empty list must at least say its version.
    """
    envelope = decode(response, board, Envelope)
    if not envelope.jobs and envelope.apiVersion is None:
        raise refused("no jobs, and no sign that this is the whole answer", board)
    return Page(records=envelope.jobs)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one Ashby posting in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    if job.isListed is False or not stated(job.title):
        return Reject(
            source="ashby",
            board=board.token,
            identifier=job.id,
            step="read",
            reason="no_title" if job.isListed is not False else "unlisted",
        )
    primary = Location(location=job.location, address=job.address)
    locations = [primary, *(job.secondaryLocations or ())]
    names = [one.location for one in locations if one.location and stated(one.location)]
    description = stated(job.descriptionHtml) or stated(job.descriptionPlain) or ""
    shown = job.compensation if job.shouldDisplayCompensationOnJobPostings is not False else None
    return Posting(
        source="ashby",
        board=board.token,
        identifier=job.id,
        url=stated(job.jobUrl) or f"https://jobs.ashbyhq.com/{_board(board)}/{job.id}",
        apply_url=stated(job.applyUrl),
        title=job.title,
        hiring_organization=board.organization or unquote(board.token),
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(job.publishedAt or ""),
        occupational_category=tuple(
            dict.fromkeys(name for name in (job.department, job.team) if name and stated(name))
        ),
        employment_type_text=stated(job.employmentType),
        location_text="; ".join(dict.fromkeys(names)) or None,
        job_locations=tuple(dict.fromkeys(filter(None, map(_place, locations)))),
        arrangement_text=_arrangement(job),
        salary_text=_pay_text(shown) if shown else None,
        stated_salary=_salary(shown) if shown else None,
    )


def _arrangement(job: Job) -> str | None:
    """Return both fields as they are written: which of them wins is not for here to say."""
    said = []
    if job.isRemote is not None:
        said.append(f"isRemote: {str(job.isRemote).lower()}")
    if job.workplaceType and stated(job.workplaceType):
        said.append(f"workplaceType: {job.workplaceType}")
    return "; ".join(said) or None


def _place(one: Location) -> str | None:
    """Return the name of a place, with its country where the address is surely of that place.

    Addresses are filled in carelessly: "LatAm" lies in Panama, "New York City" in Arizona. So the
    address only counts when the name holds its city, or names no place at all ("HQ").
    """
    name = stated(one.location)
    address = (one.address and one.address.postalAddress) or one.address or PostalAddress()
    parts = [address.addressLocality, address.addressRegion, address.addressCountry]
    written = [part.strip() for part in parts if part and stated(part)]
    if name is None or not written:
        return name or ", ".join(written) or None
    city, country = (address.addressLocality or "").strip(), written[-1]
    if city.casefold() == name.strip().casefold():
        return ", ".join(written)
    if city and city.casefold() in name.casefold():
        known = address.addressCountry is None or country.casefold() in name.casefold()
        return name if known else f"{name.rstrip()}, {country}"
    reading = places.read(name)
    if reading.places or reading.anywhere:
        return name
    return f"{name} ({', '.join(written)})"


def _salary(pay: Compensation) -> Salary | None:
    """Return the span of all tiers, as Ashby shows it first; equity is often listed before it."""
    tiers = [one for tier in pay.compensationTiers or () for one in _salaries(tier.components)]
    salaries = _salaries(pay.summaryComponents or []) or tiers
    if len(salaries) != 1:
        return None
    (one,) = salaries
    on_target = bool(tiers) and all(_ON_TARGET.search(tier.summary or "") for tier in tiers)
    fields = (one.minValue, one.maxValue, one.currencyCode, one.interval)
    names = ("minValue", "maxValue", "currencyCode", "interval")
    return Salary(
        currency=stated(one.currencyCode),
        min_value=amount(one.minValue),
        max_value=amount(one.maxValue),
        unit_text=_PERIODS.get((one.interval or "").upper()),
        kind="ote" if on_target else "base",
        rule="ashby.compensation",
        evidence=", ".join(f"{name}: {value}" for name, value in zip(names, fields, strict=True)),
    )


def _salaries(components: list[Component]) -> list[Component]:
    return [
        one
        for one in components
        if one.compensationType == "Salary" and (amount(one.minValue) or amount(one.maxValue))
    ]


def _pay_text(pay: Compensation) -> str | None:
    """Return what the board writes of each tier, one a line, with what the tier is for."""
    lines = [
        f"{tier.title.strip()}: {tier.tierSummary}"
        if tier.title and stated(tier.title)
        else tier.tierSummary
        for tier in pay.compensationTiers or ()
        if tier.tierSummary and stated(tier.tierSummary)
    ]
    return "\n".join(filter(None, lines)) or stated(pay.compensationTierSummary)


SOURCE = Source(
    name="ashby",
    homepage="https://www.ashbyhq.com",
    documentation="https://developers.ashbyhq.com/docs/public-job-posting-api",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Ashby",
        read_at="https://developers.ashbyhq.com/docs/public-job-posting-api",
        read_on="2026-11-25",
        min_interval_s=3600.0,
        note="Published postings for whoever shows them, first of all the employer's own page; no"
        " key is needed and no limit is stated: one request a board and hour is ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
