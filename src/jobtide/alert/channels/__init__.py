"""
The channels: the only part of `alert` that sends.

A channel is a function `send(message, one, address, outside, now)`: it returns when the other
side has taken the message, and raises AlertError when it is to be tried again, ChannelGone when
that would be in vain. Sent again, a message carries the same id.
"""

import socket
from collections.abc import Callable
from datetime import datetime
from importlib import import_module

from msgspec import Struct

from jobtide.alert.address import Address
from jobtide.model import Message, Request, Response, Subscription

#: Sends one message.
Send = Callable[[Message, Subscription, Address, "Outside", datetime], None]


class MailServer(Struct, frozen=True, kw_only=True):
    """Where mails are handed in."""

    host: str
    port: int
    starttls: bool
    sender: str
    user: str | None = None
    password: str | None = None
    timeout_s: float = 20.0


class Outside(Struct, frozen=True, kw_only=True):
    """What channels need from outside. They reach the network only through what is given here."""

    dial: Callable[[str, int, float], socket.socket]  #: a guarded connection
    post: Callable[[Request], Response]  #: a guarded request; raises a SourceError
    mail: MailServer | None = None
    base_url: str = ""  #: public address of `jobtide serve`; "": there is none


def channel(kind: str) -> Send:
    """Return the channel of a kind of address."""
    send: Send = import_module(f"jobtide.alert.channels.{kind}").send
    return send


def room(address: Address) -> int:
    """Return the UTF-16 units one chat message may have in all, by its service."""
    from jobtide.alert.channels.apprise import room as asked

    return asked(address)
