"""Chats through apprise: messages that fit, cut between jobs, with nothing of a title obeyed."""

import html
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from jobtide.alert import digest, read_address
from jobtide.alert.channels import Outside, channel, room
from jobtide.alert.channels.apprise import calm
from jobtide.errors import AlertError
from tests.unit.alert.made import NOW, item, message, subscription

pytest.importorskip("apprise", reason="pip install 'jobtide[alerts]'")

# apprise itself imports a module of the standard library that is on its way out.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

TELEGRAM = "tgram://123456789:abcdefghijklmnopqrstuvwxyz0123456789/987654"
ODD = "QA_Ops *chief* [f/d] (60-90%) <b>& `x` ~y~ ||z||"


@pytest.fixture
def telegram(monkeypatch):
    """Stand in for Telegram's servers on loopback; return what it was told."""
    from apprise.plugins.telegram import NotifyTelegram

    got, answer = [], [200]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answer[0])
            self.end_headers()
            self.wfile.write(b'{"ok": true, "result": []}')

        def log_message(self, *parts):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(NotifyTelegram, "notify_url", f"http://127.0.0.1:{server.server_port}/bot")
    monkeypatch.setattr(NotifyTelegram, "request_rate_per_sec", 0)
    yield got, answer
    server.shutdown()
    server.server_close()
    thread.join()


def send(what):
    outside = Outside(dial=lambda *parts: None, post=lambda request: None)
    channel("apprise")(what, subscription(), read_address(TELEGRAM), outside, NOW)


def test_sixty_jobs_are_several_messages_cut_between_jobs(telegram):
    """Each message has at most 4096 characters, every job is whole in exactly one."""
    jobs = [item(number, title=f"{ODD} {number:03}") for number in range(60)]
    lists = digest.pack(jobs, digest.chat_weight, room(read_address(TELEGRAM)), 100)
    for part in lists:
        send(message(*part))

    texts = [one["text"] for one in telegram[0]]
    assert len(texts) == len(lists) > 1
    assert all(len(text.encode("utf-16-le")) // 2 <= 4096 for text in texts)
    shown = [html.unescape(text) for text in texts]
    for number in range(60):
        assert sum(f"{calm(ODD)} {number:03} - Acme" in text for text in shown) == 1
        assert sum(text.count(f"https://jobs.example/acme/{number}\r\n") for text in shown) == 1


def test_markup_in_a_title_is_shown_not_obeyed(telegram):
    """What the service would take for markup arrives escaped."""
    bad = "a & b <a href='https://evil.test'>x</a> [y](https://evil.test) @all <!channel>"
    send(message(item(title=ODD), item(title=bad, organization=bad)))

    (told,) = telegram[0]
    assert told["parse_mode"] == "HTML"
    assert html.escape(calm(ODD), quote=False) in told["text"]
    assert html.escape(calm(bad), quote=False) in told["text"]
    for markup in ("<b>", "<a ", "](", "@all", "<!"):
        assert markup not in told["text"]


def test_a_service_that_refuses_is_an_error_without_the_token(telegram):
    """The message is tried again later; the error does not hold what opens the chat."""
    telegram[1][0] = 500

    with pytest.raises(AlertError) as failure:
        send(message())

    assert "abcdefghij" not in str(failure.value)


@pytest.mark.parametrize("text", ["nosuchservice://x/y", "file:///var/x", "tgram://"])
def test_an_address_apprise_does_not_know_is_an_error(text):
    """Said when it is first used, without the address."""
    from jobtide.errors import UsageError

    with pytest.raises((AlertError, UsageError)):
        room(read_address(text))
