"""sources/pinpoint.py"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Response, UnitText
from jobtide.sources import pinpoint, read

BOARD = Board(source="pinpoint", token="saltworks")
JOB = {"id": "7", "title": "Keeper", "url": "https://saltworks.pinpointhq.com/en/postings/7"}
PAY = {
    "compensation": "£20 - £22 / hour", "compensation_minimum": 20.0, "compensation_maximum": 22.0,
    "compensation_currency": "GBP", "compensation_frequency": "hour",
}  # fmt: skip


def page(answer):
    body = json.dumps(answer).encode()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return pinpoint.split(Response(request=pinpoint.start(BOARD), body=body, fetched_at=at), BOARD)


def result(board=BOARD, **fields):
    (one,) = read(pinpoint.SOURCE, Page(records=[{**JOB, **fields}]), board)
    return one


def posting(board=BOARD, **fields):
    one = result(board, **fields)
    assert isinstance(one, Posting), one
    return one


@pytest.mark.parametrize("answer", [{"data": []}, {"data": None}, {}, [], {"errors": ["no"]}])
def test_an_empty_list_is_no_empty_board(answer):
    """A board that moved to its own domain is answered like that, and has postings there."""
    with pytest.raises(PayloadError, match=r"^pinpoint/saltworks: "):
        page(answer)


def test_boards_on_a_domain_of_their_own():
    """The board's address wins over its name; relative links lead there."""
    board = Board(source="pinpoint", token="salt", url="https://careers.salt.example/")
    one = posting(board, url=None, path="/en/postings/7")

    assert pinpoint.start(board).url == "https://careers.salt.example/postings.json"
    assert one.url == "https://careers.salt.example/en/postings/7"


def test_nobody_is_named():
    """To whom the job reports is dropped before anything is kept."""
    (record,) = page({"data": [{**JOB, "reporting_to": "Somebody Made-Up"}]}).records

    assert record == JOB


def test_the_description_is_four_texts():
    """In order, under their headings; what is empty has no heading."""
    one = posting(
        description="<p>a</p>",
        key_responsibilities="<p>b</p>", key_responsibilities_header="B & b",
        skills_knowledge_expertise=" ", skills_knowledge_expertise_header="C",
        benefits="<p>d</p>", benefits_header=" ",
    )  # fmt: skip

    assert one.description == "<p>a</p>\n<h3>B &amp; b</h3>\n<p>b</p>\n<p>d</p>"
    assert one.description_complete
    assert not posting().description_complete


@pytest.mark.parametrize("visible", [True, None])
def test_pay_is_read(visible):
    """Numbers and words."""
    one = posting(**PAY, compensation_visible=visible)

    assert one.salary_text == "£20 - £22 / hour"
    assert (one.stated_salary.min_value, one.stated_salary.max_value) == (20, 22)
    assert (one.stated_salary.currency, one.stated_salary.unit_text) == ("GBP", UnitText.HOUR)


def test_pay_the_employer_hides_is_hidden():
    """The flag says so, although the numbers are there."""
    one = posting(**PAY, compensation_visible=False)

    assert (one.stated_salary, one.salary_text) == (None, None)
    assert "£20" not in repr(one)


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ({"name": "North County", "city": "", "province": ""}, "North County"),
        ({"name": "United Kingdom", "city": "London", "province": "London"},
         "London, United Kingdom"),
        ({"name": "Remote", "city": "Leeds", "province": "Yorkshire"}, "Leeds, Yorkshire, Remote"),
        ({"name": "Leeds Office", "city": "Leeds", "province": "Yorkshire"},
         "Leeds Office, Yorkshire"),
        ({"name": "Sunny Office", "city": "Albany", "province": "NY"}, "Albany, NY, Sunny Office"),
        ({"name": None, "city": "Leeds "}, "Leeds"),
        ({}, None),
        (None, None),
    ],
)  # fmt: skip
def test_a_place_has_a_name_and_parts(location, place):
    """The name may be anything; what it repeats is said once."""
    assert posting(location=location).location_text == place


def test_a_deadline_keeps_its_zone():
    """It is the end of a day at the employer's place."""
    one = posting(deadline_at="2026-06-26T23:59:59-04:00")

    assert one.valid_through == datetime(2026, 6, 27, 3, 59, 59, tzinfo=UTC)
    assert one.date_posted is None


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.text(max_size=4) | st.integers(),
            "url": st.none() | st.text(max_size=12),
            "deadline_at": st.none() | st.text(max_size=12),
            "compensation_minimum": st.none() | st.floats() | st.text(max_size=4),
            "location": st.none()
            | st.dictionaries(st.sampled_from(["name", "city"]), st.none() | st.text(max_size=5)),
        },
    )
)
def test_any_posting_of_the_shape_is_read(fields):
    """No value of a field costs more than its own posting, nor is nothing said as a text."""
    one = result(**fields)

    assert isinstance(one, Reject) or (one.identifier and one.location_text != "")
