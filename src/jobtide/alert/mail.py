"""
A digest as a mail: text and HTML in one, with everything a good list sends along.

One-click unsubscribe: RFC 2369 and RFC 8058. Gmail cuts a mail at 102 kB, so messages are packed
to stay below (`WEIGHT`). Titles come from strangers: whatever they hold, the headers are ours.
"""

import re
from email import policy
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any
from unicodedata import category

from minijinja import Environment, safe
from msgspec import Struct

from jobtide.alert import digest
from jobtide.alert.signing import unsubscribe_token
from jobtide.errors import AlertError
from jobtide.model import Item, Message, Subscription
from jobtide.text import squeeze

#: Bytes of items in one mail; the rest (head, style, foot, headers) is under 8 kB, and all of it
#: grows by a third in base64.
WEIGHT = 62_000
MOST = 60

#: Longest subject, in characters.
LONGEST_SUBJECT = 150

#: Every header of a mail of ours; there is no other.
HEADERS = (
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post", "Auto-Submitted", "MIME-Version", "Content-Type",
)  # fmt: skip


#: C0 without the line break, DEL, C1.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class _Policy(policy.EmailPolicy):
    """As `policy.SMTP`, but an address is never folded: what reads it would find it broken."""

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - str or a header
        """Return a header as it is sent."""
        if name.startswith("List-"):
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")


class Unsubscribe(Struct, frozen=True, kw_only=True):
    """How to end a subscription."""

    url: str
    one_click: bool  #: a POST to it ends the subscription (RFC 8058)


def unsubscribe_link(one: Subscription, base_url: str, sender: str) -> Unsubscribe:
    """Return a page of `jobtide serve` when it has a public address, else a mail to the sender."""
    token = unsubscribe_token(one)
    if base_url:
        url = f"{base_url.rstrip('/')}/unsubscribe/{token}"
        return Unsubscribe(url=url, one_click=url.startswith("https://"))
    return Unsubscribe(url=f"mailto:{sender}?subject=unsubscribe%20{token}", one_click=False)


def header_text(text: str) -> str:
    """Return text that is one header line whatever it held: no controls, no encoded words.

    The standard library decodes "=?utf-8?q?...=0A...?=" found in a subject and writes the line
    break it hides (CPython issue 144125), so no encoded word may be left.
    """
    plain = "".join(
        " " if category(one)[0] == "C" or one in "\u2028\u2029" else one for one in text
    )
    plain = squeeze(plain.replace("=?", "= ?"))
    if len(plain) > LONGEST_SUBJECT:
        plain = plain[: LONGEST_SUBJECT - 1].rstrip() + "…"
    return plain


def build(message: Message, one: Subscription, to: str, sender: str, base_url: str) -> bytes:
    """Return the bytes of a mail.

    Raises:
        AlertError: read back, it has not exactly the headers it should have.
    """
    leave = unsubscribe_link(one, base_url, sender)
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Mailbox("jobtide alerts", addr_spec=sender)
    mail["To"] = Mailbox(addr_spec=to)
    mail["Subject"] = header_text(digest.subject(message))
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    mail["List-Id"] = f"<{one.id}.alerts.jobtide>"
    mail["List-Unsubscribe"] = f"<{leave.url}>"
    if leave.one_click:
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    mail.set_content(_storable(digest.text(message, _footer(one, leave))))
    mail.add_alternative(_storable(html(message, one, leave)), subtype="html")
    body = mail.as_bytes()
    _check(body, mail.keys())
    return body


def _storable(text: str) -> str:
    """Return text that UTF-8 can hold, without controls beside the line break."""
    return _CONTROL.sub(" ", text).encode("utf-8", "replace").decode()


def _check(body: bytes, wanted: list[str]) -> None:
    """Refuse a mail in which a title has become a header."""
    found = BytesHeaderParser(policy=policy.SMTP).parsebytes(body).keys()
    if sorted(found) != sorted(wanted) or not set(found) <= set(HEADERS):
        raise AlertError(f"the mail would have the headers {sorted(set(found) - set(wanted))}")


def _footer(one: Subscription, leave: Unsubscribe) -> tuple[str, ...]:
    return (
        f"You get this because of the saved search: {squeeze(one.query)}",
        f"Unsubscribe: {leave.url}",
    )


def weight(item: Item) -> int:
    """Return about how many bytes an item takes in text and HTML together."""
    return len((digest.block(item) * 2).encode()) + 420 + 60 * len(item.changes)


def html(message: Message, one: Subscription, leave: Unsubscribe) -> str:
    """Return the HTML part: one column, readable on a phone, light and dark."""
    found = [
        {"heading": _safe(heading), "items": [_shown(item) for item in items]}
        for heading, items in digest.sections(message.items)
    ]
    return _template().render_template(
        "mail.html",
        subject=_safe(digest.subject(message)),
        title=_safe(message.title),
        sections=found,
        more=_safe(digest.more(message) if message.more else ""),
        part=f"Part {message.part} of {message.parts}" if message.parts > 1 else "",
        test=message.test,
        query=_safe(one.query),
        unsubscribe=_safe(leave.url),
    )


def _shown(item: Item) -> dict[str, object]:
    return {
        "title": _safe(item.title),
        "organization": _safe(item.organization or ""),
        "facts": _safe(digest.facts(item)),
        "notes": [_safe(note) for note in digest.notes(item)],
        "url": _safe(item.url or ""),
        "credits": [
            {"name": _safe(credit.name), "url": _safe(credit.url or "")} for credit in item.credits
        ],
    }


def _safe(text: str) -> str:
    """Return text escaped for HTML; minijinja would write "/" as six letters too."""
    return safe(escape(text))


@cache
def _template() -> Environment:
    source = files("jobtide.alert").joinpath("mail.html.j2").read_text(encoding="utf-8")
    return Environment(
        templates={"mail.html": source}, undefined_behavior="strict", trim_blocks=True,
        lstrip_blocks=True, auto_escape_callback=lambda _: "html",
    )  # fmt: skip
