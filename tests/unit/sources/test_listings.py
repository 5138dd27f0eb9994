"""sources/listings.py"""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import ConfigError, PayloadError
from jobtide.model import Board, Page, Posting, Response
from jobtide.sources import listings, read

BOARD = Board(source="listings", token="acme", url="https://raw.example/listings.json")
ROW = {"id": "a", "title": "Intern", "url": "https://acme.example/1"}


def page(answer):
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    asked = listings.start(BOARD)
    return listings.split(
        Response(request=asked, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def posting(**fields):
    (result,) = read(listings.SOURCE, Page(records=[{**ROW, **fields}]), BOARD)
    assert isinstance(result, Posting), result
    return result


def test_a_list_without_an_address_cannot_be_asked():
    """The message says which board and what it needs."""
    with pytest.raises(ConfigError, match=r"listings/acme: .* address"):
        listings.start(Board(source="listings", token="acme"))


@pytest.mark.parametrize(
    ("fields", "listed"),
    [
        ({}, True),
        ({"active": True, "is_visible": True}, True),
        ({"active": None}, True),
        ({"active": False}, False),
        ({"is_visible": False}, False),
        ({"active": False, "is_visible": True}, False),
    ],
)
def test_rows_that_ended_or_are_hidden_are_not_listed(fields, listed):
    """They stay in the file, so that absence from what is listed closes them."""
    found = page([{**ROW, "id": "other"}, {**ROW, **fields}])

    assert len(found.records) == 1 + listed
    assert found.complete


def test_a_list_of_which_every_row_ended_is_empty():
    """That is an answer, unlike a file without rows."""
    assert page([{**ROW, "active": False}]).records == []
    for answer in ([], [{"name": "x"}], {"rows": [ROW]}, ["title", "url"]):
        with pytest.raises(PayloadError):
            page(answer)


@pytest.mark.parametrize(
    ("fields", "tags"),
    [
        ({}, ()),
        ({"sponsorship": "Other"}, ()),
        ({"sponsorship": "Does Not Offer Sponsorship"}, ("Does Not Offer Sponsorship",)),
        ({"terms": ["Fall 2026", "Fall 2026"], "season": "Fall"}, ("Fall", "Fall 2026")),
    ],
)
def test_what_is_stated_besides_is_kept_as_tags(fields, tags):
    """Season, degrees and sponsorship are what such lists are read for; "Other" says nothing."""
    assert posting(**fields).tags == tags


def test_seconds_are_dates_and_zero_is_none():
    """Rows written by hand hold texts and zeros."""
    assert posting(date_posted="1761868800").date_posted == datetime(2025, 10, 31, tzinfo=UTC)
    assert posting(date_posted=0).date_posted is None


def test_a_page_about_the_employer_is_not_its_site():
    """Simplify links to its own pages."""
    assert posting(company_url="https://simplify.jobs/c/A").organization_url is None
    assert posting(company_url="https://[broken").organization_url is None
    assert posting(company_url="https://a.example").organization_url == "https://a.example"


def test_a_row_without_a_number_is_named_by_its_address():
    """Old rows have none."""
    assert posting(id=None).identifier == posting(id=" ").identifier != ""


@given(st.binary(max_size=200) | st.lists(st.dictionaries(st.sampled_from(list(ROW)), st.text())))
def test_any_answer_is_a_page_or_a_payload_error(answer):
    """Nothing a server sends ends the run."""
    with suppress(PayloadError):
        list(read(listings.SOURCE, page(answer), BOARD))
