"""
What an answer of a board holds: read as JSON or XML, or refused with what is wrong with it.

`decode` and `parse_xml` say clearly what is wrong with an answer that is neither; `stated` and
`amount` turn the many ways of writing nothing into None; `next_page` ends what would be followed
for ever. `jobtide.sources` passes all of them on to whoever writes a source.
"""

import json
import math
import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import ValidationError

from jobtide.errors import PayloadError
from jobtide.model import Board, Response
from jobtide.text import stable_hash

if TYPE_CHECKING:
    from lxml import etree, html

T = TypeVar("T")


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
    >>> from jobtide.model import Request
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


#: Attributes of one tag: libxml2 compares each with all before it, so 200,000 take minutes. Pages
#: of people have some dozens.
MOST_ATTRIBUTES = 2_000

_TAG = re.compile(r"<[a-zA-Z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|(?=[^\"'])|$))*+")
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)")
_BETWEEN = re.compile(r"[\s=/]++")


def parse_html(markup: str | bytes) -> "html.HtmlElement":
    """
    Return the root of an HTML page or a piece of one; bytes are read as UTF-8.

    Raises:
        ValueError: a tag has more than MOST_ATTRIBUTES attributes, or there is nothing to read.
        lxml.etree.LxmlError: lxml gives up.
    """
    from lxml import html

    text = markup.decode("utf-8", "replace") if isinstance(markup, bytes) else markup
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > MOST_ATTRIBUTES:
            parted = _BETWEEN.findall(_VALUE.sub("=", tag[0]))
            if len(parted) > 2 * MOST_ATTRIBUTES:
                raise ValueError(f"a tag has more than {MOST_ATTRIBUTES} attributes")
    encoding = "utf-8" if isinstance(markup, bytes) else None
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    return html.document_fromstring(markup, parser=parser)
