"""What every channel promises, against servers on loopback: one body, run on each of them."""

import json
import socket
import threading
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import pytest
from aiosmtpd.controller import Controller

from jobtide.alert import read_address
from jobtide.alert.channels import MailServer, Outside, channel
from jobtide.alert.signing import verified
from jobtide.errors import AlertError, ChannelGone
from jobtide.fetch import FetchSettings, fetch_one
from jobtide.fetch.dial import dial
from tests.unit.alert.made import NOW, item, message, subscription


class Inbox:
    """Keeps what arrives; `answer` is what the server says, of mail or of the web."""

    def __init__(self):
        self.ids, self.bodies, self.headers = [], [], []
        self.answer = None


class Mailbox(Inbox):
    """A mail server."""

    good, later, gone = None, "450 4.2.1 try again later", "550 5.1.1 no such user"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = BytesParser(policy=policy.default).parsebytes(envelope.content)
        self.ids.append(mail["Message-ID"].strip("<>").partition("@")[0])
        self.bodies.append(envelope.content)
        self.headers.append(mail)
        return "250 OK"


class Hook(Inbox):
    """A receiver of webhooks."""

    good, later, gone = 204, 500, 410


@pytest.fixture
def mail():
    inbox = Mailbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield inbox, "mailto:ana@example.org", controller.port
    controller.stop()


@pytest.fixture
def web():
    inbox = Hook()
    inbox.answer = inbox.good

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if inbox.answer == inbox.good:
                inbox.bodies.append(body)
                inbox.headers.append(dict(self.headers))
                inbox.ids.append(json.loads(body)["id"])
            self.send_response(inbox.answer)
            if inbox.answer == 429:
                self.send_header("Retry-After", "3600")
            if inbox.answer == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *parts):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield inbox, f"http://127.0.0.1:{server.server_port}/hook/secret-path", None
    server.shutdown()
    server.server_close()
    thread.join()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(params=["mail", "web"])
def side(request):
    """Return (what arrived, the channel's address, the outside) of each channel."""
    inbox, to, port = request.getfixturevalue(request.param)
    return inbox, read_address(to), outside(port)


def outside(port=None, private=("127.0.0.1",), **mail):
    settings = FetchSettings(
        user_agent="jobtide/test", retries=0, max_redirects=0, allow_private_hosts=private
    )
    values = {"host": "127.0.0.1", "port": port or 1, "starttls": False}
    server = MailServer(**(values | {"sender": "jobs@example.net", "timeout_s": 5.0} | mail))
    return Outside(
        dial=dial,
        post=lambda request: fetch_one(request, settings, clock=lambda: NOW, random=Random(1)),
        mail=server,
        base_url="https://jobs.example",
    )


def send(side, what=None, one=None):
    _, address, around = side
    channel(address.kind)(what or message(), one or subscription(), address, around, NOW)


def test_a_message_arrives_under_its_own_id_each_time(side):
    """Sent again after a doubt, it carries the same id: the other side can drop the second."""
    send(side)
    send(side)

    assert side[0].ids == ["s1-abc-1", "s1-abc-1"]


def test_what_may_pass_is_an_error_and_no_message(side):
    """A server that is out of order raises AlertError, which is not the end of the channel."""
    side[0].answer = side[0].later

    with pytest.raises(AlertError) as failure:
        send(side)

    assert not isinstance(failure.value, ChannelGone)
    assert side[0].ids == []
    side[0].answer = side[0].good
    send(side)
    assert side[0].ids == ["s1-abc-1"]


def test_a_channel_that_is_gone_is_told_apart(side):
    """410 and "550 no such user" are ChannelGone: trying again is in vain."""
    side[0].answer = side[0].gone

    with pytest.raises(ChannelGone):
        send(side)


def test_secrets_stay_out_of_errors(side):
    """No error holds the path of a webhook or the password of a mail account."""
    side[0].answer = side[0].later

    with pytest.raises(AlertError) as failure:
        send(side)

    assert "secret" not in str(failure.value)


def test_nobody_at_home_is_an_error(side):
    """A port where nobody listens raises AlertError with host and reason."""
    address = side[1]
    if address.kind == "webhook":
        address = read_address(f"http://127.0.0.1:{free_port()}/hook")

    with pytest.raises(AlertError, match=r"127\.0\.0\.1"):
        send((side[0], address, outside(free_port())))


# -- mail ------------------------------------------------------------------------------------


