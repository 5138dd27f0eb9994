"""Link checks: a page that says "gone" closes its posting; no other answer changes anything."""

import json
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from jobtide.config import Config, FetchConfig, SourceConfig
from jobtide.errors import BoardGone, Unreachable
from jobtide.fetch import Capture
from jobtide.model import Board, Page, Posting, Request, Response
from jobtide.run import Reader, Summary, update
from jobtide.run.links import check_links, due, same_page, verdict
from jobtide.run.openings import refresh_openings
from jobtide.run.rebuild import rebuild
from jobtide.store import OpeningRow, Reading, open_store
from tests.hostile.server import HostileServer, answer, redirect

HOUR = timedelta(hours=1)
START = datetime(2026, 3, 1, tzinfo=UTC)
HTML = "text/html; charset=utf-8"


def posting(identifier, source="remoteok", board="main", **fields):
    values = {
        "source": source,
        "board": board,
        "identifier": identifier,
        "url": f"https://jobs.example/{source}/view/{identifier}",
        "title": "Platform Engineer",
        "hiring_organization": f"Acme {identifier}",
        "text": "Build the thing.",
    }
    return Posting(**(values | fields))


def save(store, postings, hours=0, source="remoteok", board="main", window=True):
    reading = Reading(
        source=source,
        board=board,
        read_at=START + hours * HOUR,
        complete=not window,
        window=window,
    )
    store.save_reading(reading, postings)


def page(words, status="200 OK"):
    body = f"<title>Jobs</title><h1>Platform Engineer</h1><p>{words}</p>".encode()
    return [answer(body, status, content_type=HTML)]


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "a.db"), create=True) as opened:
        yield opened


@pytest.fixture
def server():
    with HostileServer() as started:
        yield started


def config_for(server):
    fetch = FetchConfig(
        base_url=server.url("/{host}"),
        host_delay_s=0.0,
        timeout_s=2.0,
        allow_private_hosts=("127.0.0.1",),
    )
    return Config(fetch=fetch)


def check(store, server, most=50, hours=1):
    """Ask the pages and return what was counted."""
    moment, summary = START + hours * HOUR, Summary()
    reader = Reader(config=config_for(server), clock=lambda: moment, random=Random(0))
    check_links(store, reader, most, summary)
    return summary


def statuses(store):
    return {
        one.posting.identifier: (one.history.status, one.history.closed_reason)
        for one in store.tracked()
    }


def test_each_answer_means_what_it_says(store, server):
    """404, 410 and a notice close; a redirect, errors, refusals and living pages do not."""
    at = "/jobs.example/remoteok/view/"
    server.answers = {
        f"{at}10001": page("", "404 Not Found"),
        f"{at}10002": page("", "410 Gone"),
        f"{at}10003": page("This role is no longer accepting applications."),
        f"{at}10004": [redirect("/remoteok/search?similar=10004")],
        "/jobs.example/remoteok/search": page("Many jobs"),
        f"{at}10005": page("", "403 Forbidden"),
        f"{at}10006": page("", "429 Too Many Requests"),
        f"{at}10007": page("", "502 Bad Gateway"),
        f"{at}10008": page("Apply now"),
        f"{at}10009": [answer(b"<title>x</title>", content_type=HTML)],
        f"{at}10010": [redirect("/nowhere")],
        "/jobs.example/nowhere": page("", "404 Not Found"),
    }
    save(store, [posting(str(number)) for number in range(10001, 10011)])

    summary = check(store, server)

    assert dict(summary.links) == {
        "gone": 2, "closed_text": 1, "moved": 2, "failed": 3, "alive": 1, "unverified": 1,
    }  # fmt: skip
    assert {name: one for name, one in statuses(store).items() if one[0] != "open"} == {
        "10001": ("closed", "gone"),
        "10002": ("closed", "gone"),
        "10003": ("closed", "closed_text"),
    }
    assert summary.sources["remoteok"]["closed"] == 3
    said = {name[-5:]: one.outcome for name, one in store.link_checks().items()}
    assert said["10003"] == "closed_text: this role is no longer accepting applications."
    assert said["10004"] == "moved: https://jobs.example/remoteok/search?similar=10004"
    assert said["10006"].startswith("failed: status_429")
    assert len(said) == 10


