"""The job behind postings, what happened to them over time, and what publishers take and give."""

from datetime import datetime

from msgspec import Struct

from jobtide.model.boards import BoardHealth
from jobtide.model.postings import Posting


class Reopening(Struct, frozen=True, kw_only=True, gc=False):
    """A posting came back: when, and from which state ("missing", "closed" or "expired")."""

    at: datetime
    was: str


class History(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What happened to a posting, as seen by our own reads of its board."""

    first_seen_at: datetime
    last_seen_at: datetime
    status: str = "open"  #: "open" | "missing" | "closed" | "expired"
    missing_since: datetime | None = None
    closed_at: datetime | None = None
    closed_reason: str | None = None
    """"absent", "gone" (404/410), "reused" (its number went to another job), "valid_through",
    "unseen", or what `Store.mark_gone` was told."""
    changed_at: datetime | None = None  #: the content last changed
    reopened: tuple[Reopening, ...] = ()
    bumped: int = 0  #: how often the board moved its date without changing the content


class Tracked(Struct, frozen=True, kw_only=True, gc=False):
    """A posting with its history, as the store keeps it."""

    posting: Posting
    history: History


class Opening(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The job behind one or more postings ("job" on the screen)."""

    id: str  #: id of its first posting; permanent
    posting: Posting  #: the canonical posting: the one nearest the employer
    postings: tuple[Tracked, ...]  #: all of them, the canonical one first
    reasons: tuple[str, ...] = ()  #: why they were merged, one sentence a link
    first_seen_at: datetime
    last_seen_at: datetime
    status: str = "open"  #: "open" while any posting is open or missing, else "closed"/"expired"
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    #: fields of `posting` that it lacked, and the id of the posting that had them
    filled: dict[str, str] = {}
    #: employer and role, when other openings differ from it only in place: pages may fold them
    group: str | None = None


class Snapshot(Struct, frozen=True, kw_only=True):
    """What was found at one moment: all that a publisher may know."""

    taken_at: datetime
    openings: tuple[Opening, ...]
    health: tuple[BoardHealth, ...] = ()


class Found(Struct, frozen=True, kw_only=True):
    """One page of the answer to a query."""

    openings: tuple[Opening, ...]
    total: int  #: how many there are on all pages
    at_least: bool = False  #: True: counting stopped at `total`, and there are more
    next: str | None = None  #: the cursor of the next page; None: this was the last


class File(Struct, frozen=True, kw_only=True):
    """One file a publisher wants to exist, below its output folder."""

    path: str  #: relative, "/" between parts: "backend.md"
    body: bytes
