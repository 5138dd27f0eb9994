"""
The seam for sources: what a source is, and the list of those we ship.

A source is a value holding three pure functions; it never touches the network:
`start(board)` says what to ask, `split(response, board)` takes an answer apart into raw records
and what to follow, `posting(record, board)` says one record in our words. It copies, and cleans
nothing: `clean` does that for everyone.

For whoever writes one: `decode` reads JSON and `parse_xml` XML, both saying clearly what is
wrong with an answer that is neither; `stated` turns the many ways of writing nothing into None;
`next_page` ends what would be followed for ever.

Secrets: a source that needs some names them in `Source.keys`, and writes "{NAME}" for each of
those names where its value belongs in the address, a header or the body of a `Request`. The value
takes that place just before the request is sent, so no request, record or log holds a secret;
"{basic:NAME}" in a header is the value as a user of HTTP Basic authentication without password.
"""

import json
import math
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoints, entry_points
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct, ValidationError

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.text import stable_hash

if TYPE_CHECKING:
    from lxml import etree

T = TypeVar("T")


class Source(Struct, frozen=True, kw_only=True):
    """Three pure functions and the facts a reader needs to trust them."""

    name: str  #: the module's name
    homepage: str
    documentation: str  #: where the wire format is described
    kind: str  #: "employer" | "ats" | "aggregator" | "thread" | "page": nearness to the employer
    window: bool  #: True: serves a rolling window, so absence says nothing; False: whole boards
    terms: Terms
    start: Callable[[Board], Request]
    split: Callable[[Response, Board], Page]
    posting: Callable[[Any, Board], Posting | Reject]
    boards: tuple[Board, ...] = ()  #: the boards every user gets: an aggregator's own lists
    keys: tuple[str, ...] = ()  #: names of secrets it needs: "REED_API_KEY"


#: What reading a record of an unknown shape may raise; msgspec's errors are ValueErrors.
_UNREADABLE = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip

#: Built-in sources, one module each. Third parties add theirs with the entry-point group
#: "jobtide.sources".
NAMES = (
    "adzuna",
    "arbeitnow",
    "ashby",
    "bamboohr",
    "breezy",
    "findwork",
    "greenhouse",
    "hackernews",
    "himalayas",
    "icims",
    "jobicy",
    "jobpage",
    "jooble",
    "jsonld",
    "lever",
    "listings",
    "personio",
    "pinpoint",
    "recruitee",
    "reed",
    "remotejobsorg",
    "remoteok",
    "remotive",
    "rippling",
    "sitemap",
    "smartrecruiters",
    "teamtailor",
    "themuse",
    "usajobs",
    "weworkremotely",
    "workable",
    "workday",
    "workingnomads",
)


def load(name: str) -> Source:
    """Return the source called `name`; raise KeyError when there is none."""
    if name in NAMES:
        source: Source = import_module(f"jobtide.sources.{name}").SOURCE
        return source
    for point in _others():
        if point.name == name:
            other: Source = point.load()
            return other
    raise KeyError(name)


def names() -> tuple[str, ...]:
    """Return the names of all sources, those of third parties too, in order."""
    return tuple(sorted({*NAMES, *(point.name for point in _others())}))


@cache
def _others() -> EntryPoints:
    """Return what other packages declare as sources; a built-in name is never replaced."""
    return entry_points(group="jobtide.sources")


def read(source: Source, page: Page, board: Board) -> Iterator[Posting | Reject]:
    """Yield one result a record; a record we cannot read is a `Reject`, not the end."""
    for record in page.records:
        try:
            yield source.posting(record, board)
        except _UNREADABLE as error:
            yield Reject(
                source=source.name,
                board=board.token,
                identifier=_identifier(record),
                step="read",
                reason="bad_record",
                detail=str(error),
            )


def _identifier(record: Any) -> str | None:  # noqa: ANN401 - a record is what the board sent
    """Return what the record calls itself, for the log."""
    found = record.get("id") if isinstance(record, dict) else None
    return None if found is None else str(found)[:200]


def stated(text: str | None) -> str | None:
    """Return `text` as it is, or None when it holds nothing but white space."""
    return text if text and not text.isspace() else None


def amount(value: float | str | None) -> float | None:
    """Return money as a number; None for zero, which is how boards say "not stated", and for
    what no one is paid: less than nothing, no number, without end.

    >>> amount("52000"), amount(26.5), amount(0), amount("")
    (52000.0, 26.5, None, None)
    """
    try:
        number = float(value or 0)
    except (ValueError, OverflowError):
        return None
    return number if number > 0 and math.isfinite(number) else None


def next_page(response: Response, records: list[Any], *, most: int) -> dict[str, str] | None:
    """Return the context of the request for the page after this one, or None to ask no more.

    The context counts the pages of a read from one ("page") and remembers what the page before
    began with ("first"): a server that ignores the page's number repeats itself for ever.

    >>> from datetime import UTC, datetime
    >>> request = Request(url="https://api.example/jobs")
    >>> answer = Response(request=request, body=b"", fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
    >>> next_page(answer, [{"id": 1}], most=50)["page"]
    '2'
    """
    context = response.request.context
    page = int(context.get("page", "1"))
    first = f"{stable_hash(repr(records[:1])):x}"
    if not records or page >= most or context.get("first") == first:
        return None
    return {"page": str(page + 1), "first": first}


