"""sources/adzuna.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import adzuna, read

BOARD = Board(source="adzuna", token="gb")
JOB = {"id": "7", "title": "Engineer", "redirect_url": "https://www.adzuna.co.uk/details/7"}


def page(jobs, count=None, request=None, board=BOARD):
    response = Response(
        request=request or adzuna.start(board),
        body=json.dumps({"results": jobs, "count": count}).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return adzuna.split(response, board)


def posting(board=BOARD, **fields):
    (result,) = read(adzuna.SOURCE, page([{**JOB, **fields}], board=board), board)
    return result


def test_the_keys_are_named_not_written():
    """Their values take their place when the request is sent."""
    url = adzuna.start(BOARD).url

    assert all(f"={{{key}}}" in url for key in adzuna.SOURCE.keys)


def test_pages_stand_in_the_path_and_end():
    """A free key is good for so many requests a day."""
    request, asked = adzuna.start(BOARD), []
    while request:
        asked.append(request.url.partition("/search/")[2][:1])
        answer = page([{**JOB, "id": str(len(asked))}], 9999, request)
        request = next(iter(answer.follow), None)
    assert (asked, answer.complete) == (["1", "2", "3", "4", "5"], False)
    assert page([JOB], 50).follow == []


def test_no_jobs_is_a_failure():
    """A country always has some."""
    with pytest.raises(PayloadError, match=r"^adzuna/gb: no jobs"):
        page([])


@pytest.mark.parametrize(
    ("predicted", "stated"),
    [("0", True), (0, True), (None, True), (False, True), ("1", False), (1, False), (True, False)],
)
def test_what_is_predicted_was_stated_by_no_one(predicted, stated):
    """Adzuna fills in its own guess where an advert names no pay."""
    salary = posting(salary_min=40000, salary_max=50000, salary_is_predicted=predicted)

    assert (salary.stated_salary is not None) is stated


@pytest.mark.parametrize(
    ("token", "currency"), [("gb", "GBP"), ("pl", "PLN"), ("DE", "EUR"), ("xx", None)]
)
def test_the_currency_is_concluded_from_the_country(token, currency):
    """The amounts carry none, and that it is concluded is said."""
    salary = posting(Board(source="adzuna", token=token), salary_min=40000).stated_salary

    assert (salary.currency, salary.currency_inferred) == (currency, True)
    assert salary.unit_text is None


def test_marks_of_the_search_are_taken_out():
    """The words that were searched for are set in bold; other markup stays for cleaning."""
    result = posting(
        title="<strong>Remote</strong> C++ <T> Lead", description="a <strong>b</strong>"
    )

    assert (result.title, result.description) == ("Remote C++ <T> Lead", "a b")
    assert result.description_complete is False


def test_a_record_without_a_title_is_no_posting():
    """Nor is one whose title is nothing but a mark."""
    result = posting(title="<strong> </strong>")

    assert isinstance(result, Reject)
    assert (result.identifier, result.reason) == ("7", "no_title")


@given(st.dictionaries(st.sampled_from(adzuna.Job.__struct_fields__), st.text(max_size=20)))
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields):
    """Nothing a board writes ends the run."""
    result = posting(**fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
