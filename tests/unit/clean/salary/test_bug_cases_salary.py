"""Faults other projects had with pay, from their own reports: they do not happen here."""

import json

import pytest

from jobtide.clean.salary import parse_salaries, read_pay, yearly


@pytest.fixture(scope="module")
def cases(shared):
    """Return the recorded cases about pay, by their number."""
    rows = json.loads((shared / "cases" / "bugs.json").read_text("utf-8"))
    return {row["id"]: row for row in rows if row["kind"] == "salary"}


@pytest.mark.shared
@pytest.mark.parametrize("number", ["BL077", "BL080", "BL082"])
def test_the_text_gives_what_is_expected(cases, number):
    """A currency at both ends, a month in another currency, other money beside pay."""
    case = cases[number]
    salary = read_pay(case["input"]["text"])
    expected = case["expected"]

    assert (salary.min_value, salary.max_value) == (expected["min"], expected["max"])
    assert salary.currency == expected.get("currency", salary.currency)
    assert salary.unit_text.lower() == expected.get("period", salary.unit_text.lower())


@pytest.mark.shared
def test_one_number_of_hours_a_year(cases):
    """Filter and display share one yearly figure."""
    case = cases["BL079"]

    assert yearly(read_pay(case["input"]["text"])) == case["expected"]["annual_in_filter"]


@pytest.mark.shared
def test_a_range_in_the_description_alone_is_found(cases):
    """Pay stated only in the text is read, and no sentinel stands for "none"."""
    case = cases["BL081"]
    for job, expected in zip(case["input"]["jobs"], case["expected"]["results"], strict=True):
        found = parse_salaries(job["description"])

        assert [(one.min_value, one.max_value) for one in found] == (
            [(expected["min"], expected["max"])] if expected else []
        )
