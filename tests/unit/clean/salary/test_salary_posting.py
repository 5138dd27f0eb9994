"""The step takes pay from the first source that states it, and drops what no one is paid."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.salary import read_salary, yearly
from jobtide.clean.salary.periods import BOUNDS, credible
from jobtide.model import Eligibility, Label, Place, Posting, Salary, UnitText


def posting(**fields):
    """Return a posting with these fields."""
    fields = {"title": "Tide Table Engineer", **fields}
    return Posting(
        source="demo", board="main", identifier="1", url="https://a.example/1", **fields
    )


STATED = Salary(currency="EUR", min_value=50_000, max_value=60_000, unit_text=UnitText.YEAR)


def test_the_boards_own_fields_come_first():
    """Structured pay beats the pay text, the title and the description."""
    read = read_salary(
        posting(
            stated_salary=STATED,
            salary_text="€10 - €12 per hour",
            text="The salary is $90,000 - $95,000 per year.",
        )
    )

    assert [(one.min_value, one.field) for one in read.base_salary] == [(50_000, "stated_salary")]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"salary_text": "€40k", "title": "Cook | €50k", "text": "Salary: €60k"}, "salary_text"),
        ({"title": "Cook | €50k", "text": "Salary: €60,000 a year."}, "title"),
        ({"text": "Salary: €60,000 a year."}, "text"),
        ({"salary_text": "Competitive", "text": "Salary: €60,000 a year."}, "text"),
    ],
)
def test_the_next_source_is_asked_when_one_is_silent(fields, found):
    """Pay text, then title, then description."""
    assert [one.field for one in read_salary(posting(**fields)).base_salary] == [found]


@pytest.mark.parametrize(
    ("low", "high", "unit"),
    [
        (0, 0, None),
        (25, 350_700, UnitText.YEAR),
        (75.0, 75.0, UnitText.YEAR),
        (9_000_000, 9_500_000, UnitText.YEAR),
        (120_000, 140_000, UnitText.HOUR),
        (-1, -1, UnitText.YEAR),
    ],
)
def test_what_no_one_is_paid_is_not_stated(low, high, unit):
    """Fillers and typing errors of a board are not shown as pay."""
    stated = Salary(currency="USD", min_value=low, max_value=high, unit_text=unit)
    read = read_salary(posting(stated_salary=stated))

    assert read.base_salary == ()
    assert read.stated_salary is None


def test_unusable_figures_are_kept_as_words():
    """What was dropped can still be seen, and the posting says that it was mended."""
    stated = Salary(currency="USD", min_value=25, max_value=350_700, unit_text=UnitText.YEAR)
    read = read_salary(posting(stated_salary=stated))

    assert read.salary_text == "25 - 350700 USD per year"
    assert read.mended == ("pay",)


def test_a_zero_is_no_lower_end():
    """Boards write 0 for "not stated": the other end stays."""
    stated = msgspec.structs.replace(STATED, min_value=0)
    [salary] = read_salary(posting(stated_salary=stated)).base_salary

    assert (salary.min_value, salary.max_value) == (None, 60_000)


def test_a_missing_period_follows_from_the_size():
    """Structured figures without a period get one, marked as inferred."""
    stated = Salary(currency="PLN", min_value=9_000, max_value=11_000)
    [salary] = read_salary(posting(stated_salary=stated)).base_salary

    assert (salary.unit_text, salary.unit_inferred) == (UnitText.MONTH, True)


def test_a_missing_currency_stays_missing():
    """No currency is guessed for figures that have none."""
    stated = Salary(min_value=50_000, max_value=60_000, unit_text=UnitText.YEAR)
    [salary] = read_salary(posting(stated_salary=stated)).base_salary

    assert salary.currency is None


@pytest.mark.parametrize(
    ("fields", "currency"),
    [
        ({"job_location": (Place(country="CA"),)}, "CAD"),
        ({"job_location": (Place(country="AU"), Place(country="AU"))}, "AUD"),
        ({"job_location": (Place(country="CA"), Place(country="US"))}, "USD"),
        ({"job_location": (Place(country="DE"),)}, "USD"),
        ({"job_location": (Place(country="BR"),)}, "USD"),
        ({"eligibility": Eligibility(countries=(Label(value="NZ", rule="x"),))}, "NZD"),
        ({}, "USD"),
    ],
)
def test_the_workplace_says_which_dollar(fields, currency):
    """A bare dollar is that of the one country stated that has one, else the US dollar."""
    read = read_salary(posting(salary_text="$90,000 - $99,000", **fields))

    assert [one.currency for one in read.base_salary] == [currency]


def test_a_posting_without_pay_is_returned_as_it_is():
    """Nothing found, nothing changed."""
    plain = posting(text="We like tides.")

    assert read_salary(plain) is plain


@given(
    low=st.none() | st.floats(allow_nan=True),
    high=st.none() | st.floats(allow_nan=True),
    currency=st.sampled_from([None, "USD", "$", "ZZZ", ""]),
    unit=st.none() | st.sampled_from(list(UnitText)),
)
def test_any_structured_figures(low, high, currency, unit):
    """No figures raise; what is shown is within the bounds of its period; a second run agrees."""
    stated = Salary(min_value=low, max_value=high, currency=currency, unit_text=unit)
    read = read_salary(posting(stated_salary=stated))

    for one in read.base_salary:
        assert credible(one.min_value, one.max_value, one.unit_text, one.currency)
    assert read_salary(read).base_salary == read.base_salary


def test_bounds_grow_with_the_period():
    """The longer the period, the more is paid for it."""
    rows = [BOUNDS[unit] for unit in UnitText]

    assert rows == sorted(rows)


def test_yearly_figures_use_one_constant():
    """An hour is 2,080 times a year, wherever yearly figures are compared."""
    hourly = Salary(currency="USD", min_value=50, max_value=50, unit_text=UnitText.HOUR)

    assert yearly(hourly) == 104_000


def test_yearly_figures_change_money_by_the_given_rates():
    """Another currency is reached over the euro."""
    monthly = Salary(currency="PLN", min_value=9_000, max_value=11_000, unit_text=UnitText.MONTH)
    rates = {"PLN": 4.0, "USD": 1.2}

    assert yearly(monthly, "USD", rates) == 36_000


@pytest.mark.parametrize(
    "salary",
    [
        Salary(min_value=1, unit_text=UnitText.YEAR),
        Salary(currency="EUR", min_value=1),
        Salary(currency="EUR", unit_text=UnitText.YEAR),
        Salary(currency="ZZZ", min_value=1, unit_text=UnitText.YEAR),
    ],
)
def test_no_yearly_figure_without_currency_period_or_rate(salary):
    """What is not known cannot be compared."""
    assert yearly(salary) is None
