"""sources/themuse.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.pipeline import apply
from jobtide.sources import read, themuse

BOARD = Board(source="themuse", token="remote")
JOB = {"id": 7, "name": "Engineer", "refs": {"landing_page": "https://www.themuse.com/jobs/a/x"}}


def page(envelope, request=None):
    response = Response(
        request=request or themuse.start(BOARD),
        body=json.dumps(envelope).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return themuse.split(response, BOARD)


def posting(**fields):
    (result,) = read(themuse.SOURCE, page({"results": [{**JOB, **fields}]}), BOARD)
    return result


def pages(page_count):
    """Return the numbers that are asked of a board that claims so many, and the last answer."""
    request, asked = themuse.start(BOARD), []
    while request:
        asked.append(int(request.url.partition("page=")[2].partition("&")[0]))
        answer = page({"page_count": page_count, "results": [{**JOB, "id": len(asked)}]}, request)
        request = next(iter(answer.follow), None)
    return asked, answer


def test_pages_are_counted_from_zero_to_the_last():
    """Three pages are 0, 1 and 2."""
    asked, last = pages(3)

    assert (asked, last.complete) == ([0, 1, 2], True)


def test_page_99_is_the_last_that_is_answered():
    """The claimed 20,000 pages cannot be reached: the hundred-and-first is an error."""
    asked, last = pages(20_223)

    assert (asked, last.complete) == (list(range(100)), False)


def test_a_server_that_ignores_the_page_is_not_followed_for_ever():
    """The same page again is the end of what can be read."""
    first = page({"page_count": 50, "results": [JOB]})
    again = page({"page_count": 50, "results": [JOB]}, first.follow[0])

    assert first.follow[0].optional
    assert (again.follow, again.complete) == ([], False)


def test_files_of_several_pages_are_read_whatever_their_size():
    """Without a count, a page that is not full is the last."""
    rows = [{**JOB, "id": number} for number in range(202)]

    assert len(page({"count": 202, "jobs": rows}).records) == 202
    assert page({"jobs": rows[:19]}).follow == []


@pytest.mark.parametrize(
    "envelope", [{}, {"results": []}, {"results": None}, {"page_count": 3, "results": []}]
)
def test_no_jobs_is_a_failure(envelope):
    """An unknown category or place is answered with other jobs, never with none."""
    with pytest.raises(PayloadError, match=r"^themuse/remote: no "):
        page(envelope)


@pytest.mark.parametrize(
    ("token", "query"),
    [
        ("main", "page=0"),
        ("remote", "page=0&location=Flexible%20%2F%20Remote"),
        ("Science and Engineering", "page=0&category=Science%20and%20Engineering"),
    ],
)
def test_the_board_is_all_jobs_the_remote_ones_or_a_category(token, query):
    """Each gives a hundred pages of its own."""
    url = themuse.start(Board(source="themuse", token=token)).url

    assert url == f"https://www.themuse.com/api/public/jobs?{query}"


def test_remote_or_local_is_a_choice():
    """Both are kept: the job may be done there, or anywhere."""
    places = [{"name": "Flexible / Remote"}, {"name": "New York, NY"}, {"name": ""}, {}]
    result = posting(locations=places)
    label = apply(result).arrangement

    assert result.job_locations == ("Flexible / Remote", "New York, NY")
    assert result.location_text == "Flexible / Remote; New York, NY"
    assert label is not None
    assert label.value == "remote"


def test_a_place_alone_says_nothing_of_remote_work():
    """The board has no flag for it."""
    assert posting(locations=[{"name": "Austin, TX"}]).arrangement_text is None


def test_names_are_taken_out_of_their_objects():
    """Levels, categories and tags are lists of objects, some of them empty."""
    result = posting(
        levels=[{"name": "Mid Level", "short_name": "mid"}, {"name": "management"}],
        categories=[{"name": "Sales"}, {"name": None}],
        tags=[{"name": "Fortune 1000"}],
        company={"id": 1, "name": "Acme"},
    )

    assert result.seniority_text == "Mid Level, management"
    assert (result.occupational_category, result.tags) == (("Sales",), ("Fortune 1000",))
    assert result.hiring_organization == "Acme"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"name": ""}, "no_title"), ({"refs": {}}, "bad_record"), ({"refs": None}, "bad_record")],
)
def test_a_record_without_title_or_address_is_no_posting(fields, reason):
    """One has nothing to show, the other nowhere to lead."""
    result = posting(**fields)

    assert isinstance(result, Reject)
    assert result.reason == reason


@given(st.dictionaries(st.sampled_from(themuse.Job.__struct_fields__), st.text(max_size=20)))
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields):
    """Nothing a board writes ends the run."""
    result = posting(**fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
