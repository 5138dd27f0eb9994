"""Send what waits, mark it, and say how it went: the last of the three transactions."""

import re
import socket
from collections.abc import Callable
from datetime import datetime
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from jobtide.alert import Address, digest, due, quiet, read_address, retry_after
from jobtide.alert.channels import MailServer, Outside, channel
from jobtide.config import Config, secret
from jobtide.errors import AlertError, ChannelGone, ConfigError, JobtideError
from jobtide.fetch import fetch_one
from jobtide.fetch.dial import dial
from jobtide.model import Message, Request, Response, Subscription, Told
from jobtide.run.alerting.composing import compose, item_of
from jobtide.run.alerting.matching import match_changes, open_now
from jobtide.run.alerting.searches import subscription_query
from jobtide.run.collect import fetch_settings
from jobtide.store import Store

#: A secret in the address of a channel: "tgram://{TELEGRAM_TOKEN}/1234".
_SECRET = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")

#: How often one delivery is tried within a run; the next run tries again.
TRIES = 2

#: Seconds a delivery to a webhook may take in all, tries included.
DELIVERY_S = 30.0

#: Bytes of a webhook's answer that are read.
ANSWER_BYTES = 65_536


class Sender(Struct, frozen=True, kw_only=True):
    """What sending needs from outside: settings, clock, chance, and fresh names."""

    config: Config
    clock: Callable[[], datetime]
    random: Random
    fresh: Callable[[int], str]  #: so many random bytes, in hex


class Sent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How it went with one subscription."""

    subscription: str  #: its id
    title: str
    to: str  #: without secrets
    messages: int = 0
    jobs: int = 0
    waiting: int = 0  #: changes kept for later: not due yet, quiet hours, or it failed
    error: str | None = None
    paused: str | None = None  #: the channel is dead; a person must look
    text: tuple[str, ...] = ()  #: of a dry run: what would be sent


def send_alerts(store: Store, sender: Sender, *, force: bool = False) -> tuple[Sent, ...] | None:
    """Match what changed, and send what is due; with `force` all that waits.

    None: another process is sending. A channel that fails is told in the result, and tried again
    by a later run.
    """
    with store.sending() as ours:
        if not ours:
            return None
        match_changes(store, sender.clock())
        names = [one.id for one in store.subscriptions()]
        return tuple(_serve(store, sender, name, force=force) for name in names)


def _serve(store: Store, sender: Sender, name: str, *, force: bool) -> Sent:
    """Send to one subscription: first what an earlier run had written down, then what is new."""
    one = _subscription(store, name)
    address = read_address(one.to)
    done = Sent(subscription=one.id, title=one.title, to=address.shown, paused=one.paused)
    try:
        subscription_query(one)  # what cannot be understood must not look like "nothing new"
        if one.paused is None:
            done = _send_all(store, sender, name, filled(address), done, force=force)
    except JobtideError as error:
        done = replace(done, error=_told(error, address))
    tally = store.tallies().get(name)
    return replace(done, waiting=tally.waiting if tally else 0)


def _send_all(
    store: Store, sender: Sender, name: str, address: Address, done: Sent, *, force: bool
) -> Sent:
    for _ in range(2):
        one, now = _subscription(store, name), sender.clock()
        rows = () if store.unsent(name) else store.waiting(name)
        if rows and (force or due(one, now)):
            key = f"{one.id}-{sender.fresh(8)}"
            store.save_messages(compose(store, one, address, rows, now, key))
        if force or _may_send(one, now):
            done = _deliver(store, sender, one, address, done)
        if done.error:
            break
    return done


def _subscription(store: Store, name: str) -> Subscription:
    return next(one for one in store.subscriptions() if one.id == name)


def _may_send(one: Subscription, now: datetime) -> bool:
    """Return whether a message that is written down already may go out."""
    return not quiet(one, now) and (one.retry_at is None or now >= one.retry_at)


def _deliver(
    store: Store, sender: Sender, one: Subscription, address: Address, done: Sent
) -> Sent:
    send, outside = channel(address.kind), outside_of(sender, address)
    for message in store.unsent(one.id):
        try:
            send(message, one, address, outside, sender.clock())
        except ConfigError as error:  # nothing was tried, so nothing is waited for
            store.mark_failed(message.id, sender.clock(), str(error), retry_at=None)
            return replace(done, error=str(error))
        except AlertError as error:
            gone = f"{error}" if isinstance(error, ChannelGone) else None
            now = sender.clock()
            wait = retry_after(one.failures + 1, sender.random, error.retry_after_s)
            words = _told(error, address)
            store.mark_failed(
                message.id, now, words, retry_at=now + wait if wait else None, paused=gone
            )
            return replace(done, error=words, paused=gone)
        store.mark_sent(message.id, sender.clock())
        done = replace(
            done,
            messages=done.messages + 1,
            jobs=done.jobs + len(message.items) + message.more,
        )
    return done


def _told(error: JobtideError, address: Address) -> str:
    """Return an error's words without the address of the channel, should they hold it."""
    return str(error).replace(address.to, address.shown)


