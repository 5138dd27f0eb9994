"""The sentences of a card: what is stated, in words; what is not, said so."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.model import Eligibility, Place, Salary, UnitText
from jobtide.publish import facts
from jobtide.text import fold
from tests.unit.publish import builders as make

L = make.label
YEAR = UnitText.YEAR


@pytest.mark.parametrize(
    ("eligibility", "said"),
    [
        ({"anywhere": L("yes")}, "Anywhere"),
        ({"countries": (L("US"),)}, "USA only"),
        ({"countries": (L("DE"), L("AT"))}, "Germany or Austria only"),
        ({"regions": (L("latam"),), "countries": (L("ES"),)}, "Latin America or Spain only"),
        (
            {"countries": tuple(map(L, ("ES", "IT", "MT", "CY", "GR", "PT")))},
            "Spain, Italy, Malta, Cyprus + 2 more only",
        ),
        (
            {"countries": (L("US"),), "subdivisions": (L("US-CA"), L("US-TX"))},
            "California or Texas (USA) only",
        ),
        ({"excluded": (L("US-CA"), L("RU"))}, "not California or Russia"),
        ({"regions": (L("eu"),), "excluded": (L("FR"),)}, "EU only except France"),
        ({"utc_offsets": (-5.0, 0.0, 2.5)}, "time zones UTC-5 to UTC+2.5"),
        ({"anywhere": L("yes"), "utc_offsets": (1.0,)}, "Anywhere, time zones UTC+1"),
        ({"countries": (L("US"),), "utc_offsets": (-10.0, -5.0, 14.0)}, "USA only"),
        ({"anywhere": L("yes"), "utc_offsets": (-11.0, 14.0)}, "Anywhere"),
        ({"work_permit": L("required")}, "place not stated"),
        ({}, "place not stated"),
    ],
)
def test_who_may_apply(eligibility, said):
    """From where one may apply, as far as it is stated."""
    fact = facts.place(make.posting(eligibility=Eligibility(**eligibility)))

    assert fact.text == said
    assert fact.stated == ("not stated" not in said)
    assert not fact.inferred


def test_what_was_concluded_is_marked():
    """One inferred label makes the sentence an inferred one."""
    europe = Eligibility(regions=(L("europe", inferred=True),), countries=(L("US"),))

    assert facts.place(make.posting(eligibility=europe)).inferred


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"job_location": (Place(city="Berlin", country="DE"),)}, "Berlin, Germany"),
        ({"job_location": (Place(region="emea"),)}, "EMEA"),
        ({"job_location": (Place(text="Moon base"),)}, "Moon base"),
        ({"location_text": "Remote (Moon)"}, "Remote (Moon)"),
        ({"location_text": " remote "}, "place not stated"),
        ({"location_text": "x" * 200}, "x" * 79 + "…"),
    ],
)
def test_where_the_work_is(fields, said):
    """Without a word on who may apply: the place of work, else the board's own words."""
    assert facts.place(make.posting(**fields)).text == said


@pytest.mark.parametrize(
    ("salary", "said"),
    [
        ({"currency": "EUR", "min_value": 60000, "max_value": 80000, "unit_text": YEAR},
         "€60,000–80,000 a year"),
        ({"currency": "PLN", "min_value": 20000, "unit_text": UnitText.MONTH},
         "from PLN 20,000 a month"),
        ({"currency": "CAD", "max_value": 45.5, "unit_text": UnitText.HOUR},
         "up to CA$45.50 an hour"),
        ({"currency": "USD", "min_value": 5, "max_value": 5, "unit_text": UnitText.DAY},
         "$5 a day"),
        ({"min_value": 5}, "from 5 (currency and period not stated)"),
        ({"currency": "EUR", "max_value": 9, "unit_text": YEAR, "kind": "ote", "zone": "Paris"},
         "up to €9 a year on target (Paris)"),
        ({"currency": "EUR", "min_value": 90, "max_value": 80, "unit_text": YEAR},
         "€80–90 a year"),
        ({"currency": "EUR"}, "pay not stated"),
        ({"currency": "EUR", "min_value": float("nan"), "max_value": float("inf")},
         "pay not stated"),
        ({"currency": "XQQ", "min_value": 0, "max_value": 7, "unit_text": YEAR},
         "up to XQQ 7 a year"),
    ],
)  # fmt: skip
def test_pay(salary, said):
    """Pay stands in its own currency and period; what is missing is said to be missing."""
    assert facts.pay(make.posting(base_salary=(Salary(**salary),))).text == said


def test_more_ranges_are_counted():
    """One range is shown, the others are counted; a concluded period is marked."""
    one = Salary(currency="EUR", min_value=1, unit_text=YEAR, unit_inferred=True)
    fact = facts.pay(make.posting(base_salary=(one, one)))

    assert fact == facts.Fact(text="from €1 a year (and 1 more)", inferred=True)


@pytest.mark.parametrize(
    ("arrangement", "said"),
    [
        (None, "remote not stated"),
        (L("remote"), None),
        (L("remote", inferred=True), "remote"),
        (L("hybrid"), "hybrid"),
        (L("on_site"), "on site"),
    ],
)
def test_arrangement(arrangement, said):
    """How far the work is remote is said unless it simply is."""
    fact = facts.arrangement(make.posting(arrangement=arrangement))

    assert (fact.text if fact else None) == said


def test_hybrid_says_where():
    """The place of work is named beside "hybrid" when the place line says something else."""
    leeds = (Place(city="Leeds", country="GB"),)
    free = Eligibility(anywhere=L("yes"))
    hybrid = make.posting(arrangement=L("hybrid"), job_location=leeds)
    both = make.posting(arrangement=L("hybrid"), job_location=leeds, eligibility=free)

    assert facts.arrangement(hybrid).text == "hybrid"
    assert facts.arrangement(both).text == "hybrid in Leeds, UK"


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (0.5, "1 day ago"), (1, "1 day ago"), (400, "400 days ago")],
)
def test_age_is_in_whole_days(days, said):
    """Calendar days in UTC, never negative; 12 hours before the morning is yesterday."""
    posting = make.posting(date_posted=make.NOW - timedelta(days=days))

    assert facts.age(make.opening(posting, seen=make.NOW), make.NOW, "relative") == said


@pytest.mark.parametrize("days", [-3, 0])
def test_a_moved_date_makes_no_job_younger(days):
    """A date after our first sight, or in the future, does not count: we saw it before."""
    posting = make.posting(date_posted=make.NOW - timedelta(days=days))

    assert facts.age(make.opening(posting), make.NOW, "relative") == "first seen 9 days ago"


def test_age_without_a_date_is_that_of_our_first_sight():
    """What the board did not date is said to be seen, not posted."""
    opening = make.opening(make.posting(date_posted=None), seen=make.NOW - timedelta(days=2))

    assert facts.age(opening, make.NOW, "relative") == "first seen 2 days ago"
    assert facts.age(opening, make.NOW, "date") == "first seen 22 Nov 2026"


@given(st.lists(st.text(max_size=50)), st.lists(st.text(max_size=50)), st.integers(1, 8))
def test_tags_are_short_and_once(skills, tags, most):
    """No tag is empty, a separator, a program's nothing, or there twice."""
    posting = make.posting(skills=tuple(L(skill) for skill in skills), tags=tuple(tags))
    shown = facts.tags(posting, most)

    assert len(shown) <= most
    assert len({tag.casefold() for tag in shown}) == len(shown)
    assert all(any(c.isalnum() for c in fold(tag)) and not facts.is_void(tag) for tag in shown)
