"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), as msgspec structs."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from jobtide.publish.feeds.items import Item
from jobtide.publish.feeds.xml import Head

VERSION = "https://jsonfeed.org/version/1.1"


class Author(Struct, frozen=True, kw_only=True):
    """Who speaks."""

    name: str


class Credit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Our own object in an item: who must be named beside it, and where that leads."""

    attribution: str
    attribution_url: str | None = None


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item."""

    id: str
    title: str
    content_html: str
    url: str | None = None
    external_url: str | None = None
    summary: str | None = None
    date_published: datetime | None = None
    date_modified: datetime | None = None
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    credit: Credit | None = msgspec.field(name="_jobtide", default=None)


class Feed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole feed."""

    version: str
    title: str
    home_page_url: str | None = None
    feed_url: str | None = None
    description: str | None = None
    authors: tuple[Author, ...] = ()
    items: tuple[Entry, ...]


def json_feed(head: Head, items: Sequence[Item]) -> bytes:
    """Return the feed as JSON, one field a line, so that a difference can be read."""
    feed = Feed(
        version=VERSION,
        title=head.title,
        home_page_url=head.link,
        feed_url=head.url,
        description=head.description,
        authors=(Author(name=head.author),),
        items=tuple(_entry(item) for item in items),
    )
    body = msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"
    # Legal in JSON, but ends a line where the feed is read as JavaScript (ECMA-262 before 2019).
    return body.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")


def _entry(item: Item) -> Entry:
    return Entry(
        id=item.id,
        title=item.title,
        content_html=item.html,
        url=item.link,
        external_url=item.apply if item.apply != item.link else None,
        summary=item.summary,
        date_published=item.published,
        date_modified=item.updated,
        authors=(Author(name=item.author),),
        tags=item.tags,
        language=item.language,
        credit=Credit(attribution=item.credit.text, attribution_url=item.credit.url),
    )
