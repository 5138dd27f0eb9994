"""Who is told of what: a saved search with its channel, and what is sent to it."""

from datetime import datetime

from msgspec import Struct

#: What may be told of an opening, in the order it is named. "fits": it was known, and answers the
#: search only since it changed.
ALERT_KINDS = ("new", "fits", "reopened", "pay", "closed")

#: What is told unless the person asks for more.
USUAL_KINDS = ("new", "fits", "reopened", "pay")

#: How often a digest may be sent.
EVERY = ("change", "hour", "day")


class Subscription(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A saved search and the channel that is told of what answers it."""

    id: str
    query: str  #: in the search language, with everything that is asked
    to: str  #: "mailto:ana@example.org", "https://...", "tgram://..."; may hold a secret
    key: str  #: secret of this subscription: signs its deliveries and its unsubscribe link
    created_at: datetime
    name: str | None = None
    every: str = "day"  #: a word of EVERY
    kinds: tuple[str, ...] = USUAL_KINDS
    quiet_hours: str | None = None  #: "22:00-07:00": nothing is sent then
    timezone: str = "UTC"  #: IANA name; days, hours and quiet hours are counted in it
    backlog: bool = False  #: also what was open before
    # Below: what happened since, kept by the store.
    position: int = 0  #: number of the last change that was matched
    sent_at: datetime | None = None
    failures: int = 0  #: tries that failed since the last one that did not
    error: str | None = None  #: of the last try, when it failed
    failed_at: datetime | None = None
    retry_at: datetime | None = None  #: not tried again before
    paused: str | None = None  #: why nothing is sent until a person resumes it

    @property
    def title(self) -> str:
        """How it is called on a screen and in a subject."""
        return self.name or self.query


class Told(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change of one opening that a subscription must be told of: a row of the outbox."""

    opening_id: str
    change: str  #: "new", "pay:4711": with the kind, names this change among all of the opening
    kind: str  #: a word of ALERT_KINDS
    at: datetime
    earlier: str | None = None  #: "pay": the words before
    now: str | None = None
    number: int = 0  #: of the row, once it is stored
    #: Every id the opening goes by: told under one of them is told.
    known_as: tuple[str, ...] = ()


class Credit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A board to name beside an opening, and the page there."""

    name: str
    url: str | None = None


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One opening in a message, in words."""

    opening_id: str
    title: str
    changes: tuple[str, ...]  #: sentences: "new", "pay changed: $90,000 a year -> ..."
    kinds: tuple[str, ...]
    organization: str | None = None
    place: str = ""
    pay: str = ""
    age: str = ""
    url: str | None = None  #: where Apply leads, as far as the board's terms allow
    credits: tuple[Credit, ...] = ()


class Message(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is sent in one go. Written down before the first try, so each try sends the same."""

    id: str  #: stable: the Message-ID, delivery id and idempotency key
    subscription_id: str
    title: str
    created_at: datetime
    items: tuple[Item, ...]
    part: int = 1
    parts: int = 1
    more: int = 0  #: openings that are only counted
    tries: int = 0  #: how often it was tried before
    test: bool = False  #: sent by hand to try a channel
