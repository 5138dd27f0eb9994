"""
We Work Remotely, a job board for remote work: RSS 2.0 feeds with elements of its own.

The main feed holds the newest hundred or so, a feed of each category more of that category.
https://weworkremotely.com/remote-job-rss-feed
"""

import io
import re
from typing import Any
from urllib.parse import urlsplit

import msgspec
from lxml import etree

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, parse_xml, refused, stated

SITE = "https://weworkremotely.com"

#: The category feeds, by the slug in their address (read from links to them, August 2026).
CATEGORIES = (
    "remote-programming-jobs",
    "remote-full-stack-programming-jobs",
    "remote-front-end-programming-jobs",
    "remote-back-end-programming-jobs",
    "remote-devops-sysadmin-jobs",
    "remote-design-jobs",
    "remote-product-jobs",
    "remote-management-and-finance-jobs",
    "remote-sales-and-marketing-jobs",
    "remote-customer-support-jobs",
    "remote-copywriting-jobs",
    "all-other-remote-jobs",
)
#: Old slugs answer 301 with an empty body, so whoever still lists one is sent on at once.
MOVED = {"remote-business-management-jobs": "remote-management-and-finance-jobs"}

#: The namespace is declared without the slash that Yahoo's definition ends with; both are read.
_MEDIA = ("{http://search.yahoo.com/mrss}content", "{http://search.yahoo.com/mrss/}content")
#: "🇺🇸 United States of America, 🇨🇦 Canada": names hold commas too, so a flag must follow.
_NEXT_FLAG = re.compile("\\s*,\\s*(?=[\U0001f1e6-\U0001f1ff])")


class Item(msgspec.Struct):
    """The elements we read of one item. A feed of June 2026 has about half of them."""

    title: str  #: "Company: Role"
    link: str | None = None
    guid: str | None = None  #: the same address as `link`
    description: str | None = None  #: HTML, beginning with the logo and "Headquarters: ... URL:"
    category: list[str] = []
    region: str | None = None  #: where one may live: "Anywhere in the World"
    country: str | None = None  #: flag and name, a comma list
    state: str | None = None  #: where the employer sits: it agrees with "Headquarters"
    skills: str | None = None  #: a comma list
    type: str | None = None  #: "Full-Time", "Contract"
    pubDate: str | None = None
    expires_at: str | None = None  #: RFC 822 as well
    logo: str | None = None  #: media:content@url


def start(board: Board) -> Request:
    """Ask for the main feed, or for that of the category the board is called after."""
    if board.token == "main":  # noqa: S105 - no secret
        return Request(url=f"{SITE}/remote-jobs.rss")
    return Request(url=f"{SITE}/categories/{MOVED.get(board.token, board.token)}.rss")


def split(response: Response, board: Board) -> Page:
    """Take the feed apart into one record an item.

    Raises:
        PayloadError: the body is no feed, or has no item; old slugs answer with an empty body.
    """
    root, whole = parse_xml(response, board)
    items = root.iterfind("./channel/item") if whole else root.iter("item")  # unclosed ones nest
    records = [_record(item) for item in items]
    if not whole:
        # An XML parser that goes on after an error drops the entities around it; feedparser does
        # not, but gives up earlier. The address comes last: an item without it was cut short.
        records = max(_salvaged(response.body), list(filter(_address, records)), key=len)
    if not records:
        raise refused("a feed without items", board)
    return Page(records=records, complete=whole)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one item in our words; guess nothing, clean nothing."""
    item = msgspec.convert(record, Item)
    url = _address(record)
    identifier = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    company, title = _parted(item.title)
    if not identifier or not stated(title):
        return Reject(
            source="weworkremotely",
            board=board.token,
            identifier=identifier or None,
            step="read",
            reason="no_title" if identifier else "bad_record",
            detail=item.title[:200],
        )
    region, countries = stated(item.region), _countries(item.country)
    return Posting(
        source="weworkremotely",
        board=board.token,
        identifier=identifier,
        url=url,
        title=title,
        hiring_organization=company,
        logo_url=stated(item.logo),
        description=item.description or "",
        date_posted=dates.parse(item.pubDate or ""),
        valid_through=dates.parse(item.expires_at or ""),
        tags=tuple(skill.strip() for skill in (item.skills or "").split(",") if skill.strip()),
        occupational_category=tuple(name for name in item.category if stated(name)),
        employment_type_text=stated(item.type),
        location_text=region or stated(item.country) or stated(item.state),
        applicant_locations=((region,) if region else ()) + countries,
        arrangement_text="remote",  # the board takes no other jobs
    )


def _address(record: dict[str, Any]) -> str:
    return str(record.get("link") or record.get("guid") or "").strip()


def _parted(title: str) -> tuple[str | None, str]:
    """Part "Company: Role" at the first ": "; roles hold colons, companies hold commas."""
    company, colon, role = title.partition(": ")
    return (stated(company), role) if colon else (None, title)


def _countries(text: str | None) -> tuple[str, ...]:
    return tuple(name for name in _NEXT_FLAG.split(text or "") if stated(name))


def _record(item: etree._Element) -> dict[str, Any]:
    """Return the item as text by element name, so that a record is plain data."""
    record: dict[str, Any] = {"category": []}
    for child in item.iterchildren(etree.Element):
        name, text = str(child.tag), "".join(map(str, child.itertext()))
        if name == "category":
            record["category"].append(text)
        elif name in _MEDIA:
            record.setdefault("logo", child.get("url"))
        elif "{" not in name:
            record.setdefault(name, text)
    return record


def _salvaged(body: bytes) -> list[dict[str, Any]]:
    """Read with feedparser what no XML parser reads; it fetches nothing when given a stream."""
    import feedparser  # slow to load, and rarely needed

    feed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    renamed = {"summary": "description", "id": "guid", "published": "pubDate"}
    records = []
    for entry in feed.entries:
        texts = {key: text for key, text in entry.items() if isinstance(text, str)}
        record: dict[str, Any] = {renamed.get(key, key): text for key, text in texts.items()}
        record["category"] = [tag["term"] for tag in entry.get("tags", ()) if tag.get("term")]
        if media := entry.get("media_content"):
            record["logo"] = media[0].get("url")
        records.append(record)
    return list(filter(_address, records))


SOURCE = Source(
    name="weworkremotely",
    homepage=SITE,
    documentation=f"{SITE}/remote-job-rss-feed",
    kind="aggregator",
    window=True,
    boards=tuple(Board(source="weworkremotely", token=token) for token in ("main", *CATEGORIES)),
    terms=Terms(
        credit="We Work Remotely",
        read_at=f"{SITE}/remote-job-rss-feed and {SITE}/api-terms-and-guidelines",
        read_on="2026-08-03",
        apply_via_board=True,
        description="excerpt",
        structured_data=False,
        syndication=False,
        min_interval_s=3600.0,  # the feed's own <ttl>60</ttl>, in minutes
        note="The page of the feeds lets anyone use them who links back. The terms of the API"
        " refuse job search services, storing, and going past the board to apply; they are"
        " written for the API, but ask before building a business on the feeds.",
    ),
    start=start,
    split=split,
    posting=posting,
)
