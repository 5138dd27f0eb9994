"""sources/findwork.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import findwork, read

BOARD = Board(source="findwork")
JOB = {"id": "x7", "role": "Engineer", "url": "https://findwork.dev/x7/engineer"}
NEXT = "https://findwork.dev/api/jobs/?page=2"


def page(jobs, following=None, request=None):
    response = Response(
        request=request or findwork.start(BOARD),
        body=json.dumps({"results": jobs, "next": following}).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return findwork.split(response, BOARD)


def posting(**fields):
    (result,) = read(findwork.SOURCE, page([{**JOB, **fields}]), BOARD)
    return result


def test_the_key_is_named_not_written():
    """Its value takes its place when the request is sent."""
    assert findwork.start(BOARD).headers == {"Authorization": "Token {FINDWORK_API_KEY}"}


def test_pages_are_followed_while_there_is_a_next_one_and_end():
    """The address is our own, so the remote jobs stay the remote jobs."""
    request, asked = findwork.start(BOARD), []
    while request:
        asked.append(request.url)
        answer = page([{**JOB, "id": str(len(asked))}], NEXT, request)
        request = next(iter(answer.follow), None)
    assert len(asked) == findwork.MOST_PAGES <= 60  # requests a minute
    assert all(url.endswith("&sort_by=date&remote=true") for url in asked)
    assert not answer.complete
    assert page([JOB]).follow == []


def test_no_jobs_is_a_failure():
    """There are always some."""
    with pytest.raises(PayloadError, match=r"^findwork/main: no jobs"):
        page([])


@pytest.mark.parametrize(
    ("remote", "said", "places"),
    [(True, "remote: true", ()), (False, "remote: false", ("Kiel",)), (None, None, ("Kiel",))],
)
def test_the_flag_is_copied(remote, said, places):
    """The place of a remote job is not where the work is; it stays in the place line."""
    result = posting(remote=remote, location="Kiel")

    assert (result.arrangement_text, result.job_locations) == (said, places)
    assert result.location_text == "Kiel"


@given(st.dictionaries(st.sampled_from(findwork.Job.__struct_fields__), st.text(max_size=20)))
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields):
    """Nothing a board writes ends the run."""
    result = posting(**fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
