"""The careers site: pages of JSON, {"jobs": [{"data": {...}}], "totalCount": 3}."""

from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, UnitText
from jobtide.sources import amount, decode, next_page, refused, stated
from jobtide.sources.icims.portal import job_url, organization

#: The most a page may have; who is asked for more gives this many.
LIMIT = 100
#: Pages of one site that are asked for.
MOST_PAGES = 150
_PERIODS = {
    "HOURLY": UnitText.HOUR,
    "HOUR": UnitText.HOUR,
    "DAILY": UnitText.DAY,
    "WEEKLY": UnitText.WEEK,
    "MONTHLY": UnitText.MONTH,
    "YEARLY": UnitText.YEAR,
    "ANNUAL": UnitText.YEAR,
    "ANNUALLY": UnitText.YEAR,
}
Scalar = str | int | float | None


class Answer(msgspec.Struct):
    jobs: list[Any]
    totalCount: int | None = None  #: of the search; some sites name more than they serve


class Job(msgspec.Struct):
    """The fields we read of one entry. Unknown fields are ignored on purpose."""

    title: str
    slug: Scalar = None  #: its number on this site, last part of its address
    req_id: Scalar = None
    description: str | None = None  #: HTML
    responsibilities: str | None = None
    qualifications: str | None = None
    hiring_organization: str | None = None
    full_location: str | None = None  #: "Plano, Texas, United States"
    city: str | None = None
    state: str | None = None
    country: str | None = None
    department: str | None = None
    categories: Any = None  #: [{"name": "Retail"}]
    employment_type: str | None = None  #: "FULL_TIME"
    posted_date: str | None = None  #: "2026-07-27T23:39:00+0000"
    update_date: str | None = None
    salary_min_value: Scalar = None  #: 0 where nothing is stated
    salary_max_value: Scalar = None
    salary_currency: str | None = None  #: often empty
    salary_frequency: str | None = None  #: "HOURLY", "YEARLY"
    apply_url: str | None = None  #: another system, often iCIMS's log-in
    meta_data: Any = None  #: {"canonical_url": ...}


def page_url(host: str, page: int) -> str:
    """Return the address of a page, counted from one."""
    return f"https://{host}/api/jobs?page={page}&limit={LIMIT}"


def split(response: Response, board: Board, host: str) -> Page:
    """Take a page apart and ask for the next one until all that is counted was seen.

    Raises:
        PayloadError: the body is no page of jobs.
    """
    answer = decode(response, board, Answer)
    records = [_record(one, host) for one in answer.jobs]
    context = response.request.context
    seen, first = int(context.get("seen", "0")) + len(records), "page" not in context
    total = answer.totalCount
    if first and not records and total != 0:
        raise refused("no jobs, but no count of none either", board)
    more = seen < total if total is not None else len(records) == LIMIT
    following = next_page(response, records, most=MOST_PAGES) if more else None
    if following is None:
        # No page after this one although the site counts more jobs: nobody knows what is missing.
        return Page(records=records, complete=not more)
    url = page_url(host, int(following["page"]))
    return Page(
        records=records, follow=[Request(url=url, context={**following, "seen": str(seen)})]
    )


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one entry in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    number = _text(job.slug) or _text(job.req_id)
    if number is None or not stated(job.title):
        return Reject(
            source="icims",
            board=board.token,
            identifier=number,
            step="read",
            reason="no_title" if number else "bad_record",
        )
    place = stated(job.full_location) or _joined(job.city, job.state, job.country)
    parts = (job.description, job.responsibilities, job.qualifications)
    description = "\n".join(part for part in parts if part and stated(part))
    host = str(record["@host"])
    return Posting(
        source="icims",
        board=board.token,
        identifier=number,
        url=_link(_canonical(job.meta_data), host)
        or f"https://{host}/jobs/{quote(number, safe='')}",
        apply_url=_link(job.apply_url, host),
        title=job.title,
        hiring_organization=stated(job.hiring_organization) or organization(board),
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(job.posted_date or ""),
        date_modified=dates.parse(job.update_date or ""),
        requisition=_text(job.req_id),
        occupational_category=_categories(job),
        employment_type_text=stated(job.employment_type),
        location_text=place,
        job_locations=(place,) if place else (),
        stated_salary=_salary(job),
    )


def _record(entry: Any, host: str) -> dict[str, Any]:  # noqa: ANN401 - a raw record
    data = entry.get("data") if isinstance(entry, dict) else None
    return {**data, "@host": host} if isinstance(data, dict) else {"@host": host, "entry": entry}


def _text(value: Scalar) -> str | None:
    return str(value).strip() or None if value is not None else None


def _joined(*parts: str | None) -> str | None:
    return ", ".join(part for part in parts if part and stated(part)) or None


def _canonical(meta: Any) -> str | None:  # noqa: ANN401 - false on some sites
    found = meta.get("canonical_url") if isinstance(meta, dict) else None
    return found if isinstance(found, str) else None


def _link(link: str | None, host: str) -> str | None:
    """Return an address made whole; iCIMS's log-in leads to the job's page instead."""
    text = (link or "").strip()
    if text.startswith("/") and not text.startswith("//"):
        text = f"https://{host}{text}"
    if not text.startswith(("http://", "https://")):
        return None
    return job_url(text) if ".icims.com/" in text else text


def _categories(job: Job) -> tuple[str, ...]:
    entries = job.categories if isinstance(job.categories, list) else []
    found = [one.get("name") if isinstance(one, dict) else one for one in entries]
    names = [job.department, *(one for one in found if isinstance(one, str))]
    return tuple(dict.fromkeys(name for name in names if name and stated(name)))


def _salary(job: Job) -> Salary | None:
    low, high = amount(job.salary_min_value), amount(job.salary_max_value)
    if low is None and high is None:
        return None
    fields = ("salary_min_value", "salary_max_value", "salary_currency", "salary_frequency")
    shown = ", ".join(f"{name}: {getattr(job, name)}" for name in fields if getattr(job, name))
    return Salary(
        currency=stated(job.salary_currency),
        min_value=low,
        max_value=high,
        unit_text=_PERIODS.get((job.salary_frequency or "").upper()),
        rule="icims.salary",
        evidence=shown,
    )
