"""Where a page ends and the next begins: the key of the last opening, sealed for one query."""

import base64
import binascii

import msgspec

from jobtide.query.fields import QueryError
from jobtide.query.parse import Query
from jobtide.text import stable_hash

#: What `order.key` gives.
Key = tuple[int, int, int, str]

_SEAL = msgspec.json.Decoder(tuple[str, int, int, int, str])
#: Far longer than any id we have seen.
_LONGEST = 2_000


def digest(query: Query) -> str:
    """Return what tells a query from another one, however the two were written."""
    return f"{stable_hash(msgspec.json.encode((query.groups, query.sort)).decode()):016x}"


def seal(query: Query, key: Key) -> str:
    """Return the cursor of the page that begins behind `key`."""
    packed = msgspec.json.encode((digest(query), *key))
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def unseal(query: Query, cursor: str) -> Key:
    """Return the key behind which the page begins.

    Raises:
        QueryError: no page gave this cursor, or a page of another query did.
    """
    try:
        if len(cursor) > _LONGEST:
            raise ValueError
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        owner, *key = _SEAL.decode(raw)
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise QueryError(
            f"cursor {cursor[:40]!r}: not one that a page gave. Start without one."
        ) from None
    if owner != digest(query):
        raise QueryError("the cursor belongs to another search. Start without one.")
    return tuple(key)  # type: ignore[return-value]
