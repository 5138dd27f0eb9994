"""
Feeds: RSS 2.0, Atom and JSON Feed of everything and of every search that is worth following.

One feed for all, and one for each category, country, employer and page of the settings, each in
three formats; an OPML file lists them. `render` is pure and reads no clock: while nothing happens
to its openings, a feed keeps its bytes.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from jobtide.model import File, Snapshot
from jobtide.publish.feeds.channels import Channel, channels
from jobtide.publish.feeds.items import Item, Maker
from jobtide.publish.feeds.jsonfeed import json_feed
from jobtide.publish.feeds.settings import FeedSettings
from jobtide.publish.feeds.xml import Head, atom, opml, rss

__all__ = ["FORMATS", "INDEX", "FeedSettings", "published_before", "render"]

#: Suffix -> how it is written.
FORMATS = {".rss": rss, ".atom": atom, ".json": json_feed}

#: The list of what was published: what is on it and no more written may be removed.
INDEX = "index.json"

#: An empty feed has not changed since its ids were made.
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)

_GROUPS = {
    "all": "Everything",
    "category": "Categories",
    "country": "Countries",
    "company": "Employers",
    "page": "Searches",
}


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One feed, as the list of feeds names it."""

    kind: str
    title: str
    query: str
    items: int
    files: tuple[str, ...]


def render(snapshot: Snapshot, settings: FeedSettings) -> Iterator[File]:
    """Yield every feed in every format, then the OPML file and the list of files."""
    maker = Maker(settings)
    groups: dict[str, list[Head]] = {}
    listed: list[Listed] = []
    for channel in channels(snapshot, settings):
        # The feeds of countries repeat each other: most of what is open to one is open to many.
        whole = 0 if channel.kind == "country" else settings.min_items
        items = maker.items(channel.openings, whole)
        for suffix, write in FORMATS.items():
            yield File(
                path=channel.path + suffix,
                body=write(_head(channel, items, settings, suffix), items),
            )
        groups.setdefault(_GROUPS[channel.kind], []).append(
            _head(channel, items, settings, ".rss", relative=True)
        )
        listed.append(
            Listed(
                kind=channel.kind,
                title=channel.title,
                query=channel.query,
                items=len(items),
                files=tuple(channel.path + suffix for suffix in FORMATS),
            )
        )
    yield File(path="feeds.opml", body=opml(settings.title, groups))
    body = msgspec.json.format(msgspec.json.encode(listed), indent=1) + b"\n"
    yield File(path=INDEX, body=body)


def published_before(body: bytes) -> list[str]:
    """Return the files an earlier list of feeds names; none when it cannot be read."""
    try:
        return [path for one in msgspec.json.decode(body, type=list[Listed]) for path in one.files]
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []


def _head(
    channel: Channel,
    items: list[Item],
    settings: FeedSettings,
    suffix: str,
    *,
    relative: bool = False,
) -> Head:
    """Return what stands above the items; without a home a feed has no address of its own."""
    base = settings.base if settings.base or not relative else ""
    said = f"Openings found by the search: {channel.query}" if channel.query else "All openings"
    return Head(
        id=f"tag:{settings.authority}:feed/{channel.path}",
        title=channel.title,
        link=settings.home,
        url=None if base is None else f"{base}{channel.path}{suffix}",
        description=said,
        author=settings.title,
        updated=max((item.updated for item in items), default=_NEVER),
    )
