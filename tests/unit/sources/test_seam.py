"""sources/__init__.py: what every source is written with."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide import sources
from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Request, Response

BOARD = Board(source="remotive", token="acme")


def response(body):
    return Response(
        request=Request(url="https://api.example/jobs"),
        body=body,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


class Shape(msgspec.Struct):
    jobs: list[Any]


def test_json_is_read_as_its_shape():
    """Fields that are not asked for are no matter."""
    answer = response(b'{"jobs": [1], "more": true}')

    assert sources.decode(answer, BOARD, Shape).jobs == [1]


@pytest.mark.parametrize(
    ("body", "job"),
    [
        (b'\xef\xbb\xbf{"jobs": ["a"]}', "a"),
        (b'{"jobs": ["M\xfcnchen"]}', "M\ufffdnchen"),
        (b'{"jobs": ["half \\ud83d"]}', "half \ufffd"),
        (b'{"jobs": ["\\ud83d\\ude00"]}', "\U0001f600"),
        (b'{"jobs": ["a\nb"]}', "a\nb"),
        (b'{"jobs": [1e999]}', float("inf")),
    ],
)
def test_one_odd_value_does_not_hide_a_board(body, job):
    """Byte-order marks, other encodings, halves of emoji, endless numbers: the rest is read."""
    assert sources.decode(response(body), BOARD, Shape).jobs == [job]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html><head><title>Just a moment...</title>", "'Just a moment...'"),
        (b"<!DOCTYPE html><p>x", "no title"),
        (b'{"jobs": {}}', "array"),
        (b'{"jobs": [', "JSON"),
        (b'{"jobs": ["\xff"], "jobs": 3}', "array"),
        (b'{"jobs": [' + b"[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_answer_says_why(body, complaint):
    """The message names source, board and what came instead; no other exception comes out."""
    with pytest.raises(PayloadError, match=r"^remotive/acme: ") as caught:
        sources.decode(response(body), BOARD, Shape)

    assert complaint in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_json_or_a_payload_error(body):
    """Nothing a server sends ends the run."""
    with suppress(PayloadError):
        sources.decode(response(body), BOARD, Any)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=12,
    )
)
def test_correct_json_is_not_touched(value):
    """Tolerance changes nothing where none is needed."""
    assert sources.decode(response(json.dumps(value).encode()), BOARD, Any) == value


def test_xml_is_read_to_its_end():
    """A well-formed document is whole."""
    root, whole = sources.parse_xml(response(b"\n<?xml version='1.0'?><a><b>x</b></a>"), BOARD)

    assert (root.findtext("b"), whole) == ("x", True)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<a><b>Nut & Bolt</b></a>", "Nut & Bolt"),
        (b"<a><b>A&nbsp;B &amp; C &#38; D</b></a>", "A&nbsp;B & C & D"),
        (b"<a><b>tab\x0b and \x00 nul</b></a>", "tab and  nul"),
        (b"\xef\xbb\xbf<a><b>x</b></a>", "x"),
    ],
)
def test_what_can_be_mended_without_loss_is_whole(body, text):
    """Stray ampersands, HTML's entities and control characters cost nothing."""
    root, whole = sources.parse_xml(response(body), BOARD)

    assert (root.findtext("b"), whole) == (text, True)


def test_what_breaks_off_is_a_part():
    """What was read before the end is kept, and nobody may think it was all."""
    root, whole = sources.parse_xml(response(b"<a><b>x</b><b>y"), BOARD)

    assert (root.findtext("b"), whole) == ("x", False)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"  ", b"plain words", b"<html><title>Just a moment...</title></html>",
        b"<!DOCTYPE html><html></html>", b"<", b"\x1f\x8b\x08", b"{}",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hosts">]><r>&x;</r>',
        b"<!--" + b"-" * 3000 + b'x--><!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>',
        b"<!--" + b"x" * 3000 + b'--><!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>',
    ],
)  # fmt: skip
def test_what_is_no_xml_is_refused(body):
    """So is a document type: entities are declared there, and feeds have no need of them."""
    with pytest.raises(PayloadError, match=r"^remotive/acme: "):
        sources.parse_xml(response(body), BOARD)


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE r [<!ENTITY a "' + b"A" * 50_000 + b'">]><r>' + b"&a;" * 50_000 + b"</r>",
        b"<!--" + b"x" * 3000 + b'--><!DOCTYPE r [<!ENTITY a "' + b"A" * 50_000 + b'">]><r>'
        + b"&a;" * 50_000 + b"</r>",
        b"<r>" + b"<a>" * 100_000,
        b"<r " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"/>",
    ],
)  # fmt: skip
def test_bombs_are_defused(body):
    """No answer takes more than a moment, whatever it would grow to."""
    began = time.monotonic()
    with suppress(PayloadError):
        sources.parse_xml(response(body), BOARD)

    assert time.monotonic() - began < 5


