"""Boards read to their end: pages, conditions, failures, and many boards at once."""

import json
import random
import threading
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from jobtide.errors import BoardGone, Forbidden, PayloadError, Throttled, Unreachable
from jobtide.fetch import Errand, FetchSettings, Validators, read_boards
from jobtide.model import Board, Page, Request
from tests.hostile.server import Canary, HostileServer, answer, bomb, redirect

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Still(random.Random):
    """No jitter: every wait before another try is none at all."""

    def random(self):
        return 0.0


@pytest.fixture
def server():
    with HostileServer() as started:
        yield started


def settings(**changes):
    given = {
        "user_agent": "jobtide/test",
        "timeout_s": 1.0,
        "retries": 0,
        "host_delay_s": 0.0,
        "allow_private_hosts": ("127.0.0.1",),
    }
    return FetchSettings(**(given | changes))


def read(errands, resolver=None, **changes):
    found = read_boards(
        errands, settings(**changes), clock=lambda: NOW, random=Still(), resolver=resolver
    )
    return list(found)


def split(response):
    """Take {"jobs": [...], "next": [...], "details": [...]} apart."""
    data = json.loads(response.body)
    follow = [Request(url=url) for url in data.get("next", ())]
    follow += [Request(url=url, optional=True) for url in data.get("details", ())]
    return Page(records=data.get("jobs", []), follow=follow)


def errand(url, token="acme", **fields):
    board = Board(source="made-up", token=token)
    return Errand(**({"board": board, "request": Request(url=url), "split": split} | fields))


def page(server, path, jobs=(), more=(), details=(), headers=()):
    """Let `path` answer with jobs, and with what to follow."""
    data = {
        "jobs": list(jobs),
        "next": [server.url(path) for path in more],
        "details": [server.url(path) for path in details],
    }
    server.answers[path] = [answer(json.dumps(data).encode(), more=headers)]


# ---- one board -------------------------------------------------------------------------------


def test_pages_are_followed_in_order_to_the_end(server):
    """A capture holds every page once, beside the answer it was made of."""
    page(server, "/1", ["a", "b"], more=["/2", "/3"])
    page(server, "/2", ["c"], more=["/3", "/4"])
    page(server, "/3", ["d"])
    page(server, "/4", ["e"])
    [capture] = read([errand(server.url("/1"))])
    assert capture.error is None
    assert not capture.unchanged
    assert [one.records for one in capture.pages] == [["a", "b"], ["c"], ["d"], ["e"]]
    asked = [one.request.url for one in capture.responses]
    assert asked == [server.url(path) for path in ("/1", "/2", "/3", "/4")]
    assert {one.fetched_at for one in capture.responses} == {NOW}
    assert all(one.complete for one in capture.pages)
    assert capture.left_out == capture.failed_optional == ()


def test_a_page_is_asked_once_however_often_it_is_named(server):
    """Next links that lead back end the board, not the run."""
    page(server, "/1", more=["/2", "/1", "/2#again"])
    page(server, "/2", more=["/1"])
    [capture] = read([errand(server.url("/1"))])
    assert [seen.path for seen in server.seen] == ["/1", "/2"]
    assert capture.error is None


def test_pages_that_differ_in_the_body_are_different_pages(server):
    """A board that is asked by POST has one address for all its pages."""
    server.answers["/post"] = [answer(b"{}")]
    url = server.url("/post")

    def by_body(response):
        number = int(response.request.body or b"0") + 1
        more = [Request(url=url, method="POST", body=b"%d" % number)] if number < 4 else []
        return Page(records=[number], follow=more)

    [capture] = read([errand(url, split=by_body)])
    assert [one.records for one in capture.pages] == [[1], [2], [3], [4]]


def test_endless_pages_end_at_the_bound_and_are_called_incomplete(server):
    """A list that was not read to its end closes nothing, and says what it left out."""
    server.answers["/page"] = [answer(b"{}")]

    def endless(response):
        number = int(response.request.url.partition("=")[2] or 0) + 1
        return Page(records=[number], follow=[Request(url=server.url(f"/page?n={number}"))])

    [capture] = read([errand(server.url("/page"), split=endless)], max_pages=7)
    assert len(capture.pages) == len(server.seen) == 7
    assert [one.complete for one in capture.pages] == [True] * 6 + [False]
    assert [one.url for one in capture.left_out] == [server.url("/page?n=7")]
    assert capture.error is None


