"""sources/himalayas.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import himalayas, read

BOARD = Board(source="himalayas")
PAGE = "https://himalayas.app/companies/acme/jobs/"
JOB = {"title": "Engineer", "guid": f"{PAGE}engineer", "applicationLink": f"{PAGE}engineer"}


def jobs(count, start=0):
    return [{**JOB, "guid": f"{PAGE}engineer-{n}"} for n in range(start, start + count)]


def page(envelope, request=None):
    response = Response(
        request=request or himalayas.start(BOARD),
        body=json.dumps(envelope).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return himalayas.split(response, BOARD)


def posting(**fields):
    (result,) = read(himalayas.SOURCE, page({"jobs": [{**JOB, **fields}]}), BOARD)
    return result


def test_pages_are_followed_to_the_stated_end():
    """20 a page, whatever is asked: the next offset is what was really given."""
    first = page({"totalCount": 45, "offset": 0, "jobs": jobs(20)})
    second = page({"totalCount": 45, "offset": 20, "jobs": jobs(20, 20)}, first.follow[0])
    third = page({"totalCount": 45, "offset": 40, "jobs": jobs(5, 40)}, second.follow[0])

    assert [one.follow[0].url[-9:] for one in (first, second)] == ["offset=20", "offset=40"]
    assert first.follow[0].optional
    assert (third.follow, third.complete) == ([], True)


def test_without_a_count_a_short_page_is_the_last():
    """Old answers state no total."""
    assert page({"jobs": jobs(20)}).follow
    assert page({"jobs": jobs(19)}).follow == []


def test_following_ends_and_says_so():
    """The board is a hundred times larger than what is read of it."""
    request = himalayas.start(BOARD)
    for number in range(himalayas.MOST_PAGES):
        answer = page({"totalCount": 100_000, "offset": 0, "jobs": jobs(20, number)}, request)
        request = answer.follow[0] if answer.follow else None
    assert (request, answer.complete) == (None, False)


def test_a_server_that_ignores_the_offset_is_not_followed_for_ever():
    """The same page again is the end of what can be read, and not the end of the board."""
    first = page({"totalCount": 60, "offset": 0, "jobs": jobs(20)})
    again = page({"totalCount": 60, "offset": 0, "jobs": jobs(20)}, first.follow[0])

    assert (again.follow, again.complete) == ([], False)


def test_a_later_page_may_be_empty_the_first_may_not():
    """Jobs go while the pages are read; a board without any is a failure of the board's."""
    first = page({"totalCount": 40, "offset": 0, "jobs": jobs(20)})

    assert page({"totalCount": 40, "offset": 20, "jobs": []}, first.follow[0]).records == []
    with pytest.raises(PayloadError, match=r"^himalayas/main: no jobs"):
        page({"totalCount": 40, "jobs": []})


@pytest.mark.parametrize(
    ("restrictions", "places"),
    [
        ([], ("Worldwide",)),
        (None, ()),
        (["Poland"], ("Poland",)),
        (
            ["Congo, The Democratic Republic of the", ""],
            ("Congo, The Democratic Republic of the",),
        ),
    ],
)
def test_an_empty_list_of_places_is_the_whole_world(restrictions, places):
    """It is stated; only a missing list says nothing. Names hold commas and stay whole."""
    result = posting(locationRestrictions=restrictions)

    assert result.applicant_locations == places
    assert result.location_text == ("; ".join(places) or None)


def test_time_zones_keep_their_halves_and_quarters():
    """Newfoundland and Eucla are places of work too."""
    assert posting(timezoneRestrictions=[-3.5, 0, 8.75]).timezones_text == (
        "UTC-3.5, UTC+0, UTC+8.75"
    )
    assert posting(timezoneRestrictions=[]).timezones_text is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"minSalary": None, "maxSalary": None, "currency": "USD"}, None),
        ({"minSalary": 0, "maxSalary": 0, "currency": "USD"}, None),
        (
            {"minSalary": 26.01, "maxSalary": 56.14, "currency": "USD", "salaryPeriod": "hourly"},
            (26.01, 56.14, "USD", "HOUR"),
        ),
        (
            {"minSalary": 90000, "maxSalary": None, "currency": None, "salaryPeriod": "annual"},
            (90000, None, None, "YEAR"),
        ),
        (
            {"minSalary": 90000, "maxSalary": 100000, "currency": "EUR"},
            (90000, 100000, "EUR", None),
        ),
        (
            {"minSalary": 9, "maxSalary": 10, "currency": "EUR", "salaryPeriod": "per tide"},
            (9, 10, "EUR", None),
        ),
    ],
)
def test_pay_is_what_was_stated(fields, expected):
    """A period is only stated pay's, and one in unknown words is not stated."""
    pay = posting(**fields).stated_salary

    assert (pay and (pay.min_value, pay.max_value, pay.currency, pay.unit_text)) == expected


def test_the_same_job_twice_has_two_addresses():
    """The address is the identity; company and title repeat."""
    first, second = posting(guid=f"{PAGE}data-2"), posting(guid=f"{PAGE}data")

    assert (first.identifier, second.identifier) == ("acme/data-2", "acme/data")


@pytest.mark.parametrize("address", [None, "", "  ", "https://himalayas.app/", "https://[broken"])
def test_a_record_without_an_address_is_no_posting(address):
    """Credit and "link back" need one."""
    result = posting(guid=address, applicationLink=address)

    assert isinstance(result, Reject)
    assert result.reason == "bad_record"


@given(st.dictionaries(st.sampled_from(himalayas.Job.__struct_fields__), st.text(max_size=20)))
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields):
    """Nothing a board writes ends the run."""
    result = posting(**fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