#: Hosts of job boards and applicant tracking systems, with what precedes them: sources by host.
#: Taken from the request and posting addresses of each system's public interface.
HOSTS = {
    "remoteok.com": "remoteok", "remoteok.io": "remoteok",
    "weworkremotely.com": "weworkremotely", "remotive.com": "remotive",
    "remotive.io": "remotive", "himalayas.app": "himalayas", "jobicy.com": "jobicy",
    "arbeitnow.com": "arbeitnow", "workingnomads.com": "workingnomads",
    "themuse.com": "themuse", "news.ycombinator.com": "hackernews", "usajobs.gov": "usajobs",
    "adzuna.com": "adzuna", "adzuna.com.au": "adzuna", "adzuna.co.uk": "adzuna",
    "adzuna.ca": "adzuna", "reed.co.uk": "reed", "jooble.org": "jooble",
    "findwork.dev": "findwork", "greenhouse.io": "greenhouse", "lever.co": "lever",
    "ashbyhq.com": "ashby", "workable.com": "workable",
    "smartrecruiters.com": "smartrecruiters", "recruitee.com": "recruitee",
    "personio.de": "personio", "personio.com": "personio", "teamtailor.com": "teamtailor",
    "myworkdayjobs.com": "workday", "bamboohr.com": "bamboohr", "breezy.hr": "breezy",
    "pinpointhq.com": "pinpoint", "rippling.com": "rippling", "icims.com": "icims",
    "jibeapply.com": "icims", "remotejobs.org": "remotejobsorg",
}  # fmt: skip


def board_of(url: str) -> str | None:
    """Return the name of the source whose site `url` leads to; None for any other site.

    >>> board_of("https://job-boards.eu.greenhouse.io/acme/jobs/1")
    'greenhouse'
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # "https://[broken"
        return None
    labels = host.rstrip(".").split(".")
    names = (".".join(labels[at:]) for at in range(len(labels)))
    return next((HOSTS[name] for name in names if name in HOSTS), None)


def decode(response: Response, board: Board, shape: type[T]) -> T:
    """Return the JSON of the answer as `shape`.

    A byte-order mark is tolerated (Remotive has sent one), and so are bytes that are no UTF-8,
    halves of surrogate pairs and numbers beyond a float: one odd record must not hide a board.

    Raises:
        PayloadError: the answer is empty, is a page for people, or is of another shape.
    """
    body = response.body.removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(body, type=shape)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        if complaint := _no_data(body):
            raise refused(complaint, board) from error
    try:
        loose = json.loads(body.decode("utf-8", "replace"), strict=False)
        return msgspec.convert(_paired(loose), shape)
    except ValidationError as error:
        raise refused(str(error), board) from error
    except (ValueError, RecursionError) as error:
        raise refused(f"no JSON we can read: {error}", board) from error


def parse_xml(response: Response, board: Board) -> "tuple[etree._Element, bool]":
    """Return the root element of an XML answer, and whether it could be read to its end.

    Nothing is fetched, no entity is expanded, and a document type is refused, since entities
    are declared there. What can be mended without loss is mended (stray ampersands, undeclared
    entities such as "&nbsp;", control characters) and counts as well-formed; anything else is
    read as far as it goes, and the answer must then be taken for a part of the board.

    Raises:
        PayloadError: the answer is empty, is a page for people, or holds no element at all.
    """
    from lxml import etree  # most boards answer JSON: they need not wait for it

    body = response.body.removeprefix(b"\xef\xbb\xbf").strip()
    if complaint := _no_data(body, markup=True):
        raise refused(complaint, board)
    mended = _CONTROL.sub(b"", _STRAY_AMPERSAND.sub(b"&amp;", body))
    for text, recover in ((body, False), (mended, False), (mended, True)):
        try:
            root = etree.fromstring(text, _parser(recover=recover))
        except etree.XMLSyntaxError:
            continue
        if root is not None:
            if etree.ElementTree(root).docinfo.internalDTD is not None:
                raise refused("a document type, which a feed has no need of", board)
            return root, not recover
    raise refused("no XML we can read", board)


def _parser(*, recover: bool) -> "etree.XMLParser":
    from lxml import etree

    return etree.XMLParser(
        recover=recover, no_network=True, resolve_entities=False, huge_tree=False, load_dtd=False
    )


def refused(complaint: str, board: Board) -> PayloadError:
    """Return the error that says an answer of `board` is not what its source documents."""
    return PayloadError(complaint, source=board.source, board=board.token)


_STRAY_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML 1.0 allows none of them
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.I)
_PAGE_TITLE = re.compile(rb"<title[^>]*>([^<]{1,80})", re.I)


def _no_data(body: bytes, *, markup: bool = False) -> str | None:
    """Return why the body cannot be data at all, or None."""
    head = body[:2000].lstrip()
    if not head:
        return "the answer is empty"
    if _PAGE.search(head) or (head.startswith(b"<") and not markup):
        title = _PAGE_TITLE.search(head)
        name = title[1].decode("utf-8", "replace").strip() if title else "no title"
        return f"a page for people, not data: {name!r}"
    if b"<!DOCTYPE" in head:
        return "a document type, which a feed has no need of"
    return None


def _paired(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return `value` with halves of surrogate pairs replaced: no text column takes them."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_paired(item) for item in value]
    if isinstance(value, dict):
        return {_paired(key): _paired(item) for key, item in value.items()}
    return value
