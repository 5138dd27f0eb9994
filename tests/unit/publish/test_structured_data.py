"""JobPosting markup: only what the employer states, only where it may be."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace

from jobtide import sources
from jobtide.model import Eligibility, Place, Salary, UnitText
from jobtide.publish.structured_data import job_posting, script_text
from tests.unit.publish import builders as make

US = Eligibility(countries=(make.label("US"),))
YEAR = Salary(currency="EUR", min_value=60000, max_value=80000, unit_text=UnitText.YEAR)


def one(**words):
    """Return an opening on an employer's own board, remote, open to the USA."""
    given = {
        "source": "greenhouse",
        "board": "larkspur",
        "url": "https://boards.greenhouse.io/larkspur/jobs/1",
        "eligibility": US,
        "organization_url": "https://larkspur.example/",
    }
    return make.opening(make.posting("1", **(given | words)))


def test_a_remote_opening_says_where_one_may_live():
    """Everything Google asks for, and nothing more."""
    found = job_posting(
        one(valid_through=make.NOW + timedelta(days=9), employment_type=(make.label("full_time"),))
    )

    assert found == {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "Senior Backend Engineer",
        "description": "<p>We move parcels by night. You write the service that plans it.</p>",
        "datePosted": "2026-11-14T09:30:00+00:00",
        "validThrough": "2026-12-03T09:30:00+00:00",
        "employmentType": ["FULL_TIME"],
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Larkspur",
            "sameAs": "https://larkspur.example/",
        },
        "identifier": {"@type": "PropertyValue", "name": "Larkspur", "value": "1"},
        "directApply": False,
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [{"@type": "Country", "name": "USA"}],
    }


def test_an_office_has_an_address_and_no_telecommute():
    """A hybrid job is where its place is."""
    place = Place(city="Berlin", subdivision="DE-BE", country="DE")
    found = job_posting(one(arrangement=make.label("hybrid"), job_location=(place,)))

    assert "jobLocationType" not in found
    assert found["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressCountry": "DE",
        "addressLocality": "Berlin",
        "addressRegion": "BE",
    }


@pytest.mark.parametrize(
    "name", [name for name in sources.NAMES if sources.load(name).kind not in ("ats", "employer")]
)
def test_nothing_that_came_from_elsewhere_is_marked_up(name):
    """Aggregators, threads and pages: none of their postings goes to Google Jobs."""
    assert job_posting(one(source=name)) is None


@pytest.mark.parametrize(
    "words",
    [
        {"source": "nowhere"},
        {"arrangement": make.label("remote", inferred=True)},
        {"eligibility": None},
        {"eligibility": Eligibility(countries=(make.label("US", inferred=True),))},
        {"eligibility": Eligibility(anywhere=make.label("yes"))},
        {"arrangement": None},
        {"date_posted": None},
        {"hiring_organization": None},
        {"description": ""},
        {"description_complete": False},
    ],
)
def test_what_is_not_stated_is_not_marked_up(words):
    """No markup is better than a guess."""
    assert job_posting(one(**words)) is None


def test_a_closed_opening_is_not_marked_up():
    """Google punishes markup of jobs that are gone."""
    assert job_posting(replace(one(), status="closed")) is None


@pytest.mark.parametrize(
    ("pay", "value"),
    [
        (YEAR, {"minValue": 60000, "maxValue": 80000}),
        (replace(YEAR, max_value=60000), {"value": 60000}),
        (replace(YEAR, currency_inferred=True), None),
        (replace(YEAR, unit_inferred=True), None),
        (replace(YEAR, unit_text=None), None),
        (replace(YEAR, currency=None), None),
        (replace(YEAR, kind="ote"), None),
        (replace(YEAR, min_value=None, max_value=None), None),
    ],
)
def test_only_stated_pay_is_marked_up(pay, value):
    """Currency and period must have been written; on-target earnings are no base pay."""
    found = job_posting(one(base_salary=(pay,))).get("baseSalary")

    if value is None:
        assert found is None
    else:
        assert found["currency"] == "EUR"
        assert found["value"] == {
            "@type": "QuantitativeValue", "unitText": "YEAR", **value
        }  # fmt: skip


def test_of_several_ranges_none_is_chosen():
    """Pay that differs by place is not one number."""
    assert "baseSalary" not in job_posting(one(base_salary=(YEAR, replace(YEAR, zone="Berlin"))))


def test_regions_and_states_are_spelt_out():
    """A region is its countries, a state narrows its country, the refused are left out."""
    eligibility = Eligibility(
        regions=(make.label("benelux"),),
        countries=(make.label("US"),),
        subdivisions=(make.label("US-CA"),),
        excluded=(make.label("LU"),),
    )
    found = job_posting(one(eligibility=eligibility))["applicantLocationRequirements"]

    assert [place["name"] for place in found] == ["Belgium", "Netherlands", "California, USA"]


@pytest.mark.parametrize(
    "text",
    ["</script><script>alert(1)</script>", "<!-- <script>", "a\u2028b\u2029c", "&lt;", "\ud800"],
)
def test_a_script_element_holds_it_whole(text):
    """The page has exactly one script, and the JSON in it reads back as it was."""
    markup = job_posting(one(title=f"Dev {text}", description=f"<p>{text}</p>"))
    written = script_text(markup)
    page = html.document_fromstring(
        f'<html><body><script type="application/ld+json">{written}</script></body></html>'
    )
    (script,) = page.xpath("//script")

    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(script.text)["description"] == f"<p>{text}</p>".replace("\ud800", "?")


@given(st.text(), st.text(), st.text())
def test_any_words_give_readable_json(title, company, description):
    """No posting breaks the page."""
    found = job_posting(one(title=title, hiring_organization=company, description=description))
    if found is not None:
        assert json.loads(script_text(found))["@type"] == "JobPosting"


def test_what_another_board_filled_in_is_no_word_of_the_employers():
    """Pay and text that only another source states are shown on the page and left out here."""
    opening = one()
    filled = replace(opening.posting, base_salary=(YEAR,))
    paid = replace(opening, posting=filled, filled={"base_salary": "remotive:main:1"})
    bare = one(description="")
    told = replace(bare, posting=opening.posting, filled={"description": "remotive:main:1"})

    assert "baseSalary" not in job_posting(paid)
    assert job_posting(told) is None
