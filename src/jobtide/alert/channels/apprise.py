"""Telegram, Slack, Discord, ntfy and whatever else apprise knows (https://appriseit.com)."""

from datetime import datetime
from typing import Any

from jobtide.alert import digest
from jobtide.alert.address import Address
from jobtide.alert.channels import Outside
from jobtide.errors import AlertError, ConfigError
from jobtide.model import Message, Subscription

#: Longest message, whatever a service allows: what a person reads in one go.
LONGEST = 12_000

#: Kept free for the heading and for what a service puts around a text.
MARGIN = 500


def room(address: Address) -> int:
    """Return how many UTF-16 units the jobs of one message may take.

    Raises:
        AlertError: apprise does not understand the address.
        ConfigError: apprise is not installed.
    """
    limit = int(_service(address).body_maxlen or LONGEST)
    return max(min(limit, LONGEST) - MARGIN, limit // 2)


def send(
    message: Message, one: Subscription, address: Address, outside: Outside, now: datetime
) -> None:
    """Send a message as plain text; the service's plugin escapes what would be markup there."""
    service = _service(address)
    try:
        taken = service.notify(body=digest.text(message), body_format="text")
    except Exception as error:  # of a plugin; its words may hold the address
        raise AlertError(f"{address.shown}: {type(error).__name__} in apprise") from None
    if not taken:
        raise AlertError(f"{address.shown} did not take the message; apprise says no more")


def _service(address: Address) -> Any:  # noqa: ANN401 - has no types
    try:
        import apprise
    except ImportError:
        raise ConfigError(
            f"{address.shown} needs apprise: pip install 'jobtide[alerts]'"
        ) from None
    service = apprise.Apprise.instantiate(address.to)
    if service is None:
        raise AlertError(f"{address.shown}: apprise does not understand this address")
    return service
