"""
Connections that lead only where they may: names are resolved once, every answer is checked, and
the checked addresses are those connected to.

aiohttp does not ask its resolver about literal addresses, so the socket factory, which sees each
address right before the connection is made, checks once more.
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from jobtide.fetch.addresses import is_public
from jobtide.fetch.guard import BlockedAddressError, blocked

#: A name and a port to addresses, like `getaddrinfo`: blocking; raises OSError when unknown.
Lookup = Callable[[str, int], Sequence[str]]

#: Longest header line; together they are bounded in limits.py. Long ones are policies (CSP).
MAX_LINE = 16 * 2**10

#: Most header lines of one answer.
MAX_LINES = 256

#: Seconds for one address to accept the connection, so that a second address gets its chance.
CONNECT_S = 10.0


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of `host`, as the operating system resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Sessions:
    """A guarded session, and one for the hosts that may be private; each opened when needed."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._open: dict[bool, aiohttp.ClientSession] = {}

    def get(self, *, private: bool) -> aiohttp.ClientSession:
        """Return the session for private or for public hosts."""
        if private not in self._open:
            self._open[private] = _session(self._lookup, private=private)
        return self._open[private]

    async def __aenter__(self) -> "Sessions":
        """Return itself."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Close every connection."""
        for session in self._open.values():
            await session.close()


def _session(lookup: Lookup, *, private: bool) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        resolver=_Resolver(lookup, private=private),
        use_dns_cache=False,
        socket_factory=_any_socket if private else _public_socket,
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,  # a proxy would resolve names by itself, past the guard
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
        read_bufsize=2**16,
        max_line_size=MAX_LINE,
        max_field_size=MAX_LINE,
        max_headers=MAX_LINES,
    )


class _Resolver(AbstractResolver):
    """Resolve a name once; refuse it when ANY of its addresses is not public."""

    def __init__(self, lookup: Lookup, *, private: bool) -> None:
        self._lookup = lookup
        self._private = private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the checked addresses of `host`."""
        addresses = await _in_daemon_thread(self._lookup, host, port)
        for address in addresses:
            if not self._private and not is_public(address):
                raise BlockedAddressError(blocked(host, address))
        if not addresses:
            raise OSError(f"{host} has no address")
        return [_result(host, address, port) for address in addresses]

    async def close(self) -> None:
        """Hold nothing open."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=0, flags=flags
    )


def _any_socket(addr_info: Any) -> socket.socket:  # noqa: ANN401 - aiohttp's 5-tuple
    family, kind, protocol = addr_info[:3]
    return socket.socket(family=family, type=kind, proto=protocol)


def _public_socket(addr_info: Any) -> socket.socket:  # noqa: ANN401 - aiohttp's 5-tuple
    """Return a socket for an address that is public: the last look before the connection."""
    address = str(addr_info[4][0])
    if not is_public(address):
        raise BlockedAddressError(blocked(address, address))
    return _any_socket(addr_info)


async def _in_daemon_thread(lookup: Lookup, host: str, port: int) -> Sequence[str]:
    """Run `lookup` beside the event loop.

    Not in the loop's own few threads: a name server that does not answer would hold them all,
    and the end of the program with them.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(found: Sequence[str] | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found or ())

    def run() -> None:
        found, failed = None, None
        try:
            found = lookup(host, port)
        except Exception as error:
            failed = error if isinstance(error, OSError) else OSError(str(error))
        with suppress(RuntimeError):  # the loop is gone: nobody waits any more
            loop.call_soon_threadsafe(settle, found, failed)

    threading.Thread(target=run, name=f"look up {host}", daemon=True).start()
    return await answer
