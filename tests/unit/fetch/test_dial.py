"""Plain connections, as for mail: the address that is checked is the one connected to."""

import socket

import pytest

from jobtide.fetch.dial import dial
from jobtide.fetch.guard import BlockedAddressError


@pytest.fixture
def port():
    """Return a port of this machine on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_this_machine_may_be_asked(port):
    """A mail server beside us needs no permission."""
    with dial("mail.example", port, 2.0, resolver=lambda host, port: ["127.0.0.1"]) as line:
        assert line.getpeername() == ("127.0.0.1", port)


@pytest.mark.parametrize("address", ["10.0.0.5", "169.254.169.254", "192.168.1.1", "fd00::1"])
def test_other_private_addresses_must_be_named(address):
    """One private address among several refuses the name, and nothing is connected to."""
    with pytest.raises(BlockedAddressError, match="allow_private_hosts"):
        dial("mail.example", 25, 2.0, resolver=lambda host, port: ["93.184.216.34", address])


def test_a_named_host_may_be_private(port):
    """The next address is tried when nobody answers at the first."""
    addresses = ["::1", "127.0.0.1"]
    with dial("Mail.Example", port, 2.0, ["mail.example"], lambda host, port: addresses) as line:
        assert line.getpeername()[1] == port


def test_nobody_there_is_an_error():
    """No address, or nobody who listens, is an OSError with words."""
    with pytest.raises(OSError, match="has no address"):
        dial("mail.example", 25, 2.0, resolver=lambda host, port: [])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(OSError, match="refused"):
            dial("x", free.getsockname()[1], 2.0, resolver=lambda host, port: ["127.0.0.1"])
