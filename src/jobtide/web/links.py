"""Addresses of our own pages."""

from urllib.parse import quote, unquote, urlencode

#: Ids may hold "/" and "%", which servers decode before they route; "~2F" goes through untouched.
_SAFE = ":@!$'()*,;=-._"


def key(identifier: str) -> str:
    """Return an id as one segment of an address.

    >>> key("greenhouse:acme:1/2")
    'greenhouse:acme:1~2F2'
    """
    return quote(identifier, safe=_SAFE).replace("~", "~7E").replace("%", "~")


def identifier(key: str) -> str:
    """Return the id of a segment; an id without "~" is its own.

    >>> identifier("greenhouse:acme:1~2F2")
    'greenhouse:acme:1/2'
    """
    return unquote(key.replace("%", "~25").replace("~", "%"), errors="replace")


def job(identifier: str) -> str:
    """Return the page of an opening."""
    return f"/jobs/{key(identifier)}"


def company(name: str) -> str:
    """Return the page of an employer."""
    return f"/companies/{key(name)}"


def skill(name: str) -> str:
    """Return the search for a skill."""
    return f"/?{urlencode({'skill': name})}"
