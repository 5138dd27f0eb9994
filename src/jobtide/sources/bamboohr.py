"""
BambooHR, an applicant tracking system: the careers page's own list, and each posting behind it.

The list has neither text nor date; when a posting cannot be read its head stays. The employer is
named nowhere, so the board's own name stands in. A tenant that is unknown or keeps its list to
itself sends the reader away to a page for people, so an empty list is an empty board.
https://github.com/colophon-group/jobseek (apps/crawler/src/core/monitors/bamboohr.py)
"""

from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, refused, stated

#: The one type that is said in words. Other readers of this list take "1" for remote and "2" for
#: hybrid work, but a remote posting of type "2" has been recorded: these stay as they are written.
#: (A "1" on its own is taken for "yes" when the arrangement is labelled, hence for remote.)
_ON_SITE = "0"


class Location(msgspec.Struct):
    """A place; `location` has city and state, `atsLocation` the country and its provinces."""

    city: str | None = None
    state: str | None = None
    province: str | None = None
    country: str | None = None
    addressCountry: str | None = None  #: only of a posting


class Job(msgspec.Struct):
    """The fields we read of a head and of a posting. Unknown ones are ignored on purpose."""

    id: str | int
    jobOpeningName: str
    departmentLabel: str | None = None
    employmentStatusLabel: str | None = None  #: "Full-Time", or the employer's own words
    location: Location | None = None
    atsLocation: Location | None = None  #: filled where `location` is not
    isRemote: bool | None = None
    locationType: str | int | None = None
    description: str | None = None  #: HTML; only of a posting, as are the fields below
    datePosted: str | None = None
    compensation: str | None = None  #: free text
    minimumExperience: str | None = None  #: "Mid-level"
    jobOpeningShareUrl: str | None = None
    jobOpeningStatus: str | None = None  #: "Open"


class Meta(msgspec.Struct):
    totalCount: int


class Envelope(msgspec.Struct):
    result: list[Any]
    meta: Meta


def _site(board: Board) -> str:
    address = urlsplit(board.url or "")
    if address.netloc:
        return f"{address.scheme}://{address.netloc}"
    return f"https://{quote(board.token, safe='')}.bamboohr.com"


def start(board: Board) -> Request:
    """Ask for the whole list."""
    return Request(url=f"{_site(board)}/careers/list", headers={"Accept": "application/json"})


def split(response: Response, board: Board) -> Page:
    """Take the list apart, and follow to each posting.

    Raises:
        PayloadError: the body is neither a list nor a posting; or it holds no heads although it
            counts some.
    """
    answer = decode(response, board, dict[str, Any])
    if isinstance(answer.get("result"), dict):
        return _single(answer["result"], response.request, board)
    try:
        envelope = msgspec.convert(answer, Envelope)
    except msgspec.ValidationError as error:
        raise refused(f"no list of postings: {error}", board) from error
    rows, total = envelope.result, envelope.meta.totalCount
    if not rows and total:
        raise refused(f"no postings, although it counts {total}", board)
    heads = [row for row in rows if isinstance(row, dict) and stated(str(row.get("id") or ""))]
    follow = [_detail(head, board) for head in heads]
    return Page(records=rows, follow=follow, complete=len(rows) >= total)


def _detail(head: dict[str, Any], board: Board) -> Request:
    """Ask for a posting; it does not repeat that it is remote, so the request remembers it."""
    identifier = str(head["id"])
    remote = {"isRemote": "true"} if head.get("isRemote") is True else {}
    return Request(
        url=f"{_site(board)}/careers/{quote(identifier, safe='')}/detail",
        headers={"Accept": "application/json"},
        optional=True,
        context={"identifier": identifier, **remote},
    )


def _single(result: dict[str, Any], request: Request, board: Board) -> Page:
    """Return the posting under the number it was asked for: it does not always say its own."""
    job = result.get("jobOpening")
    asked = request.context.get("identifier") or _number(request.url)
    if not isinstance(job, dict) or not job.get("jobOpeningName"):
        raise refused("a posting without a name", board)
    identifier = str(job.get("id") or asked or "")
    if not identifier or (asked and identifier != asked):
        raise refused(f"posting {asked} was asked for, {identifier or 'another'} came", board)
    record = {**job, "id": identifier}
    if "isRemote" in request.context and record.get("isRemote") is None:
        record["isRemote"] = True
    return Page(records=[record], complete="identifier" in request.context)


def _number(url: str) -> str | None:
    """Return the number in ".../careers/41/detail"."""
    parts = urlsplit(url).path.strip("/").split("/")
    return parts[-2] if len(parts) > 1 and parts[-1] == "detail" else None


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one head or one posting in our words; guess nothing, clean nothing."""
    job = msgspec.convert(record, Job)
    identifier = str(job.id).strip()
    closed = job.jobOpeningStatus not in (None, "", "Open")
    if closed or not identifier or not stated(job.jobOpeningName):
        return Reject(
            source="bamboohr",
            board=board.token,
            identifier=identifier or None,
            step="read",
            reason="unlisted" if closed else "no_title",
        )
    place = _place(job)
    description = stated(job.description) or ""
    return Posting(
        source="bamboohr",
        board=board.token,
        identifier=identifier,
        url=stated(job.jobOpeningShareUrl)
        or f"{_site(board)}/careers/{quote(identifier, safe='')}",
        title=job.jobOpeningName,
        hiring_organization=board.organization or board.token,
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(job.datePosted or ""),
        occupational_category=tuple(filter(None, [stated(job.departmentLabel)])),
        employment_type_text=stated(job.employmentStatusLabel),
        seniority_text=stated(job.minimumExperience),
        location_text=place,
        job_locations=(place,) if place else (),
        arrangement_text=_arrangement(job),
        salary_text=stated(job.compensation),
    )


def _place(job: Job) -> str | None:
    """Return city, state and country of whichever field is filled in; one knows the country."""
    one, other = job.location or Location(), job.atsLocation or Location()
    near = one if stated(one.city) or stated(one.state) else other
    countries = (one.addressCountry, one.country, other.country)
    parts = (
        stated(near.city),
        stated(near.state) or stated(near.province),
        next(filter(None, map(stated, countries)), None),
    )
    return ", ".join(part.strip() for part in parts if part) or None


def _arrangement(job: Job) -> str | None:
    """Return both fields as they are written; "0" is said in words where nothing denies it."""
    said = [] if job.isRemote is None else [f"isRemote: {str(job.isRemote).lower()}"]
    kind = "" if job.locationType is None else str(job.locationType).strip()
    if kind:
        words = " (on site)" if kind == _ON_SITE and not job.isRemote else ""
        said.append(f"locationType: {kind}{words}")
    return "; ".join(said) or None


SOURCE = Source(
    name="bamboohr",
    homepage="https://www.bamboohr.com",
    documentation="https://github.com/colophon-group/jobseek",
    kind="ats",
    window=False,
    terms=Terms(
        credit="BambooHR",
        read_at="the list behind the public careers pages, https://{tenant}.bamboohr.com/careers;"
        " no documentation of it and no terms for its readers are published",
        read_on="2026-11-25",
        min_interval_s=6 * 3600.0,
        note="What employers publish on their careers pages, asked for as those pages ask. Every"
        " posting is a request of its own: a board is read four times a day.",
    ),
    start=start,
    split=split,
    posting=posting,
)
