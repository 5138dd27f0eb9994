"""sources/reed.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import read, reed

BOARD = Board(source="reed")
JOB = {"jobId": 7, "jobTitle": "Engineer", "jobUrl": "https://www.reed.co.uk/jobs/x/7"}


def page(jobs, total=None, request=None):
    response = Response(
        request=request or reed.start(BOARD),
        body=json.dumps({"results": jobs, "totalResults": total}).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return reed.split(response, BOARD)


def posting(**fields):
    (result,) = read(reed.SOURCE, page([{**JOB, **fields}]), BOARD)
    return result


def test_the_key_is_the_user_and_only_named():
    """HTTP Basic authentication, with an empty password."""
    assert reed.start(BOARD).headers == {"Authorization": "Basic {basic:REED_API_KEY}"}


def test_pages_are_skipped_to_the_stated_end():
    """A hundred a page."""
    first = page([JOB], 250)
    second = page([{**JOB, "jobId": 8}], 250, first.follow[0])
    third = page([{**JOB, "jobId": 9}], 250, second.follow[0])

    assert first.follow[0].url.endswith("&resultsToSkip=100")
    assert second.follow[0].url.endswith("&resultsToSkip=200")
    assert (third.follow, third.complete) == ([], True)


def test_no_jobs_is_a_failure():
    """There are always some."""
    with pytest.raises(PayloadError, match=r"^reed/main: no jobs"):
        page([], 0)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/08/2026", datetime(2026, 8, 3, tzinfo=UTC)),
        ("24/12/2026", datetime(2026, 12, 24, tzinfo=UTC)),
        ("2026-08-03", datetime(2026, 8, 3, tzinfo=UTC)),
        ("31/02/2026", None),
        ("01/01/0001", None),
        ("", None),
        (None, None),
    ],
)
def test_the_day_comes_first(text, day):
    """As it does in the United Kingdom; elsewhere such a date is not read at all."""
    assert posting(date=text).date_posted == day
    assert posting(expirationDate=text).valid_through == day


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"minimumSalary": 50000.0, "maximumSalary": 60000.0, "currency": "GBP"},
         (50000, 60000, "GBP", False)),
        ({"minimumSalary": 250, "currency": None}, (250, None, "GBP", True)),
        ({"minimumSalary": None, "maximumSalary": None, "currency": "GBP"}, None),
    ],
)  # fmt: skip
def test_pay_is_what_was_stated(fields, expected):
    """No period is ever given; a missing currency is concluded, and that is said."""
    pay = posting(**fields).stated_salary

    assert pay is None or pay.unit_text is None
    assert expected == (
        pay and (pay.min_value, pay.max_value, pay.currency, pay.currency_inferred)
    )


def test_a_missing_address_is_made_from_the_number():
    """The site leads on from it."""
    assert posting(jobUrl=None).url == "https://www.reed.co.uk/jobs/7"


@given(st.dictionaries(st.sampled_from(reed.Job.__struct_fields__), st.text(max_size=20)))
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields):
    """Nothing a board writes ends the run."""
    result = posting(**fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