def test_pages_of_the_list_come_before_details(server):
    """Details that are left out leave the list complete."""
    page(server, "/1", more=["/2"], details=["/d1", "/d2"])
    page(server, "/2", details=["/d3"])
    page(server, "/d1")
    [capture] = read([errand(server.url("/1"))], max_pages=3)
    assert [seen.path for seen in server.seen] == ["/1", "/2", "/d1"]
    assert [one.url for one in capture.left_out] == [server.url("/d2"), server.url("/d3")]
    assert all(one.complete for one in capture.pages)


def test_a_missing_detail_does_not_fail_the_board(server):
    """What is optional is listed when it failed; the others are read."""
    page(server, "/1", details=["/d1", "/gone", "/d2"])
    page(server, "/d1", ["one"])
    page(server, "/d2", ["two"])
    [capture] = read([errand(server.url("/1"))])
    assert capture.error is None
    assert [one.records for one in capture.pages] == [[], ["one"], ["two"]]
    assert [one.url for one in capture.failed_optional] == [server.url("/gone")]


def test_after_three_failed_details_the_others_are_not_asked(server):
    """A dead host of details does not cost a timeout for each posting."""
    page(server, "/1", details=[f"/gone?{n}" for n in range(20)])
    [capture] = read([errand(server.url("/1"))])
    assert server.count("/gone") == 3
    assert len(capture.failed_optional) == 20
    assert capture.error is None


def test_a_detail_that_comes_starts_the_count_of_failures_anew(server):
    """Failures here and there are no dead host."""
    page(server, "/d")
    details = [f"/d?{n}" if n % 3 == 0 else f"/gone?{n}" for n in range(12)]
    page(server, "/1", details=details)
    [capture] = read([errand(server.url("/1"))])
    assert len(server.seen) == 13
    assert len(capture.failed_optional) == 8


def test_a_failed_page_ends_the_board_with_what_it_had(server):
    """A missing later page is no reason to retire the board."""
    page(server, "/1", ["a"], more=["/gone"])
    [capture] = read([errand(server.url("/1"))])
    assert isinstance(capture.error, Unreachable)
    assert not isinstance(capture.error, BoardGone)
    assert [one.records for one in capture.pages] == [["a"]]


def test_a_missing_first_page_means_the_board_is_gone(server):
    """Here 404 is an answer about the board."""
    [capture] = read([errand(server.url("/gone"))])
    assert isinstance(capture.error, BoardGone)
    assert (capture.error.source, capture.error.board) == ("made-up", "acme")


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (PayloadError("a log-in page", source="s", board="b"), "a log-in page"),
        (RecursionError("too deep"), "RecursionError"),
        (KeyError("jobs"), "KeyError"),
        (MemoryError(), "MemoryError"),
    ],
)
def test_an_answer_that_cannot_be_taken_apart_is_a_payload_error(server, raised, expected):
    """Whatever `split` raises ends this board only, and names its kind."""

    def fails(response):
        raise raised

    page(server, "/1")
    bad, good = errand(server.url("/1"), split=fails), errand(server.url("/1"), token="good")
    captures = {one.board.token: one for one in read([bad, good])}
    assert type(captures["acme"].error) is PayloadError
    assert expected in str(captures["acme"].error)
    assert captures["good"].error is None


def test_a_split_that_gives_no_page_is_a_payload_error(server):
    """A source that returns the wrong thing is told so."""
    page(server, "/1")
    [capture] = read([errand(server.url("/1"), split=lambda response: [])])
    assert isinstance(capture.error, PayloadError)
    assert "list" in str(capture.error)


def test_what_did_not_change_is_not_sent_again(server):
    """The first request carries the validators; 304 ends the board as unchanged."""

    def conditional(headers):
        same = headers.get("if-none-match") == '"v1"'
        fresh = answer(
            b'{"next": []}', more=['ETag: "v1"', "Last-Modified: Sun, 01 Mar 2026 00:00:00 GMT"]
        )
        return b"HTTP/1.1 304 Not Modified\r\n\r\n" if same else fresh

    server.answers["/1"] = [conditional]
    [first] = read([errand(server.url("/1"))])
    answered = first.responses[0]
    known = Validators(etag=answered.etag, last_modified=answered.last_modified)
    [second] = read([errand(server.url("/1"), validators=known)])
    assert second.unchanged
    assert second.error is None
    assert second.responses == second.pages == ()
    assert server.seen[1].headers["if-modified-since"] == "Sun, 01 Mar 2026 00:00:00 GMT"


