"""Any text is read without an error, in time that grows with its length alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.salary import parse_salaries, read_pay

PIECES = st.sampled_from(
    ["$", "€", "USD", "zł", "kr", "1", "50", "120", "000", ",", ".", " ", "\n", "k", "M", "-", "–",
     "to", "and", "per", "/", "hour", "year", "salary", "pay", "budget", "bonus", "up to", "+",
     "(", ")", "|", ":", "ab", "LPA", "TEUR", "Zone A:", "£", "'", "\u202f", "401k", "between"]
)  # fmt: skip


@given(st.text(max_size=300))
def test_any_text(text):
    """No text raises."""
    parse_salaries(text)
    parse_salaries(text, field="salary_text")


@given(
    st.lists(PIECES, max_size=40).map(" ".join), st.sampled_from(["text", "salary_text", "title"])
)
def test_any_arrangement_of_money_words(text, field):
    """What is found is whole: ends in order, words in place, no negative figure."""
    for salary in parse_salaries(text, field=field):
        ends = [end for end in (salary.min_value, salary.max_value) if end is not None]

        assert ends == sorted(ends)
        assert min(ends) >= 0
        assert text[salary.start :].startswith(salary.evidence)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_reading_is_repeatable(text):
    """The same text gives the same answer."""
    assert read_pay(text) == read_pay(text)


@pytest.mark.parametrize(
    "pattern",
    ["$1", "$", "1", "1,", "1 000 ", "$100-", "salary 1", "gehalt", "$1 per ", "€100k to ",
     "$50 per hour, ", "\n$100k\n", "$100 (", "1kr", "pay $100,000 budget ", " "]
)  # fmt: skip
def test_hostile_text_takes_no_longer(pattern):
    """100,000 characters of the worst patterns are read in under two seconds of CPU."""
    text = "$100" + pattern * (100_000 // len(pattern)) + "-$200"
    before = time.process_time()
    parse_salaries(text)

    assert time.process_time() - before < 2.0
