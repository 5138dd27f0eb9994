"""Resolve HTML entities in fields that are plain text."""

import html
import re

from jobtide.clean.mended import LIST_FIELDS, TEXT_FIELDS, mend
from jobtide.model import Posting

#: A complete reference, or one of the five of XML (and &nbsp;) that lost its ";". Others without
#: ";" stay: HTML reads "R&D" and "Q&A" as they are, but would read "P&part" as "P∂".
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|&(?:amp|lt|gt|quot|apos|nbsp|#0?39)(?![A-Za-z0-9;])"
)

#: Escaped once by the page, once by the feed, once by the reader before us: never seen more.
_LAYERS = 4


def unescape(text: str) -> str:
    """Return `text` with its HTML entities resolved, however often they were escaped.

    >>> unescape("R&amp;amp;D &lt;&lt;Title&gt;&gt")
    'R&D <<Title>>'
    >>> unescape("R&D at AT&T")
    'R&D at AT&T'
    """
    for _ in range(_LAYERS):
        if "&" not in text:
            break
        resolved = _ENTITY.sub(_character, text)
        if resolved == text:
            break
        text = resolved
    return text


def _character(match: re.Match[str]) -> str:
    """Return the character one reference stands for; an unknown one stays."""
    return html.unescape(match[0] if match[0].endswith(";") else match[0] + ";")


def unescape_entities(posting: Posting) -> Posting:
    """Resolve entities in every text of the posting but the description, which is HTML."""
    words: list[str] = []
    changes: dict[str, object] = {}
    for field in TEXT_FIELDS:
        before = getattr(posting, field)
        if before and field != "description" and "&" in before:
            after: object = unescape(before)
            if after != before:
                words.append(f"entities:{field}")
                changes[field] = after
    for field in LIST_FIELDS:
        parts = getattr(posting, field)
        if any("&" in part for part in parts):
            after = tuple(map(unescape, parts))
            if after != parts:
                words.append(f"entities:{field}")
                changes[field] = after
    return mend(posting, words, changes)