@given(st.binary(max_size=200))
def test_any_bytes_are_xml_or_a_payload_error(body):
    """Nothing a server sends ends the run; a bracket in front takes it past the first look."""
    for text in (body, b"<a>" + body):
        with suppress(PayloadError):
            sources.parse_xml(response(text), BOARD)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://remoteOK.com/jobs/1", "remoteok"),
        ("https://weworkremotely.com/remote-jobs/x", "weworkremotely"),
        ("https://job-boards.eu.greenhouse.io/x/jobs/1", "greenhouse"),
        ("https://boards.greenhouse.io/embed/job_app?token=1", "greenhouse"),
        ("https://jobs.eu.lever.co/x", "lever"),
        ("https://acme.wd5.myworkdayjobs.com/x", "workday"),
        ("https://acme.example/careers?gh_jid=1", None),
        ("https://notremoteok.com/x", None),
        ("https://remoteok.com.evil.example/x", None),
        ("https://[broken", None),
        ("mailto:jobs@acme.example", None),
        ("", None),
    ],
)
def test_the_board_behind_a_link_is_known_by_its_host(url, name):
    """Credit goes to whose site the link leads to, and to nobody with a similar name."""
    assert sources.board_of(url) == name


@given(st.text(max_size=60))
def test_any_link_leads_to_a_board_or_to_none(url):
    """No text raises."""
    assert sources.board_of(url) in {None, *sources.HOSTS.values()}


def test_nothing_written_is_nothing_stated():
    """Blank is None; everything else stays as it is, blanks included."""
    assert [sources.stated(text) for text in (None, "", " \n\u00a0")] == [None, None, None]
    assert sources.stated(" x ") == " x "


@pytest.mark.parametrize(
    "error",
    [ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError,
     ZeroDivisionError, RecursionError, UnicodeDecodeError],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_a_reject(error):
    """It says what it calls itself and why; the next one is read."""
    good = Posting(source="remotive", board="acme", identifier="2", url="https://x", title="T")

    def posting(record, board):
        if record["id"] == 1:
            raise error(*(("ascii", b"", 0, 1, "no") if error is UnicodeDecodeError else ("no",)))
        return good

    source = msgspec.structs.replace(sources.load("remotive"), posting=posting)
    first, second = sources.read(source, Page(records=[{"id": 1}, {"id": 2}]), BOARD)

    assert isinstance(first, Reject)
    assert (first.identifier, first.step, first.reason) == ("1", "read", "bad_record")
    assert second is good


def test_a_source_that_does_not_exist_is_not_loaded():
    """Names come from settings and files: they are never imported unseen."""
    with pytest.raises(KeyError):
        sources.load("os")


def turned(records, **context):
    request = Request(url="https://api.example/jobs", context=context)
    answer = Response(request=request, body=b"", fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
    return sources.next_page(answer, records, most=3)


def test_pages_are_counted_to_a_stated_end():
    """What is followed ends, whatever a server promises."""
    assert turned([1])["page"] == "2"
    assert turned([1], page="2")["page"] == "3"
    assert turned([1], page="3") is None


def test_what_repeats_itself_is_not_followed():
    """A page that begins as the one before it is the same page; an empty one is the end."""
    second = turned([{"id": 1}, {"id": 2}])

    assert turned([{"id": 3}], **second) is not None
    assert turned([{"id": 1}, {"id": 9}], **second) is None
    assert turned([], **second) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, None), ("0", None), ("", None), (None, None), (-5, None), ("from 50", None),
        (float("inf"), None), ("nan", None), (10**400, None), (26.01, 26.01), ("45000", 45000.0),
    ],
)  # fmt: skip
def test_nothing_is_no_pay(value, number):
    """Zero, words and endless numbers are how boards and programs say that nothing is stated."""
    assert sources.amount(value) == number
