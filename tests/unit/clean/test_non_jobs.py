"""What is surely no job is refused; every doubt keeps the posting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.non_jobs import refuse_non_jobs
from jobtide.model import Posting, Reject

TEASER = (
    "Most of us think that talent is what it takes to get ahead, and that the rest is luck. It is"
    " the other way round: the small things you do each week add up in a way that is hard to see"
)
VACANCY = "We are looking for you to join our team. Apply with your resume. Salary and benefits."


def judge(title, text="", place=None):
    """Return the reason a posting is refused for, or None."""
    result = refuse_non_jobs(
        Posting(
            source="demo", board="main", identifier="7", url="https://a.example/7",
            title=title, text=text, location_text=place,
        )
    )  # fmt: skip
    return result.reason if isinstance(result, Reject) else None


@pytest.mark.parametrize("title", ["", "  ", "undefined", "NULL", "[object Object]"])
def test_no_title_is_refused(title):
    """A posting without a title cannot be shown."""
    assert judge(title, VACANCY) == "no_title"


@pytest.mark.parametrize(
    "title",
    [
        "<<ENTER DISPLAY JOB TITLE>>", "{{title}}", "{{ job.title }}", "[Job Title]", "Job Title",
        "Your Job Title Here", "${jobTitle}", "ENTER POSITION TITLE", "%%TITLE%%",
    ],
)  # fmt: skip
def test_a_template_is_refused(title):
    """A template that was never filled in is no title."""
    assert judge(title, VACANCY) == "template_title"


@pytest.mark.parametrize("title", ["Menu", "READ MORE", "Log in", "Cookie Policy", "404"])
def test_words_of_navigation_are_refused(title):
    """An entry of a page's menu is no job."""
    assert judge(title, VACANCY) == "not_a_job"


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("7 small habits that will change your week", f"{TEASER}… READ MORE", "Oslo"),
        ("How to be calm on a busy day", f"{TEASER}. Continue reading", None),
        ("This could be the reason nobody answers", f"{TEASER}…", None),
        ("Patience Wins Happiness", f"{TEASER}…", "Happiness"),
        ("Culture", f"{TEASER}.", "Why"),
        ("Ada Example", "Sign in with mail. Email or phone, Password. Forgot password?", "Oslo"),
    ],
)
def test_articles_and_log_in_pages_are_refused(title, text, place):
    """Two or three signs together (headline, teaser, no word of a vacancy) refuse."""
    assert judge(title, text, place) == "not_a_job"


@pytest.mark.parametrize(
    "title",
    [
        "Growth", "Data & Analytics", "Security", "People", "Praktikum", "NOW HIRING",
        "Testing Testing Test", "Stage", "Vertrieb", "Open Application", "Wild Card", "SDET II",
        "Candidature spontanée", "ÉQUIPE MET", "软件工程师", "エンジニア", "Инженер", "مهندس",
        "개발자", "CFO", "Back of House", "Full crew", "Template Designer", "Menu Planner",
        "How Engineers Work: Technical Writer", "10 Nurses", "3 Cooks needed", "Employee #12",
        "$100k starting bonus", "Title Examiner", "Job Coach", "Danish Speaking Jobs in Greece",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("text", "place"),
    [("", None), (VACANCY, "Remote"), (f"{TEASER}…", "Oslo"), (f"{TEASER}. READ MORE", None)],
)
def test_titles_of_any_kind_and_language_stay(title, text, place):
    """A short title, a title without a doer, a text cut off: none of them refuses by itself."""
    assert judge(title, text, place) is None


def test_a_doer_in_the_title_outweighs_all_signs():
    """What names who does the work is a job, whatever its text looks like."""
    assert judge("Technical Writer", f"{TEASER}… READ MORE", "Why") is None


def test_the_reject_says_why():
    """A person can read from the reject what was seen."""
    result = refuse_non_jobs(
        Posting(
            source="demo", board="main", identifier="7", url="https://a.example/7",
            title="9 tips to wake up early", text=f"{TEASER}… READ MORE",
        )
    )  # fmt: skip

    assert result == Reject(
        source="demo", board="main", identifier="7", step="refuse_non_jobs", reason="not_a_job",
        detail="a headline; a teaser: read more; an English text without a word of a vacancy",
    )  # fmt: skip


@given(st.text(), st.text(), st.none() | st.text())
def test_any_posting_can_be_judged(title, text, place):
    """Any words give the posting itself or a reject with a known reason."""
    assert judge(title, text, place) in (None, "no_title", "template_title", "not_a_job")
