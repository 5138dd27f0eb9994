"""What the web page is told when it starts."""

from msgspec import Struct

#: Hosts a request may name when nothing else is set: the machine itself.
OWN_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class WebSettings(Struct, frozen=True, kw_only=True):
    """All that the application must be told beside its store."""

    title: str = "Remote jobs"
    hosts: tuple[str, ...] = OWN_HOSTS  #: names a request may ask for; anything else is 400
    base_url: str = ""  #: address of the service, for feeds; "": relative, so none is made up
    per_page: int = 25  #: openings on one page
    rate_per_minute: int = 600  #: requests of one address a minute; 0: no limit
    trusted_proxies: tuple[str, ...] = ()  #: peers whose X-Forwarded-For is believed
    max_body: int = 65_536  #: bytes of a request's body
    new_hours: int = 24  #: hours an opening is marked as new
    tokens: tuple[str, ...] = ()  #: SHA-256 digests, in hex, of the tokens that may write
