"""
Jobicy, a job board for remote work: public JSON API, no key needed.

One answer holds the newest hundred jobs, three hours late, and there are no pages: a rolling
window. It refuses a parameter it does not know with 400. https://github.com/Jobicy/remote-jobs-api
"""

from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, decode, refused, stated

SITE = "https://jobicy.com"
API = f"{SITE}/api/v2/remote-jobs"

#: Words of the field `salaryPeriod`: "yearly" was seen, the others follow its pattern.
_PERIODS = {
    "yearly": UnitText.YEAR,
    "monthly": UnitText.MONTH,
    "weekly": UnitText.WEEK,
    "daily": UnitText.DAY,
    "hourly": UnitText.HOUR,
}


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    id: int | str
    url: str
    jobTitle: str
    companyName: str | None = None
    companyLogo: str | None = None
    jobIndustry: list[str] | str | None = None  #: with entities: "Sales &amp; Marketing"
    jobType: list[str] | str | None = None  #: "Full-Time", "Contract"
    jobGeo: str | None = None  #: where one may live: "Anywhere", "EMEA,  LATAM,  Canada,  USA"
    jobLevel: str | None = None  #: "Midweight", "Senior", ...; "Any" says nothing
    jobExcerpt: str | None = None  #: the beginning of the text, its words glued together
    jobDescription: str | None = None  #: HTML
    pubDate: str | None = None  #: ISO 8601
    salaryMin: int | float | str | None = None  #: the four are left out where pay is not stated
    salaryMax: int | float | str | None = None
    salaryCurrency: str | None = None
    salaryPeriod: str | None = None
    annualSalaryMin: int | float | str | None = None  #: the names before version 2.2
    annualSalaryMax: int | float | str | None = None


class Envelope(msgspec.Struct):
    jobs: list[dict[str, Any]]
    jobCount: int | None = None


def start(board: Board) -> Request:
    """Ask for the newest jobs, or for those of the industry the board is called after."""
    if board.token == "main":  # noqa: S105 - no secret
        return Request(url=f"{API}?count=100")
    return Request(url=f"{API}?count=100&industry={quote(board.token, safe='')}")


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job.

    Raises:
        PayloadError: the body is not `{"jobs": [...]}`, or has no job at all, which is a failure
            of the board's.
    """
    envelope = decode(response, board, Envelope)
    if not envelope.jobs:
        raise refused("no jobs at all", board)
    complete = (envelope.jobCount or 0) <= len(envelope.jobs)
    return Page(records=list(envelope.jobs), complete=complete)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    if not stated(job.jobTitle):
        return Reject(
            source="jobicy",
            board=board.token,
            identifier=str(job.id),
            step="read",
            reason="no_title",
        )
    place, level, description = map(stated, (job.jobGeo, job.jobLevel, job.jobDescription))
    return Posting(
        source="jobicy",
        board=board.token,
        identifier=str(job.id),
        url=job.url,
        title=job.jobTitle,
        hiring_organization=stated(job.companyName),
        logo_url=stated(job.companyLogo),
        description=description or job.jobExcerpt or "",
        description_complete=description is not None,
        date_posted=dates.parse(job.pubDate or ""),
        occupational_category=_several(job.jobIndustry),
        employment_type_text=", ".join(_several(job.jobType)) or None,
        seniority_text=None if level == "Any" else level,
        location_text=place,
        # Two blanks follow the comma between two places; one would be part of a name.
        applicant_locations=tuple(filter(stated, (place or "").split(",  "))),
        arrangement_text="remote",  # the board takes no other jobs
        stated_salary=_salary(job),
    )


def _several(words: list[str] | str | None) -> tuple[str, ...]:
    return tuple(filter(stated, [words] if isinstance(words, str) else words or ()))


def _salary(job: Job) -> Salary | None:
    fields = {"salaryMin": job.salaryMin, "salaryMax": job.salaryMax}
    unit = _PERIODS.get((job.salaryPeriod or "").lower())
    if not any(map(amount, fields.values())):
        fields = {"annualSalaryMin": job.annualSalaryMin, "annualSalaryMax": job.annualSalaryMax}
        unit = UnitText.YEAR
    low, high = map(amount, fields.values())
    if low is None and high is None:
        return None
    shown = {**fields, "salaryCurrency": job.salaryCurrency, "salaryPeriod": job.salaryPeriod}
    return Salary(
        currency=stated(job.salaryCurrency),
        min_value=low,
        max_value=high,
        unit_text=unit,
        rule="jobicy.salary",
        evidence=", ".join(f"{name}: {value}" for name, value in shown.items() if value),
    )


SOURCE = Source(
    name="jobicy",
    homepage=SITE,
    documentation="https://github.com/Jobicy/remote-jobs-api",
    kind="aggregator",
    window=True,
    boards=(Board(source="jobicy"),),
    terms=Terms(
        credit="Jobicy",
        read_at="https://github.com/Jobicy/remote-jobs-api and the field friendlyNotice of every"
        f" answer of {API}",
        read_on="2026-08-03",
        apply_via_board=True,
        structured_data=False,
        syndication=False,
        min_interval_s=3600.0,
        note="Credit Jobicy with a direct link; every apply button leads to the given address."
        " Never pass jobs to Google Jobs, LinkedIn, Jooble or other aggregators, do not change"
        " what they say, and ask at most once an hour.",
    ),
    start=start,
    split=split,
    posting=posting,
)
