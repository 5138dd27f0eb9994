"""Ask another server in place of the real one: a mirror, a recording, the demo."""

from urllib.parse import urlsplit


def rebase_url(url: str, base: str) -> str:
    """Return `url` with the origin replaced by `base`; path and query stay.

    `{host}` in `base` stands for the host name of `url`. Raises ValueError for what is no http
    address.

    >>> rebase_url("https://remoteok.com/api?x=1", "http://127.0.0.1:8080/{host}")
    'http://127.0.0.1:8080/remoteok.com/api?x=1'
    >>> rebase_url("https://remoteok.com/api", "http://127.0.0.1:8080/mirror/")
    'http://127.0.0.1:8080/mirror/api'
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http address: {url[:200]!r}")
    origin = base.replace("{host}", parts.hostname).rstrip("/")
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return f"{origin}{path}{query}"


def is_rebased(url: str, base: str) -> bool:
    """Return whether `url` lies on the server of `base` already (same host and port)."""
    return urlsplit(url).netloc.lower() == urlsplit(base).netloc.lower()
