"""
What a search cluster is sent: bulk requests of OpenSearch, and how its answer is read. Pure.

Written against the documents of the Bulk API (https://docs.opensearch.org/latest/api-reference/
document-apis/bulk/) and tested against a stand-in: **not run against a real cluster.**
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from jobtide.clean.salary import yearly
from jobtide.model import Opening
from jobtide.query.order import cents, second
from jobtide.query.values import VALUES, counted

#: A document's id may have as many bytes (the page above, since 2.9).
MOST_ID = 512
#: Bytes of one request: 5 to 15 MiB are advised, a server takes 100 by default.
MOST_BYTES = 5 * 2**20
#: Of one item: busy now, so it may be sent again.
_BUSY = (429, 503)
#: A version of the document that is not older is there: by us, or by another worker.
_STALE = 409


class Item(Struct, frozen=True, kw_only=True):
    """What is to be with one document: `document` None: it is to go."""

    id: str  #: of the opening
    version: int  #: number of the last change that is in it; an older write changes nothing
    document: dict[str, Any] | None


class Sent(Struct, frozen=True, kw_only=True):
    """What one answer says."""

    written: int = 0
    stale: int = 0  #: the cluster had this version or a later one
    busy: tuple[int, ...] = ()  #: places of the items to send again
    refused: tuple[tuple[str, str], ...] = ()  #: (id, why): sent again they are refused again


def mapping() -> dict[str, Any]:
    """Return the body that makes an index of our documents: PUT /INDEX."""
    keyword, text = {"type": "keyword"}, {"type": "text"}
    fields: dict[str, Any] = {name: keyword for name in (*VALUES, "company", "id", "status")}
    fields |= {"title": text, "organization": text, "location": text, "text": text, "tags": text}
    fields |= {"posted": {"type": "date"}, "first_seen": {"type": "date"}}
    fields |= {"pay_usd_cents": {"type": "long"}}
    return {"mappings": {"dynamic": False, "properties": fields}}


def document_of(opening: Opening) -> dict[str, Any]:
    """Return what is searched of a completed opening, by the fields of the search language."""
    posting = opening.posting
    values = {name: sorted(read(opening)) for name, read in VALUES.items()}
    return values | {
        "id": opening.id,
        "status": opening.status,
        "title": posting.title,
        "organization": posting.hiring_organization,
        "company": sorted(counted(opening, "company")),
        "location": posting.location_text,
        "text": posting.text,
        "tags": list(posting.tags),
        "posted": datetime.fromtimestamp(second(opening), UTC),
        "first_seen": opening.first_seen_at,
        "pay_usd_cents": cents(opening, yearly),
    }


def document_id(opening_id: str) -> str:
    """Return the id of a document: the opening's, or of a very long one its SHA-256."""
    whole = opening_id.encode("utf-8", "replace")
    return whole.decode() if len(whole) <= MOST_ID else f"sha256:{sha256(whole).hexdigest()}"


def bodies(
    items: Iterable[Item], index: str, most: int = MOST_BYTES
) -> Iterator[tuple[list[Item], bytes]]:
    """Yield requests for POST /_bulk, each with its items; one item may be longer than `most`."""
    batch: list[Item] = []
    lines: list[bytes] = []
    size = 0
    for item in items:
        line = _lines(item, index)
        if batch and size + len(line) > most:
            yield batch, b"".join(lines)
            batch, size, lines = [], 0, []
        batch.append(item)
        lines.append(line)
        size += len(line)
    if batch:
        yield batch, b"".join(lines)


def _lines(item: Item, index: str) -> bytes:
    about = {
        "_index": index,
        "_id": document_id(item.id),
        "version": item.version,
        "version_type": "external",  # greater than what is there, else 409
    }
    if item.document is None:
        return _line({"delete": about})
    return _line({"index": about}) + _line(item.document)


def _line(value: dict[str, Any]) -> bytes:
    """Return one line of JSON; msgspec writes no line break into it."""
    return msgspec.json.encode(value) + b"\n"


class _Result(Struct, frozen=True):
    status: int
    error: Any = None


class _Answer(Struct, frozen=True):
    items: list[dict[str, _Result]]


def read_answer(items: list[Item], body: bytes) -> Sent:
    """
    Return what the answer to the request of these items says.

    A document to delete that is not there (404) is as it should be. Raises ValueError for what
    is no answer to them.
    """
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"no answer of the Bulk API: {error}") from None
    if len(answer.items) != len(items) or not all(answer.items):
        raise ValueError(f"{len(items)} items were sent, {len(answer.items)} answered")
    written, stale, busy, refused = 0, 0, [], []
    for place, (item, said) in enumerate(zip(items, answer.items, strict=True)):
        result = next(iter(said.values()))
        gone = result.status == 404 and item.document is None
        if 200 <= result.status < 300 or gone:
            written += 1
        elif result.status == _STALE:
            stale += 1
        elif result.status in _BUSY:
            busy.append(place)
        else:
            refused.append((item.id, f"{result.status}: {_reason(result.error)}"))
    return Sent(written=written, stale=stale, busy=tuple(busy), refused=tuple(refused))


def _reason(error: object) -> str:
    reason = error.get("reason") if isinstance(error, dict) else error
    return str(reason)[:300]
