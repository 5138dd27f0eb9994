"""A page before it is made: its path, and a key that tells whether it would come out as before."""

from collections.abc import Callable
from datetime import datetime

import msgspec
import xxhash
from msgspec import Struct

_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)


class Page(Struct, frozen=True, kw_only=True):
    """One file of the site. Two pages of one path and one key have the same bytes."""

    path: str
    key: str
    make: Callable[[], bytes]
    changed: datetime | None = None  #: last real change of what it shows
    sitemap: bool = False  #: True: search engines are told of it
    job: bool = False  #: True: what the search finds


def digest(*parts: object) -> str:
    """Return a digest of plain values, structs and other digests: the same in every process."""
    try:
        return xxhash.xxh3_128_hexdigest(_ENCODER.encode(parts))
    except UnicodeEncodeError:  # half a surrogate pair, which UTF-8 cannot hold
        return xxhash.xxh3_128_hexdigest(repr(parts).encode("utf-8", "surrogatepass"))
