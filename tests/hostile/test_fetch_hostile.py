"""Whatever a server does, one request ends in time, within bounds, and where it may."""

import json
import random
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobtide.errors import BoardGone, Forbidden, PayloadError, Throttled, Unreachable
from jobtide.fetch import FetchSettings, fetch_one
from jobtide.model import Request
from tests.hostile.server import BOMB_MIB, Canary, HostileServer, answer, bomb, redirect

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Still(random.Random):
    """No jitter: every wait before another try is none at all."""

    def random(self):
        return 0.0


@pytest.fixture
def server():
    with HostileServer() as started:
        yield started


@pytest.fixture
def canary():
    with Canary() as listener:
        yield listener


def settings(**changes):
    given = {
        "user_agent": "jobtide/test",
        "timeout_s": 1.0,
        "retries": 0,
        "host_delay_s": 0.0,
        "allow_private_hosts": ("127.0.0.1",),
    }
    return FetchSettings(**(given | changes))


def ask(url, resolver=None, rebase=None, accept=(), request=None, **changes):
    return fetch_one(
        request or Request(url=url),
        settings(**changes),
        clock=lambda: NOW,
        random=Still(),
        resolver=resolver,
        rebase=rebase,
        accept=accept,
    )


class Memory:
    """How far the resident memory of this process rose inside the block, in MiB (Linux)."""

    def __enter__(self):
        try:
            Path("/proc/self/clear_refs").write_text("5")
        except OSError:
            pytest.skip("the peak of resident memory cannot be reset on this system")
        self.before = self._kib("VmRSS")
        return self

    def __exit__(self, *exc_info):
        self.grown = (self._kib("VmHWM") - self.before) / 1024

    def _kib(self, name):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
        raise LookupError(name)


# ---- slow, broken, lying ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["slow-header", "slow-body", "never", "continue-for-ever"])
def test_one_deadline_ends_what_would_never_end(server, kind):
    """A byte now and then does not buy more time; a retry is not worth it either."""
    start = time.monotonic()
    with pytest.raises(Unreachable, match="total_timeout"):
        ask(server.url(f"/{kind}"), timeout_s=0.5, retries=3)
    assert 0.4 < time.monotonic() - start < 1.5
    assert server.count(f"/{kind}") == 1


def test_a_slow_name_server_is_cut_off_too():
    """Looking a name up counts, and whoever still looks does not hold up the end."""
    start = time.monotonic()
    with pytest.raises(Unreachable, match="total_timeout"):
        ask("http://slow.example/", resolver=lambda host, port: time.sleep(3), timeout_s=0.3)
    assert time.monotonic() - start < 1.5


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("reset", "truncated"),
        ("reset-at-once", "connection_lost"),
        ("truncated", "truncated"),
        ("truncated-chunks", "truncated"),
        ("truncated-gzip", "damaged_body"),
        ("short-length", "bad_answer"),
        ("negative-length", "bad_answer"),
        ("two-lengths", "bad_answer"),
        ("not-http", "bad_answer"),
        ("huge-header", "headers_too_large"),
        ("many-headers", "headers_too_large"),
        ("some-headers", "headers_too_large"),
        ("loop", "redirect_loop"),
    ],
)
def test_a_broken_answer_is_never_a_short_one(server, kind, code):
    """What breaks off, lies about its length or has no end is an error with its place."""
    with pytest.raises(Unreachable) as caught:
        ask(server.url(f"/{kind}"))
    assert caught.value.message.startswith(f"{code}: ")
    assert server.url(f"/{kind}") in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("kind", ["endless", "endless-chunks", "huge-length", "many-headers"])
def test_a_body_without_end_is_cut_at_the_bound(server, kind):
    """10 MiB and no more are taken in, whatever the headers promise."""
    with Memory() as memory, pytest.raises(Unreachable, match="too_large"):
        ask(server.url(f"/{kind}"), timeout_s=10)
    assert memory.grown < 64


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_stopped_while_it_is_small(server, coding):
    """A body that would unpack to hundreds of MiB costs little memory and little time."""
    assert len(bomb(coding)) < BOMB_MIB * 2**20 / 900
    start = time.monotonic()
    with Memory() as memory, pytest.raises(Unreachable, match="decompression_limit"):
        ask(server.url(f"/bomb/{coding}"), timeout_s=10)
    assert memory.grown < 64
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("value", ["gzip, gzip", "gzip, br", "identity, gzip, deflate"])
def test_chained_codings_are_refused(server, value):
    """Nothing is unpacked twice."""
    server.answers["/chained"] = [answer(bomb("gzip"), coding=value)]
    with pytest.raises(PayloadError, match="chained_codings"):
        ask(server.url("/chained"))


