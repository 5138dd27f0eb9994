"""The JSON-LD blocks of a page, as text and as data."""

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec
from msgspec import Struct

from jobtide.schema_org.mending import mended, mended_quotes
from jobtide.text import decoded

_OPENING = re.compile(r"<!--|<script\b([^<>]{0,2000})>", re.IGNORECASE)
_CLOSING = re.compile(r"</script", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.I)
_TYPE_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.I)
#: What stands around the data for the sake of browsers that knew no scripts: comment and CDATA
#: guards, with or without "//", and a semicolon at the end.
_GUARD_BEFORE = re.compile(r"\s*(?:(?:/\*|//)?\s*(?:<!--|<!\[CDATA\[|\]\]>)\s*(?:\*/|//-->)?\s*)+")
_GUARD_AFTER = re.compile(r"\s*(?:(?:/\*|//)\s*)?(?:-->|\]\]>)(?:\s*\*/)?\s*;?\s*\Z|\s*;\s*\Z")
#: Blocks of a page that are looked at; 18 were the most on a recorded one.
MOST_BLOCKS = 500


_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,300})", re.I)
#: Titles of pages that stand before the real one to keep programs out: Cloudflare, Akamai,
#: Imperva, DataDome, PerimeterX (seen in issues about boards that could not be read, 2026).
_CHALLENGE = re.compile(
    r"just a moment|attention required|access denied|are you (?:a )?(?:robot|human)|captcha"
    r"|security check|verify you are human|pardon our interruption|request unsuccessful"
    r"|checking your browser|ddos-guard|403 forbidden|request rejected",
    re.IGNORECASE,
)


class PageText(Struct, frozen=True):
    """The blocks of one page as they stand there."""

    blocks: list[str]
    whole: bool  #: False: the page ends inside a block


def read_page(body: bytes, content_type: str | None = None) -> PageText:
    """Return the JSON-LD blocks of an HTML page; of a page that is JSON, all of it as one."""
    meta = _META_CHARSET.search(body[:4096])
    header = _TYPE_CHARSET.search(content_type or "")
    declared = (header and header[1], meta and meta[1].decode("ascii", "replace"))
    text = decoded(body, declared)
    if text.lstrip()[:1] in ("{", "["):
        return PageText([text], True)
    blocks: list[str] = []
    for block in _scripts(text):
        if block is None:
            return PageText(blocks, False)
        blocks.append(block)
        if len(blocks) == MOST_BLOCKS:
            break
    return PageText(blocks, True)


def page_title(body: bytes) -> str | None:
    """Return the title of an HTML page, None when it has none."""
    found = _TITLE.search(body[:100_000])
    return " ".join(html.unescape(decoded(found[1])).split()) or None if found else None


def challenge(body: bytes) -> str | None:
    """Return the title of a page that only keeps programs out; None for any other page."""
    title = page_title(body)
    return title if title and _CHALLENGE.search(title) else None


def _scripts(text: str) -> Iterator[str | None]:
    """Yield the text of each JSON-LD script that is no comment; None for one without an end."""
    at, last_comment_ends = 0, text.rfind("-->")
    while opening := _OPENING.search(text, at):
        if opening[1] is None:
            ends = opening.end() <= last_comment_ends
            at = text.find("-->", opening.end()) + 3 if ends else opening.end()
            continue
        closing = _CLOSING.search(text, opening.end())
        linked_data = "ld+json" in html.unescape(opening[1]).lower()
        if closing is None:
            if linked_data:
                yield None
            return
        if linked_data:
            yield text[opening.end() : closing.start()]
        at = closing.end()


def data(block: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON of a block, mended where it can be; None when it cannot be read.

    Tried in this order: as it is; without the guards around it; with HTML entities resolved (whole
    blocks are escaped by some systems, Gupy among them); with commas and escapes mended; with
    quotation marks inside texts told apart from those that end them.
    """
    bare = _bare(block)
    texts = [bare]
    if "&quot;" in bare or "&#34;" in bare or "&#x22;" in bare:
        texts.append(html.unescape(bare))
    for text in texts:
        found = _json(text)
        if found is None:
            found = _json(mended(text))
        if found is None:
            found = _json(mended_quotes(text))
        if found is not None:
            return found
    return None


def _bare(block: str) -> str:
    text = block.strip(" \t\r\n\f\ufeff\u00a0\x00")
    if before := _GUARD_BEFORE.match(text):
        text = text[before.end() :]
    for _ in range(3):
        after = _GUARD_AFTER.search(text[-200:])
        if after is None:
            break
        text = text[: len(text) - len(text[-200:]) + after.start()]
    return text


def _json(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON that may hold raw control characters and endless numbers, or None."""
    with suppress(ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return msgspec.json.decode(text.encode())
    with suppress(ValueError, RecursionError):
        return json.loads(text, strict=False)
    return None
