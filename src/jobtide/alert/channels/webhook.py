"""A webhook: one POST of JSON a message, signed as `jobtide.alert.signing` says."""

from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from jobtide.alert.address import Address
from jobtide.alert.channels import Outside
from jobtide.alert.signing import DELIVERY, SIGNATURE, TIMESTAMP, sign
from jobtide.errors import AlertError, ChannelGone, SourceError
from jobtide.model import Item, Message, Request, Subscription

#: Openings of one delivery.
MOST = 100


def body_of(message: Message, one: Subscription) -> bytes:
    """Return the JSON of a delivery: every opening with its source and credit."""
    return msgspec.json.encode(
        {
            "id": message.id,
            "type": "jobtide.test" if message.test else "jobtide.alert",
            "created_at": message.created_at,
            "subscription": {"id": one.id, "name": one.title, "query": one.query},
            "part": message.part,
            "parts": message.parts,
            "jobs": [_job(item) for item in message.items],
        }
    )


def _job(item: Item) -> dict[str, object]:
    return {
        "id": item.opening_id,
        "changes": item.kinds,
        "said": item.changes,
        "title": item.title,
        "organization": item.organization,
        "place": item.place,
        "pay": item.pay,
        "posted": item.age,
        "url": item.url,
        "credits": [{"name": credit.name, "url": credit.url} for credit in item.credits],
    }


def send(
    message: Message, one: Subscription, address: Address, outside: Outside, now: datetime
) -> None:
    """Post a message; any 2xx means that it arrived."""
    body, stamp = body_of(message, one), int(now.timestamp())
    request = Request(
        url=address.to,
        method="POST",
        headers={
            "Content-Type": "application/json",
            DELIVERY: message.id,
            TIMESTAMP: str(stamp),
            SIGNATURE: sign(one.key, stamp, body),
            "Idempotency-Key": f'"{message.id}"',
        },
        body=body,
    )
    try:
        outside.post(request)
    except SourceError as error:
        raise _failure(error, urlsplit(address.to).hostname or "") from error


def _failure(error: SourceError, host: str) -> AlertError:
    """Return what went wrong, without the path of the address: it is often the secret."""
    code = error.message.partition(":")[0]
    if code == "status_410":
        return ChannelGone(f"{host} answered 410: this webhook is gone for good")
    hints = {
        "blocked_address": "it is no public address; if it is yours, name it in"
        " fetch.allow_private_hosts",
        "redirect_loop": "it redirects; give the address it leads to",
    }
    failure = AlertError(f"{host}: {hints.get(code, code.replace('_', ' '))}")
    failure.retry_after_s = getattr(error, "retry_after_s", None)
    return failure
