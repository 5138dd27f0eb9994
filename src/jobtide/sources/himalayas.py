"""
Himalayas, a job board for remote work: public JSON API, no key needed.

The board has about 100,000 jobs, newest first, and gives 20 a page, whatever is asked: what is
new in a day is read, a rolling window. https://himalayas.app/docs/remote-jobs-api
"""

from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, decode, next_page, refused, stated

SITE = "https://himalayas.app"
API = f"{SITE}/jobs/api"
PER_PAGE = 20  #: the most there is; asked for more, the server silently gives 20
#: About a day: jobs stay for sixty days, so 1,700 of the 100,000 are new each day.
MOST_PAGES = 85

#: Words of the field `salaryPeriod`: the first three were seen, the others are documented.
_PERIODS = {
    "annual": UnitText.YEAR,
    "hourly": UnitText.HOUR,
    "monthly": UnitText.MONTH,
    "weekly": UnitText.WEEK,
    "daily": UnitText.DAY,
}


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    title: str
    guid: str | None = None  #: address of the job's page
    applicationLink: str | None = None  #: the same address
    companyName: str | None = None
    companySlug: str | None = None  #: since March 2026
    companyLogo: str | None = None
    excerpt: str | None = None
    description: str | None = None  #: HTML
    employmentType: str | None = None  #: "Full Time", "Contractor", "Other", ...
    minSalary: int | float | str | None = None
    maxSalary: int | float | str | None = None
    salaryPeriod: str | None = None  #: "annual" even where no salary is stated
    currency: str | None = None
    seniority: list[str] | None = None  #: "Entry-level", "Mid-level", "Senior", "Manager", ...
    locationRestrictions: list[str] | None = None  #: countries one may live in; empty: all
    timezoneRestrictions: list[float] | None = None  #: UTC offsets in hours: -3.5
    categories: list[str] | None = None  #: words for the role, with hyphens for blanks
    parentCategories: list[str] | None = None
    pubDate: float | str | None = None  #: seconds
    expiryDate: float | str | None = None


class Envelope(msgspec.Struct):
    jobs: list[dict[str, Any]]
    offset: int | None = None
    totalCount: int | None = None
    nextCursor: str | int | None = None


def start(board: Board) -> Request:
    """Ask for the newest jobs."""
    return Request(url=f"{API}?limit={PER_PAGE}&offset=0")


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job, and follow to the next page.

    Raises:
        PayloadError: the body is not `{"jobs": [...]}`, or the first page has no job at all,
            which is a failure of the board's.
    """
    envelope = decode(response, board, Envelope)
    seen = int(response.request.context.get("seen", "0")) + len(envelope.jobs)
    if not seen:
        raise refused("no jobs at all", board)
    if envelope.totalCount is None:
        ended = len(envelope.jobs) < PER_PAGE
    else:
        ended = seen >= envelope.totalCount
    context = next_page(response, envelope.jobs, most=MOST_PAGES)
    if ended or context is None:
        return Page(records=list(envelope.jobs), complete=ended)
    url = f"{API}?limit={PER_PAGE}&offset={seen}"
    if envelope.offset is None and envelope.nextCursor:  # offsets are the older way
        url = f"{API}?limit={PER_PAGE}&cursor={quote(str(envelope.nextCursor), safe='')}"
    # Optional: one page that fails shall not cost the pages before it.
    follow = Request(url=url, optional=True, context={**context, "seen": str(seen)})
    return Page(records=list(envelope.jobs), follow=[follow])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    apply_url = stated(job.applicationLink)
    url = stated(job.guid) or apply_url
    identifier = _identifier(url or "")
    if url is None or not identifier or not stated(job.title):
        return Reject(
            source="himalayas",
            board=board.token,
            identifier=identifier or None,
            step="read",
            reason="no_title" if identifier else "bad_record",
            detail="" if identifier else "no address",
        )
    places = _places(job.locationRestrictions)
    description = stated(job.description)
    return Posting(
        source="himalayas",
        board=board.token,
        identifier=identifier,
        url=url,
        title=job.title,
        hiring_organization=stated(job.companyName),
        organization_url=f"{SITE}/companies/{job.companySlug}" if job.companySlug else None,
        logo_url=stated(job.companyLogo),
        apply_url=apply_url if apply_url != url else None,
        description=description or job.excerpt or "",
        description_complete=description is not None,
        date_posted=dates.from_epoch(job.pubDate or 0),
        valid_through=dates.from_epoch(job.expiryDate or 0),
        tags=tuple(word.replace("-", " ") for word in job.categories or () if stated(word)),
        occupational_category=tuple(filter(stated, job.parentCategories or ())),
        employment_type_text=stated(job.employmentType),
        seniority_text=", ".join(filter(stated, job.seniority or ())) or None,
        location_text="; ".join(places) or None,  # "Congo, The Democratic Republic of the"
        applicant_locations=places,
        timezones_text=", ".join(f"UTC{zone:+g}" for zone in job.timezoneRestrictions or ())
        or None,
        arrangement_text="remote",  # the board takes no other jobs
        stated_salary=_salary(job),
    )


def _identifier(url: str) -> str:
    """Return "sixt/account-manager" of ".../companies/sixt/jobs/account-manager"."""
    try:
        parts = urlsplit(url.strip()).path.strip("/").split("/")
    except ValueError:  # "https://[broken"
        return ""
    return "/".join(part for part in parts if part not in ("companies", "jobs"))


def _places(restrictions: list[str] | None) -> tuple[str, ...]:
    """Return where one may live; a list without a country says: wherever you like."""
    if restrictions is None:
        return ()
    return tuple(filter(stated, restrictions)) or ("Worldwide",)


def _salary(job: Job) -> Salary | None:
    low, high = amount(job.minSalary), amount(job.maxSalary)
    if low is None and high is None:
        return None
    stated_fields = {
        "minSalary": job.minSalary,
        "maxSalary": job.maxSalary,
        "currency": job.currency,
        "salaryPeriod": job.salaryPeriod,
    }
    return Salary(
        currency=stated(job.currency),
        min_value=low,
        max_value=high,
        unit_text=_PERIODS.get((job.salaryPeriod or "").lower()),
        rule="himalayas.salary",
        evidence=", ".join(f"{name}: {value}" for name, value in stated_fields.items() if value),
    )


SOURCE = Source(
    name="himalayas",
    homepage=SITE,
    documentation=f"{SITE}/docs/remote-jobs-api",
    kind="aggregator",
    window=True,
    boards=(Board(source="himalayas"),),
    terms=Terms(
        credit="Himalayas",
        read_at=f"{SITE}/docs/remote-jobs-api and {SITE}/docs/openapi.json",
        read_on="2026-08-03",
        structured_data=False,
        syndication=False,
        min_interval_s=24 * 3600.0,
        note="Free to use with attribution: link to the job on Himalayas and name it, visibly."
        " Never pass jobs to Google Jobs, LinkedIn Jobs or Jooble. Answers are cached for a day.",
    ),
    start=start,
    split=split,
    posting=posting,
)
