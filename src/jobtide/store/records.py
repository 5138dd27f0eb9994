"""
What goes into a store and comes out of it, beside the words of `jobtide.model`.

Every moment is an aware datetime in UTC. A *reading* is one try to read one board; a reading is
*counted* when it says something about the board (it did not fail, or it brought postings).
"""

from datetime import datetime
from typing import Any

from msgspec import Struct

from jobtide.model import Reject

#: A reading that brought the board's answer, that was answered "not modified", that failed, and
#: one that is not later than the board's last one, so that it changed nothing.
OK, UNCHANGED, FAILED, STALE = "ok", "unchanged", "failed", "stale"


class Reading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One try to read one board."""

    source: str
    board: str  #: the board's token
    read_at: datetime
    outcome: str = OK  #: "ok" | "unchanged" | "failed"; the store itself writes "stale"
    complete: bool = False  #: True: the board was read to its end (every page that belongs to it)
    window: bool = False  #: True: a rolling window, where absence says nothing
    run_id: int | None = None  #: of `start_run`
    error: str | None = None  #: why it failed, or why it is not complete
    error_kind: str | None = None  #: what to do next: name of a class of errors.py
    retry_at: datetime | None = None  #: the host asked to be left alone until then (Retry-After)
    fill: dict[str, float] = {}  #: field -> share of the postings that state it, 0 to 1


class Counts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one reading did; `kept` = new + changed + seen."""

    read: int = 0  #: postings and rejects
    kept: int = 0
    rejected: int = 0
    new: int = 0
    changed: int = 0  #: the board says something else than before
    seen: int = 0  #: the board says the same as before
    bumped: int = 0  #: of `seen`: only the date was moved, to a later one
    reworked: int = 0  #: of `seen`: the board says the same, we read it differently
    missing: int = 0
    closed: int = 0
    reopened: int = 0
    unlisted: int = 0  #: not in this answer, which says nothing: a window, or an incomplete one
    rows_written: int = 0  #: rows inserted, updated or deleted beside the log of the reading
    note: str = ""  #: why a whole board closed nothing: "empty", "shrink", "unreadable"


class Logged(Struct, frozen=True, kw_only=True):
    """A reading as the log holds it, and what it did."""

    reading: Reading
    counts: Counts


class LinkCheck(Struct, frozen=True, kw_only=True):
    """What the page of a posting said when it was last asked."""

    posting_id: str
    at: datetime
    outcome: str  #: a word of the caller: "gone", "alive", "failed"


class BoardState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When and how one board was last read."""

    source: str
    board: str
    read_at: datetime | None = None  #: last reading that ended well
    tried_at: datetime | None = None  #: last reading of any outcome
    outcome: str | None = None  #: of the last try
    error: str | None = None  #: of the last try
    failures: int = 0  #: tries that failed since the last one that ended well
    listed: int = 0  #: postings listed at the last counted reading


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened to one posting, in the order things were stored."""

    number: int  #: rises with every change of the store: where to go on next time
    at: datetime
    kind: str  #: "new" | "changed" | "bumped" | "missing" | "closed" | "expired" | "reopened"
    posting_id: str
    opening_id: str
    fields: dict[str, tuple[Any, Any]] = {}  #: "changed", "bumped": field -> (earlier, now)
    reason: str | None = None  #: "closed", "expired": see History.closed_reason
    was: str | None = None  #: "reopened": the state it came back from


class OpeningRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which postings are one opening, as `dedupe` found it."""

    id: str  #: id of its first posting
    canonical_id: str  #: id of the posting that is shown
    posting_ids: tuple[str, ...]
    reasons: tuple[str, ...] = ()


class Merging(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the openings were computed from."""

    rev: int = -1  #: the postings up to this number of changes; -1: never
    rules: str = ""  #: which rules of `dedupe`
    decisions: str = "{}"  #: JSON: what people decided


class Unmerged(Struct, frozen=True, kw_only=True):
    """How far the openings lag behind the postings."""

    merging: Merging  #: what they were computed from
    newest: int  #: number of the last change
    changed: int  #: postings that are new or changed since
    total: int  #: postings in all


class Rejected(Struct, frozen=True, kw_only=True):
    """A reject of a board's last readings, and since when it has been one."""

    reject: Reject
    since: datetime


class Run(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One command that wrote to the store."""

    id: int
    command: str
    started_at: datetime
    finished_at: datetime | None = None  #: None: still running, or it was killed
    summary: dict[str, Any] = {}
