"""sources/rippling.py"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Request, Response, UnitText
from jobtide.sources import read, rippling

BOARD = Board(source="rippling", token="orchard")
JOB = {"uuid": "u-1", "name": "Keeper"}


def page(answer, request=None):
    body = json.dumps(answer).encode()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    request = request or rippling.start(BOARD)
    return rippling.split(Response(request=request, body=body, fetched_at=at), BOARD)


def result(**fields):
    (one,) = read(rippling.SOURCE, Page(records=[{**JOB, **fields}]), BOARD)
    return one


def posting(**fields):
    one = result(**fields)
    assert isinstance(one, Posting), one
    return one


def row(uuid, place):
    return {**JOB, "uuid": uuid, "workLocation": {"id": place, "label": place}}


def band(low, high, currency="USD", frequency="YEAR", **more):
    return {
        "rangeStart": low, "rangeEnd": high, "currency": currency, "frequency": frequency, **more
    }  # fmt: skip


def test_rows_of_one_job_are_one_posting():
    """With every place, in order, each once; jobs keep the order of their first row."""
    rows = [row("b", "Oslo"), row("a", "Leeds"), row("b", "Remote (NO)"), row("b", "Oslo")]
    found = page(rows)
    first, second = read(rippling.SOURCE, found, BOARD)

    assert (first.identifier, first.job_locations) == ("b", ("Oslo", "Remote (NO)"))
    assert first.location_text == "Oslo; Remote (NO)"
    assert (second.identifier, second.job_locations) == ("a", ("Leeds",))
    assert [request.context["identifier"] for request in found.follow] == ["b", "a"]


def test_rows_are_not_changed_by_gathering():
    """What is odd stands alone, to be rejected with a reason."""
    odd = [None, 7, {}, {"uuid": 5}, {"uuid": " "}, "text"]

    assert page(odd) == Page(records=odd)


@pytest.mark.parametrize(
    ("location", "places"),
    [
        ({"label": "Oslo", "id": "x"}, ("Oslo",)), ({"id": "Oslo"}, ("Oslo",)),
        ("Oslo", ("Oslo",)), ({"label": " "}, ()), ({}, ()), (None, ()), ({"label": 5}, ()),
    ],
)  # fmt: skip
def test_a_place_is_a_label(location, places):
    """Nothing written is nothing stated."""
    (one,) = read(rippling.SOURCE, page([{**JOB, "workLocation": location}]), BOARD)

    assert one.job_locations == places


@pytest.mark.parametrize(
    "answer", [{}, {"message": "Job Board not found"}, None, "x", {"uuid": "u-1"}, {"name": "x"}]
)
def test_only_a_list_is_a_board(answer):
    """An empty one is an empty board; unknown boards are answered with 404."""
    assert page([]) == Page(records=[])
    with pytest.raises(PayloadError, match="no list of postings"):
        page(answer)


def test_a_posting_is_the_one_asked_for():
    """Where it does not say which one it is, it is taken at our word."""
    (request,) = page([JOB]).follow

    assert request.url == rippling.start(BOARD).url + "/u-1"
    assert request.optional
    assert page({"name": "Keeper"}, request).records == [JOB]
    assert page(JOB, request).complete
    assert not page(JOB, Request(url=request.url)).complete
    with pytest.raises(PayloadError, match="posting u-1 was asked for, u-2 came"):
        page({**JOB, "uuid": "u-2"}, request)


def test_a_posting_says_more_than_its_row():
    """The role comes before the company; an unknown part stands between."""
    texts = {"company": "<p>c</p>", "extra": "<p>e</p>", "role": "<p>r</p>", "none": None}
    one = posting(description=texts, companyName="Orchard & Press", createdOn="2025-12-01")

    assert one.description == "<p>r</p>\n<p>e</p>\n<p>c</p>"
    assert one.description_complete
    assert one.hiring_organization == "Orchard & Press"
    assert one.date_posted == datetime(2025, 12, 1, tzinfo=UTC)
    assert not posting().description_complete
    assert posting(description="<p>x</p>").description == "<p>x</p>"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ({"label": "SALARIED_FT", "id": "Regular"}, "full-time, salaried; Regular"),
        ({"label": "NEW_CODE", "id": None}, "NEW_CODE"),
        ({"label": None, "id": "Freelance"}, "Freelance"),
        ({"label": " ", "id": ""}, None),
        (None, None),
    ],
)
def test_the_code_of_employment_is_called_its_label(kind, text):
    """What is called its id are the employer's own words."""
    assert posting(employmentType=kind).employment_type_text == text


def test_pay_is_the_span_of_all_bands():
    """The words keep what each is for."""
    one = posting(payRangeDetails=[band(90, 120, location="Oslo"), band("80", 100)])
    pay = one.stated_salary

    assert (pay.min_value, pay.max_value) == (80, 120)
    assert (pay.currency, pay.unit_text) == ("USD", UnitText.YEAR)
    assert one.salary_text == "Oslo: 90 - 120 USD, YEAR\n80 - 100 USD, YEAR"


@pytest.mark.parametrize(
    ("bands", "low", "high"),
    [
        ([band(90, None)], 90, None),
        ([band(None, 90)], None, 90),
        ([band(90, None), band(80, 120)], 80, None),  # one of them is open above
        ([band(0, 120)], None, 120),
        ([band(0, 0), band(80, 90)], 80, 90),
    ],
)
def test_an_open_end_stays_open(bands, low, high):
    """Zero is nothing; a span is open where one of its bands is."""
    pay = posting(payRangeDetails=bands).stated_salary

    assert (pay.min_value, pay.max_value) == (low, high)


@pytest.mark.parametrize(
    "bands",
    [
        [band(90, 120), band(90, 120, currency="CAD")],
        [band(90, 120), band(9, 12, frequency="HOUR")],
    ],
)
def test_pay_of_two_kinds_stays_words(bands):
    """Neither of them is the pay."""
    one = posting(payRangeDetails=bands)

    assert one.stated_salary is None
    assert len(one.salary_text.splitlines()) == 2


@pytest.mark.parametrize("bands", [[], None, [band(0, 0)], [band(None, None)], [{}]])
def test_no_pay_is_no_pay(bands):
    """An empty band says nothing."""
    one = posting(payRangeDetails=bands)

    assert (one.stated_salary, one.salary_text) == (None, None)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "uuid": st.text(max_size=4),
            "createdOn": st.none() | st.text(max_size=12),
            "workLocation": st.none() | st.text(max_size=4),
            "workLocations": st.none() | st.lists(st.text(max_size=4), max_size=3),
            "description": st.none() | st.text(max_size=4),
            "payRangeDetails": st.lists(
                st.builds(band, st.none() | st.floats() | st.text(max_size=3), st.none()),
                max_size=2,
            ),
        },
    )
)
def test_any_posting_of_the_shape_is_read(fields):
    """No value of a field costs more than its own posting, nor is nothing said as a text."""
    one = result(**fields)

    assert isinstance(one, Reject) or (one.identifier and "" not in one.job_locations)
