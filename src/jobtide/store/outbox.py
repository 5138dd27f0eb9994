"""What a store promises about alerts; its contract test is `tests/contract/test_alerts_store.py`.

A change is told at least once and written down exactly once. Three transactions, each whole or
not at all: `save_told` writes the rows and how far the changes were matched; `save_messages` ties
rows to a message with its final words and id; `mark_sent` ends it. Killed between two of them,
the next run goes on: rows that were not written are matched again, and a message that may have
gone out is sent again as it was, under the same id.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from jobtide.model import Message, Subscription, Told

#: Table -> its rows, as the store's own values.
AlertRows = dict[str, list[tuple[Any, ...]]]


class Tally(Struct, frozen=True, kw_only=True):
    """How many changes of one subscription wait for a digest, and how many were told."""

    waiting: int = 0
    told: int = 0


class Outbox(Protocol):
    """The part of a `Store` that holds subscriptions, and what they must be told."""

    def last_change(self) -> int:
        """Return the number of the last change; 0 when nothing ever happened."""
        ...

    def board_began(self) -> dict[tuple[str, str], datetime]:
        """Return (source, token) -> moment of its first counted reading: all was new then."""
        ...

    def add_subscription(self, wanted: Subscription, told: Sequence[Told] = ()) -> None:
        """Keep a subscription, with what it is to be told at once; ValueError: the id is taken."""
        ...

    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return all subscriptions, the oldest first."""
        ...

    def remove_subscription(self, name: str) -> bool:
        """Forget a subscription with all that was to be sent; return whether there was one."""
        ...

    def pause_subscription(self, name: str, reason: str | None) -> bool:
        """Pause, or with None resume, which forgets earlier failures; False: there is none."""
        ...

    def save_told(self, name: str, after: int, upto: int, told: Sequence[Told]) -> int:
        """
        Write what the changes after `after`, up to `upto`, mean to a subscription.

        Rows and the new position are one transaction. Returns the rows that were new: a change
        told before, under any id of its opening, is none. Nothing is written when the
        subscription does not stand at `after`: another process was quicker.
        """
        ...

    def waiting(self, name: str) -> tuple[Told, ...]:
        """Return the rows that no message tells yet, in the order they were written."""
        ...

    def save_messages(self, messages: Sequence[tuple[Message, Sequence[int]]]) -> None:
        """
        Write messages down before they are sent, each with the rows (`Told.number`) it tells.

        ValueError when a row waits no longer; nothing is written then.
        """
        ...

    def unsent(self, name: str) -> tuple[Message, ...]:
        """Return the messages not known to have arrived, in the order they were made."""
        ...

    def mark_sent(self, message_id: str, now: datetime) -> None:
        """Write down that a message arrived; it is never sent again, and its words are let go."""
        ...

    def mark_failed(
        self,
        message_id: str,
        now: datetime,
        error: str,
        *,
        retry_at: datetime | None,
        paused: str | None = None,
    ) -> None:
        """Write down that a try failed; `paused` says why the channel is dead."""
        ...

    def tallies(self) -> dict[str, Tally]:
        """Return subscription id -> how many changes wait and were told; no entry for none."""
        ...

    def sending(self) -> AbstractContextManager[bool]:
        """Hold the right to send; False inside: another process holds it. It ends with us."""
        ...

    def alert_rows(self) -> AlertRows:
        """Return everything about alerts as the store holds it, for `take_over_alerts`."""
        ...

    def take_over_alerts(self, rows: AlertRows) -> None:
        """Put the rows of a store in place of ours; subscriptions stand at our last change.

        For a store that was rebuilt: everything of the other one must have been matched.
        """
        ...