def test_the_body_of_a_redirect_is_not_read(server):
    """A bomb beside a Location header is left where it is."""
    bomb("gzip")  # made now, not while the deadline runs
    assert ask(server.url("/redirect-with-bomb")).body == b'{"jobs": []}'


def test_what_cannot_be_kept_of_headers_is_dropped(server):
    """Validators with odd bytes are neither stored nor sent back."""
    odd = ['ETag: "\xff\xfe"', "Last-Modified: " + "x" * 2000]
    server.answers["/odd"] = [answer(b"{}", more=odd)]
    response = ask(server.url("/odd"))
    assert (response.etag, response.last_modified) == (None, None)


def test_another_content_type_is_refused_when_one_was_asked_for(server):
    """A logo that is a web page is no logo; without a wish the page is given as it is."""
    with pytest.raises(PayloadError, match="unexpected_content_type"):
        ask(server.url("/html"), accept=("image/",))
    assert ask(server.url("/html")).content_type == "text/html"


def test_not_modified_to_an_unconditional_request_is_an_error(server):
    """A 304 nobody asked for is not an empty board."""
    server.answers["/304"] = [b"HTTP/1.1 304 Not Modified\r\n\r\n"]
    with pytest.raises(Unreachable, match="status_304"):
        ask(server.url("/304"))


# ---- only where it may lead ------------------------------------------------------------------


def leads_to(*addresses):
    return lambda host, port: list(addresses)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.5"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["fe80::1%eth0"],
        ["8.8.8.8", "127.0.0.1"],
        ["127.0.0.1", "2606:4700::1111"],
        ["not an address"],
    ],
)
def test_a_name_with_any_private_address_is_blocked(canary, addresses):
    """One bad address among the answers is enough, also at the end of a chain of aliases."""
    with pytest.raises(Forbidden) as caught:
        ask("http://inside.example:8080/", resolver=leads_to(*addresses))
    assert caught.value.message.startswith("blocked_address: ")
    assert "inside.example is " in caught.value.message
    assert canary.connections == 0


def test_a_name_is_looked_up_once():
    """The address that was checked is the one connected to; nothing is asked twice."""
    answers = [["8.8.8.8"], ["127.0.0.1"]]
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    with pytest.raises(Unreachable):
        ask("http://rebind.example/", resolver=rebinding, timeout_s=0.5)
    assert asked == ["rebind.example"]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ"])
def test_names_of_this_machine_are_blocked(host):
    """The operating system's own answer decides, not the name."""
    with pytest.raises(Forbidden, match="blocked_address"):
        ask(f"http://{host}:8080/")


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "blocked_address"),
        ("http://inside.example:8080/", "blocked_address"),
        ("//0x7f.1:8080/x", "blocked_address"),
        ("http://[::1]:8080/", "blocked_address"),
        ("file:///etc/passwd", "bad_scheme"),
        ("gopher://127.0.0.1:70/", "bad_scheme"),
        ("http://user:pw@8.8.8.8/", "bad_url"),
        ("http://127.0.0.1\\@8.8.8.8/", "bad_url"),
        ("http://[", "bad_url"),
    ],
)
def test_every_hop_is_checked_like_the_first(server, status, location, code):
    """A redirect leads nowhere a board's own address could not."""
    server.answers["/go"] = [redirect(location, status=status)]
    with pytest.raises(Forbidden) as caught:
        ask(server.url("/go"), resolver=leads_to("127.0.0.1"))
    assert caught.value.message.startswith(code)
    assert [seen.path for seen in server.seen] == ["/go"]


def test_the_connection_itself_is_checked(monkeypatch, canary):
    """Even when resolver and guard let an address through, the socket is not opened."""
    monkeypatch.setattr("jobtide.fetch.connector._Resolver.resolve", _unchecked(canary.port))
    with pytest.raises(Forbidden, match="blocked_address"):
        ask("http://inside.example:8080/")
    assert canary.connections == 0


def _unchecked(canary_port):
    async def resolve(self, host, port=0, family=0):
        entry = {"hostname": host, "host": "127.0.0.1", "port": canary_port}
        return [entry | {"family": family, "proto": 0, "flags": 0}]

    return resolve


def test_an_allowed_host_may_be_private_and_no_other(server):
    """Exactly the named host is let through."""
    here = leads_to("127.0.0.1")
    url = server.url("/good", host="jobs.example")
    assert ask(url, resolver=here, allow_private_hosts=("Jobs.example",)).status == 200
    server.answers["/go"] = [redirect(server.url("/good", host="other.example"))]
    with pytest.raises(Forbidden):
        ask(
            server.url("/go", host="jobs.example"),
            resolver=here,
            allow_private_hosts=("jobs.example",),
        )
    assert server.count("/good") == 1


