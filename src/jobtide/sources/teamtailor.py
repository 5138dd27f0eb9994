"""
Teamtailor, an applicant tracking system: the careers site's RSS feed, a hundred items a page, or
its JSON Feed, where the board's address ends in ".json".

Both are served on an employer's own domain as well. The RSS feed says which jobs are remote; the
JSON Feed holds a schema.org JobPosting instead. An item has the same guid in both.
https://support.teamtailor.com/en/articles/11171756-rss-feed-how-to-guide
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import msgspec

from jobtide import dates, schema_org
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, next_page, parse_xml, refused, stated
from jobtide.text import holds

if TYPE_CHECKING:
    from lxml import etree

#: Items a page, the most there are; a page with fewer is the last.
LIMIT = 100
#: No employer has as many; it ends a feed that does not end.
MOST_PAGES = 50
#: Elements of Teamtailor's own: places, department, role, division.
_TT = "{https://teamtailor.com/locations}"


class Place(msgspec.Struct):
    """A place of either feed, in the words of the RSS feed."""

    name: str | None = None  #: what the employer calls it: "Head Office"
    city: str | None = None
    country: str | None = None  #: "Sweden" in RSS, "SE" in JSON


class Item(msgspec.Struct):
    """The fields we read of an item of the RSS feed, and what `split` adds."""

    guid: str
    title: str
    link: str
    description: str | None = None  #: HTML
    pubDate: str | None = None
    remoteStatus: str | None = None  #: "none", "hybrid", "onsite", "temporary", "fully"
    department: str | None = None
    role: str | None = None
    division: str | None = None
    locations: list[Place] = []
    feed: str | None = None  #: the feed's title: the employer


class FeedItem(msgspec.Struct):
    """The fields we read of an item of the JSON Feed, and what `split` adds."""

    id: str
    title: str
    url: str
    content_html: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    job: dict[str, Any] | None = msgspec.field(default=None, name="_jobposting")
    feed: str | None = None


class Feed(msgspec.Struct):
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/"""

    version: str
    items: list[Any]
    title: str | None = None
    next_url: str | None = None


def start(board: Board) -> Request:
    """Ask for the first page of the RSS feed, or for the JSON Feed."""
    if (board.url or "").split("?", 1)[0].endswith(".json"):
        return Request(url=board.url or "")
    return _page(board, 0, {})


def _page(board: Board, offset: int, context: dict[str, str]) -> Request:
    address = urlsplit(board.url or "")
    site = f"https://{quote(board.token, safe='')}.teamtailor.com"
    if address.netloc:
        site = f"{address.scheme}://{address.netloc}"
    return Request(url=f"{site}/jobs.rss?offset={offset}&per_page={LIMIT}", context=context)


def split(response: Response, board: Board) -> Page:
    """Take either feed apart into one record an item, and follow to its next page.

    Raises:
        PayloadError: the body is neither feed.
    """
    if response.body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return _json(response, board)
    root, whole = parse_xml(response, board)
    channel = root.find("channel") if root.tag == "rss" else None
    if channel is None:
        raise refused(f"no RSS feed but <{root.tag}>", board)
    feed = channel.findtext("title")
    records = [_record(item, feed) for item in channel.iterfind("item")]
    context = response.request.context
    more = next_page(response, records, most=MOST_PAGES)
    last = len(records) < LIMIT
    if records and more is None:  # the page before comes again, or there are too many
        over = int(context.get("page", "1")) >= MOST_PAGES
        return Page(records=records if over else [], complete=over and last and whole)
    if last or more is None:
        return Page(records=records, complete=whole)
    offset = int(context.get("offset", "0")) + len(records)
    follow = _page(board, offset, {**more, "offset": str(offset)})
    return Page(records=records, follow=[follow], complete=whole)


def _record(item: "etree._Element", feed: str | None) -> dict[str, Any]:
    """Return the item as text by element name, so that a record is plain data."""
    record: dict[str, Any] = {"feed": feed, "locations": []}
    for child in item.iterchildren("*"):
        name = str(child.tag).removeprefix(_TT)
        if name == "locations":
            record["locations"] = [
                {str(part.tag).removeprefix(_TT): part.text for part in place.iterchildren("*")}
                for place in child.iterchildren(f"{_TT}location")
            ]
        elif "{" not in name:
            record.setdefault(name, "".join(map(str, child.itertext())))
    return record


