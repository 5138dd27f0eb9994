"""sources/jsonld.py"""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import ConfigError, PayloadError
from jobtide.model import Board, Posting, Request, Response
from jobtide.sources import jsonld, read

PAGE = "https://acme.example/jobs/cook"
BOARD = Board(source="jsonld", token="acme", url=PAGE)
JOB = {"@type": "JobPosting", "title": "Cook", "datePosted": "2026-10-01"}


def markup(*nodes):
    blocks = (f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    return f"<html><title>Acme</title>{''.join(blocks)}</html>".encode()


def page(body, board=BOARD, **request):
    asked = Request(**{"url": PAGE} | request)
    return jsonld.split(
        Response(request=asked, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), board
    )


def test_a_board_without_an_address_cannot_be_asked():
    """The message says which board and what it needs."""
    with pytest.raises(ConfigError, match=r"jsonld/acme: .* address"):
        jsonld.start(Board(source="jsonld", token="acme"))


def test_several_pages_are_one_board():
    """The first page names the others; each page is asked once."""
    board = Board(source="jsonld", token="acme", url=f"{PAGE}\n{PAGE}-2  {PAGE}-3")
    first = page(markup(JOB), board)

    assert jsonld.start(board).url == PAGE
    assert [(one.url, one.optional) for one in first.follow] == [
        (f"{PAGE}-2", True),
        (f"{PAGE}-3", True),
    ]
    assert page(markup(JOB), board, url=f"{PAGE}-2", optional=True).follow == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html><title>Careers at Acme</title>", "'Careers at Acme'"),
        (markup({"@type": "Organization"}), "1 JSON-LD blocks"),
        (b"<script type='application/ld+json'>{oops</script>", "cannot be read"),
        (b"<html><title>Just a moment...</title>", "keeps programs out"),
    ],
)
def test_a_page_without_a_job_says_what_came_instead(body, words):
    """An empty careers page and a page of another kind look alike: a person must see it."""
    with pytest.raises(PayloadError, match=r"^jsonld/acme: ") as caught:
        page(body)

    assert words in str(caught.value)


def test_a_later_page_may_have_lost_its_job():
    """A job that ended is no fault of the board, but a page that keeps us out is one."""
    assert page(b"<html><title>Gone</title>", optional=True).records == []
    with pytest.raises(PayloadError):
        page(b"<html><title>Attention Required! | Cloudflare</title>", optional=True)


def test_each_posting_knows_its_page_and_employer():
    """What the markup leaves out, the board knows."""
    board = Board(source="jsonld", token="acme", url=PAGE, organization="Acme")
    (result,) = read(jsonld.SOURCE, page(markup(JOB), board), board)

    assert isinstance(result, Posting)
    assert (result.url, result.hiring_organization) == (PAGE, "Acme")
    assert result.date_posted == datetime(2026, 10, 1, tzinfo=UTC)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_a_payload_error(body):
    """Nothing a site sends ends the run."""
    with suppress(PayloadError):
        list(read(jsonld.SOURCE, page(body), BOARD))
