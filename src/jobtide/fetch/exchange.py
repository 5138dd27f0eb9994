"""One hop carried out: wait for our turn, send, read to the end or to a bound."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple

import aiohttp
from msgspec import Struct

from jobtide.errors import Forbidden, PayloadError, Throttled, Unreachable
from jobtide.fetch import limits
from jobtide.fetch.connector import Sessions
from jobtide.fetch.errand import FetchSettings
from jobtide.fetch.guard import BlockedAddressError, Target
from jobtide.fetch.outcome import Failure, place, status_failure
from jobtide.fetch.polite import Gate, retry_after_s
from jobtide.fetch.robots import Robots
from jobtide.fetch.steps import REDIRECTS, Step, Wish


class Tools(Struct, frozen=True, kw_only=True):
    """What every request of a run shares."""

    settings: FetchSettings
    gate: Gate
    clock: Callable[[], datetime]
    random: random.Random
    private_hosts: frozenset[str]  #: `settings.allow_private_hosts`, in lower case
    robots: Robots


class Deadline:
    """The moment a request must be over; waiting for our turn does not count."""

    def __init__(self, seconds: float) -> None:
        self._until = asyncio.get_running_loop().time() + seconds

    def left(self) -> float:
        """Return the seconds left, never less than zero."""
        return max(0.0, self._until - asyncio.get_running_loop().time())

    def extend(self, seconds: float) -> None:
        """Give back time that was spent waiting for our turn."""
        self._until += seconds


class Answer(NamedTuple):
    """What one hop gave: a place to go on, or a body."""

    status: int
    location: str | None
    encoded: bytes
    coding: str | None
    content_type: str | None
    etag: str | None
    last_modified: str | None


async def ask(
    step: Step,
    target: Target,
    wish: Wish,
    sessions: Sessions,
    tools: Tools,
    deadline: Deadline,
) -> Answer:
    """Return what one hop answers; raises Failure."""
    where, host = place(step.url), target.host
    async with tools.gate.turn(host, wish.delay_s) as waited:
        deadline.extend(waited)
        async with _failures(where, host, tools.gate, deadline):
            session = sessions.get(private=target.private)
            async with session.request(
                step.method,
                target.url,
                headers=step.headers,
                data=step.body,
                allow_redirects=False,
            ) as reply:
                tools.gate.answered(host)
                return await _read(reply, step, host, wish, tools)


async def _read(
    reply: aiohttp.ClientResponse, step: Step, host: str, wish: Wish, tools: Tools
) -> Answer:
    """Judge status and headers, then take in the body as it was sent."""
    limits.check_headers(reply.raw_headers)
    headers, max_bytes = reply.headers, tools.settings.max_bytes
    location = headers.get("Location") if reply.status in REDIRECTS else None
    encoded, coding = b"", None
    not_modified = reply.status == 304 and wish.validators is not None
    if location is None and not not_modified:
        _raise_for_status(reply, step, host, tools)
        coding = limits.coding_of(headers.getall("Content-Encoding", ()))
        _check_type(headers.get("Content-Type"), wish.accept, place(step.url))
        if wish.first_bytes is not None:
            encoded = await limits.beginning(reply.content.iter_any(), wish.first_bytes)
        elif step.method != "HEAD" and (reply.content_length or 0) > max_bytes:
            raise limits.too_large(max_bytes)
        else:
            encoded = await limits.collect(reply.content.iter_any(), max_bytes)
    return Answer(
        status=reply.status,
        location=location,
        encoded=encoded,
        coding=coding,
        content_type=_plain(headers.get("Content-Type")),
        etag=_plain(headers.get("ETag")),
        last_modified=_plain(headers.get("Last-Modified")),
    )


def _plain(value: str | None) -> str | None:
    """Return a header's value when it can be stored and sent back: short, printable ASCII."""
    usable = value is not None and value.isascii() and value.isprintable() and len(value) <= 1024
    return value if usable else None


def _raise_for_status(reply: aiohttp.ClientResponse, step: Step, host: str, tools: Tools) -> None:
    wait = retry_after_s(reply.headers.get("Retry-After"), tools.clock())
    failure = status_failure(reply.status, step.url, wait)
    if failure is None:
        return
    if failure.kind is Throttled and wait is not None:
        tools.gate.hold(host, wait)
    raise failure


def _check_type(content_type: str | None, accept: tuple[str, ...], where: str) -> None:
    if accept and not (content_type or "").strip().lower().startswith(accept):
        what = f"{where} is {(content_type or 'of no stated type')[:80]!r}, not {accept}"
        raise Failure(PayloadError, "unexpected_content_type", what)


@asynccontextmanager
async def _failures(where: str, host: str, gate: Gate, deadline: Deadline) -> AsyncIterator[None]:
    """Bound the time, and say what each of the client's exceptions means for the board."""
    try:
        async with asyncio.timeout(deadline.left()):
            yield
    except (Failure, asyncio.CancelledError):
        raise
    except aiohttp.ClientConnectorError as error:
        if isinstance(error.__cause__, BlockedAddressError):
            raise Failure(Forbidden, "blocked_address", f"{error.__cause__}") from error
        gate.silent(host)
        raise _connection_failure(where, error) from error
    except aiohttp.ConnectionTimeoutError as error:
        gate.silent(host)
        raise _unreachable("connect_timeout", f"{where}: nobody answered", True) from error
    except TimeoutError as error:
        gate.silent(host)
        what = f"{where} took longer than allowed; raise timeout_s if it is merely slow"
        raise Failure(Unreachable, "total_timeout", what) from error
    except aiohttp.ClientResponseError as error:
        big = "Got more than" in error.message or "Too many" in error.message
        code = "headers_too_large" if big else "bad_answer"
        raise _unreachable(code, f"{where}: {error.message[:200]}", False) from error
    except aiohttp.ClientPayloadError as error:
        raise _unreachable("truncated", f"{where} broke off: {error}"[:300], True) from error
    except (aiohttp.ClientError, OSError) as error:
        what = f"{where}: {type(error).__name__} {error}"[:300]
        raise _unreachable("connection_lost", what, True) from error
    except Exception as error:
        what = f"{where}: {type(error).__name__} {error}"[:300]
        raise _unreachable("bad_answer", what, False) from error


_TLS_ERRORS = (aiohttp.ClientConnectorSSLError, aiohttp.ClientConnectorCertificateError)


def _connection_failure(where: str, error: aiohttp.ClientConnectorError) -> Failure:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _unreachable("no_address", f"{where}: {error.__cause__}", True)
    if isinstance(
        error, (aiohttp.ClientConnectorSSLError, aiohttp.ClientConnectorCertificateError)
    ):
        return _unreachable("bad_certificate", f"{where}: {error}"[:300], False)
    return _unreachable("no_connection", f"{where}: {error.__cause__}", True)


def _unreachable(code: str, what: str, retry: bool) -> Failure:
    return Failure(Unreachable, code, f"{what}; the next run tries again", retry=retry)
