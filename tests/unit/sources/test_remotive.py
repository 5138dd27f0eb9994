"""sources/remotive.py"""

import json
from datetime import UTC, datetime

import pytest

from jobtide.errors import PayloadError
from jobtide.model import Board, Response
from jobtide.sources import read, remotive

BOARD = Board(source="remotive")
JOB = {"id": 7, "url": "https://remotive.com/remote-jobs/x-7", "title": "Engineer"}


def page(envelope):
    response = Response(
        request=remotive.start(BOARD),
        body=json.dumps(envelope).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return remotive.split(response, BOARD)


@pytest.mark.parametrize(
    ("counts", "complete"),
    [
        ({}, True),
        ({"job-count": 1}, True),
        ({"job-count": 1, "total-job-count": 1}, True),
        ({"job-count": 31}, False),
        ({"job-count": 1, "total-job-count": 30}, False),
        ({"job-count": 0}, False),
    ],
)
def test_its_own_counts_say_whether_that_is_all(counts, complete):
    """A shortened answer closes nothing."""
    assert page({**counts, "jobs": [JOB]}).complete is complete


def test_no_jobs_is_a_failure():
    """The board always has some: none is no answer, whatever it counts."""
    with pytest.raises(PayloadError, match=r"^remotive/main: no jobs"):
        page({"job-count": 0, "jobs": []})


def test_where_one_may_live_is_said_as_such():
    """The field is about applicants, not about the place of work."""
    job = {**JOB, "candidate_required_location": "USA Only"}
    (posting,) = read(remotive.SOURCE, page({"jobs": [job]}), BOARD)

    assert posting.applicant_locations == ("USA Only",)
    assert posting.job_locations == ()


def test_its_terms_keep_it_off_google():
    """No markup, nothing in bulk, four reads a day."""
    terms = remotive.SOURCE.terms

    assert (terms.structured_data, terms.syndication) == (False, False)
    assert terms.min_interval_s >= 6 * 3600
    assert not remotive.SOURCE.window
