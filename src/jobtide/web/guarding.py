"""
Who may come in: hosts, addresses, sizes, rates, and writes from our own pages only.

The outermost layer: what it refuses costs next to nothing.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from jobtide.web.answering import HEADERS, App, Message, Receive, Scope, Send
from jobtide.web.settings import WebSettings

#: Longest path with query: RFC 9110 section 4.1 asks servers to take 8,000 octets.
MAX_TARGET = 8_192
#: Requests with a token that one address may make in a minute: nobody guesses one so.
MAX_TRIES = 60
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
#: Addresses whose rate is remembered; the one unseen for longest is forgotten.
_REMEMBERED = 10_000


class Guard:
    """Refuses what must not reach `app`."""

    def __init__(
        self, app: App, settings: WebSettings, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        """Stand before `app`; `seconds` is a clock that only goes forward."""
        self.app, self.settings = app, settings
        self.rates = Rates(settings.rate_per_minute, seconds)
        self.tries = Rates(min(settings.rate_per_minute, MAX_TRIES), seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, or answer it here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
        elif (refused := self._refusal(scope)) is not None:
            await _refuse(scope, send, *refused)
        else:
            await self.app(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str, dict[str, str]] | None:
        """Return why a request is not let in: status, words, headers."""
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        hosts = [value for name, value in scope["headers"] if name.lower() == b"host"]
        if len(hosts) != 1 or host_of(headers.get("host", "")) not in self.settings.hosts:
            return 400, "The request names a host that this service does not serve.", {}
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_TARGET:
            return 414, f"The address is longer than {MAX_TARGET} characters.", {}
        who = peer(scope, headers, self.settings.trusted_proxies)
        wait = self.rates.wait(who) or ("authorization" in headers and self.tries.wait(who))
        if wait:
            return 429, "Too many requests. Wait a moment.", {"retry-after": str(wait)}
        if scope["method"] not in _SAFE_METHODS:
            return self._write(headers)
        return None

    def _write(self, headers: dict[str, str]) -> tuple[int, str, dict[str, str]] | None:
        """Refuse a write that another site made the browser send, and one that is too long."""
        origin = headers.get("origin")
        foreign = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
        if foreign or (origin and urlsplit(origin).netloc != headers["host"]):
            return 403, "Writes are taken from this service's own pages only.", {}
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdecimal():
            return 411, "The request does not say how long it is.", {}
        if int(length[:12]) > self.settings.max_body:
            return 413, f"At most {self.settings.max_body} bytes are taken.", {}
        return None


def host_of(header: str) -> str:
    """Return the host a header names, without its port.

    >>> host_of("[::1]:8765"), host_of("Jobs.example:80")
    ('[::1]', 'jobs.example')
    """
    name, colon, port = header.lower().rpartition(":")
    return name if colon and port.isdecimal() else header.lower()


def peer(scope: Scope, headers: dict[str, str], trusted: tuple[str, ...]) -> str:
    """Return whose request it is: the peer, or whom a proxy of ours names as last."""
    address = (scope.get("client") or ("",))[0]
    if address not in trusted:
        return _network(address)
    named = [one.strip() for one in headers.get("x-forwarded-for", "").split(",")]
    return _network(next((one for one in reversed(named) if one and one not in trusted), address))


def _network(address: str) -> str:
    """Return an IPv4 address, or the /64 of an IPv6 one: a household has all of it."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return address if found.version == 4 else found.exploded[:19]


class Rates:
    """A bucket of tokens an address: as many at once as a minute's worth, then in step."""

    def __init__(self, per_minute: int, seconds: Callable[[], float]) -> None:
        """Allow `per_minute` requests a minute; 0 allows all."""
        self.per_minute, self.seconds = per_minute, seconds
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str) -> int:
        """Take one request; return 0, or the seconds to wait for the next."""
        if not self.per_minute:
            return 0
        now, each = self.seconds(), 60 / self.per_minute
        left, at = self.buckets.pop(who, (float(self.per_minute), now))
        left = min(float(self.per_minute), left + (now - at) / each)
        self.buckets[who] = (left - 1 if left >= 1 else left, now)
        if len(self.buckets) > _REMEMBERED:
            self.buckets.popitem(last=False)
        return 0 if left >= 1 else max(1, round((1 - left) * each))


async def _refuse(scope: Scope, send: Send, status: int, words: str, more: dict[str, str]) -> None:
    """Answer in plain words; problem+json where a program asks."""
    from jobtide.web.problems import MEDIA_TYPE, as_json

    program = scope["path"].startswith("/api/")
    kind = MEDIA_TYPE if program else "text/plain; charset=utf-8"
    body = as_json(status, words) if program else f"{words}\n".encode()
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *((name.encode(), value.encode()) for name, value in more.items()),
        *HEADERS,
    ]
    start: Message = {"type": "http.response.start", "status": status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
