"""sources/workable.py"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Request, Response
from jobtide.sources import read, workable

BOARD = Board(source="workable", token="fig")
LIST = "https://apply.workable.com/api/v3/accounts/fig/jobs"
JOB = {"shortcode": "A1", "title": "Picker", "url": "https://apply.workable.com/j/A1"}


def page(answer, url=LIST, **context):
    request = Request(url=url, context=context)
    body = json.dumps(answer).encode()
    return workable.split(
        Response(request=request, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def result(**fields):
    (one,) = read(workable.SOURCE, Page(records=[{**JOB, **fields}]), BOARD)
    return one


def posting(**fields):
    one = result(**fields)
    assert isinstance(one, Posting), one
    return one


def test_an_account_without_jobs_has_at_least_a_name():
    """Less than that is no answer we know."""
    assert page({"name": "Fig", "description": None, "jobs": []}) == Page(records=[])
    with pytest.raises(PayloadError, match="no jobs, of nobody"):
        page({"jobs": []})


def test_a_job_listed_once_for_each_place_is_one_job():
    """With all of its places, whether they stand in a list or not."""
    spain = {**JOB, "country": "Spain", "locations": [{"country": "Spain", "hidden": False}]}
    portugal = {**JOB, "country": "Portugal", "city": "Faro", "state": ""}
    (job, odd) = page({"name": "Fig", "jobs": [spain, portugal, "odd", spain]}).records

    assert posting(**job).job_locations == ("Spain", "Faro, Portugal")
    assert odd == "odd"
    assert job["account_name"] == "Fig"


def test_heads_lead_to_the_next_page_and_to_each_job():
    """The token of the next page is sent back; jobs for employees are not asked for."""
    internal = {**JOB, "shortcode": "A2", "isInternal": True}
    found = page({"total": 3, "results": [JOB, internal, "odd"], "nextPage": "next"})

    assert [(one.method, one.url, one.optional) for one in found.follow] == [
        ("POST", LIST, False),
        ("GET", "https://apply.workable.com/api/v2/accounts/fig/jobs/A1", True),
    ]
    assert json.loads(found.follow[0].body)["token"] == "next"
    assert found.follow[0].headers == {"Content-Type": "application/json"}
    assert found.follow[1].context == {"identifier": "A1"}


def test_the_last_page_leads_to_no_other():
    """And neither does one that holds nothing, whatever it says."""
    assert page({"total": 1, "results": ["odd"], "nextPage": None}).follow == []
    assert page({"total": 0, "results": [], "nextPage": "again"}) == Page(records=[])


def test_an_empty_page_that_counts_jobs_is_a_refusal():
    """Closing them would be wrong."""
    with pytest.raises(PayloadError, match="although it counts 7"):
        page({"total": 7, "results": []})


def test_a_job_asked_for_completes_its_board_and_no_other_does():
    """One job read alone says nothing of the others; the wrong one is refused."""
    assert not page(JOB).complete
    assert page(JOB, identifier="A1").complete
    with pytest.raises(PayloadError, match="job A2 was asked for, A1 came"):
        page(JOB, identifier="A2")
    with pytest.raises(PayloadError, match="no jobs but: Not found"):
        page({"error": "Not found"})


def test_the_address_of_a_board_says_which_list_is_read():
    """The newer one is asked by POST."""
    newer = workable.start(Board(source="workable", token="fig", url=LIST))

    assert (newer.method, newer.url) == ("POST", LIST)
    assert workable.start(BOARD).url.endswith("/api/v1/widget/accounts/fig?details=true")
    other = Board(source="workable", token="fig", url="https://www.workable.com/api/accounts/fig")
    assert workable.start(other).url == other.url


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"locations": [{"city": "Faro", "region": None, "country": "Portugal"}]},
         ("Faro, Portugal",)),
        ({"locations": [{"city": "Lyon", "hidden": True}], "city": "Lyon"}, ()),
        ({"locations": [], "city": "", "state": "Utah", "country": "United States"},
         ("Utah, United States",)),
        ({"location": {"country": "Spain", "region": ""}, "state": "published"}, ("Spain",)),
        ({"published": "2026-07-02", "state": "published"}, ()),
        ({}, ()),
    ],
)  # fmt: skip
def test_every_place_is_kept_that_is_shown(fields, places):
    """The employer hides some: they are not for us to show."""
    one = posting(**fields)

    assert one.job_locations == places
    assert one.location_text == ("; ".join(places) or None)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"telecommuting": False}, "telecommuting: false"),
        ({"telecommuting": True, "workplace_type": "hybrid"},
         "workplace_type: hybrid; telecommuting: true"),
        ({"remote": True, "workplace": "remote"}, "workplace: remote; remote: true"),
        ({}, None),
    ],
)  # fmt: skip
def test_the_arrangement_is_said_as_written(fields, text):
    """Both fields: the word says more than the flag."""
    assert posting(**fields).arrangement_text == text


def test_empty_texts_state_nothing():
    """The older list writes "" where the newer one writes null."""
    one = posting(code="", employment_type="", experience="", department="", function="")

    assert (one.requisition, one.employment_type_text, one.seniority_text) == (None, None, None)
    assert one.occupational_category == ()
    assert not one.description_complete


def test_both_lists_say_the_same():
    """In words of their own."""
    one = posting(employment_type="Full-time", department="Trees", published_on="2026-07-02")
    two = posting(type="full", department=["Trees"], published="2026-07-02T00:00:00.000Z")

    assert one.date_posted == two.date_posted == datetime(2026, 7, 2, tzinfo=UTC)
    assert one.occupational_category == two.occupational_category == ("Trees",)
    assert (one.employment_type_text, two.employment_type_text) == ("Full-time", "full-time")
    assert posting(type="contract").employment_type_text == "contract"


def test_the_date_of_a_draft_dates_nothing():
    """A job can be made half a year before it is published."""
    assert posting(created_at="2026-01-12").date_posted is None


def test_a_single_job_has_three_parts():
    """Headed as on its page."""
    one = posting(description="<p>A</p>", requirements="<p>B</p>", benefits=" ")

    assert one.description == "<p>A</p>\n<h3>Requirements</h3>\n<p>B</p>"


def test_what_is_for_employees_is_not_shown():
    """It is rejected, with the reason."""
    one = result(isInternal=True)

    assert isinstance(one, Reject)
    assert one.reason == "unlisted"


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "department": st.none() | st.text() | st.lists(st.text(max_size=3), max_size=2),
            "locations": st.none()
            | st.lists(
                st.fixed_dictionaries({}, optional={"city": st.none() | st.text(max_size=3)}),
                max_size=2,
            ),
            "city": st.none() | st.text(max_size=3),
            "published_on": st.none() | st.text(max_size=12),
            "telecommuting": st.none() | st.booleans(),
        },
    )
)
def test_any_job_of_the_shape_is_read(fields):
    """No value of a field costs the job, and nothing stated is said as an empty text."""
    one = posting(**fields)

    assert one.location_text != ""
    assert "" not in one.job_locations
