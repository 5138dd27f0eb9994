"""Save a search: check what the person wrote, and begin where the store stands now."""

from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches
from secrets import token_hex

from msgspec import Struct

from jobtide.alert import read_address
from jobtide.alert.schedule import read_hours, read_zone
from jobtide.errors import UsageError
from jobtide.model import ALERT_KINDS, EVERY, USUAL_KINDS, Subscription
from jobtide.run.alerting.matching import open_now
from jobtide.run.alerting.searches import usual_query
from jobtide.store import Store


class Wish(Struct, frozen=True, kw_only=True):
    """What a person asks for."""

    query: str
    to: str
    every: str = "day"
    also: tuple[str, ...] = ()  #: kinds beside the usual ones: "closed"
    only: tuple[str, ...] = ()  #: these kinds in place of the usual ones
    name: str | None = None
    quiet_hours: str | None = None
    timezone: str = "UTC"
    backlog: bool = False
    everywhere: bool = False  #: also what is not remote


def subscribe(
    store: Store, wish: Wish, now: datetime, fresh: Callable[[int], str] = token_hex
) -> Subscription:
    """Keep a saved search, to be told of what changes from now on; return it.

    With `backlog` it is told of all that is open as well. `fresh` gives so many random bytes,
    in hex.

    Raises:
        UsageError: something of it cannot be understood, or is saved already.
        QueryError: the query cannot.
    """
    check_wish(wish)
    made = Subscription(
        id=fresh(4),
        query=usual_query(wish.query, everywhere=wish.everywhere),
        to=_checked(wish.to),
        key=fresh(32),
        created_at=now,
        name=wish.name,
        every=wish.every,
        kinds=_kinds(wish),
        quiet_hours=wish.quiet_hours,
        timezone=wish.timezone,
        backlog=wish.backlog,
        position=store.last_change(),
    )
    for other in store.subscriptions():
        if (other.query, other.to, other.kinds) == (made.query, made.to, made.kinds):
            raise UsageError(f"this search is saved for this channel already, as {other.id}")
    store.add_subscription(made, open_now(store, made, now) if wish.backlog else ())
    return made


def check_wish(wish: Wish) -> None:
    """Raise UsageError for the first word of a wish that cannot be understood."""
    _kinds(wish)
    if wish.every not in EVERY:
        raise UsageError(f"--every {wish.every!r}: must be one of {', '.join(EVERY)}")
    if wish.quiet_hours is not None:
        read_hours(wish.quiet_hours)
    read_zone(wish.timezone)
    read_address(wish.to)
    usual_query(wish.query, everywhere=wish.everywhere)


def _checked(to: str) -> str:
    address = read_address(to)
    return f"mailto:{address.to}" if address.kind == "email" else address.to


def _kinds(wish: Wish) -> tuple[str, ...]:
    """Return the kinds in their usual order; UsageError names the nearest for a wrong one."""
    for kind in (*wish.also, *wish.only):
        if kind not in ALERT_KINDS:
            near = get_close_matches(kind, ALERT_KINDS, n=1, cutoff=0.4)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(ALERT_KINDS)}."
            raise UsageError(f"there is no news of kind {kind!r}. {hint}")
    wanted = {*(wish.only or USUAL_KINDS), *wish.also}
    return tuple(kind for kind in ALERT_KINDS if kind in wanted)
