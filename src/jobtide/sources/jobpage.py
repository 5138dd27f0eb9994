"""
Job pages: lists of jobs that somebody publishes as a Markdown or HTML page of cards.

Read are the layouts of a family of README pages from 2022 to 2026, so that an old list can be
imported. A card is a table row holding a logo, the company (h5) and title (h3), tags (code), an
age and an Apply link, with a second row for the folded description; cards are glued by commas,
attributes stand without quotes, "undefined" and "NaN days ago" are printed for what is missing.

Ages count from the day the page was made: `split` takes it from `request.context["as_of"]` (an
ISO date), else from the day the page was fetched. `board_of` (jobtide.sources) says which board
a card's Apply link leads to, hence who must be credited.
"""

import json
import re
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import msgspec
from lxml import html

from jobtide import dates
from jobtide.answers import parse_html
from jobtide.errors import ConfigError
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, board_of, refused, stated
from jobtide.text import stable_hash

_WHITE = (
    " \t\r\n"  #: what templates indent with; U+00A0 and U+0085 can be halves of broken letters
)
_MISSING = ("", "undefined", "null", "NaN")  #: how JavaScript prints what is not there
_ROW = re.compile(r"<tr\b", re.I)
_ROW_END = re.compile(r"</tr\s*>", re.I)
_HEADER_END = re.compile(r"</tr\s*>|<details\b", re.I)
_CELL = re.compile(r"<td\b", re.I)
_APPLY = re.compile(r">\s*Apply\s*</a\s*>", re.I)
_HEADING = re.compile(r"<h[1-6]\b", re.I)
_SUMMARY = re.compile(r"<summary\b[^>]*>[^<]*</summary\s*>", re.I)
_DETAILS_END = re.compile(r"</details\s*>", re.I)
_DOCUMENT = re.compile(r"<!doctype|<html|<title", re.I)
#: "...png/" where the template glued the closing slash to an address without quotes.
_GLUED_SLASH = re.compile(r"(?<=\.(?:png|jpg|gif|svg))/$|(?<=\.(?:jpeg|webp))/$", re.I)
#: The boards that take no jobs but remote ones.
_REMOTE_ONLY = ("remoteok", "remotive", "weworkremotely")


class Card(msgspec.Struct):
    """One card of a page, as plain text; None where the page says nothing or "undefined"."""

    row: int  #: 1 for the first card of the page
    company: str | None = None
    title: str | None = None  #: the oldest layout has none
    tags: list[str] = []
    age_text: str | None = None  #: "10 days ago"; an ISO timestamp in the oldest layout
    apply_url: str | None = None
    logo_url: str | None = None
    description_html: str | None = None
    as_of: str | None = None  #: ISO date the ages count from


def start(board: Board) -> Request:
    """Ask for the page at the board's address.

    Raises:
        ConfigError: the board has no address.
    """
    if not board.url:
        raise ConfigError(f"{board.key}: a job page needs its address (url)")
    return Request(url=board.url)


def split(response: Response, board: Board) -> Page:
    """Take the page apart into one record a card.

    Raises:
        PayloadError: the body is no such page. One without cards is one all the same, if it is
            Markdown; a whole HTML document without cards is some other page.
    """
    as_of = response.request.context.get("as_of") or response.fetched_at.date().isoformat()
    text = _decoded(response.body, board)
    records = [_card(card, row, as_of) for row, card in enumerate(_cards(text), start=1)]
    if not records and (complaint := _no_page(text)):
        raise refused(complaint, board)
    return Page(records=records)


