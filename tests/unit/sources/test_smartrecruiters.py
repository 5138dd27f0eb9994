"""sources/smartrecruiters/"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Request, Response, UnitText
from jobtide.sources import read, smartrecruiters

BOARD = Board(source="smartrecruiters", token="KiteAndKiln")
LIST = "https://api.smartrecruiters.com/v1/companies/KiteAndKiln/postings"
JOB = {"id": "744", "name": "Kiln Engineer", "company": {"identifier": "KiteAndKiln"}}


def page(answer, url=f"{LIST}?limit=100&offset=0", **context):
    request = Request(url=url, context=context)
    body = json.dumps(answer).encode()
    return smartrecruiters.split(
        Response(request=request, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def heads(*numbers):
    return [{**JOB, "id": str(number)} for number in numbers]


def result(**fields):
    (one,) = read(smartrecruiters.SOURCE, Page(records=[{**JOB, **fields}]), BOARD)
    return one


def posting(**fields):
    one = result(**fields)
    assert isinstance(one, Posting), one
    return one


def test_a_page_leads_to_the_next_one_and_to_each_posting():
    """The list comes first; a posting that fails costs its text only."""
    found = page({"totalFound": 3, "offset": 0, "limit": 100, "content": heads(1, 2)})

    assert [(one.url, one.optional) for one in found.follow] == [
        (f"{LIST}?limit=100&offset=2", False),
        (f"{LIST}/1", True),
        (f"{LIST}/2", True),
    ]
    assert [one.context for one in found.follow[1:]] == [{"identifier": "1"}, {"identifier": "2"}]
    assert found.complete


@pytest.mark.parametrize("offset", [{}, {"offset": 2}])
def test_the_last_page_leads_to_no_other(offset):
    """Where the page begins stands in the answer, or at least in what was asked."""
    answer = {"totalFound": 3, "content": heads(3), **offset}
    found = page(answer, url=f"{LIST}?limit=100&offset=2")

    assert [one.url for one in found.follow] == [f"{LIST}/3"]


def test_an_unknown_company_is_no_empty_board():
    """It is answered with 200 and nothing, like any name: closing its postings would be wrong."""
    with pytest.raises(PayloadError, match="unknown company"):
        page({"totalFound": 0, "offset": 0, "limit": 100, "content": []})


def test_an_empty_page_before_the_end_is_a_refusal():
    """And one behind the end is none: the list became shorter while it was read."""
    with pytest.raises(PayloadError, match="no postings from 100, although it counts 120"):
        page({"totalFound": 120, "offset": 100, "content": []})
    assert page({"totalFound": 100, "offset": 100, "content": []}) == Page(records=[])


def test_a_posting_asked_for_completes_its_board_and_no_other_does():
    """One posting read alone says nothing of the others; the wrong one is refused."""
    assert not page(JOB).complete
    assert page(JOB, identifier="744").complete
    with pytest.raises(PayloadError, match="posting 8 was asked for, 744 came"):
        page(JOB, identifier="8")
    with pytest.raises(PayloadError, match="no postings but: Not here"):
        page({"message": "Not here", "errors": []})


def test_who_made_the_posting_is_dropped():
    """From heads and from postings, before anything reads them."""
    person = {"name": "Nobody Real", "avatarUrl": ""}
    head = {**JOB, "creator": person}

    assert page({"totalFound": 2, "content": [head, 7]}).records == [JOB, 7]
    assert page(head).records == [JOB]
    own = [{"fieldLabel": "Recruiter", "valueLabel": "Nobody Real"}]
    assert "Nobody" not in repr(posting(creator=person, customField=own))


@pytest.mark.parametrize("state", [{"visibility": "INTERNAL"}, {"active": False}])
def test_what_is_not_for_all_is_not_shown(state):
    """Nor is it asked for."""
    one = result(**state)

    assert isinstance(one, Reject)
    assert one.reason == "unlisted"
    internal = {**JOB, "visibility": "INTERNAL"}
    assert page({"totalFound": 1, "content": [internal]}).follow == []


def test_a_head_is_not_whole_and_a_posting_is():
    """The sections are joined in the order of the page, each under its title."""
    sections = {
        "extra": {"title": None, "text": "<p>D</p>"},
        "qualifications": {"title": "Q & A", "text": "<p>C</p>"},
        "jobDescription": {"title": "Job", "text": "<p>B</p>"},
        "companyDescription": {"title": "Company", "text": " "},
        "additionalInformation": None,
    }

    assert not posting().description_complete
    whole = posting(jobAd={"sections": sections})
    assert whole.description_complete
    assert whole.description == "<h3>Job</h3>\n<p>B</p>\n<h3>Q &amp; A</h3>\n<p>C</p>\n<p>D</p>"


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ({"fullLocation": "Szczecin, , Poland", "city": "Szczecin"}, "Szczecin, , Poland"),
        ({"city": "Brno", "region": None, "country": "cz"}, "Brno, CZ"),
        ({"country": "us"}, "US"),
        ({}, None),
    ],
)
def test_the_place_is_the_whole_line_or_its_parts(where, line):
    """Nothing of it is tidied here."""
    one = posting(location=where)

    assert (one.location_text, one.job_locations) == (line, (line,) if line else ())


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        ({"remote": True, "hybrid": False}, "remote: true; hybrid: false"),
        ({"hybrid": True, "hybridDescription": "Two days."},
         "hybrid: true; hybridDescription: Two days."),
        ({}, None),
    ],
)  # fmt: skip
def test_flags_are_said_as_written(flags, text):
    """A flag that is down is said too."""
    assert posting(location=flags).arrangement_text == text


def test_choices_are_said_by_their_label():
    """In the posting's language; the id stands in, and "not applicable" is nothing."""
    one = posting(
        typeOfEmployment={"id": "permanent", "label": "Pełny etat"},
        experienceLevel={"id": "not_applicable", "label": "Not Applicable"},
        function={"id": "engineering"},
        department={"id": 31, "label": "Glazing"},
        customField=[
            {"fieldLabel": "Department", "valueLabel": "Kilns"},
            {"fieldLabel": "Brands", "valueLabel": "Kite"},
        ],
    )

    assert (one.employment_type_text, one.seniority_text) == ("Pełny etat", None)
    assert one.occupational_category == ("Glazing", "engineering", "Kilns")
    assert posting(department={}).occupational_category == ()