def test_no_page_is_asked_twice_a_day(store, server):
    """The second check within a day asks nothing; the day after it asks what is still open."""
    server.answers = {"/jobs.example/remoteok/view/10001": page("Apply now")}
    save(store, [posting("10001")])

    assert [sum(check(store, server, hours=hour).links.values()) for hour in (1, 24, 25)] == [
        1, 0, 1,
    ]  # fmt: skip
    assert server.count("/jobs.example/remoteok/view/10001") == 2


def test_the_unlisted_come_first_then_the_oldest_answers(store):
    """What its window no longer shows, then what was never asked, then the longest ago."""
    save(store, [posting(f"1000{number}") for number in range(6)])
    save(store, [posting(f"1000{number}") for number in range(3)], hours=1)
    for number, hours in ((0, 2), (1, 3), (4, 2), (5, 3)):
        store.save_link_check(f"remoteok:main:1000{number}", START + hours * HOUR, "alive")
    now = START + 100 * HOUR

    asked = [one.posting.identifier for one in due(store, Config(), now, 10)]

    assert asked == ["10003", "10004", "10005", "10002", "10000", "10001"]
    assert [one.posting.identifier for one in due(store, Config(), now, 2)] == asked[:2]
    assert due(store, Config(), now, 0) == []


def test_only_what_windows_alone_know_is_asked(store):
    """A whole board says itself what is gone, threads outlive their jobs, closed ones are over."""
    save(
        store,
        [posting("1", "greenhouse", "acme")],
        source="greenhouse",
        board="acme",
        window=False,
    )
    save(store, [posting("2", "hackernews")], source="hackernews")
    save(store, [posting("10003"), posting("10004"), posting("10005", url="ftp://x.example/5")])
    store.mark_gone("remoteok:main:10004", START)

    assert [one.posting.id for one in due(store, Config(), START, 10)] == ["remoteok:main:10003"]

    ids = ("greenhouse:acme:1", "remoteok:main:10003")
    store.save_openings([OpeningRow(id=ids[0], canonical_id=ids[0], posting_ids=ids)])
    assert due(store, Config(), START, 10) == []


def test_a_page_that_several_postings_share_is_asked_once(store):
    """One request a page."""
    save(store, [posting("1", url="https://x.example/a"), posting("2", url="https://x.example/a")])

    assert [one.posting.identifier for one in due(store, Config(), START, 10)] == ["1"]


def test_a_stand_in_for_one_api_is_not_asked_for_pages(store):
    """A base address without {host} knows nothing but its API: its 404 would mean nothing."""
    save(store, [posting("10001")])
    mirror = {"remoteok": SourceConfig(base_url="http://127.0.0.1:9/mirror")}
    anything = {"remoteok": SourceConfig(base_url="http://127.0.0.1:9/{host}")}

    assert due(store, Config(sources=mirror), START, 10) == []
    assert len(due(store, Config(sources=anything), START, 10)) == 1


def test_a_window_that_brings_a_closed_posting_back_is_believed(store, server):
    """Page and window disagree: the posting stays open while it is listed, without a quarrel."""
    server.answers = {"/jobs.example/remoteok/view/10001": page("", "404 Not Found")}
    save(store, [posting("10001")])
    check(store, server, hours=1)
    save(store, [posting("10001", title="Senior Platform Engineer")], hours=2)
    refresh_openings(store)

    assert statuses(store) == {"10001": ("open", None)}
    assert sum(check(store, server, hours=100).links.values()) == 0
    save(store, [posting("10002")], hours=101)
    server.answers["/jobs.example/remoteok/view/10002"] = page("Apply")
    assert dict(check(store, server, hours=102).links) == {"gone": 1, "alive": 1}


def test_a_run_asks_as_many_pages_as_it_is_told(store, server):
    """The setting `update.check_links` is how many; the run's summary says what they said."""
    at = "/jobs.example/remoteok/view/"
    server.answers = {f"{at}{name}": page("", "410 Gone") for name in ("10001", "10002")}
    save(store, [posting("10001"), posting("10002")])
    config = config_for(server)
    one = replace(config, update=replace(config.update, check_links=1))
    summaries = [
        update(
            store,
            Reader(config=chosen, clock=lambda: START + HOUR, random=Random(0)),
            [],
            command="update",
        ).for_log()
        for chosen in (config, one)
    ]

    assert [summary["links"] for summary in summaries] == [{}, {"gone": 1}]
    assert sorted(state for state, _ in statuses(store).values()) == ["closed", "open"]


