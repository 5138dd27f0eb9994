"""A posting in small: all that is compared, and nothing else. One kilobyte, computed once."""

from datetime import datetime

from msgspec import Struct

from jobtide.dedupe.sketch import NOTHING, Sketch
from jobtide.dedupe.spots import Spot
from jobtide.dedupe.title import Role


class Facts(Struct, frozen=True, kw_only=True, gc=False):
    """What two postings are compared by."""

    id: str
    source: str
    board: str
    company: str  #: made by `employer_key`; "" for none
    role: Role
    spots: tuple[Spot, ...]  #: of the place line and the fields; (): not stated, or anywhere
    level: str | None = None  #: of the board's own field, never from the title
    kinds: tuple[str, ...] = ()  #: kinds of employment, sorted
    kind_in_title: bool = False
    departments: tuple[str, ...] = ()  #: as the board names them, folded and sorted
    requisitions: tuple[str, ...] = ()  #: the employer's own numbers, upper case
    url: str = ""  #: the posting's page, without scheme
    links: tuple[str, ...] = ()  #: addresses that name this job, without scheme
    pay: tuple[str, float, float] | None = None  #: currency and period, lowest, highest
    text: Sketch = NOTHING
    whole: bool = True  #: False: the text is an excerpt
    language: str | None = None
    fullness: int = 0  #: characters of text
    ended: bool = False  #: closed or expired
    since: datetime | None = None  #: first seen; None when no history was given
    until: datetime | None = None  #: last seen
    keys: bytes = b""  #: its blocking keys, packed by `keys.pack`
