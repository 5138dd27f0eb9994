"""Where postings come from: a board, what is asked there, what comes back, on which terms."""

from datetime import datetime
from typing import Any

from msgspec import Struct


class Board(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One list of postings as one source serves it: an employer's board or a whole aggregator."""

    source: str  #: "greenhouse"
    #: the source's own name of the board: "acme"
    token: str = "main"  # noqa: S105 - no password
    organization: str | None = None  #: the employer, when the board has only one
    homepage: str | None = None
    url: str | None = None  #: full address, for sources that are found by it (feed, jsonld)

    @property
    def key(self) -> str:
        """How the board is written everywhere: "greenhouse/acme"."""
        return f"{self.source}/{self.token}"


class Request(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What to ask. A source makes it; only `fetch` carries it out."""

    url: str  #: complete, with its query
    method: str = "GET"
    headers: dict[str, str] = {}
    body: bytes | None = None  #: for POST
    optional: bool = False  #: True: when it fails the board goes on without it (a detail page)
    context: dict[str, str] = {}  #: what `split` needs to know again: which posting, which page


class Response(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came back with a 2xx status."""

    request: Request
    body: bytes  #: decoded of its content coding, at most 10 MiB
    fetched_at: datetime
    status: int = 200
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    final_url: str | None = None  #: where redirects led to; None: the request's own address


class Page(Struct, frozen=True, kw_only=True):
    """One response taken apart."""

    records: list[Any]  #: raw entries, one a posting
    follow: list[Request] = []  #: what belongs to the same board and must be asked next
    complete: bool = True  #: False: the answer itself says that it is only a part


class Terms(Struct, frozen=True, kw_only=True):
    """What a source allows, where that was read, and when. Publishers and fetch obey it."""

    credit: str  #: the name to show beside each posting: "Remote OK"
    read_at: str  #: address or place where the terms stand
    read_on: str  #: ISO date of the reading
    link_back: bool = True  #: the credit must link to the posting's page on the board
    follow: bool = False  #: the link back must not carry rel=nofollow
    apply_via_board: bool = False  #: Apply must lead to the board's page, not past it
    logo: bool = True  #: logos may be shown
    description: str = "full"  #: "full" | "excerpt" | "none" of the description may be shown
    structured_data: bool = True  #: JobPosting markup may be published (Google Jobs)
    syndication: bool = True  #: may be passed on in bulk to other sites
    min_interval_s: float = 3600.0  #: least seconds between two reads of one board
    forbidden: str | None = None  #: why our use is not allowed: the source is off by default
    note: str = ""


class BoardHealth(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the last reads of one board went."""

    source: str
    board: str
    read_at: datetime | None = None  #: last read that ended well
    tried_at: datetime | None = None
    error: str | None = None  #: of the last try, when it failed
    read: int = 0
    kept: int = 0
    rejected: int = 0
    new: int = 0
    closed: int = 0
    alarms: tuple[str, ...] = ()  #: what its last read did not give, against its own habit