def read_page(body: bytes, as_of: date, page_name: str) -> Page:
    """Return the cards of the job page `body`, made on the day `as_of` and called `page_name`.

    Raises:
        PayloadError: the body is no job page.
    """
    request = Request(url="", context={"as_of": as_of.isoformat()})
    made_at = datetime.combine(as_of, time(), UTC)
    response = Response(request=request, body=body, fetched_at=made_at)
    return split(response, Board(source="jobpage", token=page_name))


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one card in our words; a card without title or link is none."""
    card = msgspec.convert(record, Card)
    link = card.apply_url or ""
    if not card.title or urlsplit(link).scheme not in ("http", "https"):
        return Reject(
            source="jobpage",
            board=board.token,
            identifier=str(card.row),
            step="read",
            reason="no_title" if link and not card.title else "not_a_job",
            detail=f"row {card.row}: {card.company or 'no company'}, {link or 'no link'}"[:500],
        )
    description = card.description_html or ""
    return Posting(
        source="jobpage",
        board=board.token,
        identifier=f"{stable_hash(f'{link} {card.title}'):016x}",
        url=link,
        title=card.title,
        hiring_organization=card.company,
        logo_url=card.logo_url,
        description=description,
        description_complete=bool(description) and not description.endswith(("...", "…")),
        date_posted=_posted(card),
        tags=tuple(card.tags),
        arrangement_text="remote" if board_of(link) in _REMOTE_ONLY else None,
    )


def _posted(card: Card) -> datetime | None:
    if not card.age_text:
        return None
    if moment := dates.parse(card.age_text):
        return moment
    day = dates.from_age(card.age_text, date.fromisoformat(card.as_of)) if card.as_of else None
    return datetime.combine(day, time(), UTC) if day else None


def _decoded(body: bytes, board: Board) -> str:
    if not body:
        raise refused("the page is empty", board)
    if body.startswith(b"\x1f\x8b"):
        raise refused("the page is compressed: unpack it first", board)
    return body.decode("utf-8-sig", "replace").replace("\x00", "")


def _cards(text: str) -> list[str]:
    """Return the text of each card, from its row to the row of the next card.

    The page is cut as text, not as a tree: descriptions hold tables, and tags that never close,
    and would swallow their neighbours.
    """
    rows = [found.start() for found in _ROW.finditer(text)]
    cut = pairwise([*rows, len(text)])
    cards = [start for start, end in cut if _begins_card(text[start:end])]
    return [text[start:end] for start, end in pairwise([*cards, len(text)])]


def _begins_card(row: str) -> bool:
    """Tell a card's first row from rows of a description, which can hold headings and links."""
    header = _HEADER_END.split(row, maxsplit=1)[0]
    cells = len(_CELL.findall(header))
    return cells >= 4 and bool(_APPLY.search(header) and _HEADING.search(header))


def _card(text: str, row: int, as_of: str) -> dict[str, Any]:
    header, _, rest = _partition(_ROW_END, text)
    try:
        tree = parse_html(f"<table>{header}</tr></table>")
    except ValueError:  # a row no page has: it is a record without a title, and refused as one
        tree = parse_html("<table></table>")
    company = _words(tree.find(".//h5"))
    title = _words(tree.find(".//h3"))
    if tree.find(".//h5") is None:  # the oldest layout: its only heading is the company
        company, title = title, None
    card = Card(
        row=row,
        company=company,
        title=title,
        tags=_tags(tree),
        age_text=_words(tree.find(".//text")) or _last_words(tree),
        apply_url=_link(tree),
        logo_url=_GLUED_SLASH.sub("", _address(tree.find(".//img"), "src") or "") or None,
        description_html=_description(rest),
        as_of=as_of,
    )
    return msgspec.structs.asdict(card)


def _partition(pattern: re.Pattern[str], text: str) -> tuple[str, str, str]:
    found = pattern.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _description(rest: str) -> str | None:
    """Return what is folded under the card; descriptions may hold <details> of their own."""
    _, summary, folded = _partition(_SUMMARY, rest)
    if not summary:
        return None
    ends = list(_DETAILS_END.finditer(folded))
    return _said(folded[: ends[-1].start()] if ends else folded)


def _tags(tree: html.HtmlElement) -> list[str]:
    texts = [code.text_content() for code in tree.iterfind(".//code")]
    return [tag for text in texts for part in text.split(",") if (tag := _said(part))]


def _link(tree: html.HtmlElement) -> str | None:
    links = [a for a in tree.iterfind(".//a") if a.text_content().strip().lower() == "apply"]
    return _address(links[-1], "href") if links else None


def _address(element: html.HtmlElement | None, attribute: str) -> str | None:
    return None if element is None else _said(element.get(attribute) or "")


def _last_words(tree: html.HtmlElement) -> str | None:
    """Return the text of the last cell but one: where the age stands in every layout."""
    cells = tree.findall(".//td")
    return _words(cells[-2]) if len(cells) > 3 else None


def _words(element: html.HtmlElement | None) -> str | None:
    return None if element is None else _said(element.text_content())


def _said(text: str) -> str | None:
    text = text.strip(_WHITE)
    return None if text in _MISSING else stated(text)


def _no_page(text: str) -> str | None:
    """Return why a text without cards cannot be a job page, or None."""
    if _DOCUMENT.search(text[:2000]):
        return "a page without job cards"
    if text.lstrip().startswith("{"):
        return "data, not a page"
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return None
    return "data, not a page"


SOURCE = Source(
    name="jobpage",
    homepage="https://github.com/Nithur-M/work-from-anywhere",
    documentation="https://github.com/Nithur-M/work-from-anywhere",
    kind="page",
    window=True,
    terms=Terms(
        credit="the board each job links to",
        read_at="the terms of Remote OK, We Work Remotely and Remotive, see those sources",
        read_on="2026-08-05",
        follow=True,
        logo=False,
        description="excerpt",
        structured_data=False,
        syndication=False,
        min_interval_s=3600.0,
        note="Such pages pass on jobs of several boards, so the strictest term of each holds."
        " Credit the board that `board_of` finds behind the link.",
    ),
    start=start,
    split=split,
    posting=posting,
)
