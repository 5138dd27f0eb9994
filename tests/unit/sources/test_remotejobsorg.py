"""sources/remotejobsorg.py"""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Response
from jobtide.sources import read, remotejobsorg

BOARD = Board(source="remotejobsorg")
JOB = {"id": "a", "title": "Cook", "url": "https://remotejobs.org/remote-jobs/cook"}


def page(body):
    request = remotejobsorg.start(BOARD)
    return remotejobsorg.split(
        Response(request=request, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def posting(**fields):
    (result,) = read(remotejobsorg.SOURCE, Page(records=[{**JOB, **fields}]), BOARD)
    assert isinstance(result, Posting), result
    return result


def test_the_source_is_off_until_somebody_has_asked():
    """Terms that nobody has read allow nothing."""
    assert remotejobsorg.SOURCE.terms.forbidden


@pytest.mark.parametrize(
    ("text", "currency"), [("USD 1 - 2", "USD"), ("€1 - 2", None), (None, None)]
)
def test_the_currency_stands_in_the_words(text, currency):
    """The figures have none, and none is guessed."""
    assert posting(salary_min=1, salary_max=2, salary_text=text).stated_salary.currency == currency
    assert posting(salary_text=text).stated_salary is None


def test_a_list_without_jobs_is_no_list():
    """The board always has some."""
    with pytest.raises(PayloadError):
        page(b'{"data": []}')


@given(st.binary(max_size=200) | st.just(json.dumps({"data": [JOB, 1]}).encode()))
def test_any_bytes_are_a_page_or_a_payload_error(body):
    """Nothing a server sends ends the run."""
    with suppress(PayloadError):
        list(read(remotejobsorg.SOURCE, page(body), BOARD))
