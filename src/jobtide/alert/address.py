"""Where alerts go, as a person writes it: checked once, and shown without its secrets."""

import re
from urllib.parse import urlsplit

from msgspec import Struct

from jobtide.errors import UsageError

#: Local part: the "dot-atom" of RFC 5322 3.2.3, not beginning with "-" (a program that is handed
#: the address might read an option) and without "%" (which is what an escape begins with).
_LOCAL = re.compile(r"(?!-)[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,30})://\S+", re.IGNORECASE)

#: Schemes of apprise that post to any address: for that we have webhooks of our own, which are
#: signed and ask no private address. And those that write files or talk to this machine.
_NOT_OURS = frozenset(
    "json jsons xml xmls form forms mailto mailtos syslog dbus qt glib kde gnome macosx"
    " windows".split()
)


class Address(Struct, frozen=True, kw_only=True):
    """A checked channel."""

    kind: str  #: "email", "webhook" or "apprise"
    to: str  #: a mail address, or the URL; may hold a secret
    shown: str  #: for screens and logs, without secrets


def read_address(text: str) -> Address:
    """Return the channel that `text` names: "mailto:ana@example.org", "https://...", "tgram://...".

    A bare mail address is taken for one.

    Raises:
        UsageError: it is none; the message never repeats more than its beginning.
    """
    text = text.strip()
    scheme = text.partition(":")[0].lower()
    if scheme == "mailto" and not text.lower().startswith("mailto://"):
        return _email(text[len("mailto:") :])
    if scheme in ("http", "https"):
        return _webhook(text)
    if _SCHEME.fullmatch(text):
        if scheme in _NOT_OURS:
            raise UsageError(
                f"{scheme}:// is not used; write mailto:ana@example.org or https://..."
            )
        return Address(kind="apprise", to=text, shown=f"{scheme}://…")
    if "@" in text and ":" not in text:
        return _email(text)
    raise UsageError(
        "an alert goes to mailto:ana@example.org, https://..., or a service of apprise such as"
        f" tgram://...; {text[:12]!r} begins like none of them"
    )


def _email(text: str) -> Address:
    """Return one mail address; lists, names and headers are refused."""
    local, _, domain = text.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    if len(local) > 64 or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise UsageError(f"{text[:60]!r} is no mail address; write one, like ana@example.org")
    return Address(kind="email", to=f"{local}@{domain}", shown=f"mailto:{local}@{domain}")


def _webhook(text: str) -> Address:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not text.isprintable() or " " in text:
        raise UsageError("the address of the webhook cannot be read; write https://host/path")
    if "@" in text.split("://", 1)[1].split("/", 1)[0]:
        raise UsageError("no user name or password in the address of a webhook, please")
    where = host + (f":{port}" if port else "")
    return Address(kind="webhook", to=text, shown=f"{parts.scheme}://{where}/…")