@pytest.mark.shared
def test_recorded_spellings_reach_nobody(shared):
    """Each recorded address that tries to get inside is refused before a look-up."""
    cases = json.loads((shared / "cases" / "hostile.json").read_text())
    wanted = [case for case in cases if case["area"] == "ssrf" and case["kind"] == "literal"]
    assert wanted
    for case in wanted:
        with pytest.raises(Forbidden) as caught:
            ask(case["input"], allow_private_hosts=())
        assert caught.value.message.split(":")[0] in case["expected"], case["id"]


# ---- headers and redirects -------------------------------------------------------------------


def test_keys_and_cookies_do_not_follow_to_another_host(server):
    """The other host is asked without them, and its cookies are not kept."""
    url = server.url("/echo", host="other.example")
    server.answers["/go"] = [
        answer(b"", "302 Found", more=[f"Location: {url}", "Set-Cookie: a=b; Path=/"])
    ]
    secret = {"Authorization": "Bearer secret", "Cookie": "secret=1", "X-Api-Key": "secret"}
    response = ask(
        None,
        request=Request(url=server.url("/go", host="jobs.example"), headers=secret),
        resolver=leads_to("127.0.0.1"),
        allow_private_hosts=("jobs.example", "other.example"),
    )
    assert server.seen[0].headers["authorization"] == "Bearer secret"
    assert b"secret" not in response.body
    assert b"cookie" not in response.body
    assert b"user-agent: jobtide/test" in response.body
    assert response.request.url == server.url("/go", host="jobs.example")


def test_a_redirect_on_the_same_host_keeps_them(server):
    """Another path of the same server is told what the first was told."""
    server.answers["/go"] = [redirect("/echo")]
    request = Request(url=server.url("/go"), headers={"X-Api-Key": "key"})
    assert b"x-api-key: key" in ask(None, request=request).body


def test_five_hops_are_followed_and_a_sixth_is_not(server):
    """The bound is on redirects, not on requests."""
    for hop in range(7):
        server.answers[f"/h{hop}"] = [redirect(f"/h{hop + 1}")]
    server.answers["/h7"] = [answer(b"end")]
    assert ask(server.url("/h2")).body == b"end"
    with pytest.raises(Unreachable, match="redirect_loop"):
        ask(server.url("/h1"))


def test_a_post_is_sent_with_its_body(server):
    """A board that is asked by POST gets method, body and type."""
    sent = Request(
        url=server.url("/echo"),
        method="POST",
        body=b'{"page": 1}',
        headers={"Content-Type": "application/json"},
    )
    assert b"content-type: application/json" in ask(None, request=sent).body
    assert (server.seen[0].method, server.seen[0].body) == ("POST", b'{"page": 1}')


def test_a_stand_in_is_asked_for_the_same_thing(server):
    """With a rebase every address, also of a redirect, is looked for at the stand-in."""
    server.answers["/real.example/jobs"] = [redirect("/moved?page=2")]
    server.answers["/real.example/moved"] = [redirect("https://other.example/end")]
    server.answers["/other.example/end"] = [redirect(server.url("/here"))]
    server.answers["/here"] = [answer(b"end")]
    response = ask("https://real.example/jobs?x=1", rebase=server.url("/{host}"))
    assert response.body == b"end"
    assert response.request.url == "https://real.example/jobs?x=1"
    assert [seen.path for seen in server.seen] == [
        "/real.example/jobs?x=1",
        "/real.example/moved?page=2",
        "/other.example/end",
        "/here",
    ]


def test_an_answer_says_where_redirects_led(server):
    """Also an error names the address that gave it; one that was asked itself says nothing."""
    server.answers["/real.example/a"] = [redirect("/b?x=1")]
    server.answers["/real.example/b"] = [answer(b"end")]
    server.answers["/real.example/c"] = [redirect("/d?x=1")]
    server.answers["/real.example/d"] = [answer(b"", "404 Not Found")]
    rebase = server.url("/{host}")
    assert ask("https://real.example/a", rebase=rebase).final_url == "https://real.example/b?x=1"
    assert ask("https://real.example/b", rebase=rebase).final_url is None
    with pytest.raises(BoardGone) as caught:
        ask("https://real.example/c", rebase=rebase)
    assert caught.value.url == "https://real.example/d"


