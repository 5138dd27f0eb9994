"""What names an entry for good."""

import re
from urllib.parse import urlsplit

from jobtide.schema_org import bare
from jobtide.text import stable_hash

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_HEX = re.compile(r"[0-9a-f-]{8,}")


def identifier(guid: str, link: str) -> str | None:
    """Return the identity of an entry: its guid, or the address of its page; None: it has neither.

    A guid that is an address with words in its last part holds the headline as a rule, and changes
    with it (https://github.com/miniflux/v2/issues/3120); then the link is believed. A guid such as
    "https://a.example/?p=123", which WordPress keeps for good, is believed before the link.
    """
    guid, link = guid.strip(), link.strip()
    is_address = _is_address(guid)
    if guid and not is_address:
        return guid if _PLAIN.fullmatch(guid) else _hashed(guid)
    if link and (not guid or bare(guid) == bare(link) or _holds_words(guid)):
        guid = link
    if not guid:
        return None
    return _hashed(bare(guid) if _is_address(guid) else guid)


def _holds_words(url: str) -> bool:
    """Tell whether the last part of an address is a headline rather than a number."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2].lower()
    if parts.query:
        last = parts.query.rpartition("=")[2].lower()
    return bool(_WORD.search(last)) and not _HEX.fullmatch(last)


def _is_address(text: str) -> bool:
    try:
        return urlsplit(text).scheme in ("http", "https") and bool(urlsplit(text).netloc)
    except ValueError:
        return False


def _hashed(text: str) -> str:
    return f"{stable_hash(text):016x}"