def _json(response: Response, board: Board) -> Page:
    feed = decode(response, board, Feed)
    if "jsonfeed.org" not in feed.version:
        raise refused(f"no JSON Feed but {feed.version[:80]!r}", board)
    rows = [{**row, "feed": feed.title} if isinstance(row, dict) else row for row in feed.items]
    more = next_page(response, rows, most=MOST_PAGES) if stated(feed.next_url) else None
    if more is None:
        return Page(records=rows, complete=not stated(feed.next_url))
    return Page(records=rows, follow=[Request(url=feed.next_url or "", context=more)])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one item of either feed in our words; guess nothing, clean nothing."""
    if "guid" in record:
        return _of_rss(msgspec.convert(record, Item), board)
    return _of_json(msgspec.convert(record, FeedItem), board)


def _untitled(identifier: str, board: Board) -> Reject:
    return Reject(
        source="teamtailor",
        board=board.token,
        identifier=identifier or None,
        step="read",
        reason="no_title" if identifier else "bad_record",
    )


def _of_rss(item: Item, board: Board) -> Posting | Reject:
    identifier = item.guid.strip()
    if not identifier or not stated(item.link) or not stated(item.title):
        return _untitled(identifier, board)
    description = stated(item.description) or ""
    groups = (item.department, item.role, item.division)
    return Posting(
        source="teamtailor",
        board=board.token,
        identifier=identifier,
        url=item.link.strip(),
        title=item.title,
        hiring_organization=board.organization or stated(item.feed) or board.token,
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(item.pubDate or ""),
        occupational_category=tuple(
            dict.fromkeys(group for group in groups if group and stated(group))
        ),
        location_text=_joined(map(_line, item.locations)),
        job_locations=_places(item.locations),
        arrangement_text=_arrangement((item.remoteStatus or "").strip()),
    )


def _line(place: Place) -> str | None:
    """Return the place as a reader sees it: its name, with what the name does not say."""
    name = (stated(place.name) or "").strip()
    more = [part.strip() for part in (place.city, place.country) if part and stated(part)]
    missing = (part for part in more if not holds(name, part))
    return ", ".join(filter(None, (name, *missing))) or None


def _places(locations: list[Place]) -> tuple[str, ...]:
    """Return city and country of each place; its name is the employer's own, often an office."""
    lines = []
    for place in locations:
        first = stated(place.city) or stated(place.name)
        parts = [part.strip() for part in (first, place.country) if part and stated(part)]
        lines.append(", ".join(parts))
    return tuple(dict.fromkeys(filter(None, lines)))


def _joined(lines: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(line for line in lines if line)) or None


def _arrangement(status: str) -> str | None:
    """Return the status as it is written; "none" is what nobody filled in (80% of one board).

    "temporary" stands alone: a job that is remote for now is not a remote job.
    """
    if status in ("", "none"):
        return None
    return status if status == "temporary" else f"remoteStatus: {status}"


def _of_json(item: FeedItem, board: Board) -> Posting | Reject:
    """Read the JobPosting, which has all but the text; the item's own fields come first."""
    identifier = item.id.strip()
    if not identifier or not stated(item.url) or not stated(item.title):
        return _untitled(identifier, board)
    url = item.url.strip()
    origin = schema_org.Origin(
        source="teamtailor", board=board.token, page=url, organization=board.organization
    )
    node = {**schema_org.named(item.job or {}), "title": item.title}
    said = schema_org.posting(_without_regions(node), origin)
    if isinstance(said, Reject):
        return _untitled(identifier, board)
    description = stated(item.content_html) or said.description
    return msgspec.structs.replace(
        said,
        identifier=identifier,
        url=url,
        title=item.title,
        hiring_organization=said.hiring_organization or stated(item.feed) or board.token,
        description=description,
        description_complete=bool(description),
        date_posted=dates.parse(item.date_published or "") or said.date_posted,
        date_modified=dates.parse(item.date_modified or "") or said.date_modified,
        requisition=None,  # it is Teamtailor's number of the posting, not the employer's
    )


def _without_regions(node: dict[str, Any]) -> dict[str, Any]:
    """Drop regions of places that name a city: they are the employer's groups of offices, as
    "Europe" is for Madrid.
    """
    places = node.get("jobLocation")
    if not isinstance(places, list):
        return node
    return {**node, "jobLocation": [_without_region(place) for place in places]}


def _without_region(place: Any) -> Any:  # noqa: ANN401 - any JSON
    address = place.get("address") if isinstance(place, dict) else None
    if not isinstance(address, dict) or not address.get("addressLocality"):
        return place
    return {**place, "address": {**address, "addressRegion": None}}


SOURCE = Source(
    name="teamtailor",
    homepage="https://www.teamtailor.com",
    documentation="https://support.teamtailor.com/en/articles/11171756-rss-feed-how-to-guide",
    kind="ats",
    window=False,
    terms=Terms(
        credit="Teamtailor",
        read_at="https://support.teamtailor.com/en/articles/11171756-rss-feed-how-to-guide",
        read_on="2026-11-25",
        min_interval_s=3600.0,
        note="The feeds exist to show an employer's jobs elsewhere and need no key; they state no"
        " limit: one read a board and hour is ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
