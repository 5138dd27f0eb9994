"""
Workable, an applicant tracking system: the public list behind careers pages, one JSON answer.

A job with several places is listed once for each of them. A board whose address is that of the
newer list (".../api/v3/accounts/NAME/jobs", asked by POST, ten heads a page) is read there, with a
request for each description. All boards share one host, which soon answers 429.
https://workable.readme.io/reference/jobs-1
"""

from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, refused, stated

SITE = "https://apply.workable.com"

#: Codes of the newer list that are no words by themselves.
_TYPES = {"full": "full-time", "part": "part-time"}


class Location(msgspec.Struct):
    country: str | None = None
    city: str | None = None
    region: str | None = None
    hidden: bool | None = None  #: the employer does not show it: neither do we


class Job(msgspec.Struct):
    """The fields we read of one job, in the words of either list; "" is "not stated"."""

    shortcode: str
    title: str
    account_name: str | None = None  #: of the whole answer, put there by `split`
    code: str | None = None
    department: str | list[str] | None = None
    function: str | None = None
    experience: str | None = None
    locations: list[Location] | None = None
    description: str | None = None  #: HTML; only with details=true

    employment_type: str | None = None
    telecommuting: bool | None = None
    workplace_type: str | None = None  #: documented, but on none of 14 jobs recorded in 2026
    published_on: str | None = None  #: a date; `created_at` can lie half a year before it
    url: str | None = None
    application_url: str | None = None
    country: str | None = None
    city: str | None = None
    state: str | None = None  #: a region here; in the newer list "published"

    type: str | None = None
    remote: bool | None = None
    workplace: str | None = None  #: "remote", "hybrid", "on_site"
    published: str | None = None
    location: Location | None = None
    isInternal: bool | None = None
    requirements: str | None = None  #: HTML, as are the benefits; only of a single job
    benefits: str | None = None


class Account(msgspec.Struct):
    jobs: list[Any]
    name: str | None = None


class Heads(msgspec.Struct):
    results: list[Any]
    total: int
    nextPage: str | None = None  #: sent back as "token"


def start(board: Board) -> Request:
    """Ask for the whole board with descriptions, or for the first page of the newer list."""
    if board.url and "/api/v3/" in board.url:
        return _page(board.url, None)
    token = quote(board.token, safe="")
    return Request(url=board.url or f"{SITE}/api/v1/widget/accounts/{token}?details=true")


def _page(url: str, token: str | None) -> Request:
    asked: dict[str, Any] = {"query": "", "location": [], "department": [], "worktype": []}
    body = msgspec.json.encode(asked | ({"token": token} if token else {}))
    return Request(url=url, method="POST", headers={"Content-Type": "application/json"}, body=body)


def split(response: Response, board: Board) -> Page:
    """Take the answer apart: a whole account, a page of heads, or a single job.

    Raises:
        PayloadError: none of the three, or not the job asked for; an account without jobs must
            at least be named, and an empty page must not count any.
    """
    answer = decode(response, board, dict[str, Any])
    try:
        if "jobs" in answer:
            return _account(msgspec.convert(answer, Account), board)
        if "results" in answer:
            return _heads(msgspec.convert(answer, Heads), response.request.url, board)
    except msgspec.ValidationError as error:
        raise refused(str(error), board) from error
    return _single(answer, response.request.context.get("identifier"), board)


def _account(account: Account, board: Board) -> Page:
    if not account.jobs and not stated(account.name):
        raise refused("no jobs, of nobody", board)
    jobs: dict[str, Any] = {}
    for job in account.jobs:
        code = job.get("shortcode") if isinstance(job, dict) else None
        if not isinstance(code, str):
            jobs[f"odd {len(jobs)}"] = job
        elif code not in jobs:
            jobs[code] = {**job, "account_name": account.name}
        else:
            jobs[code]["locations"] = [*_listed(jobs[code]), *_listed(job)]
    return Page(records=list(jobs.values()))


def _listed(job: dict[str, Any]) -> list[Any]:
    """Return the places of one row; without a list it has one of its own."""
    if isinstance(job.get("locations"), list):
        return list(job["locations"])
    return [{"country": job.get("country"), "city": job.get("city"), "region": job.get("state")}]


