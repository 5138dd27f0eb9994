"""What a value of schema.org says, in whichever of its forms a program wrote it."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from jobtide.text import fold, squeeze

#: What programs print when they have nothing. "UNAVAILABLE" is iCIMS's; the others are printed by
#: templates whose variable is empty.
NOTHING = frozenset(
    (
        "", "unavailable", "undefined", "null", "none", "nan", "n/a", "na", "not specified",
        "not provided", "not available", "-", "--", ".", "?", "[object object]",
    )
)  # fmt: skip
_ADDRESSES = ("url", "contentUrl", "@id")
_LETTERS = re.compile(r"[^\W\d_]+", re.UNICODE)
#: Where the words of a node stand, the first that holds any: `@value` is JSON-LD's own.
_WORDS = ("name", "@value", "value", "text", "description", "termCode", "codeValue")


def said(value: Any) -> str | None:  # noqa: ANN401 - any JSON
    """Return the words of a text, a number, a node with a name, or the first of a list of them."""
    if isinstance(value, str):
        return None if squeeze(value).lower() in NOTHING else value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        parts = (value.get(name) for name in _WORDS)
        return next((words for part in parts if (words := _shallow(part))), None)
    return next((words for one in value if (words := _shallow(one))), None) if value else None


def _shallow(value: Any) -> str | None:  # noqa: ANN401 - any JSON
    """Do what `said` does, one level of nodes deep at most."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[name] for name in _WORDS if isinstance(value.get(name), str)), None)
    return said(value) if isinstance(value, str | int | float) else None


def every(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - any JSON
    """Return the words of one value or of each of a list, without repetition."""
    values = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(words for one in values if (words := said(one))))


def link(value: Any, page: str) -> str | None:  # noqa: ANN401 - any JSON
    """Return the address a value holds (a text, an image, a node, a list), made whole.

    Args:
        value: what the node says.
        page: the page it stands on, for addresses that begin with "/".
    """
    for one in value if isinstance(value, list) else [value]:
        parts = [one.get(name) for name in _ADDRESSES] if isinstance(one, dict) else [one]
        text = next((part for part in parts if isinstance(part, str)), "")
        if address := _address(text.strip(), page):
            return address
    return None


def _address(text: str, page: str) -> str | None:
    if not text or text.lower() in NOTHING or any(letter.isspace() for letter in text):
        return None
    try:
        parts = urlsplit(urljoin(page, text) if text.startswith(("/", "?")) else text)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # "https://[broken"
        return None
    return parts.geturl() if whole else None


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts hold the same letters, whatever stands between them."""
    return _LETTERS.findall(fold(one)) == _LETTERS.findall(fold(other))
