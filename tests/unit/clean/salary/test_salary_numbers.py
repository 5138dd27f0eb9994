"""Digits are read in every locale, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.salary.numbers import read_number


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("52", 52),
        ("52000", 52_000),
        ("52,000", 52_000),
        ("52.000", 52_000),
        ("52 000", 52_000),
        ("52\u202f000", 52_000),
        ("52\u00a0000,50", 52_000.5),
        ("52'000", 52_000),
        ("52’000", 52_000),
        ("1,234,567.89", 1_234_567.89),
        ("1.234.567,89", 1_234_567.89),
        ("12,00,000", 1_200_000),
        ("2.871,50", 2_871.5),
        ("17,8", 17.8),
        ("38.2939", 38.2939),
        ("0.125", 0.125),
        ("98, 400", 98_400),
    ],
)
def test_separators_of_every_locale(raw, value):
    """The same sum is read however its thousands and decimals are separated."""
    assert value == read_number(raw)


@pytest.mark.parametrize("raw", ["1.2.3", "1,2,34", "1" * 40, "1,5.2,7.3"])
def test_no_single_reading_is_no_number(raw):
    """A version, a date or a run of digits is not money."""
    assert read_number(raw) is None


@given(st.integers(0, 10**9), st.sampled_from([",", ".", "'", "\u202f"]))
def test_grouped_whole_numbers_come_back(number, mark):
    """Grouping an integer by thousands and reading it gives the integer."""
    assert read_number(f"{number:,}".replace(",", mark)) == number


@given(st.text("0123456789.,' \u00a0", max_size=30))
def test_any_digits_and_marks_are_read_or_refused(raw):
    """No arrangement of digits and separators raises, as long as one digit is there."""
    if any(letter.isdigit() for letter in raw) and raw[0].isdigit() and raw[-1].isdigit():
        value = read_number(raw)

        assert value is None or value >= 0
