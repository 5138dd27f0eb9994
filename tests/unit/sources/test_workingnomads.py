"""sources/workingnomads.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import read, workingnomads

BOARD = Board(source="workingnomads")
JOB = {"url": "https://www.workingnomads.com/job/go/7/", "title": "Engineer"}


def page(rows):
    response = Response(
        request=workingnomads.start(BOARD),
        body=json.dumps(rows).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return workingnomads.split(response, BOARD)


def posting(**fields):
    (result,) = read(workingnomads.SOURCE, page([{**JOB, **fields}]), BOARD)
    return result


@pytest.mark.parametrize("rows", [[], {}, {"jobs": [JOB]}, None])
def test_no_jobs_is_a_failure(rows):
    """The board always shows some: none, or another shape, is no answer."""
    with pytest.raises(PayloadError, match=r"^workingnomads/main: "):
        page(rows)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("data analyst,english,ab testing", ("data analyst", "english", "ab testing")),
        ("english", ("english",)),
        (",english,,", ("english",)),
        ("", ()),
        (None, ()),
    ],
)
def test_tags_are_one_string(tags, expected):
    """No blank follows the comma, and blanks stand inside tags."""
    assert posting(tags=tags).tags == expected


def test_the_offset_of_the_time_is_heeded():
    """It is New York's, not ours."""
    written = posting(pub_date="2026-07-10T22:24:39-04:00").date_posted

    assert written == datetime(2026, 7, 11, 2, 24, 39, tzinfo=UTC)


def test_places_are_where_one_may_live():
    """The field mixes a way of working with a region; it is one line, not a list."""
    result = posting(location="REMOTE, South America")

    assert result.applicant_locations == ("REMOTE, South America",)
    assert (result.location_text, result.job_locations) == ("REMOTE, South America", ())


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://www.workingnomads.com/job/go/1719512/", "1719512"),
        ("https://www.workingnomads.com/job/go/1719512", "1719512"),
        ("https://www.workingnomads.com/job/go/1719512/?utm=x", "1719512"),
        ("https://www.workingnomads.com/jobs/tide-engineer", "tide-engineer"),
        ("https://www.workingnomads.com/jobs/", None),
        ("https://www.workingnomads.com/", None),
        ("", None),
    ],
)
def test_the_address_is_the_identity(url, identifier):
    """Rows have no id of their own."""
    result = posting(url=url)

    assert result.identifier == identifier
    assert isinstance(result, Reject) == (identifier is None)


@given(st.dictionaries(st.sampled_from(workingnomads.Job.__struct_fields__), st.text(max_size=20)))
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields):
    """Nothing a board writes ends the run."""
    result = posting(**fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