def test_only_the_first_request_is_conditional(server):
    """A second page is asked for as a whole."""
    page(server, "/1", more=["/2"])
    page(server, "/2")
    read([errand(server.url("/1"), validators=Validators(etag='"old"'))])
    assert ["if-none-match" in seen.headers for seen in server.seen] == [True, False]


def test_cookies_are_not_kept(server):
    """A server that sets a cookie does not see it again."""
    host = "jobs.example"
    more = [server.url("/2", host=host)]
    first = json.dumps({"next": more}).encode()
    server.answers["/1"] = [answer(first, more=["Set-Cookie: visitor=1; Path=/"])]
    page(server, "/2")
    url = server.url("/1", host=host)
    [capture] = read([errand(url)], everywhere, allow_private_hosts=(host,))
    assert len(capture.pages) == 2
    assert "cookie" not in server.seen[1].headers


def test_a_board_that_is_too_much_ends_with_an_error(server):
    """All answers of one board together are bounded, in bytes and in time."""
    server.answers["/page"] = [answer(b"[" + b" " * 40_000 + b"]")]

    def endless(response):
        return Page(records=[], follow=[Request(url=response.request.url + "x")])

    many = errand(server.url("/page?"), split=endless)
    [large] = read([many], max_board_bytes=100_000)
    assert large.error.message.startswith("board_too_large")
    assert len(server.seen) == 3
    [late] = read([many], board_timeout_s=0.3, host_delay_s=0.2)
    assert late.error.message.startswith("board_timeout")


# ---- many boards -----------------------------------------------------------------------------


def everywhere(host, port):
    return ["127.0.0.1"]


def test_one_bad_board_never_touches_another(server):
    """Ten kinds of failure among sixty boards: fifty are read whole, and ten say why not."""
    kinds = {
        "slow-header": Unreachable,
        "never": Unreachable,
        "reset": Unreachable,
        "truncated": Unreachable,
        "endless": Unreachable,
        "bomb/br": Unreachable,
        "loop": Unreachable,
        "html": PayloadError,
        "missing": BoardGone,
        "to-canary": Forbidden,
    }
    page(server, "/fine", ["a"])
    names = [f"h{n}.example" for n in range(60)]
    paths = [f"/{kind}" for kind in kinds] + ["/fine"] * 50
    errands = [
        errand(server.url(path, host=name), token=path[1:] if path != "/fine" else name)
        for name, path in zip(names, paths, strict=True)
    ]
    bomb("br")  # made now, not while the deadline runs
    start = time.monotonic()
    with Canary() as canary:
        server.canary_url = f"http://inside.example:{canary.port}/"
        captures = read(errands, everywhere, allow_private_hosts=tuple(names), timeout_s=2)
        assert canary.connections == 0
    errors = {one.board.token: type(one.error) for one in captures if one.error is not None}
    assert errors == kinds
    assert sum(one.error is None and one.pages[0].records == ["a"] for one in captures) == 50
    assert time.monotonic() - start < 5


def test_a_host_is_never_asked_twice_at_once_and_never_too_soon(server):
    """Forty boards and a redirect into the same host: one request at a time, a pause apart."""
    names = [f"h{n}.example" for n in range(4)]
    page(server, "/b", ["a"])
    server.answers["/moved"] = [redirect(server.url("/b", host="h0.example"))]
    errands = [
        errand(server.url("/moved" if n % 5 == 0 else "/b", host=names[n % 4]), token=str(n))
        for n in range(40)
    ]
    captures = read(
        errands, everywhere, allow_private_hosts=tuple(names), host_delay_s=0.05, timeout_s=5
    )
    assert all(one.error is None for one in captures)
    assert set(server.most_at_once.values()) == {1}
    last = {}
    for seen in server.seen:
        host = seen.headers["host"]
        assert seen.at - last.get(host, 0) >= 0.05
        last[host] = seen.at


