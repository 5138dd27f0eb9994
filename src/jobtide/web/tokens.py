"""Tokens that may write: kept as digests, compared in constant time."""

import hmac
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler

#: Random bytes of a token. So many need no slow hash: nobody can try them all.
_BYTES = 32


def new_token() -> tuple[str, str]:
    """Return a fresh token and the digest that the settings keep."""
    token = f"jt_{token_urlsafe(_BYTES)}"
    return token, digest(token)


def digest(token: str) -> str:
    """Return the SHA-256 of a token, in hex."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def may_write(token: str, digests: tuple[str, ...]) -> bool:
    """Say whether a token is one of those; every digest is compared, and in constant time."""
    found = digest(token)
    equal = [hmac.compare_digest(found, one.strip().lower()) for one in digests]
    return any(equal)


def needs_token(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let a request through that carries a token (RFC 6750, in the header only).

    Raises:
        NotAuthorizedException: it carries none, or one that is not ours.
    """
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    known = connection.app.state.desk.settings.tokens
    if scheme.lower() != "bearer" or not may_write(token.strip(), known):
        raise NotAuthorizedException(
            "This needs a token of this service: Authorization: Bearer TOKEN. "
            "`jobtide token` makes one.",
            headers={"WWW-Authenticate": "Bearer"},
        )
