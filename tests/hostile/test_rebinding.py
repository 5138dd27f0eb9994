"""A name server that changes its mind: whoever asks it twice is led inside, we are not."""

import random
import socket
import struct
import threading
from datetime import UTC, datetime

import pytest

from jobtide.errors import Forbidden, Unreachable
from jobtide.fetch import FetchSettings, connector, fetch_one
from jobtide.model import Request
from tests.hostile.server import Canary

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
#: A public address; the tests may not connect to it, so a request to it ends as "unreachable".
PUBLIC = "8.8.8.8"


class NameServer:
    """Answers each question over UDP with the next list of addresses, the last one for ever."""

    def __init__(self, *answers):
        self.answers, self.questions = answers, 0

    def __enter__(self):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = self._socket.getsockname()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def _serve(self):
        while True:
            question, who = self._socket.recvfrom(512)
            if question == b"end":
                return
            given = self.answers[min(self.questions, len(self.answers) - 1)]
            self.questions += 1
            # RFC 1035 (4.1): a header, the question again, and one record for each address;
            # 0xC00C points at the name in the question; a life of no seconds.
            head = question[:2] + struct.pack("!5H", 0x8180, 1, len(given), 0, 0)
            records = b"".join(
                struct.pack("!3HIH", 0xC00C, 1, 1, 0, 4) + socket.inet_aton(one) for one in given
            )
            self._socket.sendto(head + question[12:] + records, who)

    def look_up(self, host, port):
        """Ask over the wire, as a resolver without a cache does."""
        name = b"".join(bytes([len(part)]) + part.encode() for part in host.split("."))
        question = struct.pack("!6H", 7, 0x0100, 1, 0, 0, 0) + name + b"\0" + b"\0\1\0\1"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.settimeout(2)
            asking.sendto(question, self.address)
            answer = asking.recv(512)
        number, at = struct.unpack("!H", answer[6:8])[0], len(question)
        return [socket.inet_ntoa(answer[at + 16 * n + 12 :][:4]) for n in range(number)]

    def __exit__(self, *exc_info):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ending:
            ending.sendto(b"end", self.address)
        self._thread.join(5)
        self._socket.close()


class Still(random.Random):
    """No jitter: every wait before another try is none at all."""

    def random(self):
        return 0.0


@pytest.fixture
def canary(monkeypatch):
    """Return a listener whose port is one of the web, so that only the address protects it."""
    with Canary() as listener:
        monkeypatch.setattr("jobtide.fetch.guard.PORTS", frozenset({listener.port}))
        yield listener


def ask(names, canary, retries=0, **changes):
    wanted = FetchSettings(
        user_agent="jobtide/test", timeout_s=1.0, retries=retries, host_delay_s=0.0, **changes
    )
    request = Request(url=f"http://rebind.example:{canary.port}/")
    return fetch_one(request, wanted, clock=lambda: NOW, random=Still(), resolver=names.look_up)


def test_who_may_go_inside_gets_there(canary):
    """The listener does hear a host that the settings name: its silence elsewhere means much."""
    with NameServer(["127.0.0.1"]) as names, pytest.raises(Unreachable):
        ask(names, canary, allow_private_hosts=("rebind.example",))
    assert canary.connections > 0


def test_the_address_that_was_checked_is_the_one_connected_to(canary):
    """Public first, private second: one question is asked, and nobody inside is reached."""
    with NameServer([PUBLIC], ["127.0.0.1"]) as names:
        with pytest.raises(Unreachable):
            ask(names, canary)
        assert names.questions == 1
    assert canary.connections == 0


def test_a_second_try_is_checked_like_the_first(canary, monkeypatch):
    """When a retry asks anew and is led inside, it is refused before it connects."""
    checked = connector._public_socket

    def refusing(addr_info):
        """Stand for a public address at which nobody listens."""
        checked(addr_info).close()
        raise ConnectionRefusedError(addr_info[4][0])

    monkeypatch.setattr(connector, "_public_socket", refusing)
    with NameServer([PUBLIC], ["127.0.0.1"]) as names:
        with pytest.raises(Forbidden, match="blocked_address"):
            ask(names, canary, retries=3)
        assert names.questions == 2
    assert canary.connections == 0


@pytest.mark.parametrize(
    "given", [["127.0.0.1"], [PUBLIC, "127.0.0.1"], ["169.254.169.254"], ["10.0.0.5", PUBLIC]]
)
def test_any_private_answer_over_the_wire_is_refused(canary, given):
    """One private address beside public ones is enough."""
    with NameServer(given) as names:
        assert names.look_up("rebind.example", 80) == given
        with pytest.raises(Forbidden, match="blocked_address"):
            ask(names, canary)
    assert canary.connections == 0
