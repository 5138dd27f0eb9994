"""
Which URLs we ask: checked before a byte is sent, and again after every redirect.

A name is judged by the addresses it resolves to (connector.py), a literal address here and again
where the connection is made. The same parsed URL that was checked is the one that is asked.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from msgspec import Struct
from yarl import URL

from jobtide.fetch.addresses import is_public, literal

#: Ports of web servers; others reach mail, database and cache servers with text they may obey.
PORTS = frozenset({80, 443, 8080, 8443})

#: Longest address we ask. RFC 9110 (4.1) asks for at least 8,000.
MAX_URL = 8192

#: Control characters (C0, DEL, C1), white space beyond the plain blank, bidi and zero-width
#: signs: no parser agrees with another on them. A backslash is "/" to some (WHATWG URL).
_BAD_LETTER = re.compile(
    "[\x00-\x1f\x7f-\xa0\\\\\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\ud800-\udfff]"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SHAPE = re.compile(r"https?://([^/?#]+)", re.IGNORECASE)
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.ASCII)


class RefusedURLError(ValueError):
    """This URL is not asked: `code` is "bad_scheme", "bad_url" or "blocked_address"."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(f"{code}: {what}")
        self.code = code
        self.what = what


class BlockedAddressError(OSError):
    """A name leads to an address that is not public, or we were about to connect to one."""


class Target(Struct, frozen=True, kw_only=True):
    """A URL that may be asked."""

    url: URL  #: what the client must be given, so that one parser decides
    #: Lower case ASCII, without a last dot: "xn--bcher-kva.example". Its pace is kept.
    host: str
    port: int
    private: bool  #: the host is one of ours: its addresses are not checked


def check_url(url: str, allow_private_hosts: Collection[str] = ()) -> Target:
    """Return what to ask for `url`.

    Only http and https, no user name, no odd letters, two parsers that agree on the host, a port
    of the web, and no literal address that is not public. A host named in `allow_private_hosts`
    may be private and have any port. Raises RefusedURLError.
    """
    _check_letters(url)
    _check_shape(url)
    parsed = _parse_twice(url)
    host = (parsed.raw_host or "").lower().removesuffix(".")
    port = parsed.port or 0
    private = host in allow_private_hosts
    _check_host(host, private=private)
    if not (private and port > 0) and port not in PORTS:
        raise RefusedURLError("bad_url", f"port {port} is none of {sorted(PORTS)}")
    return Target(url=parsed, host=host, port=port, private=private)


def host_of(url: str) -> str:
    """Return the host name of `url` in lower case, "" when there is none to be read."""
    try:
        return (urlsplit(url).hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _check_letters(url: str) -> None:
    if len(url) > MAX_URL:
        raise RefusedURLError("bad_url", f"{len(url)} letters; {MAX_URL} are enough")
    if found := _BAD_LETTER.search(url):
        raise RefusedURLError("bad_url", f"{found.group()!r} may not stand in an address")
    if url != url.strip():
        raise RefusedURLError("bad_url", "blanks around the address; take them away")


def _check_shape(url: str) -> None:
    scheme = _SCHEME.match(url)
    if scheme is None or scheme.group(1).lower() not in ("http", "https"):
        raise RefusedURLError("bad_scheme", f"{url[:40]!r} is neither http nor https")
    shape = _SHAPE.match(url)
    if shape is None:
        raise RefusedURLError("bad_url", f"{url[:40]!r} has no host after two slashes")
    # Up to the first slash, not to "#" or "?": parsers differ on "http://a#@b/".
    if "@" in url[shape.start(1) :].split("/", 1)[0]:
        raise RefusedURLError("bad_url", "a user name, or '@' before the path; take it away")
    if shape.group(1).startswith("[") and "%" in shape.group(1):
        what = f"{shape.group(1)[:80]} has a zone, so it is of this machine's own network"
        raise RefusedURLError("blocked_address", what)
    if "%" in shape.group(1) or " " in shape.group(1):
        raise RefusedURLError("bad_url", "an escape or a blank in the host; write it plainly")


def _parse_twice(url: str) -> URL:
    """Return `url` as the client reads it, when the standard library reads the same host."""
    try:
        parsed = URL(url)
        parts = urlsplit(url)
        # The same letters to the same name (IDNA, full width), so that only a different idea
        # of where the host begins and ends makes a difference.
        readable = bool(parsed.host)
        other = URL.build(scheme="http", host=parts.hostname or "").raw_host
        same_port = parts.port == parsed.explicit_port
    except (ValueError, IndexError, TypeError) as error:
        raise RefusedURLError("bad_url", f"cannot be read: {error}") from error
    if not readable or not parsed.raw_host or parsed.raw_host != other or not same_port:
        raise RefusedURLError("bad_url", "two parsers read different hosts or ports in it")
    return parsed


def _check_host(host: str, *, private: bool) -> None:
    try:
        address = literal(host)
    except ValueError as error:
        raise RefusedURLError("bad_url", f"no host name: {error}") from error
    if address is None:
        if not _NAME.fullmatch(host):
            raise RefusedURLError("bad_url", f"{host[:80]!r} is no host name")
        return
    if not private and not is_public(address):
        raise RefusedURLError("blocked_address", blocked(host, str(address)))
    if ":" not in host and str(address) != host:
        raise RefusedURLError("bad_url", f"{host} is {address} in disguise; write it plainly")


def blocked(host: str, address: str) -> str:
    """Return the words for a refused address: where, what, and what to do."""
    known = host if host == address else f"{host} is {address}, which"
    return f"{known} is not a public address; if it is yours, name it in allow_private_hosts"
