"""
What a store promises to several workers; its contract test is `tests/contract/test_leases.py`.

A lease is the right to ask one host for one board until a moment. Its fence is a number that rises
with every lease of the host: what is written under an older one changes nothing, so a worker that
slept through its lease does no harm. Nobody asks a host that another worker has a lease of, and
not before the pause after the last request is over: so all workers together keep its pace.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from jobtide.model import Posting, Reject, Response
from jobtide.store.records import Counts, Reading


class Due(Struct, frozen=True, kw_only=True):
    """One board of the schedule."""

    source: str
    board: str  #: the board's token
    host: str  #: the host it is asked at
    due_at: datetime | None = None  #: when a board new to the schedule is due; None: now


class Lease(Struct, frozen=True, kw_only=True):
    """The right to ask one host for one board."""

    source: str
    board: str
    host: str
    fence: int


class Leases(Protocol):
    """The part of a store that several workers share."""

    def plan(self, boards: Iterable[Due]) -> None:
        """Make this the schedule: new boards are added, boards it does not name leave it."""
        ...

    def claim(self, holder: str, lease_s: float) -> Lease | None:
        """Return a lease of the host that has waited longest, with its most overdue board."""
        ...

    def renew(self, leases: Sequence[Lease], lease_s: float) -> list[Lease]:
        """Let leases live on for `lease_s` from now; return those that are lost already."""
        ...

    def save_leased(
        self,
        lease: Lease,
        reading: Reading,
        postings: Sequence[Posting],
        rejects: Sequence[Reject] = (),
        responses: Sequence[Response] = (),
        *,
        pause_s: float,
        again_s: float,
    ) -> Counts | None:
        """
        Save a reading as `save_reading` and end the lease, in one transaction.

        The host may be asked again after `pause_s`, the board is due again after `again_s`.
        None, and nothing changed, when the lease is no longer the host's last one.
        """
        ...

    def release(self, lease: Lease, pause_s: float, again_s: float) -> bool:
        """End a lease without a reading; False when it was lost already."""
        ...

    def waiting_s(self) -> float | None:
        """Return the seconds until a lease may be had; None when nothing is scheduled."""
        ...

    def due_count(self) -> int:
        """Return how many boards are due now, whether somebody reads them already or not."""
        ...
