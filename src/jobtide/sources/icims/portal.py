"""The career portal on {tenant}.icims.com: pages of job cards."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

import msgspec
from lxml import html

from jobtide import dates, schema_org
from jobtide.answers import parse_html
from jobtide.model import Board, Page, Posting, Reject, Request, Response
from jobtide.sources import next_page, refused, stated
from jobtide.text import decoded, squeeze

#: Pages of a portal that are asked for, of 20 to 50 cards; the longest measured has 77.
MOST_PAGES = 150
_JOB = re.compile(r"/jobs/(\d{1,12})(?:/|\?|$)")
_QUERY_END = re.compile(r"[?#].*\Z", re.DOTALL)


class Card(msgspec.Struct):
    """What one card of the list says. The labels are each employer's own words."""

    id: str
    title: str
    url: str
    as_of: str  #: ISO date the ages count from
    fields: dict[str, str] = {}  #: by label: "Job Locations", "Posted Date", "Category"
    excerpt: str | None = None


def page_url(host: str, page: int) -> str:
    """Return the address of a page, counted from one; `in_iframe` leaves out the frame around."""
    return f"https://{host}/jobs/search?ss=1&in_iframe=1&pr={page - 1}"


def split(response: Response, board: Board, host: str) -> Page | None:
    """Take a page of cards apart; None when it has no card and may be some other page.

    Raises:
        PayloadError: the page keeps programs out, or is empty.
    """
    text = decoded(response.body).replace("\x00", "")
    if not text.strip():
        raise refused("the answer is empty", board)
    if complaint := schema_org.challenge(response.body):
        raise refused(f"a page that keeps programs out: {complaint!r}", board)
    try:
        tree = parse_html(f"<html><body>{text}</body></html>")
    except ValueError as error:
        raise refused(str(error), board) from error
    as_of = response.fetched_at.date().isoformat()
    cards = [card for element in tree.iterfind(".//li") if (card := _card(element, host, as_of))]
    if not cards:
        last = int(response.request.context.get("page", "1")) > 1
        return Page(records=[]) if last else None
    records = [msgspec.to_builtins(card) for card in cards]
    follow = [_detail(card) for card in cards]
    if _has_next(tree) and (context := next_page(response, records, most=MOST_PAGES)):
        follow.insert(0, Request(url=page_url(host, int(context["page"])), context=context))
    return Page(records=records, follow=follow)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one card in our words; the job's own page says the rest."""
    card = msgspec.convert(record, Card)
    if not stated(card.title):
        return Reject(
            source="icims", board=board.token, identifier=card.id, step="read", reason="no_title"
        )
    lines = _places(_field(card, "location"))
    age = dates.from_age(_field(card, "posted", "date") or "", date.fromisoformat(card.as_of))
    arrangement = _field(card, "remote", "work arrangement", "workplace")
    return Posting(
        source="icims",
        board=board.token,
        identifier=card.id,
        url=card.url,
        title=card.title,
        hiring_organization=organization(board),
        description=card.excerpt or "",
        description_complete=False,
        date_posted=datetime.combine(age, time(), UTC) if age else None,
        requisition=_field(card, "job id", "requisition id", "req id", "requisition #"),
        occupational_category=_one(_field(card, "category", "department")),
        employment_type_text=_field(card, "position type", "job type", "employment type", "type"),
        location_text="; ".join(lines) or None,
        job_locations=lines,
        arrangement_text=arrangement and f"remote: {arrangement}",
        salary_text=_field(card, "salary", "pay range", "compensation", "pay rate"),
    )


def job_number(url: str) -> str | None:
    """Return the number of the job a page of the portal is about."""
    found = _JOB.search(url)
    return found[1] if found else None


def job_url(url: str) -> str:
    """Return the address of a job's page as people open it."""
    return re.sub(r"/login\Z", "/job", _QUERY_END.sub("", url))


def organization(board: Board) -> str:
    """Return the employer's name, or the tenant's, which is like it."""
    tenant = board.token.lower().removesuffix(".icims.com").removesuffix(".jibeapply.com")
    return board.organization or re.sub(r"\A(?:careers?|jobs?)[-.]", "", tenant)


def _card(element: html.HtmlElement, host: str, as_of: str) -> Card | None:
    """Return what a list item says, if it is a card: it links to a job of this portal."""
    if "iCIMS_JobCardItem" not in (element.get("class") or ""):
        return None
    for anchor in element.iter("a"):
        url = _whole(anchor.get("href") or "", host)
        number = job_number(url)
        if number is None:
            continue
        heading = next(anchor.iter("h1", "h2", "h3", "h4"), None)
        title = heading.text_content() if heading is not None else anchor.get("title") or ""
        if heading is None:
            title = re.sub(rf"\A\s*{number}\s*-\s*", "", title)
        texts = element.find_class("description")
        excerpt = squeeze(texts[0].text_content()) if texts else ""
        return Card(number, squeeze(title), job_url(url), as_of, _fields(element), excerpt or None)
    return None


def _whole(link: str, host: str) -> str:
    return f"https://{host}{link}" if link.startswith("/") else link


def _fields(card: html.HtmlElement) -> dict[str, str]:
    """Return the labelled values: a label for screen readers before a value, or a <dt>, <dd>."""
    fields: dict[str, str] = {}
    for label in [*card.find_class("field-label"), *card.iter("dt")]:
        value = label.getnext()
        if value is not None and isinstance(value.tag, str) and value.tag != "h3":
            words = squeeze(value.text_content())
            if words:
                fields.setdefault(squeeze(label.text_content())[:80], words)
    return fields


def _field(card: Card, *labels: str) -> str | None:
    """Return the value whose label holds one of these words; labels are told in that order."""
    for wanted in labels:
        for label, value in card.fields.items():
            if wanted in label.lower():
                return value
    return None


def _places(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in (text or "").split("|") if one.strip()))


def _one(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _detail(card: Card) -> Request:
    return Request(url=f"{card.url}?in_iframe=1", optional=True, context={"identifier": card.id})


def _has_next(tree: html.HtmlElement) -> bool:
    """Tell whether the page names one after it; the last one names none."""
    return any((link.get("rel") or "").lower() == "next" for link in tree.iter("link", "a"))
