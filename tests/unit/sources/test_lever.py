"""sources/lever.py"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Request, Response, UnitText
from jobtide.sources import lever, read

BOARD = Board(source="lever", token="ladleworks")
JOB = {"id": "a-1", "text": "Cook", "hostedUrl": "https://jobs.lever.co/ladleworks/a-1"}


def page(answer, **context):
    request = Request(url=lever.start(BOARD).url, context=context)
    body = json.dumps(answer).encode()
    return lever.split(
        Response(request=request, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def rows(count, first=0):
    return [{**JOB, "id": f"a-{number}"} for number in range(first, first + count)]


def posting(**fields):
    (result,) = read(lever.SOURCE, Page(records=[{**JOB, **fields}]), BOARD)
    assert isinstance(result, Posting), result
    return result


@pytest.mark.parametrize(
    ("count", "skip"),
    [(0, None), (1, None), (99, None), (lever.LIMIT + 1, None), (1250, None),
     (lever.LIMIT, lever.LIMIT), (50, 50), (100, 100)],
)  # fmt: skip
def test_a_full_page_asks_for_the_next_one(count, skip):
    """Full is as many as asked for, or a round number; more than asked for is everything."""
    found = page(rows(count))

    assert (len(found.records), found.complete) == (count, True)
    assert [request.context.get("skip") for request in found.follow] == [str(skip)] * bool(skip)
    assert all(f"skip={skip}&limit={lever.LIMIT}" in request.url for request in found.follow)


def test_pages_are_counted_on():
    """The third page begins where the second one ended."""
    (follow,) = page(rows(100, 100), skip="100", first="a-0").follow

    assert follow.context == {"skip": "200", "first": "a-100"}


def test_a_server_that_ignores_paging_does_not_go_on_for_ever():
    """The same page again holds nothing new, and nobody knows what is missing."""
    assert page(rows(100), skip="100", first="a-0") == Page(records=[], complete=False)


def test_an_empty_list_is_an_empty_board():
    """An unknown site is a 404; a site without postings answers with nothing in a list."""
    assert page([]) == Page(records=[])


def test_an_error_is_told():
    """What the server says is wrong stands in the message."""
    with pytest.raises(PayloadError, match="but: Document not found"):
        page({"ok": False, "error": "Document not found"})
    with pytest.raises(PayloadError, match="no list of postings"):
        page("words")


def test_a_posting_asked_for_completes_its_board_and_no_other_does():
    """One posting read alone says nothing of the others; the wrong one is refused."""
    assert not page(JOB).complete
    assert page(JOB, identifier="a-1").complete
    with pytest.raises(PayloadError, match="posting a-2 was asked for, a-1 came"):
        page(JOB, identifier="a-2")


def test_the_description_is_all_four_fields():
    """`description` alone loses the requirements."""
    one = posting(
        description="<div>A</div>",
        lists=[
            {"text": "B & C", "content": "<li>D</li>"},
            {"text": "", "content": "<div>E</div>"},
        ],
        salaryDescription="<div>F</div>",
        additional="<div>G</div>",
    )

    assert one.description == (
        "<div>A</div>\n<h3>B &amp; C</h3>\n<ul><li>D</li></ul>\n<div>E</div>\n"
        "<div>F</div>\n<div>G</div>"
    )
    assert one.description_complete
    assert not posting().description_complete


@pytest.mark.parametrize(
    ("line", "every", "country", "places"),
    [
        ("Ghent", ["Ghent", "Oslo"], "BE", ("Ghent", "Oslo")),
        ("Ghent", None, None, ("Ghent",)),
        ("Asia", [], "SG", ("Asia",)),
        ("Global", ["Global"], "GB", ("Global",)),
        ("Remote", ["Remote"], "ZA", ("Remote (ZA)",)),
        ("Remote", ["Remote"], None, ("Remote",)),
        (None, None, "PT", ("PT",)),
        (" ", None, None, ()),
    ],
)
def test_every_place_is_kept_and_the_country_helps_only_where_none_is_named(
    line, every, country, places
):
    """The country is found from the line: for "Asia" it is Singapore."""
    one = posting(categories={"location": line, "allLocations": every}, country=country)

    assert one.job_locations == places


@pytest.mark.parametrize(
    ("interval", "unit"),
    [("per-year-salary", UnitText.YEAR), ("per-hour-wage", UnitText.HOUR), ("one-time", None)],
)
def test_pay_has_its_period(interval, unit):
    """An unknown period is none."""
    pay = posting(
        salaryRange={"min": 10, "max": 20, "currency": "EUR", "interval": interval}
    ).stated_salary

    assert (pay.min_value, pay.max_value, pay.currency, pay.unit_text) == (10, 20, "EUR", unit)


def test_no_pay_is_none():
    """Zero to zero is what the form holds when nobody filled it in."""
    nothing = {"min": 0, "max": 0, "currency": "DZD", "interval": "per-month-salary"}

    assert posting(salaryRange=nothing).stated_salary is None
    assert posting(salaryRange=None).stated_salary is None


def test_unspecified_is_not_a_workplace():
    """All other words are kept as written."""
    assert posting(workplaceType="unspecified").arrangement_text is None
    assert posting(workplaceType="onsite").arrangement_text == "onsite"


def test_the_board_stands_in_for_the_employer():
    """The answer does not name it."""
    assert posting().hiring_organization == "ladleworks"


def test_creation_is_the_only_date():
    """In milliseconds; zero is none."""
    assert posting(createdAt=1767225600000).date_posted == datetime(2026, 1, 1, tzinfo=UTC)
    assert posting(createdAt=0).date_posted is None
    assert posting().date_posted is None


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "categories": st.fixed_dictionaries(
                {}, optional={"location": st.text(max_size=12), "team": st.none() | st.text()}
            ),
            "country": st.none() | st.text(max_size=3),
            "lists": st.lists(
                st.fixed_dictionaries({"text": st.text(max_size=9), "content": st.text()}),
                max_size=2,
            ),
            "createdAt": st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
            "salaryRange": st.fixed_dictionaries({"min": st.floats() | st.text(max_size=4)}),
        },
    )
)
def test_any_posting_of_the_shape_is_read(fields):
    """No value of a field costs the posting."""
    (result,) = read(lever.SOURCE, Page(records=[{**JOB, **fields}]), BOARD)

    assert isinstance(result, Posting)
