"""From an address to a board: what a page leads to, and where it is written down."""

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.config import Config, FetchConfig
from jobtide.demo.server import Answer, serve
from jobtide.errors import ConfigError, UsageError
from jobtide.model import Board
from jobtide.run import Reader
from jobtide.run.adding import csv_with, find_board, look_into, toml_with
from jobtide.sources import NAMES

PAGES = {
    "frame": '<html><body><iframe src="https://boards.greenhouse.io/embed/job_board?for=acme">',
    "script": '<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>',
    "link": '<p><a href="/about">About</a> <a href="https://jobs.lever.co/acme">Jobs</a>',
    "ashby": "<a href=https://jobs.ashbyhq.com/acme/1-2>Engineer</a>",
    "workable": '<a href="//apply.workable.com/acme/">Open roles</a>',
    "personio": '<a href="https://acme.jobs.personio.de/">Stellen</a>',
    "markup": '<script type="application/ld+json">{"@type": "JobPosting"}</script>',
    "feed": '<link rel="alternate" type="application/rss+xml" href="/jobs.rss">',
    "atom": '<link rel="alternate" type="application/atom+xml" href="https://x.example/a">',
    "rss": '<?xml version="1.0"?><rss version="2.0"><channel/></rss>',
    "jsonfeed": '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    "sitemap": '<?xml version="1.0"?><urlset><url><loc>https://x.example/</loc></url></urlset>',
    "nothing": "<p>We are always looking for good people.</p>",
    "vendor": '<a href="https://www.greenhouse.com/">powered by</a>',
    "empty": "",
}
EXPECTED = {
    "frame": "greenhouse/acme",
    "script": "greenhouse/acme",
    "link": "lever/acme",
    "ashby": "ashby/acme",
    "workable": "workable/acme",
    "personio": "personio/acme",
    "markup": "jsonld/careers-example-markup",
    "feed": "feed/careers-example-jobs-rss",
    "atom": "feed/x-example-a",
    "rss": "feed/careers-example-rss",
    "jsonfeed": "feed/careers-example-jsonfeed",
    "sitemap": "sitemap/careers-example-sitemap",
}


@pytest.fixture(scope="module")
def reader():
    """Return a reader whose every address leads to a loopback server with the pages above."""

    def answering(asked):
        body = PAGES.get(asked.path.lstrip("/"))
        if body is None:
            return Answer(status=404)
        return Answer(body=body.encode(), content_type="text/html")

    with serve(answering) as base_url:
        fetch = FetchConfig(
            base_url=base_url, host_delay_s=0, retries=0, allow_private_hosts=("127.0.0.1",)
        )
        yield Reader(
            config=Config(fetch=fetch),
            clock=lambda: datetime(2026, 11, 25, tzinfo=UTC),
            random=Random(0),
        )


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_leads_to_its_board(reader, name):
    """Links and frames first, then markup, then the feeds it names."""
    found = find_board(f"https://careers.example/{name}", reader)

    assert found.board.key == EXPECTED[name]
    assert found.board.source in (*NAMES, "jsonld", "feed", "sitemap")


@pytest.mark.parametrize("name", ["nothing", "vendor", "empty"])
def test_a_page_without_a_board_is_refused_with_what_was_looked_for(reader, name):
    """The user learns what would have helped."""
    with pytest.raises(UsageError, match="Looked for a link to a known applicant tracking system"):
        find_board(f"https://careers.example/{name}", reader)


def test_an_address_of_a_board_needs_no_request(reader):
    """The pattern of the host is enough; the scheme may be left out."""
    assert find_board("jobs.lever.co/acme", reader).board.key == "lever/acme"
    assert find_board("https://remotive.com/remote-jobs", reader).board.key == "remotive/main"


@given(st.binary(max_size=300), st.sampled_from(["text/html", "application/json", ""]))
def test_any_page_is_looked_into_without_an_error(body, kind):
    """A page may be anything at all."""
    look_into("https://careers.example/jobs", body, kind)


def test_a_line_is_added_to_a_table_in_order_and_only_once():
    """Columns, order and doubles are what the check of the boards looks at."""
    table = csv_with("", Board(source="lever", token="marrow"))
    table = csv_with(table, Board(source="lever", token="Acme", organization="Acme, Inc."))

    assert table == 'token,organization,homepage\nAcme,"Acme, Inc.",\nmarrow,,\n'
    with pytest.raises(ConfigError, match="listed already"):
        csv_with(table, Board(source="lever", token="acme"))
    with pytest.raises(ConfigError, match=r"add it to jobtide\.toml"):
        csv_with("", Board(source="feed", token="acme", url="https://acme.example/jobs.xml"))


def test_an_entry_is_added_to_the_settings_and_the_rest_stays():
    """Comments and other tables of the user's file are kept as they are."""
    text = '# mine\ndatabase = "x.db"\n\n[publish]\ntitle = "Jobs"  # short\n'

    once = toml_with(text, Board(source="feed", token="x", url="https://x.example/rss"))

    assert once.startswith(text)
    assert 'url = "https://x.example/rss"' in once
    with pytest.raises(ConfigError, match="listed already"):
        toml_with(once, Board(source="feed", token="x"))
