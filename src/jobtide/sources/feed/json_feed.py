"""JSON Feed (https://www.jsonfeed.org/version/1.1/) as the records of any other feed."""

from typing import Any

import msgspec

from jobtide import schema_org
from jobtide.model import Board, Response
from jobtide.sources import decode, refused

_VERSION = "https://jsonfeed.org/version/"
#: Fields of an item and of a record; the others are lists or need a choice.
_FIELDS = {
    "id": "guid",
    "title": "title",
    "content_html": "content",
    "summary": "description",
    "date_published": "published",
    "date_modified": "updated",
}


class Feed(msgspec.Struct):
    version: str
    items: list[Any]


def records(response: Response, board: Board) -> list[dict[str, Any]]:
    """Return one record an item.

    Raises:
        PayloadError: the JSON is no feed.
    """
    feed = decode(response, board, Feed)
    if not feed.version.startswith((_VERSION, _VERSION.replace("://", "://www."))):
        raise refused(f"JSON that is no feed: version {feed.version[:60]!r}", board)
    return [_record(item) if isinstance(item, dict) else {"item": item} for item in feed.items]


def _record(item: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = {"categories": []}
    for name, field in _FIELDS.items():
        if isinstance(item.get(name), str | int | float) and str(item[name]).strip():
            record[field] = str(item[name])
    link = item.get("url") or item.get("external_url")
    if isinstance(link, str):
        record["link"] = link
    if isinstance(item.get("content_text"), str):
        record.setdefault("content", item["content_text"])
    image = item.get("image") or item.get("banner_image")
    if isinstance(image, str):
        record["image"] = image
    if isinstance(item.get("tags"), list):
        record["categories"] = [
            one for one in item["tags"] if isinstance(one, str) and one.strip()
        ]
    for name, value in item.items():  # extensions; Teamtailor's is "_jobposting"
        if name.startswith("_") and isinstance(value, dict) and schema_org.is_posting(value):
            record["job_posting"] = value
    return record
