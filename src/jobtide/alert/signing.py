"""
Signatures: of a delivery, so that a receiver knows it is ours, and of an unsubscribe link.

HMAC-SHA256 over "timestamp.body", as most services do it; the delivery's id is in the body, so it
is signed too. `verified` is what a receiver does, and what our tests do.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct, json

from jobtide.errors import AlertError
from jobtide.model import Subscription

#: Header names of a delivery.
SIGNATURE, TIMESTAMP, DELIVERY = "X-Signature-256", "X-Timestamp", "X-Delivery"

#: Seconds a signature is believed: what Stripe and Standard Webhooks use.
WINDOW_S = 300

_PURPOSE = b"jobtide unsubscribe"


class _Named(Struct):
    id: str


def sign(key: str, timestamp: int, body: bytes) -> str:
    """Return the value of the signature header of a body sent at a moment (Unix seconds)."""
    return f"sha256={_digest(key, f'{timestamp}.'.encode() + body)}"


def verified(
    headers: Mapping[str, str], body: bytes, key: str, now: int, seen: Collection[str] = ()
) -> str:
    """Return the id of a delivery that is genuine, fresh and not among those `seen`.

    Raises:
        AlertError: it is none of these; the message says which.
    """
    known = {name.lower(): value for name, value in headers.items()}
    stamp = known.get(TIMESTAMP.lower(), "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 12):
        raise AlertError("the delivery has no timestamp")
    if not hmac.compare_digest(
        sign(key, int(stamp), body).encode(), known.get(SIGNATURE.lower(), "").encode()
    ):
        raise AlertError("the signature does not fit the body and its timestamp")
    if abs(now - int(stamp)) > WINDOW_S:
        raise AlertError(f"the delivery is older than {WINDOW_S} seconds")
    name = json.decode(body, type=_Named).id
    if name != known.get(DELIVERY.lower()):
        raise AlertError("the delivery id of the header is not the one that was signed")
    if name in seen:
        raise AlertError(f"delivery {name} came before")
    return name


def unsubscribe_token(one: Subscription) -> str:
    """Return what an unsubscribe link ends with: nobody can make it for another's subscription."""
    return f"{one.id}.{_digest(one.key, _PURPOSE)[:32]}"


def token_owner(token: str, subscriptions: Iterable[Subscription]) -> Subscription | None:
    """Return whose unsubscribe token it is; None for one that is not ours."""
    for one in subscriptions:
        if hmac.compare_digest(unsubscribe_token(one).encode(), token.encode("utf-8", "replace")):
            return one
    return None


def _digest(key: str, text: bytes) -> str:
    return hmac.new(key.encode(), text, hashlib.sha256).hexdigest()
