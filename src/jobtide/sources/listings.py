"""
The JSON file behind the well-known lists of jobs on GitHub: "listings.json".

Lists of internships and first jobs keep all their rows in one file, from which their README is
made; rows that ended stay in it, marked as not active. The board's address (url) is the raw file:
for SimplifyJobs/New-Grad-Positions .github/scripts/listings.json on its branch "dev".
https://github.com/SimplifyJobs/New-Grad-Positions/blob/dev/.github/scripts/util.py
"""

from typing import Any
from urllib.parse import urlsplit

import msgspec

from jobtide import dates
from jobtide.errors import ConfigError
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, refused, stated
from jobtide.text import stable_hash

#: Answers that say nothing, in `sponsorship` and `degrees`.
_NOTHING = frozenset(("", "other", "not specified", "unknown", "n/a"))


class Row(msgspec.Struct):
    """The fields we read of one row; `source`, who reported it, is nobody's business."""

    title: str
    url: str  #: where one applies
    id: str | None = None
    company_name: str | None = None
    company_url: str | None = None  #: a page of the list's maker, or the employer's site
    locations: list[str] | None = None  #: "Seattle, WA", "Remote in USA"
    date_posted: int | float | str | None = None  #: seconds
    date_updated: int | float | str | None = None  #: seconds; moves when the row ends too
    sponsorship: str | None = None  #: "Offers Sponsorship", "U.S. Citizenship is Required"
    season: str | None = None  #: "Summer"
    terms: list[str] | None = None  #: "Summer 2027"
    degrees: list[str] | None = None  #: "Bachelor's"
    category: str | None = None  #: "Software", "AI/ML/Data"
    opportunity_type: str | None = None  #: "Internship"


def start(board: Board) -> Request:
    """Ask for the file at the board's address.

    Raises:
        ConfigError: the board has no address.
    """
    if not board.url:
        raise ConfigError(f"{board.key}: a list needs the address of its JSON file (url)")
    return Request(url=board.url)


def split(response: Response, board: Board) -> Page:
    """Take the file apart; rows that ended or are hidden are not listed any more.

    Raises:
        PayloadError: the file is no such list, or an empty one: rows that ended stay in it.
    """
    rows = decode(response, board, list[Any])
    if not any(isinstance(row, dict) and {"title", "url"} <= row.keys() for row in rows):
        raise refused("no row with a title and an address", board)
    return Page(records=[row for row in rows if _listed(row)])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one row in our words; guess nothing, clean nothing."""
    row = msgspec.convert(record, Row)
    identifier = (row.id or "").strip() or f"{stable_hash(row.url):016x}"
    linked = urlsplit(row.url).scheme in ("http", "https")
    if not linked or not stated(row.title):
        return Reject(
            source="listings",
            board=board.token,
            identifier=identifier,
            step="read",
            reason="no_title" if linked else "bad_record",
            detail=row.url[:200],
        )
    lines = tuple(dict.fromkeys(line for line in row.locations or () if stated(line)))
    notes = (row.season, *(row.terms or ()), *(row.degrees or ()), row.sponsorship)
    tags = (note for note in notes if note and note.strip().lower() not in _NOTHING)
    return Posting(
        source="listings",
        board=board.token,
        identifier=identifier,
        url=row.url,
        title=row.title,
        hiring_organization=stated(row.company_name),
        organization_url=_home(row.company_url),
        description_complete=False,
        date_posted=dates.from_epoch(row.date_posted or 0),
        date_modified=dates.from_epoch(row.date_updated or 0),
        tags=tuple(dict.fromkeys(tags)),
        occupational_category=(row.category,) if row.category and stated(row.category) else (),
        employment_type_text=stated(row.opportunity_type),
        location_text="; ".join(lines) or None,
        job_locations=lines,
    )


def _listed(row: Any) -> bool:  # noqa: ANN401 - a raw record
    return not isinstance(row, dict) or not (
        row.get("active") is False or row.get("is_visible") is False
    )


def _home(url: str | None) -> str | None:
    """Return the employer's site, unless it is a page about the employer on Simplify."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return None if not host or f".{host}".endswith(".simplify.jobs") else url


SOURCE = Source(
    name="listings",
    homepage="https://github.com/SimplifyJobs/New-Grad-Positions",
    documentation="https://github.com/SimplifyJobs/New-Grad-Positions/blob/dev/CONTRIBUTING.md",
    kind="aggregator",
    window=False,
    terms=Terms(
        credit="the list on GitHub",
        read_at="the repository of each list: whoever adds it reads its licence",
        read_on="2026-11-25",
        logo=False,
        description="excerpt",
        structured_data=False,
        syndication=False,
        min_interval_s=3600.0,
        note="Such lists have no licence for their rows unless they say so. They hold facts and a"
        " link to the employer, no descriptions; link back to the list.",
    ),
    start=start,
    split=split,
    posting=posting,
)