def test_the_larger_delay_counts(server):
    """A source that asks for more time gets it; one that asks for less does not."""
    page(server, "/1", more=["/2"])
    page(server, "/2")
    for asked, least in ((0.2, 0.2), (0.0, 0.1)):
        server.seen.clear()
        read([errand(server.url("/1"), min_delay_s=asked)], host_delay_s=0.1)
        assert server.seen[1].at - server.seen[0].at >= least


def test_a_throttled_host_is_left_alone_by_its_other_boards(server):
    """After "come back in an hour" nobody asks again in this run."""
    server.answers["/t"] = [answer(b"", "429 Busy", more=["Retry-After: 3600"])]
    captures = read([errand(server.url("/t"), token=str(n)) for n in range(9)])
    assert len(server.seen) == 1
    assert all(isinstance(one.error, Throttled) for one in captures)
    assert all(3590 < one.error.retry_after_s <= 3600 for one in captures)


def test_a_dead_host_does_not_cost_a_timeout_for_each_board(server):
    """After five boards in vain the others of that host are not tried."""
    errands = [errand(server.url("/never"), token=str(n)) for n in range(30)]
    start = time.monotonic()
    captures = read(errands, timeout_s=0.1)
    assert time.monotonic() - start < 3
    assert len(server.seen) == 5
    counted = Counter(one.error.message.split(":")[0] for one in captures)
    assert counted == {"total_timeout": 5, "host_is_down": 25}


def test_boards_of_one_server_behind_a_rebase_keep_the_pace_of_their_real_hosts(server):
    """A stand-in for many hosts does not make them one host."""
    for host in ("a.example", "b.example"):
        page(server, f"/{host}/jobs", [host])
    errands = [
        errand(f"https://{host}/jobs", token=host, rebase=server.url("/{host}"))
        for host in ("a.example", "b.example")
    ]
    start = time.monotonic()
    captures = read(errands, host_delay_s=5)
    assert time.monotonic() - start < 2
    assert {one.board.token: one.pages[0].records for one in captures} == {
        "a.example": ["a.example"],
        "b.example": ["b.example"],
    }
    assert captures[0].responses[0].request.url.startswith("https://")


def test_many_boards_are_read_with_few_at_once(server):
    """Errands are drawn as they are needed, and no more than allowed are in flight."""
    page(server, "/b", ["a"])
    names = [f"h{n}.example" for n in range(150)]
    drawn, most = [], 0

    def errands():
        for n in range(600):
            drawn.append(n)
            yield errand(server.url("/b", host=names[n % 150]), token=str(n))

    given = read_boards(
        errands(),
        settings(allow_private_hosts=tuple(names), concurrency=8),
        clock=lambda: NOW,
        random=Still(),
        resolver=everywhere,
    )
    for count, capture in enumerate(given, 1):
        assert capture.error is None
        most = max(most, len(drawn) - count)
    assert count == 600
    assert most < 8


def test_closing_early_stops_everything(server):
    """No thread and no connection outlives the iterator, whatever was under way."""
    page(server, "/b", ["a"])
    errands = [errand(server.url("/b"))]
    errands += [errand(server.url("/never", host=f"h{n}.example")) for n in range(20)]
    names = tuple(f"h{n}.example" for n in range(20))
    given = read_boards(
        errands,
        settings(allow_private_hosts=("127.0.0.1", *names), timeout_s=60),
        clock=lambda: NOW,
        random=Still(),
        resolver=everywhere,
    )
    start = time.monotonic()
    assert next(given).error is None
    given.close()
    assert time.monotonic() - start < 2
    assert not [one for one in threading.enumerate() if one.name.startswith("jobtide")]


def test_an_error_of_the_caller_is_the_callers(server):
    """When the errands themselves fail, everything stops and the error comes through."""

    def broken():
        yield errand(server.url("/never"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read(broken())
    assert not [one for one in threading.enumerate() if one.name.startswith("jobtide")]


def test_no_errands_are_no_captures():
    """Nothing to do is done at once."""
    assert read([]) == []


def test_an_unreadable_address_is_a_capture_with_an_error():
    """A board whose address is nonsense fails like any other board."""
    urls = ["", "http://[", "ftp://a.example/", "http://10.0.0.1/", "not an address"]
    captures = read([errand(url, token=str(n)) for n, url in enumerate(urls)])
    assert len(captures) == 5
    assert all(isinstance(one.error, Forbidden) for one in captures)
