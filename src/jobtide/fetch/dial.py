"""A plain connection to a host of the settings, under the same guard as every request."""

import ipaddress
import socket
from collections.abc import Collection

from jobtide.fetch.addresses import is_public
from jobtide.fetch.connector import Lookup, look_up
from jobtide.fetch.guard import BlockedAddressError, blocked


def dial(
    host: str,
    port: int,
    timeout_s: float,
    allow_private_hosts: Collection[str] = (),
    resolver: Lookup = look_up,
) -> socket.socket:
    """Return a connection to `host`, for a protocol that is not HTTP, such as mail.

    The address that is checked is the one connected to. This machine itself is allowed, as mail
    programs usually talk to a server beside them; other private addresses must be named.

    Raises:
        BlockedAddressError: one of its addresses is not public (an OSError).
        OSError: nobody answers there.
    """
    addresses = resolver(host, port)
    for address in addresses:
        own = ipaddress.ip_address(address).is_loopback
        if not own and host.lower() not in allow_private_hosts and not is_public(address):
            raise BlockedAddressError(blocked(host, address))
    failed: OSError = OSError(f"{host} has no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=timeout_s)
        except OSError as error:
            failed = error
    raise failed
