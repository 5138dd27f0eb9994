"""What fetch is asked to do, and what it brings back."""

from collections.abc import Callable

from msgspec import Struct

from jobtide.errors import SourceError
from jobtide.model import Board, Page, Request, Response


class FetchSettings(Struct, frozen=True, kw_only=True):
    """How to behave towards other people's servers; `_s` is seconds."""

    user_agent: str  #: says who reads and where to complain: "jobtide/0.1 (+https://...)"
    timeout_s: float = 30.0  #: one request to its end: connection, redirects, body, retries
    board_timeout_s: float = 900.0  #: one board with all its pages and waiting
    max_bytes: int = 10 * 2**20  #: one body, decoded (and, before that, as sent)
    max_board_bytes: int = 256 * 2**20  #: all bodies of one board, decoded
    host_delay_s: float = 1.0  #: least time between two requests to one host
    retries: int = 3  #: further tries after a failure that may pass
    max_redirects: int = 5
    max_pages: int = 200  #: requests for one board
    concurrency: int = 64  #: boards in flight
    allow_private_hosts: tuple[str, ...] = ()  #: exact names or addresses that may be private


class Validators(Struct, frozen=True, kw_only=True):
    """What a server said last time, so that it may answer "not modified" (RFC 9110, 13.1)."""

    etag: str | None = None
    last_modified: str | None = None


class Errand(Struct, frozen=True, kw_only=True):
    """One board to read: what to ask first, and how its answers are taken apart."""

    board: Board
    request: Request
    #: Pure, and safe in another thread: it runs off the event loop.
    split: Callable[[Response], Page]
    rebase: str | None = None  #: other origin to ask instead: "http://127.0.0.1:8080/{host}"
    validators: Validators | None = None  #: sent with the first request only
    min_delay_s: float | None = None  #: what the source asks for; the larger delay counts
    #: Name -> value of what stands as "{NAME}" in the board's requests; put in at the last moment.
    secrets: dict[str, str] = {}
    robots: bool = False  #: pages made for people: the site's robots.txt decides


class Capture(Struct, frozen=True, kw_only=True):
    """All that one board answered in one read, or how far it came and why it ended there."""

    board: Board
    responses: tuple[Response, ...] = ()
    pages: tuple[Page, ...] = ()  #: `pages[n]` is `responses[n]` taken apart
    unchanged: bool = False  #: the first request was answered with 304
    error: SourceError | None = None  #: why the board could not be read to its end
    failed_optional: tuple[Request, ...] = ()  #: asked in vain; the board went on without them
    #: Not asked, since `max_pages` was reached. When one of them was not optional, the last page
    #: says `complete=False`: what is missing from such a capture is not closed.
    left_out: tuple[Request, ...] = ()
