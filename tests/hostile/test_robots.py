"""robots.txt decides about pages made for people (RFC 9309), and is itself read within bounds."""

import random
import time

import pytest

from jobtide import sources
from jobtide.errors import Forbidden, Unreachable
from jobtide.fetch import Errand, FetchSettings, fetch_one, read_boards
from jobtide.fetch.robots import FIRST_BYTES
from jobtide.model import Board, Page, Request
from tests.hostile.server import HostileServer, answer, redirect
from tests.hostile.test_fetch_hostile import NOW, Still, settings


@pytest.fixture
def server():
    with HostileServer() as started:
        yield started


def ask(url, **changes):
    return fetch_one(
        Request(url=url), settings(**changes), clock=lambda: NOW, random=Still(), robots=True
    )


def rules(text, **more):
    return answer(text.encode(), content_type="text/plain", **more)


def paths(server):
    return [one.path for one in server.seen]


def test_what_is_closed_is_not_asked_for(server):
    """Disallow: the page is never asked for, and the message names the rule's file."""
    server.answers["/robots.txt"] = [rules("User-agent: *\nDisallow: /jobs\n")]
    server.answers["/jobs/1"] = [answer(b"secret")]

    with pytest.raises(Forbidden, match=r"robots_denied.*robots\.txt"):
        ask(server.url("/jobs/1"))

    assert paths(server) == ["/robots.txt"]


def test_what_is_open_is_read(server):
    """Rules for others, and for other pages, do not concern us."""
    text = "User-agent: other\nDisallow: /\n\nUser-agent: jobtide\nDisallow: /private\n"
    server.answers["/robots.txt"] = [rules(text)]
    server.answers["/jobs/1"] = [answer(b"a job")]

    assert ask(server.url("/jobs/1")).body == b"a job"
    with pytest.raises(Forbidden, match="robots_denied"):
        ask(server.url("/private"))


def test_where_no_rules_are_all_is_open(server):
    """404: there is no robots.txt, so nothing is closed."""
    server.answers["/jobs/1"] = [answer(b"a job")]

    assert ask(server.url("/jobs/1")).body == b"a job"


def test_rules_that_cannot_be_read_close_everything(server):
    """503, or a connection that breaks: nobody knows, so nothing is read (RFC 9309, 2.3.1.4)."""
    server.answers["/robots.txt"] = [answer(b"", status=503)]
    server.answers["/jobs/1"] = [answer(b"a job")]

    with pytest.raises(Unreachable, match="robots_unreachable"):
        ask(server.url("/jobs/1"))

    assert "/jobs/1" not in paths(server)


def test_an_endless_robots_txt_costs_its_first_part(server):
    """500 KiB are read of it; the rules that stand there count."""
    endless = b"User-agent: *\nDisallow: /jobs\n" + b"# filler\n" * (FIRST_BYTES // 4)
    server.answers["/robots.txt"] = [answer(endless, content_type="text/plain")]

    began = time.process_time()
    with pytest.raises(Forbidden, match="robots_denied"):
        ask(server.url("/jobs/1"))
    assert time.process_time() - began < 5


def test_a_redirect_leads_to_another_page_that_is_asked_about_too(server):
    """Each hop is judged by the rules of where it leads."""
    server.answers["/robots.txt"] = [rules("User-agent: *\nDisallow: /closed\n")]
    server.answers["/open"] = [redirect("/closed")]
    server.answers["/closed"] = [answer(b"secret")]

    with pytest.raises(Forbidden, match="robots_denied"):
        ask(server.url("/open"))

    assert "/closed" not in paths(server)


def test_a_site_is_asked_for_its_rules_once(server):
    """Many boards of one site share what it said."""
    server.answers["/robots.txt"] = [rules("User-agent: *\nAllow: /\n")]
    for number in range(4):
        server.answers[f"/b{number}"] = [answer(b"<p>jobs</p>")]
    errands = [
        Errand(
            board=Board(source="jsonld", token=str(number)),
            request=Request(url=server.url(f"/b{number}")),
            split=lambda _: Page(records=[]),
            robots=True,
        )
        for number in range(4)
    ]

    captures = list(read_boards(errands, settings(), clock=lambda: NOW, random=random.Random(1)))

    assert [one.error for one in captures] == [None] * 4
    assert paths(server).count("/robots.txt") == 1


def test_sources_say_which_kind_they_read():
    """Pages made for people are read by robots.txt, APIs by their terms."""
    asked = {name for name in sources.names() if sources.load(name).robots}

    assert {"jsonld", "sitemap", "icims"} <= asked
    assert not asked & {"greenhouse", "lever", "ashby", "remoteok", "remotive"}


def test_settings_have_no_way_around(server):
    """There is no setting that leaves robots.txt out."""
    assert "robots" not in FetchSettings.__struct_fields__