def test_pay_has_its_period():
    """Zero is not stated."""
    pay = posting(
        compensation={"min": 34, "max": 47, "currency": "USD", "period": "HOURLY"}
    ).stated_salary

    assert (pay.min_value, pay.max_value, pay.currency) == (34, 47, "USD")
    assert pay.unit_text == UnitText.HOUR
    assert posting(compensation={"min": 0, "max": 0}).stated_salary is None


def test_a_head_links_to_the_postings_page():
    """The company is spelled there as the answer spells it, not as the API was asked."""
    board = Board(source="smartrecruiters", token="kiteandkiln")
    (one,) = read(smartrecruiters.SOURCE, Page(records=[JOB]), board)

    assert one.url == "https://jobs.smartrecruiters.com/KiteAndKiln/744"


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "location": st.fixed_dictionaries(
                {}, optional={"city": st.none() | st.text(), "fullLocation": st.text()}
            ),
            "releasedDate": st.none() | st.text(max_size=12),
            "department": st.fixed_dictionaries({}, optional={"label": st.text(max_size=3)}),
            "compensation": st.fixed_dictionaries({"min": st.floats() | st.text(max_size=4)}),
            "jobAd": st.fixed_dictionaries(
                {"sections": st.dictionaries(st.text(max_size=3), st.none(), max_size=2)}
            ),
        },
    )
)
def test_any_posting_of_the_shape_is_read(fields):
    """No value of a field costs the posting, and nothing stated is said as an empty text."""
    one = posting(**fields)

    assert one.location_text != ""
    assert "" not in one.occupational_category