def test_a_stand_in_hides_no_forbidden_address(server):
    """What would be refused of the real server is refused of its stand-in."""
    server.answers["/real.example/jobs"] = [redirect("http://169.254.169.254/latest")]
    with pytest.raises(Forbidden, match="blocked_address"):
        ask("https://real.example/jobs", rebase=server.url("/{host}"))


# ---- trying again ----------------------------------------------------------------------------

BAD_GATEWAY = answer(b"", "502 Bad Gateway")


def test_what_may_pass_is_tried_again(server):
    """Three failures and a success are a success, after four requests."""
    server.answers["/jobs"] = [BAD_GATEWAY, b"", BAD_GATEWAY, answer(b"{}")]
    server.answers["/jobs"][1] = answer(b"", "503 Busy")
    assert ask(server.url("/jobs"), retries=3, timeout_s=10).body == b"{}"
    assert server.count("/jobs") == 4


def test_it_is_tried_three_times_more_and_no_more(server):
    """Then the failure is told."""
    server.answers["/jobs"] = [BAD_GATEWAY]
    with pytest.raises(Unreachable, match="status_502"):
        ask(server.url("/jobs"), retries=3, timeout_s=10)
    assert server.count("/jobs") == 4


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("400 Bad Request", Forbidden),
        ("401 Unauthorized", Forbidden),
        ("403 Forbidden", Forbidden),
        ("404 Not Found", BoardGone),
        ("410 Gone", BoardGone),
        ("451 Legal", Forbidden),
    ],
)
def test_a_refusal_is_final(server, status, kind):
    """Asking again would be rude and useless."""
    server.answers["/jobs"] = [answer(b"", status)]
    with pytest.raises(kind):
        ask(server.url("/jobs"), retries=3)
    assert server.count("/jobs") == 1


def test_a_short_retry_after_is_waited_for(server):
    """A server that says "one second" gets its second, then is asked again."""
    server.answers["/jobs"] = [answer(b"", "429 Busy", more=["Retry-After: 1"]), answer(b"{}")]
    assert ask(server.url("/jobs"), retries=3, timeout_s=10).body == b"{}"
    first, second = (seen.at for seen in server.seen)
    assert second - first >= 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3600", 3600),
        ("Sun, 01 Mar 2026 13:00:00 GMT", 3600),
        ("99999999999999999999", 86400),
    ],
)
@pytest.mark.parametrize("status", ["429 Busy", "503 Busy"])
def test_a_long_retry_after_is_told_not_slept(server, header, seconds, status):
    """The caller hears for how long, and the server is left alone."""
    server.answers["/jobs"] = [answer(b"", status, more=[f"Retry-After: {header}"])]
    with pytest.raises(Throttled) as caught:
        ask(server.url("/jobs"), retries=3, timeout_s=1e6)
    assert caught.value.retry_after_s == seconds
    assert server.count("/jobs") == 1


@pytest.mark.parametrize("header", ["-5", "NaN", "soon", ""])
def test_a_senseless_retry_after_is_as_good_as_none(server, header):
    """Our own backoff takes over."""
    server.answers["/jobs"] = [
        answer(b"", "429 Busy", more=[f"Retry-After: {header}"]),
        answer(b"{}"),
    ]
    assert ask(server.url("/jobs"), retries=3).body == b"{}"


def test_tries_share_one_deadline(server):
    """Retries do not multiply the time one request may take."""
    server.answers["/jobs"] = [answer(b"", "429 Busy", more=["Retry-After: 2"])]
    start = time.monotonic()
    with pytest.raises(Throttled):
        ask(server.url("/jobs"), retries=3, timeout_s=1)
    assert time.monotonic() - start < 1


def test_waiting_for_a_turn_does_not_count(server):
    """A polite pause before each hop takes nothing from the time the server has."""
    for hop in range(3):
        server.answers[f"/h{hop}"] = [redirect(f"/h{hop + 1}")]
    server.answers["/h3"] = [answer(b"end")]
    assert ask(server.url("/h0"), host_delay_s=0.25, timeout_s=0.5).body == b"end"


def test_nobody_listening_is_unreachable():
    """A closed port and an unknown name are both tried again later."""

    def unknown(host, port):
        raise OSError("Name or service not known")

    with Canary() as closed:
        port = closed.port
    with pytest.raises(Unreachable, match="no_connection"):
        ask(f"http://127.0.0.1:{port}/")
    with pytest.raises(Unreachable, match="no_address"):
        ask("http://nowhere.example/", resolver=unknown)
    with pytest.raises(Unreachable, match="no_address"):
        ask("http://nowhere.example/", resolver=leads_to())


def test_nothing_is_left_running(server):
    """After a call no thread of ours is alive."""
    ask(server.url("/good"))
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith("jobtide")]
