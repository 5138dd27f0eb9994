"""
What no XML parser reads to its end, read by feedparser.

An XML parser that goes on after an error drops what stands around it; feedparser reads such text
as a browser would, but gives up earlier. Whoever finds more entries is believed.
"""

import io
from typing import Any

from jobtide.sources.feed.entries import FIELDS

#: Its loose parser takes two seconds a megabyte, five where every element is broken (measured,
#: feedparser 6.0.14); larger damaged feeds are read as XML alone.
MOST_BYTES = 2 * 2**20
_RENAMED = {"summary": "description", "id": "guid", "author": "creator_name"}


def rescued(text: str) -> list[dict[str, Any]]:
    """Return the entries feedparser finds; it fetches nothing when it is given a stream."""
    import feedparser  # slow to load, and rarely needed

    body = text.encode()
    if len(body) > MOST_BYTES:
        return []
    try:
        feed = feedparser.parse(
            io.BytesIO(body),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError):
        return []  # seen to fail on binary noise (its issues 62, 104 and 257)
    return [_record(entry) for entry in feed.entries]


def _record(entry: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key, value in entry.items():
        name = _RENAMED.get(key, key).removeprefix("job_listing_")
        field = FIELDS.get(name, name if name in ("link", "company") else None)
        if field and isinstance(value, str) and value.strip():
            record.setdefault(field, value)
    bodies = [part.get("value") for part in entry.get("content") or () if isinstance(part, dict)]
    if bodies and isinstance(bodies[0], str):
        record["content"] = bodies[0]
    tags = [tag.get("term") for tag in entry.get("tags") or ()]
    record["categories"] = [tag for tag in tags if isinstance(tag, str) and tag.strip()]
    media = [one.get("url") for one in entry.get("media_content") or ()]
    if media and isinstance(media[0], str):
        record["image"] = media[0]
    if isinstance(entry.get("author"), str) and "<" in entry["author"]:
        record.setdefault("creator", entry["author"])  # "Company<br>⚲ Place"
    return record
