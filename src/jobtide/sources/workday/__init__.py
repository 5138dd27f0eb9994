"""
Workday, an applicant tracking system: the API behind an employer's careers site, 20 heads a page.

A token is "tenant.wdN/site", as in https://acme.wd5.myworkdayjobs.com/External; without the data
centre ("acme/External") the board's `url` gives the host. The heads have no descriptions and only
an age, so each posting is asked for as well; when that fails the head stays.

How it answers, as clepine/job-agent measured it (August 2026) and career-ops-hq/career-ops #3310
tells: `total` is right on the first page and 0 on the others; it ends at 2,000, and what is asked
beyond that repeats the first page; more than 20 a page are refused. A page without heads although
there are some is a refusal.
https://github.com/clepine/job-agent and https://github.com/colophon-group/jobseek
"""

import re
from typing import Any
from urllib.parse import urlsplit

import msgspec

from jobtide.errors import ConfigError
from jobtide.model import Board, Page, Request, Response, Terms
from jobtide.sources import Source, decode, refused
from jobtide.sources.workday.postings import name_of, posting

#: Heads a page; more are answered with 400.
LIMIT = 20
#: `total` counts no further, and beyond it the first page comes again.
CAP = 2_000

_JSON = {"Accept": "application/json", "Content-Type": "application/json"}
_API = re.compile(r"/wday/cxs/([^/]+)/([^/]+)(/.*|$)")


class Envelope(msgspec.Struct):
    jobPostings: list[Any]
    total: int | None = None


class Seat(msgspec.Struct, frozen=True):
    """Where a careers site lives."""

    host: str
    tenant: str
    site: str

    @property
    def api(self) -> str:
        """The address everything is asked below."""
        return f"https://{self.host}/wday/cxs/{self.tenant}/{self.site}"


def _seat(board: Board) -> Seat:
    """Return where the board lives; without data centre and address its host is the tenant's."""
    name, _, site = board.token.partition("/")
    if not name or not site or "/" in site:
        what = "its token must be tenant.wdN/site, as 'acme.wd5/External'"
        raise ConfigError(f"{board.key}: {what}")
    host = (urlsplit(board.url).netloc if board.url else "") or f"{name}.myworkdayjobs.com"
    return Seat(host, name.partition(".")[0], site)


def start(board: Board) -> Request:
    """Ask for the first page of heads.

    Raises:
        ConfigError: the token names no site.
    """
    return _list(_seat(board), 0, {})


def _list(seat: Seat, offset: int, context: dict[str, str]) -> Request:
    body = {"appliedFacets": {}, "limit": LIMIT, "offset": offset, "searchText": ""}
    return Request(
        url=f"{seat.api}/jobs",
        method="POST",
        headers=_JSON,
        body=msgspec.json.encode(body),
        context=context,
    )


def split(response: Response, board: Board) -> Page:
    """Take a page of heads apart, and follow to the next page and to each posting.

    Raises:
        PayloadError: the body is neither a page nor a posting, or not the posting asked for, or
            holds no heads although it counts some.
    """
    answer = decode(response, board, dict[str, Any])
    if "jobPostingInfo" in answer:
        return _single(answer, response, board)
    try:
        envelope = msgspec.convert(answer, Envelope)
    except msgspec.ValidationError as error:
        words = answer.get("message") or answer.get("errorCode") or error
        raise refused(f"no postings but: {str(words)[:200]}", board) from error
    context = response.request.context
    offset = int(context.get("offset", "0"))
    rows, total = envelope.jobPostings, envelope.total
    if not rows and (total is None or total > offset):
        raise refused(f"no postings from {offset}, although it counts {total}", board)
    if offset and rows and _first(rows) in (context.get("first"), context.get("before")):
        return Page(records=[], complete=False)  # it begins anew: nobody knows what is left
    return _page(rows, int(context.get("total", total or 0)), response, board)


def _page(rows: list[Any], total: int, response: Response, board: Board) -> Page:
    """Return the rows and what must be asked next; `total` is that of the first page."""
    context, (seat, _path) = response.request.context, _asked(response, board)
    after = int(context.get("offset", "0")) + len(rows)
    added = _added(seat, response, board)
    records = [{**row, **added} if isinstance(row, dict) else row for row in rows]
    follow = [_detail(seat, row["externalPath"]) for row in rows if _leads(row)]
    if len(rows) < LIMIT:
        return Page(records=records, follow=follow, complete=after >= total)
    if after < CAP:
        first = _first(rows)
        kept = {"first": context.get("first", first), "before": first}
        more = {"offset": str(after), "total": str(total), **kept}
        follow.insert(0, _list(seat, after, more))
    return Page(records=records, follow=follow, complete=max(total, after) < CAP)


def _added(seat: Seat, response: Response, board: Board) -> dict[str, str]:
    """Return what a record does not say itself: its site, and the day its age counts from."""
    return {"site": _pages(seat, board), "as_of": response.fetched_at.date().isoformat()}


def _pages(seat: Seat, board: Board) -> str:
    """Return the address of the careers site: the board's own, if that is a page."""
    page = urlsplit(board.url or "").path.rstrip("/")
    page = page if page and not page.startswith("/wday/") else f"/{seat.site}"
    return f"https://{seat.host}{page}"


def _leads(row: Any) -> bool:  # noqa: ANN401 - a row is what the board sent
    path = row.get("externalPath") if isinstance(row, dict) else None
    return isinstance(path, str) and path.startswith("/") and bool(name_of(path))


def _first(rows: list[Any]) -> str:
    row = rows[0]
    return str(row.get("externalPath") if isinstance(row, dict) else row)


def _detail(seat: Seat, path: str) -> Request:
    return Request(
        url=f"{seat.api}{path}",
        headers={"Accept": "application/json"},
        optional=True,
        context={"identifier": name_of(path)},
    )


def _asked(response: Response, board: Board) -> tuple[Seat, str]:
    """Return where the answer came from; a board called "tenant/site" does not say its host."""
    address = urlsplit(response.request.url)
    found = _API.match(address.path)
    if not found:
        return _seat(board), ""
    return Seat(address.netloc, found[1], found[2]), found[3]


def _single(answer: dict[str, Any], response: Response, board: Board) -> Page:
    info = answer["jobPostingInfo"]
    asked = response.request.context.get("identifier")
    name = str(info.get("jobPostingId") or "").strip() if isinstance(info, dict) else ""
    if not name:
        raise refused("a posting without a name", board)
    if asked not in (None, name):
        raise refused(f"posting {asked} was asked for, {name} came", board)
    seat, path = _asked(response, board)
    organization = answer.get("hiringOrganization")
    record = {"info": info, "organization": organization, "path": path}
    record |= _added(seat, response, board)
    return Page(records=[record], complete=asked is not None)


SOURCE = Source(
    name="workday",
    homepage="https://www.workday.com",
    documentation="https://github.com/colophon-group/jobseek",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Workday",
        read_at="the API behind the public careers sites, .../wday/cxs/{tenant}/{site}/jobs; no"
        " documentation of it and no terms for its readers are published",
        read_on="2026-11-25",
        min_interval_s=6 * 3600.0,
        note="What employers publish on their careers sites, asked for as those sites ask. Bursts"
        " are answered with 429, and every posting is a request of its own: a board is read four"
        " times a day.",
    ),
    start=start,
    split=split,
    posting=posting,
)
