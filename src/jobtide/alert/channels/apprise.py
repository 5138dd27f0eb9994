"""Telegram, Slack, Discord, ntfy and whatever else apprise knows (https://appriseit.com)."""

from datetime import datetime
from html import escape
from typing import Any

from msgspec.structs import replace

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
    """Send a message as plain words: what would be markup or a call of names there is not."""
    service = _service(address)
    text = digest.text(_calmed(message))
    # Told that it is text, a plugin that speaks HTML takes "<b>" of a title for bold all the same.
    html = str(getattr(service.notify_format, "value", service.notify_format)) == "html"
    body = escape(text, quote=False).replace("\n", "<br/>") if html else text
    try:
        taken = service.notify(body=body, body_format="html" if html else "text")
    except Exception as error:  # of a plugin; its words may hold the address
        raise AlertError(f"{address.shown}: {type(error).__name__} in apprise") from None
    if not taken:
        raise AlertError(f"{address.shown} did not take the message; apprise says no more")


def _calmed(message: Message) -> Message:
    items = tuple(
        replace(
            item,
            title=calm(item.title),
            organization=calm(item.organization or "") or None,
            place=calm(item.place),
            pay=calm(item.pay),
            changes=tuple(calm(change) for change in item.changes),
            credits=tuple(replace(one, name=calm(one.name)) for one in item.credits),
        )
        for item in message.items
    )
    return replace(message, title=calm(message.title), items=items)


def calm(text: str) -> str:
    """Return words that call nobody and lead nowhere in any chat.

    Slack calls everybody at "<!channel>", others at "@everyone"; "[a](https://...)" is a link in
    Markdown. Emphasis ("*", "_") is let be: it does no harm.

    >>> calm("<!here> [pay](https://x) @all")
    '‹!here› [pay] (https://x) @\u200ball'
    """
    plain = text.replace("<", "‹").replace(">", "›").replace("](", "] (")
    return plain.replace("@", "@\u200b")


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
