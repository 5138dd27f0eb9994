"""sources/breezy.py"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Response
from jobtide.sources import breezy, read

BOARD = Board(source="breezy", token="quarry-kiln")
JOB = {"id": "a1", "name": "Keeper"}
NORWAY = {"id": "NO", "name": "Norway"}


def page(answer):
    body = json.dumps(answer).encode()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return breezy.split(Response(request=breezy.start(BOARD), body=body, fetched_at=at), BOARD)


def result(board=BOARD, **fields):
    (one,) = read(breezy.SOURCE, Page(records=[{**JOB, **fields}]), board)
    return one


def posting(board=BOARD, **fields):
    one = result(board, **fields)
    assert isinstance(one, Posting), one
    return one


@pytest.mark.parametrize("answer", [{}, {"error": "not found"}, None, "gone", 7])
def test_only_a_list_is_a_board(answer):
    """An empty one is an empty board; anything else is none."""
    assert page([]) == Page(records=[])
    with pytest.raises(PayloadError, match="no list of postings"):
        page(answer)


def test_boards_on_a_domain_of_their_own():
    """The board's address wins over its name."""
    board = Board(source="breezy", token="kiln", url="https://jobs.kiln.example/positions")

    assert breezy.start(board).url == "https://jobs.kiln.example/json?verbose=true"
    assert posting(board, friendly_id="a1-keeper").url == "https://jobs.kiln.example/p/a1-keeper"
    assert posting(board).url == "https://jobs.kiln.example/p/a1"


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ({"name": "Bergen", "country": NORWAY}, "Bergen, Norway"),
        ({"name": "Bergen, Norway", "country": NORWAY}, "Bergen, Norway"),
        ({"name": "Austin, TX", "country": {"id": "US"}}, "Austin, TX, US"),
        ({"name": "Remote"}, "Remote"),
        ({"name": "Remote", "country": NORWAY, "is_remote": True}, "Remote, Norway"),
        ({"city": "Barre", "state": {"id": "VT", "name": "Vermont"}, "country": {"id": "US"}},
         "Barre, Vermont, US"),
        ({"city": "Barre", "state": "Vermont", "country": "US"}, "Barre, Vermont, US"),
        ({"name": " ", "city": ""}, None),
        ({}, None),
        (None, None),
    ],
)  # fmt: skip
def test_a_place_says_its_country(location, place):
    """Its name alone does not tell which Dover is meant."""
    assert posting(location=location).job_locations == ((place,) if place else ())


def test_every_place_is_kept():
    """In order, each once; the line is what a reader sees."""
    rows = [{"name": name, "country": NORWAY} for name in ("Oslo", "Bergen", "Oslo")]
    one = posting(location=rows[0], locations=rows)

    assert one.job_locations == ("Oslo, Norway", "Bergen, Norway")
    assert one.location_text == "Oslo; Bergen"


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        ([True], "is_remote: true"), ([False], "is_remote: false"),
        ([False, True], "is_remote: true"), ([None], None), ([None, False], "is_remote: false"),
        ([], None),
    ],
)  # fmt: skip
def test_the_flag_is_said_as_it_is_written(flags, text):
    """A flag that is not there is not "no"."""
    rows = [{"name": "Oslo", "is_remote": flag} for flag in flags]

    assert posting(locations=rows).arrangement_text == text


def test_pay_is_words():
    """Its period is mostly not stated, so nothing is concluded here."""
    one = posting(salary="$1.10k - $1.30k")

    assert (one.salary_text, one.stated_salary) == ("$1.10k - $1.30k", None)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.text(max_size=4),
            "url": st.none() | st.text(max_size=12),
            "published_date": st.none() | st.text(max_size=12),
            "location": st.none()
            | st.dictionaries(st.sampled_from(["name", "city", "country"]), st.text(max_size=5)),
        },
    )
)
def test_any_posting_of_the_shape_is_read(fields):
    """No value of a field costs more than its own posting, nor is nothing said as a text."""
    one = result(**fields)

    assert isinstance(one, Reject) or (one.identifier and "" not in one.job_locations)
