"""Does an opening answer a query?"""

from datetime import timedelta

import pytest

from jobtide.model import Eligibility, Place, Salary, UnitText
from jobtide.query import Context, matches, parse
from tests.unit.openings import NOW, label, opening


def yearly(salary, currency):
    return salary.max_value if salary.currency == currency else None


CONTEXT = Context(now=NOW, yearly=yearly)

POLAND = Eligibility(countries=(label("PL"),), utc_offsets=(1.0,), visa_sponsorship=label("no"))


@pytest.mark.parametrize(
    ("text", "facts", "holds"),
    [
        ("python", {"title": "Python Engineer"}, True),
        ("python", {"text": "we write Python, daily"}, True),
        ("c", {"text": "we use C++ and C#"}, False),
        ("c++", {"text": "we use C++."}, True),
        ("net", {"text": "ASP.NET"}, False),
        ("java", {"text": "JavaScript"}, False),
        ("-senior", {"title": "Senior Engineer"}, False),
        ('"data engineer"', {"title": "Data  Engineer"}, True),
        ('"data engineer"', {"title": "Data", "text": "engineer"}, False),
        ('"data engineer"', {"title": "Lead Data Engineer"}, True),
        ("zürich", {"location_text": "Zurich"}, True),
        ("category:backend", {"category": label("backend")}, True),
        ("category:backend", {"other_categories": (label("backend"),)}, True),
        ("category:none", {}, True),
        ("arrangement:remote", {"arrangement": label("hybrid")}, False),
        ("arrangement:none", {}, True),
        ("type:contract", {"employment_type": (label("full_time"), label("contract"))}, True),
        ("from:PL", {"eligibility": POLAND}, True),
        ("from:DE", {"eligibility": POLAND}, False),
        ("from:PL", {}, False),
        ("tz:+1", {"eligibility": POLAND}, True),
        ("tz:-5", {"eligibility": POLAND}, False),
        ("visa:no", {"eligibility": POLAND}, True),
        ("visa:none", {}, True),
        ("country:DE", {"job_location": (Place(country="DE", text="Berlin"),)}, True),
        ("skill:Node.js", {"skills": (label("node.js"),)}, True),
        ("company:acme", {}, True),
        ("source:remotive", {}, True),
        ("language:de", {"language": label("en")}, False),
        ("posted:2026-11-01..", {"date_posted": NOW}, True),
        ("posted:..2026-11-01", {"date_posted": NOW}, False),
        ("posted:2026-11-25", {"date_posted": NOW}, True),
    ],
)
def test_each_field_asks_what_its_name_says(text, facts, holds):
    """One line a field: the condition holds, or it does not."""
    assert matches(parse(text), opening(**facts), CONTEXT) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("salary:>60000EUR", True),
        ("salary:90000eur", False),
        ("salary:60kEUR", True),
        ("salary:<60kEUR", False),
        ("salary:>1USD", False),
        ("salary:>9000000EUR", False),
    ],
)
def test_pay_is_compared_by_the_year_and_unknown_pay_never_matches(text, holds):
    """A bound nobody reaches gives nothing, not everything."""
    pay = Salary(currency="EUR", min_value=60_000, max_value=80_000, unit_text=UnitText.YEAR)

    assert matches(parse(text), opening(base_salary=(pay,)), CONTEXT) is holds
    assert not matches(parse(text), opening(), CONTEXT)


def test_time_is_counted_from_the_given_moment():
    """`since` and `is:new` look at when we first saw it, not at the board's date."""
    old = opening(first_seen_at=NOW - timedelta(days=3))

    assert matches(parse("since:4d"), old, CONTEXT)
    assert not matches(parse("since:2d"), old, CONTEXT)
    assert not matches(parse("is:new"), old, CONTEXT)
    assert matches(parse("is:open"), old, CONTEXT)
    assert matches(parse("is:closed"), opening(status="closed"), CONTEXT)


def test_an_empty_query_finds_everything():
    """No condition, no exclusion."""
    assert matches(parse(""), opening(), CONTEXT)
