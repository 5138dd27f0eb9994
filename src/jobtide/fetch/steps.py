"""One hop of a request as plain values: what to send first, and where a redirect sends us."""

import base64
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from jobtide.errors import Forbidden, PayloadError
from jobtide.fetch.errand import Validators
from jobtide.fetch.limits import CODINGS
from jobtide.fetch.outcome import Failure, place
from jobtide.model import Request

#: Statuses that send us elsewhere (RFC 9110, 15.4); the others of 3xx are none of ours.
REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: Headers that may go to another origin than the one they were meant for. All others (cookies,
#: keys, whatever name they have) stay behind.
HARMLESS = frozenset(
    {"accept", "accept-language", "content-type", "user-agent", "accept-encoding"}
)

#: Headers that are ours to set, or that would change where or how a message ends.
OURS = frozenset(
    "host content-length transfer-encoding connection accept-encoding user-agent te trailer "
    "upgrade expect proxy-authorization proxy-connection keep-alive".split()
)

METHODS = frozenset({"GET", "POST", "HEAD"})


class Wish(Struct, frozen=True, kw_only=True):
    """A request together with how it is to be asked."""

    request: Request
    rebase: str | None = None
    validators: Validators | None = None
    delay_s: float = 0.0
    accept: tuple[str, ...] = ()  #: beginnings of content types that are taken; (): any
    secrets: dict[str, str] = {}
    robots: bool = False  #: a page for people: the site's robots.txt decides
    first_bytes: int | None = None  #: of a longer body only these are taken


class Step(Struct, frozen=True, kw_only=True):
    """What one hop sends, in the words of the real server, not of its stand-in."""

    url: str
    method: str
    headers: dict[str, str]
    body: bytes | None


def first_step(wish: Wish, user_agent: str) -> Step:
    """Return the first hop of a request, with all its headers; raises Failure for odd methods."""
    request = filled(wish.request, wish.secrets)
    if request.method.upper() not in METHODS:
        what = f"method {request.method[:20]!r} is none of {sorted(METHODS)}; mend the source"
        raise Failure(PayloadError, "bad_request", what)
    headers = {n: v for n, v in request.headers.items() if n.lower() not in OURS}
    if "accept" not in {name.lower() for name in headers}:
        headers["Accept"] = ", ".join(_media_range(kind) for kind in wish.accept) or "*/*"
    # A board that gives out keys may want to see the mail address they were given to (USAJOBS).
    own = request.headers.get("User-Agent") if wish.secrets else None
    # A body that is cut off cannot be decoded.
    codings = CODINGS if wish.first_bytes is None else "identity"
    headers |= {"User-Agent": own or user_agent, "Accept-Encoding": codings}
    if wish.validators is not None:
        headers |= _conditions(wish.validators)
    return Step(url=request.url, method=request.method.upper(), headers=headers, body=request.body)


def redirected(step: Step, status: int, location: str) -> Step:
    """Return the hop an answer sends us to (RFC 9110, 15.4); raises Failure.

    After 301, 302 and 303 a POST becomes a GET. On another scheme, host or port only HARMLESS
    headers go along: cookies and keys stay with whom they were meant for.
    """
    try:
        url = urljoin(step.url, location.strip(" \t"))
        same_origin = urlsplit(url)[:2] == urlsplit(step.url)[:2]
    except ValueError as error:
        what = f"{place(step.url)} redirects to what is no address; look for its new one"
        raise Failure(Forbidden, "bad_url", what) from error
    method, body, headers = step.method, step.body, step.headers
    if method == "POST" and status in (301, 302, 303):
        method, body = "GET", None
        headers = {n: v for n, v in headers.items() if n.lower() != "content-type"}
    if not same_origin:
        headers = {n: v for n, v in headers.items() if n.lower() in HARMLESS}
    return Step(url=url, method=method, headers=headers, body=body)


def _media_range(beginning: str) -> str:
    return f"{beginning}*" if beginning.endswith("/") else beginning


def _conditions(validators: Validators) -> dict[str, str]:
    """Return the headers that ask for an answer only when something changed."""
    headers = {}
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


def filled(request: Request, secrets: dict[str, str]) -> Request:
    """Return the request as it is sent: "{NAME}" is replaced by the secret of that name.

    In the address the value is percent-encoded; "{basic:NAME}" in a header is the value as the
    user of HTTP Basic authentication with an empty password (RFC 7617).
    """
    if not secrets:
        return request
    url, headers, body = request.url, dict(request.headers), request.body
    for name, value in secrets.items():
        mark = f"{{{name}}}"
        basic = base64.b64encode(f"{value}:".encode()).decode()
        url = url.replace(mark, quote(value, safe=""))
        headers = {
            key: text.replace(mark, value).replace(f"{{basic:{name}}}", basic)
            for key, text in headers.items()
        }
        if body is not None:
            body = body.replace(mark.encode(), value.encode())
    return replace(request, url=url, headers=headers, body=body)
