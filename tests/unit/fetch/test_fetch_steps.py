"""What is sent first, where redirects lead, and asking a stand-in."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.fetch import Errand, Validators, rebase_url
from jobtide.fetch.agenda import LOOK_AHEAD, Agenda
from jobtide.fetch.outcome import Failure
from jobtide.fetch.rebase import is_rebased
from jobtide.fetch.steps import Wish, first_step, redirected
from jobtide.model import Board, Request

SECRETS = {"Authorization": "Bearer 1", "Cookie": "a=b", "X-Api-Key": "2", "X-Whatever": "3"}


def step(url="https://a.example/jobs", **fields):
    return first_step(Wish(request=Request(url=url, **fields)), "jobtide/test")


def test_the_first_step_says_who_we_are():
    """User agent and codings are ours; what a source sets of them is dropped."""
    sent = step(
        headers={"Host": "b.example", "user-agent": "curl", "Accept": "text/x", "X-A": "1"}
    )
    assert sent.headers == {
        "Accept": "text/x",
        "X-A": "1",
        "User-Agent": "jobtide/test",
        "Accept-Encoding": "gzip, deflate, br, zstd",
    }


def test_validators_become_conditions():
    """What the server said last time is sent back; what it did not say is not."""
    request = Request(url="https://a.example/")
    wish = Wish(request=request, validators=Validators(etag='W/"1"', last_modified="then"))
    sent = first_step(wish, "x").headers
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('W/"1"', "then")
    bare = first_step(Wish(request=request, validators=Validators()), "x").headers
    assert not {"If-None-Match", "If-Modified-Since"} & set(bare)


def test_accepted_types_are_asked_for():
    """Beginnings of content types become media ranges."""
    wish = Wish(request=Request(url="https://a.example/"), accept=("image/", "text/html"))
    assert first_step(wish, "x").headers["Accept"] == "image/*, text/html"


def test_odd_methods_are_refused():
    """A source asks; it never changes anything."""
    with pytest.raises(Failure, match=r"^bad_request"):
        step(method="DELETE")


@pytest.mark.parametrize(
    "location",
    [
        "https://b.example/jobs",
        "//b.example/jobs",
        "http://a.example/jobs",  # another scheme
        "https://a.example:8443/jobs",  # another port
        "https://sub.a.example/jobs",
    ],
)
def test_secrets_stay_with_whom_they_were_meant_for(location):
    """Another scheme, host or port gets none of the request's own headers."""
    moved = redirected(step(headers={**SECRETS, "Accept-Language": "en"}), 302, location)
    assert not set(SECRETS) & set(moved.headers)
    assert {"Accept-Language", "User-Agent", "Accept", "Accept-Encoding"} <= set(moved.headers)


def test_a_redirect_on_the_same_origin_keeps_the_headers():
    """Another path of the same server is the same party."""
    moved = redirected(step(headers=SECRETS), 301, "../other?x=1")
    assert moved.url == "https://a.example/other?x=1"
    assert set(SECRETS) <= set(moved.headers)


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [
        (301, "GET", None),
        (302, "GET", None),
        (303, "GET", None),
        (307, "POST", b"q"),
        (308, "POST", b"q"),
    ],
)
def test_a_post_is_repeated_only_where_the_standard_says_so(status, method, body):
    """301, 302, 303 turn a POST into a GET without its body and content type."""
    sent = step(method="POST", body=b"q", headers={"Content-Type": "application/json"})
    moved = redirected(sent, status, "/there")
    assert (moved.method, moved.body) == (method, body)
    assert ("Content-Type" in moved.headers) == (body is not None)


