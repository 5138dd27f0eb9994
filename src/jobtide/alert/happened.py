"""What a batch of changes of postings did to the opening behind them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from jobtide.model import Opening, Posting, Salary, Tracked
from jobtide.query import posted

#: States in which a posting is not known to have ended.
GOING = ("open", "missing")


class Event(Protocol):
    """A change of a posting, as the store's log tells it."""

    @property
    def at(self) -> datetime:
        """Return when it happened."""

    @property
    def kind(self) -> str:
        """Return "new", "changed", "closed", "expired" or "reopened"."""

    @property
    def posting_id(self) -> str:
        """Return whose change it is."""

    @property
    def fields(self) -> Mapping[str, tuple[Any, Any]]:
        """Return field -> (earlier, now) of a "changed"."""

    @property
    def was(self) -> str | None:
        """Return the state a "reopened" came back from."""


class Happening(Struct, frozen=True, kw_only=True):
    """What became of an opening over a batch of changes."""

    kind: str  #: "new", "reopened", "closed" or "changed"
    at: datetime
    #: "new": all its postings stood on the first answer of their boards that we ever saw.
    stock: bool = False
    before: Opening | None = None  #: "changed": as far as it is known, the opening as it was
    pay_before: tuple[Salary, ...] | None = None  #: "changed": when the pay is another


def happened(
    opening: Opening, events: Sequence[Event], began: Mapping[tuple[str, str], datetime]
) -> Happening | None:
    """Return what the events, in their order, did to the opening in all; None: no news.

    Args:
        opening: as it is now.
        events: of its postings, of one batch.
        began: (source, board) -> moment of its first reading.
    """
    if not events:
        return None
    at = max(event.at for event in events)
    fresh = {event.posting_id for event in events if event.kind == "new"}
    known = [one for one in opening.postings if one.posting.id not in fresh]
    if not known:
        if opening.status != "open":
            return None  # it came and went
        stock = all(_stood_from_the_start(one, began) for one in opening.postings)
        return Happening(kind="new", at=at, stock=stock)
    was_open = any(_state_before(one, events) in GOING for one in known)
    if opening.status == "open" and not was_open:
        return Happening(kind="reopened", at=at)
    if opening.status != "open":
        return Happening(kind="closed", at=at) if was_open else None
    return _changed(opening, events, at)


def _stood_from_the_start(one: Tracked, began: Mapping[tuple[str, str], datetime]) -> bool:
    first = began.get((one.posting.source, one.posting.board))
    return first is None or one.history.first_seen_at <= first


def _state_before(one: Tracked, events: Iterable[Event]) -> str:
    """Return the state a posting was in before the batch."""
    for event in events:
        if event.posting_id != one.posting.id:
            continue
        if event.kind == "reopened":
            return event.was or "closed"
        if event.kind in ("closed", "expired"):
            return "open"
    return one.history.status


def _changed(opening: Opening, events: Sequence[Event], at: datetime) -> Happening | None:
    """Return the change of what is shown: of the canonical posting, and of what fills it."""
    shown = opening.posting
    payer = opening.filled.get("base_salary", shown.id)
    earlier: dict[str, Any] = {}
    paid: Any = None
    for event in events:
        if event.kind != "changed":
            continue
        if event.posting_id == shown.id:
            earlier = {name: pair[0] for name, pair in event.fields.items()} | earlier
        if event.posting_id == payer and paid is None and "base_salary" in event.fields:
            paid = event.fields["base_salary"][0]
    if not earlier and paid is None:
        return None
    pay_before = None if paid is None else _read(paid, tuple[Salary, ...])
    if pay_before is not None:
        earlier["base_salary"] = paid
    if pay_before == shown.base_salary:
        pay_before = None  # there and back again
    before = replace(opening, posting=_as_it_was(shown, earlier))
    return Happening(kind="changed", at=at, before=before, pay_before=pay_before)


def _as_it_was(shown: Posting, earlier: Mapping[str, Any]) -> Posting:
    """Return the posting with its earlier values; long texts are known only in part."""
    values = {name: value for name, value in earlier.items() if name not in _CUT}
    known = msgspec.to_builtins(shown) | values
    return _read(known, Posting) or shown


#: Fields of which the log keeps only the surroundings of a difference.
_CUT = ("text", "description")


def _read(value: Any, kind: Any) -> Any:  # noqa: ANN401 - what msgspec.convert takes and gives
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return None  # written by an older version whose words were others


def is_old(opening: Opening, since: datetime) -> bool:
    """Return whether a job that stood on a board's first answer was posted before a moment.

    Without a date that can be believed it was: most of a board is older than its first reading.
    """
    when, stated = posted(opening)
    return not stated or when < since
