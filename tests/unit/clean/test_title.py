"""Titles are tidied, never reworded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.title import MAX_TITLE, split_company_title, tidy, tidy_title
from jobtide.model import Posting


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("  Senior \u00a0 Engineer\n", "Senior Engineer"),
        ("Job 23799 Senior Java Developer", "Senior Java Developer"),
        ("Req #4711 - Data Engineer", "Data Engineer"),
        ("Job ID: 123456 | Nurse", "Nurse"),
        ("** Engineer **", "Engineer"),
        ("- Engineer,", "Engineer"),
        ("<b>Engineer</b>", "Engineer"),
        ("Engineer<br/>Berlin", "Engineer Berlin"),
    ],
)
def test_noise_goes(title, right):
    """Blanks, a leading job number, markup, and ornaments at the ends go."""
    assert tidy(title) == right


@pytest.mark.parametrize(
    "title",
    [
        "C++ Developer", "C# / .NET", "Développeur·se Go", "🚀 Engineer", "Engineer (m/w/d)",
        "NOW HIRING!!!", "Employee #12", "[Contract] Engineer", "<<ENTER TITLE>>", "Agent 007",
        "Job Coach", "3D Artist", "Engineer - Berlin", "Software Engineer II", "“Chief” of Staff",
        "エンジニア【在宅可】", "List<T> Library Engineer", "Job 1", "2026 Summer Intern",
    ],
)  # fmt: skip
def test_what_belongs_to_a_title_stays(title):
    """A clean title comes out as the board wrote it."""
    assert tidy(title) == title


@given(st.text())
def test_any_title_is_one_line_and_at_rest(title):
    """Any text gives one line of limited length, and tidying again changes nothing."""
    once = tidy(title)

    assert tidy(once) == once
    assert len(once) <= MAX_TITLE + 1
    assert "\n" not in once


def test_the_step_notes_what_it_did():
    """A changed title is noted, an unchanged posting is the same object."""
    posting = Posting(
        source="demo", board="main", identifier="1", url="https://a.example/1", title=" Cook "
    )

    mended = tidy_title(posting)

    assert (mended.title, mended.mended) == ("Cook", ("title",))
    assert tidy_title(mended) is mended


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Harbor Works: Senior Engineer: Billing", ("Harbor Works", "Senior Engineer: Billing")),
        ("Designer at Look at This", ("Look at This", "Designer")),
        ("createIT s.c. A, B: Engineer", ("createIT s.c. A, B", "Engineer")),
        ("No separator here", (None, "No separator here")),
        ("Ratio 1:2 Analyst", (None, "Ratio 1:2 Analyst")),
        (": Engineer", (None, ": Engineer")),
        ("", (None, "")),
    ],
)
def test_employer_and_title_are_split(line, parts):
    """Split at the first ": ", else at the first " at "; else there is no employer."""
    assert split_company_title(line) == parts


@given(st.text())
def test_any_line_can_be_split(line):
    """Any text gives a title, and an employer that is None or not empty."""
    company, title = split_company_title(line)

    assert company is None or company
    assert isinstance(title, str)
