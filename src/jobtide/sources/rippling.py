"""
Rippling, an applicant tracking system: the API behind its job boards, one row a job and place.

Rows of one job share their uuid and become one posting with several places. They have neither
text nor date, so each posting is asked for as well; when that fails the row stays. An unknown
board is answered with 404 ("Job Board not found"), so an empty list is an empty board; names of
boards are case-sensitive.
https://github.com/colophon-group/jobseek (apps/crawler/src/core/{monitors,scrapers}/rippling.py)
and https://dev.to/adderleydata (measured in October 2026)
"""

from typing import Any
from urllib.parse import quote

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Salary, Terms, UnitText
from jobtide.sources import Source, amount, decode, refused, stated

API = "https://api.rippling.com/platform/api/ats/v1/board"
PAGE = "https://ats.rippling.com"

_PERIODS = {
    "HOUR": UnitText.HOUR,
    "DAY": UnitText.DAY,
    "WEEK": UnitText.WEEK,
    "MONTH": UnitText.MONTH,
    "YEAR": UnitText.YEAR,
    "ANNUAL": UnitText.YEAR,
}
#: Codes of employment, which Rippling calls labels; the employer's own words are called the id.
_CODES = {
    "SALARIED_FT": "full-time, salaried",
    "SALARIED_PT": "part-time, salaried",
    "HOURLY_FT": "full-time, hourly",
    "HOURLY_PT": "part-time, hourly",
    "CONTRACTOR": "contractor",
    "TEMP": "temporary",
    "INTERN": "intern",
}


class Label(msgspec.Struct):
    """A value of a list; a posting's department has a name, a row's a label."""

    id: str | None = None
    label: str | None = None
    name: str | None = None
    base_department: str | None = None


class Band(msgspec.Struct):
    rangeStart: int | float | str | None = None
    rangeEnd: int | float | str | None = None
    currency: str | None = None
    frequency: str | None = None  #: "YEAR", "HOUR"
    location: str | None = None  #: what the band is for


class Job(msgspec.Struct):
    """The fields we read of a row and of a posting. Unknown ones are ignored on purpose."""

    uuid: str
    name: str  #: the title
    url: str | None = None
    department: Label | str | None = None
    #: One string a place. A row has one `workLocation` instead; `split` gathers them here.
    workLocations: list[str] | None = None
    description: dict[str, str | None] | str | None = None  #: HTML; of a posting, as all below
    companyName: str | None = None
    employmentType: Label | None = None
    createdOn: str | None = None
    payRangeDetails: list[Band] | None = None


def _board(board: Board) -> str:
    return f"{API}/{quote(board.token, safe='')}/jobs"


def start(board: Board) -> Request:
    """Ask for the whole list."""
    return Request(url=_board(board), headers={"Accept": "application/json"})


def split(response: Response, board: Board) -> Page:
    """Gather the rows into one record a posting, and follow to each.

    Raises:
        PayloadError: the body is neither a list nor a posting, or not the posting asked for.
    """
    answer = decode(response, board, object)
    if isinstance(answer, dict):
        return _single(answer, response.request.context.get("identifier"), board)
    if not isinstance(answer, list):
        raise refused("no list of postings", board)
    records = _gathered(answer)
    heads = [one for one in records if isinstance(one, dict) and _uuid(one)]
    return Page(records=records, follow=[_detail(_uuid(head), board) for head in heads])


def _gathered(rows: list[Any]) -> list[Any]:
    """Return one record a uuid, with the places of all its rows; what has none stands alone."""
    records: list[Any] = []
    known: dict[str, dict[str, Any]] = {}
    for row in rows:
        uuid = _uuid(row) if isinstance(row, dict) else ""
        if not uuid:
            records.append(row)
            continue
        if uuid not in known:
            known[uuid] = {**row, "workLocations": []}
            records.append(known[uuid])
        places = known[uuid]["workLocations"]
        if place := _place(row.get("workLocation")):
            places.append(place)
    return records


def _uuid(row: dict[str, Any]) -> str:
    uuid = row.get("uuid")
    return uuid.strip() if isinstance(uuid, str) else ""


def _place(location: Any) -> str | None:  # noqa: ANN401 - a row is what the board sent
    if isinstance(location, dict):
        location = location.get("label") or location.get("id")
    return stated(location) if isinstance(location, str) else None


def _detail(uuid: str, board: Board) -> Request:
    return Request(
        url=f"{_board(board)}/{quote(uuid, safe='')}",
        headers={"Accept": "application/json"},
        optional=True,
        context={"identifier": uuid},
    )


