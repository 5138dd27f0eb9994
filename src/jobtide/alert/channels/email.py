"""E-mail: one message handed to one mail server, over a connection that was checked."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from datetime import datetime

from jobtide.alert.address import Address
from jobtide.alert.channels import MailServer, Outside
from jobtide.alert.mail import build
from jobtide.errors import AlertError, ChannelGone, ConfigError
from jobtide.model import Message, Subscription
from jobtide.text import squeeze

#: The port that speaks TLS from the first byte (RFC 8314, 3.3).
IMPLICIT_TLS = 465

#: Answers to RCPT TO that say: no such mailbox, moved, or not a name at all (RFC 5321, 4.2.3).
NO_MAILBOX = frozenset({550, 551, 553})


def send(
    message: Message, one: Subscription, address: Address, outside: Outside, now: datetime
) -> None:
    """Hand a message to the mail server; its "250" means that it arrived."""
    server = outside.mail
    if server is None:
        raise ConfigError("no mail server is set: put host and sender under [smtp]")
    body = build(message, one, address.to, server.sender, outside.base_url)
    try:
        with _connected(server, outside.dial) as session:
            if server.user is not None:
                session.login(server.user, server.password or "")
            session.sendmail(server.sender, [address.to], body)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = error.recipients[address.to]
        kind = ChannelGone if code in NO_MAILBOX else AlertError
        raise kind(f"{server.host} refuses {address.to}: {_words(code, said)}") from None
    except smtplib.SMTPAuthenticationError as error:
        what = f"{server.host} refuses user and password ({error.smtp_code})"
        raise AlertError(
            f"{what}; set smtp.user, and SMTP_PASSWORD or SMTP_PASSWORD_FILE"
        ) from None
    except smtplib.SMTPNotSupportedError as error:
        raise AlertError(
            f"{server.host}: {error}; smtp.starttls = false sends all the same"
        ) from None
    except smtplib.SMTPResponseException as error:
        words = _words(error.smtp_code, error.smtp_error)
        raise AlertError(f"{server.host} answered {words}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise AlertError(f"{server.host}:{server.port}: {squeeze(str(error))[:200]}") from None


def _words(code: int, said: bytes | str) -> str:
    """Return an answer of the server as one short line."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    shown = "".join(one for one in text if one.isprintable() or one.isspace())
    return f"{code} {squeeze(shown)[:150]}"


def _connected(
    server: MailServer, dial: Callable[[str, int, float], socket.socket]
) -> smtplib.SMTP:
    """Return a session; encrypted, unless the settings say otherwise."""
    tls = ssl.create_default_context()
    implicit = server.port == IMPLICIT_TLS

    class Session(smtplib.SMTP):
        # typeshed does not know this method; CPython's own SMTP_SSL replaces it too.
        def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
            line = dial(host, port, timeout)
            return tls.wrap_socket(line, server_hostname=host) if implicit else line

    # Named after the sender: asking for the name of this machine may take a minute.
    named = server.sender.rpartition("@")[2]
    session = Session(server.host, server.port, named, timeout=server.timeout_s)
    try:
        if server.starttls and not implicit:
            session.starttls(context=tls)
    except BaseException:
        session.close()
        raise
    return session
