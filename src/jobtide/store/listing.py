"""What a board lists, and what that does to each posting a store holds of it: pure decisions."""

from collections import Counter
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from jobtide.model import History
from jobtide.store.content import Draft, draft
from jobtide.store.history import step
from jobtide.store.records import Counts


class Row(Protocol):
    """A stored posting without its words; moments as its store keeps them."""

    @property
    def key(self) -> int: ...
    @property
    def listed_as(self) -> str: ...
    @property
    def digest(self) -> bytes: ...
    @property
    def status(self) -> str: ...
    @property
    def last_seen_at(self) -> Any: ...  # noqa: ANN401 - None: listed at the last counted reading
    @property
    def ends_at(self) -> datetime | None: ...
    def history(self, board_read_at: Any) -> History: ...  # noqa: ANN401


class Pending(Protocol):
    """The writes of one transaction to one board's postings."""

    def add(self, made: Draft, listed_as: str) -> None: ...
    def revise(self, row: Any, made: Draft, *, ours: bool) -> str: ...  # noqa: ANN401
    def supersede(self, row: Any, board_read_at: Any) -> int: ...  # noqa: ANN401
    def history(self, row: Any, after: History, *, listed: bool) -> None: ...  # noqa: ANN401
    def write(self) -> None: ...


class Listing(Struct, frozen=True, kw_only=True):
    """What one answer lists."""

    drafts: dict[str, Draft]  #: by identifier as the board writes it
    unreadable: frozenset[str] = frozenset()  #: records that are listed and could not be read
    unchanged: bool = False  #: the same as last time, and not said again
    believed: bool = False  #: absence from it means something
    window: bool = False
    ours: bool = False  #: the same bytes as last time: what differs is our reading of them

    @property
    def names(self) -> list[str]:
        """Return the identifiers on the list."""
        return [*self.drafts, *self.unreadable]

    def lists(self, row: Row) -> bool:
        """Return whether the posting is on the list."""
        if self.unchanged:
            return row.last_seen_at is None
        return row.listed_as in self.drafts or row.listed_as in self.unreadable

    def valid_through(self, row: Row) -> datetime | None:
        """Return when the posting ends, as the board says now."""
        made = self.drafts.get(row.listed_as)
        return made.posting.valid_through if made else row.ends_at


def apply(
    pending: Pending,
    rows: dict[str, Any],
    at: datetime,
    listing: Listing,
    board_read_at: Any,  # noqa: ANN401 - as its store keeps moments
) -> Counts:
    """
    Write what `listing` does to the board's postings; return what that was.

    `rows` are those that go on and those the listing names, by the identifier the board writes.
    """
    words = [
        save_words(pending, rows, name, made, board_read_at, ours=listing.ours)
        for name, made in listing.drafts.items()
    ]
    tally = Counter("new" if kind == "reused" else kind for kind in words)
    tally["closed"] += words.count("reused")
    tally["seen"] += tally["bumped"] + tally["reworked"]
    for row in rows.values():
        if listing.unchanged and listing.lists(row):
            tally["seen"] += 1
        tally[_live_on(pending, row, at, listing, board_read_at)] += 1
    pending.write()
    return Counts(
        kept=tally["new"] + tally["changed"] + tally["seen"],
        new=tally["new"],
        changed=tally["changed"],
        seen=tally["seen"],
        bumped=tally["bumped"],
        reworked=tally["reworked"],
        missing=tally["missing"],
        closed=tally["closed"],
        reopened=tally["reopened"],
        unlisted=tally["unlisted"],
    )


def save_words(
    pending: Pending,
    rows: dict[str, Any],
    name: str,
    made: Draft,
    board_read_at: Any,  # noqa: ANN401 - as its store keeps moments
    *,
    ours: bool,
) -> str:
    """
    Write what a board says about one posting; return "new", "reused", or as `Pending.revise`.

    A posting whose identifier now names another job is closed, taken out of `rows`, and the
    other job gets an identifier of its own: "7~2".
    """
    row = rows.get(name)
    if row is None:
        pending.add(made, name)
        return "new"
    if row.digest == made.digest:
        return "seen"
    kind = pending.revise(row, made, ours=ours)
    if kind == "reused":
        number = pending.supersede(row, board_read_at)
        del rows[name]
        pending.add(draft(replace(made.posting, identifier=f"{name}~{number}")), name)
    return kind


def _live_on(
    pending: Pending,
    row: Row,
    at: datetime,
    listing: Listing,
    board_read_at: Any,  # noqa: ANN401 - as its store keeps moments
) -> str:
    """Write what the listing does to a posting's history; return what that was, or ""."""
    listed = listing.lists(row)
    before = row.history(board_read_at)
    after = step(
        before,
        listed=listed,
        read_at=at,
        complete=listing.believed,
        window=listing.window,
        valid_through=listing.valid_through(row),
    )
    if after is None or (after.status == before.status and listed == (row.last_seen_at is None)):
        return ""
    pending.history(row, after, listed=listed)
    if after.status == before.status:
        return "" if listed else "unlisted"
    return "reopened" if after.status == "open" else after.status