def _single(answer: dict[str, Any], asked: str | None, board: Board) -> Page:
    uuid = _uuid(answer) or asked
    if not uuid or "name" not in answer:
        words = answer.get("message") or ", ".join(answer) or "nothing"
        raise refused(f"no list of postings but: {str(words)[:200]}", board)
    if asked not in (None, uuid):
        raise refused(f"posting {asked} was asked for, {uuid} came", board)
    return Page(records=[{**answer, "uuid": uuid}], complete=asked is not None)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one row or one posting in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    identifier = job.uuid.strip()
    if not identifier or not stated(job.name):
        return Reject(
            source="rippling",
            board=board.token,
            identifier=identifier or None,
            step="read",
            reason="no_title" if identifier else "bad_record",
        )
    description = _description(job.description)
    lines = tuple(dict.fromkeys(line for line in job.workLocations or () if stated(line)))
    bands = [one for one in job.payRangeDetails or () if _low(one) or _high(one)]
    page = f"{PAGE}/{quote(board.token, safe='')}/jobs/{quote(identifier, safe='')}"
    return Posting(
        source="rippling",
        board=board.token,
        identifier=identifier,
        url=stated(job.url) or page,
        title=job.name,
        hiring_organization=stated(job.companyName) or board.organization or board.token,
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(job.createdOn or ""),
        occupational_category=_departments(job.department),
        employment_type_text=_employment(job.employmentType),
        location_text="; ".join(lines) or None,
        job_locations=lines,
        salary_text="\n".join(map(_band_text, bands)) or None,
        stated_salary=_salary(bands),
    )


def _description(texts: dict[str, str | None] | str | None) -> str:
    """Return the texts as one: the role, then whatever else there is, the company last."""
    if not isinstance(texts, dict):
        return stated(texts) or ""
    order = sorted(texts, key=lambda name: {"role": 0, "company": 2}.get(name, 1))
    return "\n".join(text for name in order if (text := texts[name]) and stated(text))


def _departments(department: Label | str | None) -> tuple[str, ...]:
    if not isinstance(department, Label):
        return tuple(filter(None, [stated(department)]))
    names = (department.label or department.name or department.id, department.base_department)
    return tuple(dict.fromkeys(name for name in names if name and stated(name)))


def _employment(kind: Label | None) -> str | None:
    """Return the code in words, and the employer's own words beside it."""
    if kind is None:
        return None
    said = (_CODES.get(kind.label or "", stated(kind.label)), stated(kind.id))
    return "; ".join(word for word in said if word) or None


def _low(band: Band) -> float | None:
    return amount(band.rangeStart)


def _high(band: Band) -> float | None:
    return amount(band.rangeEnd)


def _band_text(band: Band) -> str:
    """Return a band as one line: "Oslo: 52000 - 61000 NOK, YEAR"."""
    sums = " - ".join(f"{value:.10g}" for value in (_low(band), _high(band)) if value is not None)
    money = " ".join(filter(None, [sums, stated(band.currency)]))
    line = ", ".join(filter(None, [money, stated(band.frequency)]))
    return f"{band.location.strip()}: {line}" if band.location and stated(band.location) else line


def _salary(bands: list[Band]) -> Salary | None:
    """Return the span of all bands; None when they are of several currencies or periods."""
    kinds = {(band.currency, band.frequency) for band in bands}
    if len(kinds) != 1:
        return None
    ((currency, frequency),) = kinds
    lows, highs = [_low(band) for band in bands], [_high(band) for band in bands]
    return Salary(
        currency=stated(currency),
        min_value=min((low for low in lows if low), default=None) if all(lows) else None,
        max_value=max((high for high in highs if high), default=None) if all(highs) else None,
        unit_text=_PERIODS.get((frequency or "").upper()),
        rule="rippling.payRangeDetails",
        evidence="; ".join(map(_band_text, bands)),
    )


SOURCE = Source(
    name="rippling",
    homepage="https://www.rippling.com",
    documentation="https://developer.rippling.com/documentation/job-board-api-v2",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Rippling",
        read_at="the API behind the public job boards, https://ats.rippling.com/{board}/jobs; its"
        " documentation needs an account, and no terms for its readers are published",
        read_on="2026-11-25",
        min_interval_s=6 * 3600.0,
        note="What employers publish on their job boards, asked for as those boards ask. Every"
        " posting is a request of its own: a board is read four times a day.",
    ),
    start=start,
    split=split,
    posting=posting,
)
