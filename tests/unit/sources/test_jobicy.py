"""sources/jobicy.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import jobicy, read

BOARD = Board(source="jobicy")
JOB = {"id": 7, "url": "https://jobicy.com/jobs/7-x", "jobTitle": "Engineer"}


def page(envelope):
    response = Response(
        request=jobicy.start(BOARD),
        body=json.dumps(envelope).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return jobicy.split(response, BOARD)


def posting(**fields):
    (result,) = read(jobicy.SOURCE, page({"jobs": [{**JOB, **fields}]}), BOARD)
    return result


def test_only_known_parameters_are_sent():
    """Any other is answered with 400."""
    for token in ("main", "data science"):
        query = jobicy.start(Board(source="jobicy", token=token)).url.partition("?")[2]
        assert {part.partition("=")[0] for part in query.split("&")} <= {"count", "industry"}
        assert " " not in query


@pytest.mark.parametrize(("count", "complete"), [(None, True), (1, True), (0, True), (5, False)])
def test_its_own_count_says_whether_that_is_all(count, complete):
    """A shortened answer is a part."""
    assert page({"jobCount": count, "jobs": [JOB]}).complete is complete


def test_no_jobs_is_a_failure():
    """The board always has a hundred."""
    with pytest.raises(PayloadError, match=r"^jobicy/main: no jobs"):
        page({"jobCount": 0, "jobs": []})


def test_what_the_caller_is_called_stays_outside():
    """The key the board gives its caller is in no record."""
    envelope = {"clientKey": "0" * 64, "xRayCache": "1", "jobs": [JOB]}

    assert page(envelope).records == [JOB]


@pytest.mark.parametrize(
    ("place", "places"),
    [
        ("EMEA,  LATAM,  USA", ("EMEA", "LATAM", "USA")),
        ("Anywhere", ("Anywhere",)),
        ("Korea, Republic of", ("Korea, Republic of",)),
        ("", ()),
        (None, ()),
    ],
)
def test_places_are_where_one_may_live(place, places):
    """Several are joined by a comma and two blanks; a name may hold a comma and one."""
    result = posting(jobGeo=place)

    assert (result.applicant_locations, result.job_locations) == (places, ())
    assert result.location_text == (place or None)


@pytest.mark.parametrize(
    ("level", "said"), [("Any", None), ("", None), (None, None), ("Senior", "Senior")]
)
def test_any_level_is_none_stated(level, said):
    """It is what the board writes when nothing was chosen."""
    assert posting(jobLevel=level).seniority_text == said


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"salaryMin": 0, "salaryMax": 0, "salaryCurrency": "USD"}, None),
        (
            {"salaryMin": 78000, "salaryMax": 156000, "salaryCurrency": "USD",
             "salaryPeriod": "yearly"},
            (78000, 156000, "USD", "YEAR"),
        ),
        ({"salaryMin": "21", "salaryCurrency": "GBP", "salaryPeriod": "hourly"},
         (21, None, "GBP", "HOUR")),
        ({"annualSalaryMax": 90000, "salaryCurrency": "EUR"}, (None, 90000, "EUR", "YEAR")),
        ({"salaryMin": 500}, (500, None, None, None)),
    ],
)  # fmt: skip
def test_pay_is_what_was_stated(fields, expected):
    """The older field names state their period themselves."""
    pay = posting(**fields).stated_salary

    assert (pay and (pay.min_value, pay.max_value, pay.currency, pay.unit_text)) == expected


def test_the_excerpt_stands_in_for_a_missing_text_only():
    """Its words are glued together, so the text is shown wherever there is one."""
    whole = posting(jobExcerpt="Glued words", jobDescription="<p>Words</p>")
    part = posting(jobExcerpt="Glued words", jobDescription=" ")

    assert (whole.description, whole.description_complete) == ("<p>Words</p>", True)
    assert (part.description, part.description_complete) == ("Glued words", False)


def test_lists_may_be_words():
    """Types and industries are lists of one; a bare word means the same."""
    assert posting(jobType=["Full-Time", "Contract"]).employment_type_text == "Full-Time, Contract"
    assert posting(jobType="Contract").employment_type_text == "Contract"
    assert posting(jobIndustry=["", "SEO"]).occupational_category == ("SEO",)


def test_its_terms_keep_it_off_google():
    """No markup, nothing in bulk, the board's own page to apply, once an hour."""
    terms = jobicy.SOURCE.terms

    assert (terms.structured_data, terms.syndication, terms.apply_via_board) == (
        False, False, True,
    )  # fmt: skip
    assert terms.min_interval_s >= 3600


def test_a_record_without_a_title_is_no_posting():
    """Readers that expected other field names have kept fifty rows without one."""
    result = posting(jobTitle=" ")

    assert isinstance(result, Reject)
    assert (result.identifier, result.reason) == ("7", "no_title")


@given(st.dictionaries(st.sampled_from(jobicy.Job.__struct_fields__), st.text(max_size=20)))
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields):
    """Nothing a board writes ends the run."""
    result = posting(**fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
