"""
Adzuna, a search engine for jobs in some twenty countries: JSON API with a free key.

A board is a country, by its two letters; what is read is the newest that speak of remote work.
https://developer.adzuna.com/docs/search
"""

import re
from typing import Any

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms
from jobtide.sources import Source, amount, decode, next_page, refused, stated

API = "https://api.adzuna.com/v1/api/jobs"
PER_PAGE = 50  #: the most a page gives
MOST_PAGES = 5  #: of one country: a free key allows 250 requests a day and 2,500 a month

#: Countries with a board, and what they pay in: the amounts carry no currency.
#: https://developer.adzuna.com/docs/search
CURRENCIES = {
    "at": "EUR", "au": "AUD", "be": "EUR", "br": "BRL", "ca": "CAD", "ch": "CHF", "de": "EUR",
    "es": "EUR", "fr": "EUR", "gb": "GBP", "in": "INR", "it": "EUR", "mx": "MXN", "nl": "EUR",
    "nz": "NZD", "pl": "PLN", "sg": "SGD", "us": "USD", "za": "ZAR",
}  # fmt: skip
#: What was searched for is marked in title and text.
_MARK = re.compile(r"</?strong>", re.IGNORECASE)


class Shown(msgspec.Struct):
    display_name: str | None = None


class Category(msgspec.Struct):
    label: str | None = None  #: "IT Jobs"


class Job(msgspec.Struct):
    """The fields we read of one job. Unknown fields are ignored on purpose."""

    id: str | int
    title: str
    redirect_url: str
    company: Shown | None = None
    location: Shown | None = None
    category: Category | None = None
    description: str | None = None  #: the first 500 characters
    created: str | None = None
    contract_time: str | None = None  #: "full_time", "part_time"
    contract_type: str | None = None  #: "permanent", "contract"
    salary_min: float | int | str | None = None
    salary_max: float | int | str | None = None
    salary_is_predicted: str | int | bool | None = None  #: "1": Adzuna's guess


class Envelope(msgspec.Struct):
    results: list[dict[str, Any]]
    count: int | None = None


def start(board: Board) -> Request:
    """Ask for the first page of a country."""
    return _request(board, 1, {})


def _request(board: Board, page: int, context: dict[str, str]) -> Request:
    country = board.token.lower() if board.token.lower() in CURRENCIES else "us"
    return Request(
        url=f"{API}/{country}/search/{page}?app_id={{ADZUNA_APP_ID}}&app_key={{ADZUNA_APP_KEY}}"
        f"&results_per_page={PER_PAGE}&what=remote&sort_by=date",
        headers={"Accept": "application/json"},
        optional=page > 1,  # one page that fails shall not cost the pages before it
        context=context,
    )


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job, and follow to the next page.

    Raises:
        PayloadError: the body is not `{"results": [...]}`, or the first page of a country is
            empty, which is a failure of the board's.
    """
    envelope = decode(response, board, Envelope)
    page = int(response.request.context.get("page", "1"))
    if not envelope.results and page == 1:
        raise refused("no jobs at all", board)
    ended = page * PER_PAGE >= (envelope.count or 0)
    context = next_page(response, envelope.results, most=MOST_PAGES)
    if ended or context is None:
        return Page(records=list(envelope.results), complete=ended)
    follow = _request(board, page + 1, context)
    return Page(records=list(envelope.results), follow=[follow])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    title = _MARK.sub("", job.title)
    if not stated(title) or not stated(job.redirect_url):
        return Reject(
            source="adzuna",
            board=board.token,
            identifier=str(job.id),
            step="read",
            reason="bad_record" if stated(title) else "no_title",
        )
    place = stated(job.location.display_name) if job.location else None
    category = stated(job.category.label) if job.category else None
    types = [word for word in (job.contract_time, job.contract_type) if stated(word)]
    return Posting(
        source="adzuna",
        board=board.token,
        identifier=str(job.id),
        url=job.redirect_url,
        title=title,
        hiring_organization=stated(job.company.display_name) if job.company else None,
        description=_MARK.sub("", job.description or ""),
        description_complete=False,
        date_posted=dates.parse(job.created or ""),
        occupational_category=(category,) if category else (),
        employment_type_text=", ".join(map(str, types)) or None,
        location_text=place,
        job_locations=(place,) if place else (),
        stated_salary=_salary(job, board),
    )


def _salary(job: Job, board: Board) -> Salary | None:
    """Return the pay an advert states; what Adzuna predicts was stated by no one."""
    if str(job.salary_is_predicted).lower() in ("1", "true"):
        return None
    low, high = amount(job.salary_min), amount(job.salary_max)
    if low is None and high is None:
        return None
    return Salary(
        currency=CURRENCIES.get(board.token.lower()),
        currency_inferred=True,  # of the country that was searched
        min_value=low,
        max_value=high,
        rule="adzuna.salary",
        evidence=f"salary_min: {job.salary_min}, salary_max: {job.salary_max}",
    )


SOURCE = Source(
    name="adzuna",
    homepage="https://www.adzuna.com",
    documentation="https://developer.adzuna.com/docs/search",
    kind="aggregator",
    window=True,
    keys=("ADZUNA_APP_ID", "ADZUNA_APP_KEY"),
    boards=tuple(Board(source="adzuna", token=country) for country in ("au", "ca", "gb", "us")),
    terms=Terms(
        credit="Adzuna",
        read_at="https://developer.adzuna.com/docs/terms_of_service",
        read_on="2026-11-25",
        apply_via_board=True,
        description="excerpt",
        structured_data=False,
        syndication=False,
        min_interval_s=24 * 3600.0,
        note='Each advert shown is labelled "Jobs by Adzuna", both words linked to its site. A'
        " free key allows 25 requests a minute, 250 a day, 1,000 a week and 2,500 a month;"
        " other use than showing adverts needs consent.",
    ),
    start=start,
    split=split,
    posting=posting,
)