def dry_run(store: Store, sender: Sender) -> tuple[Sent, ...]:
    """Return what `send_alerts` would send now, as text; nothing is written and nothing sent."""
    matched = match_changes(store, sender.clock(), write=False)
    return tuple(
        _dry(store, one, matched.get(one.id, []), sender.clock()) for one in store.subscriptions()
    )


def _dry(store: Store, one: Subscription, matched: list[Told], now: datetime) -> Sent:
    address = read_address(one.to)
    done = Sent(subscription=one.id, title=one.title, to=address.shown, paused=one.paused)
    if one.paused is not None:
        return done
    waiting = store.waiting(one.id)
    known = {(row.opening_id, row.change) for row in waiting}
    rows = [*waiting, *(row for row in matched if (row.opening_id, row.change) not in known)]
    try:
        messages = [*store.unsent(one.id)]
        if rows and due(one, now):
            made = compose(store, one, filled(address), rows, now, "dry")
            messages += [message for message, _ in made]
    except JobtideError as error:
        return replace(done, error=_told(error, address))
    return replace(
        done,
        messages=len(messages),
        jobs=sum(len(message.items) + message.more for message in messages),
        waiting=len(rows),
        text=tuple(digest.text(message) for message in messages),
    )


def send_test(store: Store, sender: Sender, one: Subscription) -> Message:
    """Send up to three jobs that answer the search now, marked as a test; nothing is written.

    Raises:
        AlertError, ConfigError: the channel did not take it.
        QueryError: the search cannot be understood.
    """
    now = sender.clock()
    rows = open_now(store, one, now)[:3]
    openings = [(store.opening(row.opening_id), row) for row in rows]
    message = Message(
        id=f"{one.id}-{sender.fresh(8)}-test",
        subscription_id=one.id,
        title=one.title,
        created_at=now,
        items=tuple(item_of(opening, [row], now) for opening, row in openings if opening),
        test=True,
    )
    address = filled(read_address(one.to))
    channel(address.kind)(message, one, address, outside_of(sender, address), now)
    return message


def filled(address: Address) -> Address:
    """Return the address with the secrets it names put in.

    Raises:
        ConfigError: a secret is not set.
    """
    to = address.to
    for name in _SECRET.findall(to):
        value = secret(name)
        if value is None:
            raise ConfigError(
                f"{address.shown} needs {name} in the environment, or a file named by {name}_FILE"
            )
        to = to.replace(f"{{{name}}}", value)
    return replace(address, to=to)


def outside_of(sender: Sender, address: Address) -> Outside:
    """Return what channels need, as the settings say it."""
    config = sender.config
    private = tuple(host.lower() for host in config.fetch.allow_private_hosts)

    def connect(host: str, port: int, timeout_s: float) -> socket.socket:
        return dial(host, port, timeout_s, private)

    def post(request: Request) -> Response:
        settings = replace(
            fetch_settings(config),
            timeout_s=DELIVERY_S,
            retries=TRIES,
            max_redirects=0,  # a POST that is sent elsewhere would arrive there as a GET
            max_bytes=ANSWER_BYTES,
            host_delay_s=0.0,
        )
        return fetch_one(request, settings, clock=sender.clock, random=sender.random)

    return Outside(
        dial=connect, post=post, mail=_mail_server(config), base_url=config.web.base_url
    )


def _mail_server(config: Config) -> MailServer | None:
    smtp = config.smtp
    if smtp.host is None or smtp.sender is None:
        return None
    sender = read_address(smtp.sender)
    if sender.kind != "email":
        raise ConfigError(f"smtp.sender: {smtp.sender!r} is no mail address")
    return MailServer(
        host=smtp.host,
        port=smtp.port,
        starttls=smtp.starttls,
        user=smtp.user,
        password=secret("SMTP_PASSWORD"),
        sender=sender.to,
        timeout_s=smtp.timeout_s,
    )