def test_a_rebuild_takes_over_what_pages_said(tmp_path):
    """No raw answer holds it: what was closed by its page is closed anew, for the same reason."""
    path = tmp_path / "jobs.db"
    job = {
        "id": "10001",
        "position": "Platform Engineer",
        "company": "Acme",
        "url": "https://remoteok.com/remote-jobs/10001",
        "date": "2026-02-28T00:00:00+00:00",
        "description": "Build the thing.",
    }
    request = Request(url="https://remoteok.com/api")
    raw = Response(request=request, body=json.dumps([job]).encode(), fetched_at=START)
    reading = Reading(source="remoteok", board="main", read_at=START, window=True)
    with open_store(str(path), create=True) as store:
        store.save_reading(reading, [posting("10001")], (), [raw])
        store.mark_gone("remoteok:main:10001", START + HOUR, "closed_text")
        store.save_link_check("remoteok:main:10001", START + HOUR, "closed_text: it is filled")

    rebuild(path, Config(), {})

    with open_store(str(path)) as store:
        assert statuses(store) == {"10001": ("closed", "closed_text")}
        assert [one.outcome for one in store.link_checks().values()] == [
            "closed_text: it is filled"
        ]
        assert next(store.readings()).reading.fill["title"] == 1.0


@pytest.mark.parametrize(
    ("asked", "final", "identifier", "same"),
    [
        ("https://b.example/jobs/view/1", "https://b.example/jobs/search?similar=1", "1", False),
        ("https://b.example/jobs/view/1", "https://www.b.example/jobs/view/1/", "1", True),
        ("http://b.example/jobs/view/1", "https://b.example/Jobs/View/1", "1", True),
        ("https://b.example/jobs/12345", "https://b.example/j/dev-12345", "12345", True),
        ("https://b.example/jobs/dev-acme-98765", "https://b.example/98765", "x", True),
        ("https://b.example/jobs/dev-acme", "https://acme.example/jobs/dev-acme", "x", True),
        ("https://b.example/jobs/12345", "https://b.example/jobs/123456", "12345", False),
        ("https://b.example/jobs/12345", "https://b.example/jobs", "12345", False),
        (
            "https://b.example/jobs/12345",
            "https://b.example/login?next=/jobs/12345",
            "12345",
            False,
        ),
        ("https://b.example/jobs?id=12345", "https://b.example/jobs?id=12345&x=1", "12345", True),
        ("https://b.example/jobs?id=12345", "https://b.example/jobs", "12345", False),
        ("https://b.example/jobs?id=12345", "https://b.example/jobs/12345", "12345", True),
        ("https://[broken", "https://b.example/", "1", False),
    ],
)
def test_a_redirect_stays_with_its_posting_or_leaves_it(asked, final, identifier, same):
    """The path is the same or still names the posting; a search page or a list is another."""
    assert same_page(asked, final, identifier) is same


def capture_of(one, error=None, body=b"", final_url=None):
    board = Board(source=one.source, token=one.id)
    if error is not None:
        return Capture(board=board, error=error)
    response = Response(
        request=Request(url=one.url), body=body, fetched_at=START, final_url=final_url
    )
    return Capture(board=board, responses=(response,), pages=(Page(records=[]),))


def test_a_posting_named_by_its_query_can_be_gone():
    """Errors name their address without its query: the page itself answered all the same."""
    one = posting("12345", url="https://b.example/jobs?id=12345")
    gone = BoardGone("status_404", source="remoteok", board="x")
    gone.url = "https://b.example/jobs"
    other = BoardGone("status_404", source="remoteok", board="x")
    other.url = "https://b.example/sorry"

    assert verdict(one, capture_of(one, gone)).outcome == "gone"
    assert verdict(one, capture_of(one, other)).outcome == "moved"
    down = Unreachable("timeout", source="remoteok", board="x")
    assert verdict(one, capture_of(one, down)).outcome == "failed"
    assert verdict(one, Capture(board=Board(source="remoteok"))).outcome == "failed"


@given(st.binary(max_size=200), st.none() | st.text(max_size=60), st.text(max_size=20))
def test_any_answer_has_a_verdict(body, final_url, identifier):
    """Whatever a server answers: no exception, and garbage never closes a posting."""
    one = posting(identifier)
    found = verdict(one, capture_of(one, body=body, final_url=final_url))

    assert found.outcome in ("alive", "moved", "unverified")
    assert isinstance(same_page(one.url, final_url or "", identifier), bool)