def _heads(heads: Heads, url: str, board: Board) -> Page:
    if heads.total and not heads.results:
        raise refused(f"no jobs on a page, although it counts {heads.total}", board)
    follow = [_page(url, heads.nextPage)] if heads.nextPage and heads.results else []
    follow += [
        _detail(head["shortcode"], board)
        for head in heads.results
        if isinstance(head, dict)
        and isinstance(head.get("shortcode"), str)
        and not head.get("isInternal")
    ]
    return Page(records=heads.results, follow=follow)


def _detail(code: str, board: Board) -> Request:
    account = f"{SITE}/api/v2/accounts/{quote(board.token, safe='')}"
    return Request(
        url=f"{account}/jobs/{quote(code, safe='')}", optional=True, context={"identifier": code}
    )


def _single(answer: dict[str, Any], asked: str | None, board: Board) -> Page:
    if "shortcode" not in answer or "title" not in answer:
        words = answer.get("error") or ", ".join(answer) or "nothing"
        raise refused(f"no jobs but: {str(words)[:200]}", board)
    if asked not in (None, answer["shortcode"]):
        raise refused(f"job {asked} was asked for, {answer['shortcode']} came", board)
    return Page(records=[answer], complete=asked is not None)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one Workable job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    if job.isInternal or not stated(job.title):
        return Reject(
            source="workable",
            board=board.token,
            identifier=job.shortcode,
            step="read",
            reason="unlisted" if job.isInternal else "no_title",
        )
    places = _places(job)
    description = _description(job)
    page = f"{SITE}/{quote(board.token, safe='')}/j/{quote(job.shortcode, safe='')}/"
    departments = [job.department] if isinstance(job.department, str) else job.department or []
    return Posting(
        source="workable",
        board=board.token,
        identifier=job.shortcode,
        url=stated(job.url) or page,
        apply_url=stated(job.application_url),
        title=job.title,
        hiring_organization=stated(job.account_name) or board.organization or board.token,
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(job.published_on or job.published or ""),
        requisition=stated(job.code),
        occupational_category=tuple(
            dict.fromkeys(name for name in (*departments, job.function) if name and stated(name))
        ),
        employment_type_text=stated(job.employment_type)
        or _TYPES.get(job.type or "", stated(job.type)),
        seniority_text=stated(job.experience),
        location_text="; ".join(places) or None,
        job_locations=places,
        arrangement_text=_arrangement(job),
    )


def _places(job: Job) -> tuple[str, ...]:
    """Return the places that are shown; one place of its own has the job when there is no list."""
    one = job.location or Location(
        country=job.country, city=job.city, region=None if job.published else job.state
    )
    shown = [place for place in job.locations or [one] if not place.hidden]
    lines = [
        ", ".join(part for part in (place.city, place.region, place.country) if part)
        for place in shown
    ]
    return tuple(dict.fromkeys(line for line in lines if stated(line)))


def _description(job: Job) -> str:
    """Return the description; a single job has three parts, headed as on its page."""
    parts = [stated(job.description)]
    for heading, text in (("Requirements", job.requirements), ("Benefits", job.benefits)):
        if text and stated(text):
            parts.append(f"<h3>{heading}</h3>\n{text}")
    return "\n".join(filter(None, parts))


def _arrangement(job: Job) -> str | None:
    """Return the fields that say how far it is remote, as they are written."""
    words = (("workplace_type", job.workplace_type), ("workplace", job.workplace))
    said = [f"{name}: {value}" for name, value in words if value and stated(value)]
    flags = (("telecommuting", job.telecommuting), ("remote", job.remote))
    said += [f"{name}: {str(value).lower()}" for name, value in flags if value is not None]
    return "; ".join(said) or None


SOURCE = Source(
    name="workable",
    homepage="https://www.workable.com",
    documentation="https://workable.readme.io/reference/jobs-1",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Workable",
        read_at="https://workable.readme.io/reference/jobs-1",
        read_on="2026-11-25",
        min_interval_s=6 * 3600.0,
        note="The documentation calls it the public jobs of an account and asks for no key. No"
        " limit is published, but one host serves all boards and refuses bursts for minutes.",
    ),
    start=start,
    split=split,
    posting=posting,
)