@given(st.text(max_size=50))
def test_any_location_is_a_step_or_a_failure(location):
    """No Location header crashes the redirect."""
    code = "bad_url"
    try:
        moved = redirected(step(), 302, location)
    except Failure as failure:
        code = failure.code
    else:
        assert isinstance(moved.url, str)
    assert code == "bad_url"


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        (
            "https://r.com/api?x=1",
            "http://127.0.0.1:8080/{host}",
            "http://127.0.0.1:8080/r.com/api?x=1",
        ),
        ("https://r.com/api?x=1", "http://127.0.0.1:8080", "http://127.0.0.1:8080/api?x=1"),
        ("https://r.com/api", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/api"),
        ("https://r.com", "http://127.0.0.1:1/m/", "http://127.0.0.1:1/m/"),
        ("https://r.com?a=b", "http://127.0.0.1:1/m", "http://127.0.0.1:1/m/?a=b"),
        (
            "https://R.com:8443/a/b/",
            "http://127.0.0.1:1/{host}/x",
            "http://127.0.0.1:1/r.com/x/a/b/",
        ),
        ("https://r.com/a#b", "http://127.0.0.1:1", "http://127.0.0.1:1/a"),
    ],
)
def test_rebasing_replaces_the_origin_only(url, base, expected):
    """Path and query stay as they were."""
    assert rebase_url(url, base) == expected


@given(
    st.from_regex(r"[a-z]{1,10}\.example", fullmatch=True),
    st.from_regex(r"(/[A-Za-z0-9._~%:@!$&'()*+,;=-]{0,8}){0,4}", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9=&%+/?:@{}-]{0,20}", fullmatch=True),
)
def test_rebasing_keeps_path_and_query_of_any_url(host, path, query):
    """Whatever is asked, the stand-in is asked for the same path and query, and no one else is."""
    moved = rebase_url(f"https://{host}{path}?{query}", "http://127.0.0.1:8080/{host}")
    parts = urlsplit(moved)
    assert parts.netloc == "127.0.0.1:8080"
    assert parts.path == f"/{host}{path or '/'}"
    assert parts.query == query
    assert is_rebased(moved, "http://127.0.0.1:8080/{host}")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "", "http:///x", "http://[::1"])
def test_rebasing_refuses_what_is_no_http_address(url):
    """A stand-in is never asked for a file."""
    with pytest.raises(ValueError, match=r"."):
        rebase_url(url, "http://127.0.0.1:8080")


def errand(host, number=0):
    board = Board(source="s", token=f"{host}-{number}")
    return Errand(board=board, request=Request(url=f"https://{host}/{number}"), split=None)


@given(st.lists(st.sampled_from("abcde"), max_size=40), st.randoms(use_true_random=False))
def test_an_agenda_gives_every_errand_once_and_one_a_host_at_a_time(hosts, random):
    """In whatever order boards end, no host has two and none is forgotten."""
    agenda = Agenda(errand(host, number) for number, host in enumerate(hosts))
    flying, done = [], []
    while True:
        while (given_out := agenda.next()) is not None:
            assert given_out.request.url[8] not in {one.request.url[8] for one in flying}
            flying.append(given_out)
        if not flying:
            break
        ended = flying.pop(random.randrange(len(flying)))
        done.append(ended.board.token)
        agenda.ended(ended)
    assert sorted(done) == sorted(f"{host}-{number}" for number, host in enumerate(hosts))


def test_an_agenda_passes_a_crowded_host_by():
    """A thousand boards of one host do not hold up the one board of another."""
    agenda = Agenda([*(errand("a.example", n) for n in range(1000)), errand("b.example")])
    assert agenda.next().board.token == "a.example-0"
    assert agenda.next().board.token == "b.example-0"
    assert agenda.next() is None


def test_an_agenda_draws_no_more_than_it_must():
    """Errands come from a generator of any length; only what waits is held."""
    drawn = []

    def many():
        for number in range(10 * LOOK_AHEAD):
            drawn.append(number)
            yield errand(f"h{number % 100}.example", number)

    agenda = Agenda(many())
    assert len([agenda.next() for _ in range(64)]) == len(drawn) == 64
    for _ in range(40):
        agenda.next()
    assert len(drawn) == LOOK_AHEAD + 100
