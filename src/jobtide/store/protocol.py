"""What every store promises; its contract test is `tests/contract/test_store.py`."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, Self

from jobtide.model import BoardHealth, Found, Opening, Posting, Reject, Response, Tracked
from jobtide.query import Query
from jobtide.store.moving import Movable
from jobtide.store.outbox import Outbox
from jobtide.store.records import (
    OK,
    BoardState,
    Change,
    Counts,
    LinkCheck,
    Logged,
    Merging,
    OpeningRow,
    Reading,
    Rejected,
    Run,
    Unmerged,
)

#: What `changes` tells unless asked for more: a posting that is missing may be back tomorrow,
#: and a date that was moved is no news.
NEWS = ("new", "changed", "closed", "expired", "reopened")


class Store(Outbox, Movable, Protocol):
    """
    What a store must do; `tests/contract/test_store.py` is the same promise as a test.

    *Transactions.* Each method that writes is one transaction: all of it is kept or nothing, also
    when the process is killed. Nothing is written when nothing differs, beside the log of runs
    and readings. *Threads.* A store may be used from any thread; writers wait for each other,
    also across processes, and give up with a StoreError. *Lifetimes.* An iterator sees the store
    as it was when it was first asked, however long it lives and whatever is written meanwhile;
    it must be read to its end or closed. *Time zones.* Every moment must be aware (ValueError
    otherwise) and comes back in UTC with its microseconds. *Errors.* StoreError for everything
    the database refuses; ValueError for a caller's mistake.
    """

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None:
        """Let go of the database; twice does no harm."""
        ...

    def start_run(self, command: str, now: datetime) -> int:
        """Write down that a command starts; return its number for `Reading.run_id`."""
        ...

    def finish_run(self, run_id: int, now: datetime, summary: dict[str, Any]) -> None:
        """Write down that it ended, and what it did; `summary` must be JSON."""
        ...

    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        """Return the last runs, the newest first."""
        ...

    def save_reading(
        self,
        reading: Reading,
        postings: Sequence[Posting],
        rejects: Sequence[Reject] = (),
        responses: Sequence[Response] = (),
    ) -> Counts:
        """
        Save one reading of one board, in one transaction; return what it did.

        `postings` are what the board lists, processed; of several with one identifier the first
        counts. "unchanged" (304) means the list of last time and takes none. A reading that is
        not later than the board's last one changes nothing ("stale"). What closes, and what
        closes nothing, is the rule of `jobtide.store.history`. A record that could not be read
        (a reject whose step is "read") is listed all the same. Postings of another board raise
        ValueError.
        """
        ...

    def rework(
        self,
        source: str,
        board: str,
        postings: Sequence[Posting],
        rejects: Sequence[Reject] = (),
    ) -> Counts:
        """
        Save the answers of the board's last reading read anew, by better code.

        Words and labels are replaced; histories stay, and nothing counts as changed. A record
        that can be read only now is new as of that reading. Does nothing for a board never read.
        """
        ...

    def restore(self, postings: Iterable[Tracked]) -> int:
        """
        Keep postings with the histories they had elsewhere; return how many were added.

        One whose id is known already stays as it is. Their boards count as never read, so the
        next reading of each decides what is still listed. How many versions there were, and
        when an ended posting had ended before, is not in a history and is lost.
        """
        ...

    def board_state(self, source: str, board: str) -> BoardState:
        """Return how a board stands; all None for one never tried."""
        ...

    def board_states(self) -> dict[tuple[str, str], BoardState]:
        """Return how all boards stand, by (source, token)."""
        ...

    def validators(
        self, source: str, board: str, url: str
    ) -> tuple[str | None, str | None] | None:
        """
        Return (ETag, Last-Modified) of the answer we hold for `url`, or None.

        None as well when the board's last reading was not read to its end: "not modified" must
        not hide what that one missed.
        """
        ...

    def health(self) -> tuple[BoardHealth, ...]:
        """Return how the last reads of each board went, by source and token."""
        ...

    def rejects(self, source: str | None = None, board: str | None = None) -> Iterator[Rejected]:
        """Yield the rejects of each board's last readings."""
        ...

    def readings(self, *, outcomes: Collection[str] = (OK,), last: int = 30) -> Iterator[Logged]:
        """
        Yield the last readings of each board with one of these outcomes, the oldest first.

        By source and token; at most `last` a board.
        """
        ...

    def captures(
        self, source: str | None = None, *, latest: bool = False
    ) -> Iterator[tuple[Reading, list[Response]]]:
        """
        Yield readings with their raw answers, in the order they were read.

        An "unchanged" reading has none. With `latest` only each board's last answers, for
        `rework`; a store rebuilt from all of them has the same histories. Requests come back
        without their headers, which may hold keys.
        """
        ...

    def prune_captures(self, before: datetime) -> int:
        """Forget raw answers older than `before`, save each board's last; return the readings."""
        ...

    def tracked(
        self,
        *,
        status: Collection[str] | None = None,
        ids: Collection[str] | None = None,
        source: str | None = None,
        board: str | None = None,
    ) -> Iterator[Tracked]:
        """Yield postings with their histories, in the order they were first stored."""
        ...

    def get(self, posting_id: str) -> Tracked | None:
        """Return one posting with its history, by its id."""
        ...

    def expire(self, now: datetime, expire_after_days: int = 30) -> int:
        """
        End, as "expired", what is known only from rolling windows and over; return how many.

        Over is what its own `valid_through` says, or what was not seen for
        `expire_after_days`. Asked again at the same moment it writes nothing.
        """
        ...

    def mark_gone(self, posting_id: str, now: datetime, reason: str = "gone") -> bool:
        """
        Close a posting whose own page answered 404 or 410 ("gone"), or says that it is closed.

        Returns whether it was going on until then. Only a real answer of its board that lists
        it brings it back.
        """
        ...

    def save_link_check(self, posting_id: str, now: datetime, outcome: str) -> None:
        """Write into the log what the posting's page said; the earlier answer is forgotten."""
        ...

    def link_checks(self) -> dict[str, LinkCheck]:
        """Return posting id -> what its page said last, of those that were ever asked."""
        ...

    def openings(
        self,
        *,
        status: Collection[str] | None = None,
        closed_since: datetime | None = None,
    ) -> Iterator[Opening]:
        """
        Yield openings by id; `status` is one of theirs: "open", "closed", "expired".

        `closed_since` leaves out those that ended before it. A posting that `dedupe` has not
        seen is an opening of its own.
        """
        ...

    def opening(self, name: str) -> Opening | None:
        """Return an opening by its id, by an id it once had, or by the id of any posting."""
        ...

    def opening_ids(self) -> dict[str, str]:
        """Return posting id -> opening id, of all postings."""
        ...

    def aliases(self) -> dict[str, str]:
        """Return posting id -> opening id for postings that are no opening's id, or no more."""
        ...

    def save_openings(
        self,
        rows: Iterable[OpeningRow],
        *,
        keys: Iterable[tuple[str, bytes]] = (),
        merging: Merging | None = None,
    ) -> int:
        """
        Write which postings are one opening; return the rows written: none when none differs.

        Postings that no row names stay where they are. An id that was merged away leads to the
        opening that has its posting now, for ever. ValueError for a posting that is not stored,
        and for an id or canonical id that is none of the opening's postings.

        In the same transaction, and not counted: `keys` are the blocking keys of postings, eight
        bytes each in the machine's order, and `merging` is what the rows were computed from.
        """
        ...

    def unmerged(self) -> Unmerged:
        """Return what the openings were computed from, and how much changed since."""
        ...

    def changed(self, after: int) -> Iterator[Tracked]:
        """Yield the postings whose words or history changed after `Merging.rev` was `after`."""
        ...

    def blocks(self, keys: Collection[int], most: int) -> dict[int, frozenset[str] | None]:
        """Return blocking key -> ids of its postings; None: more than `most`; no entry: none."""
        ...

    def block_keys(self, ids: Collection[str]) -> dict[str, bytes]:
        """Return posting id -> its blocking keys as `save_openings` was given them."""
        ...

    def companions(self, ids: Collection[str]) -> set[str]:
        """Return the ids of all postings in the openings of these postings."""
        ...

    def changes(
        self,
        *,
        since: datetime | None = None,
        after: int = 0,
        kinds: Collection[str] = NEWS,
    ) -> Iterator[Change]:
        """
        Yield what happened to postings, in the order it was stored.

        Not before `since`, and with a number greater than `after`: the last number seen is
        where to go on next time.
        """
        ...

    def search(
        self, wanted: Query, now: datetime, *, limit: int = 20, cursor: str | None = None
    ) -> Found:
        """
        Return one page of the openings that answer a query, in the order it asks for.

        They come as `completing.completed` makes them: what the canonical posting lacks stands in
        it. Which openings answer is the rule of `jobtide.query.matches`, and their order that of
        `jobtide.query.order`: the same in every store, and the openings of the transaction that
        is over, never older. `cursor` is `Found.next` of the page before: it holds a place in
        the order, so other openings may come and go between two pages, and none that stays is
        shown twice or left out. `Found.total` is exact up to 10,000; then it says so.

        Raises QueryError for a cursor that is none, or of another query; ValueError for a limit
        below 1.
        """
        ...

    def facets(
        self, wanted: Query, now: datetime, names: Sequence[str]
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """
        Return facet -> (value, how many openings of the whole answer have it).

        The 50 commonest of each, of equally common ones the first by alphabet first. `names` are
        of `jobtide.query.values.COUNTED`; ValueError otherwise. Every count is exact.
        """
        ...

    def opening_counts(self) -> dict[str, int]:
        """Return status -> how many openings have it; one that none has is left out."""
        ...

    def content_hash(self) -> str:
        """
        Return one digest over all that was learned: two stores that know the same have the same.

        Left out: the log, raw answers, and the order in which boards were met.
        """
        ...

    def check(self) -> list[str]:
        """Return what is wrong with the store, one sentence a fault."""
        ...

    def backup(self, target: Path) -> None:
        """Write a copy of the whole store to the file `target`, while it is in use."""
        ...
