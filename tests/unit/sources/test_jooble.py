"""sources/jooble.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import jooble, read

BOARD = Board(source="jooble")
JOB = {"id": -7, "title": "Engineer", "link": "https://jooble.org/desc/-7"}


def page(jobs, total=None):
    response = Response(
        request=jooble.start(BOARD),
        body=json.dumps({"jobs": jobs, "totalCount": total}).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return jooble.split(response, BOARD)


def posting(**fields):
    (result,) = read(jooble.SOURCE, page([{**JOB, **fields}]), BOARD)
    return result


def test_the_key_is_named_and_the_search_is_sent():
    """A board is the place that is searched; "main" is everywhere."""
    everywhere = jooble.start(BOARD)
    poland = jooble.start(Board(source="jooble", token="Poland"))

    assert everywhere.url == poland.url == "https://jooble.org/api/{JOOBLE_API_KEY}"
    assert everywhere.method == "POST"
    assert json.loads(everywhere.body)["location"] == ""
    assert json.loads(poland.body)["location"] == "Poland"


@pytest.mark.parametrize(("total", "complete"), [(None, True), (1, True), (84769, False)])
def test_one_page_is_read_whatever_there_is(total, complete):
    """A key is good for 500 requests in all."""
    answer = page([JOB], total)

    assert (answer.follow, answer.complete) == ([], complete)


def test_no_jobs_is_a_failure():
    """There are always some."""
    with pytest.raises(PayloadError, match=r"^jooble/main: no jobs"):
        page([], 0)


def test_the_time_it_gives_is_that_of_a_change():
    """When a job was posted is not told; pay is in words."""
    result = posting(updated="2026-07-06T00:00:00.0000000", salary="$17 - $35 per hour")

    assert (result.date_posted, result.salary_text) == (None, "$17 - $35 per hour")
    assert result.date_modified == datetime(2026, 7, 6, tzinfo=UTC)


@given(st.dictionaries(st.sampled_from(jooble.Job.__struct_fields__), st.text(max_size=20)))
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields):
    """Nothing a board writes ends the run."""
    result = posting(**fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