def test_a_mail_has_text_and_html_and_ways_to_leave(mail):
    """Both parts name every job; List-Unsubscribe is one-click, and a visible link is there."""
    inbox, to, port = mail
    send((inbox, read_address(to), outside(port)), message(item(1), item(2)))

    got = inbox.headers[0]
    plain, rich = (got.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for part in (plain, rich):
        assert "Engineer 1" in part
        assert "Engineer 2" in part
        assert "https://jobs.example/unsubscribe/s1." in part
    assert got["List-Unsubscribe"].startswith("<https://jobs.example/unsubscribe/s1.")
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["To"] == "ana@example.org"
    assert got["Auto-Submitted"] == "auto-generated"


def test_a_server_without_encryption_is_refused_unless_allowed(mail):
    """With starttls, no word of a mail crosses a plain connection."""
    inbox, to, port = mail

    with pytest.raises(AlertError, match="STARTTLS"):
        send((inbox, read_address(to), outside(port, starttls=True)))

    assert inbox.bodies == []


def test_wrong_passwords_say_which_settings(mail):
    """The error names smtp.user and SMTP_PASSWORD, and never the password."""
    inbox, to, port = mail

    with pytest.raises(AlertError) as failure:
        send((inbox, read_address(to), outside(port, user="ana", password="hunter22")))

    assert "hunter22" not in str(failure.value)


def test_the_message_is_dead_only_for_its_mailbox(mail):
    """552 (mailbox full) and 451 are no end of the channel; 551 and 553 are."""
    inbox, to, port = mail
    for code, gone in ((552, False), (451, False), (551, True), (553, True)):
        inbox.answer = f"{code} 5.0.0 no"
        with pytest.raises(AlertError) as failure:
            send((inbox, read_address(to), outside(port)))
        assert isinstance(failure.value, ChannelGone) is gone


@pytest.mark.shared
def test_no_hostile_word_becomes_a_header(mail, shared):
    """Every hostile text as title, employer, name of the search: one Subject, nothing added."""
    inbox, to, port = mail
    cases = json.loads((shared / "cases" / "hostile.json").read_text(encoding="utf-8"))
    texts = [one["input"] for one in cases if isinstance(one["input"], str)]
    usual = None
    for text in ["harmless", *texts]:
        bad = item(title=text, organization=text, place=text, pay=text, changes=(text,))
        send((inbox, read_address(to), outside(port)), message(bad, title=text))
        names = inbox.headers[-1].keys()
        usual = usual or names
        assert names == usual
        assert len(str(inbox.headers[-1]["Subject"])) <= 155  # folding may add a blank
        assert inbox.headers[-1]["To"] == "ana@example.org"
    assert len(inbox.headers) == len(texts) + 1 > 100


# -- webhooks ---------------------------------------------------------------------------------


def test_a_delivery_is_signed_over_timestamp_and_body(web):
    """The receiver's check passes, and fails for a changed byte, timestamp, key, age or replay."""
    inbox, to, _ = web
    send((inbox, read_address(to), outside()))
    headers, body = inbox.headers[0], inbox.bodies[0]
    key, now = subscription().key, int(NOW.timestamp())

    assert verified(headers, body, key, now) == "s1-abc-1"
    assert headers["Idempotency-Key"] == '"s1-abc-1"'
    later = str(now + 60)
    for broken in (
        (headers, body.replace(b"Acme", b"Bcme"), key, now),
        (headers | {"X-Timestamp": later}, body, key, now + 60),
        (headers | {"X-Delivery": "other"}, body, key, now),
        (headers, body, "other", now),
        (headers, body, key, now + 301),
        (headers, body, key, now - 301),
        (headers, body, key, now, {"s1-abc-1"}),
        ({}, body, key, now),
    ):
        with pytest.raises(AlertError):
            verified(*broken)


def test_a_delivery_names_sources_and_credits(web):
    """Every job has its changes, link and credit; the subscription is named, its key is not."""
    inbox, to, _ = web
    send((inbox, read_address(to), outside()))
    sent = json.loads(inbox.bodies[0])

    assert sent["jobs"][0]["credits"] == [{"name": "Lever", "url": "https://jobs.example/acme/1"}]
    assert sent["jobs"][0]["changes"] == ["new"]
    assert sent["subscription"]["query"] == "python arrangement:remote"
    assert subscription().key not in inbox.bodies[0].decode()


def test_a_private_address_is_refused_unless_named(web):
    """Nothing is sent to loopback unless fetch.allow_private_hosts names it."""
    inbox, to, _ = web

    with pytest.raises(AlertError, match="allow_private_hosts"):
        send((inbox, read_address(to), outside(private=())))

    assert inbox.ids == []


def test_a_redirect_is_not_followed(web):
    """A POST that is sent elsewhere would become a GET, and look as if it had arrived."""
    inbox, to, _ = web
    inbox.answer = 302

    with pytest.raises(AlertError, match="redirects"):
        send((inbox, read_address(to), outside()))


def test_a_server_that_asks_for_a_pause_is_heard(web):
    """Retry-After comes with the error."""
    inbox, to, _ = web
    inbox.answer = 429

    with pytest.raises(AlertError) as failure:
        send((inbox, read_address(to), outside()))

    assert timedelta(seconds=failure.value.retry_after_s) == timedelta(hours=1)


def test_the_mail_server_understands_what_is_sent(mail):
    """A line that begins with a dot arrives whole (RFC 5321, 4.5.2)."""
    inbox, to, port = mail
    send((inbox, read_address(to), outside(port)), message(item(title="...NET developer")))

    assert "...NET developer" in inbox.headers[0].get_body(("plain",)).get_content()
