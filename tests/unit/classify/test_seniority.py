"""The level is read from the words of the title, and from nothing that only looks like them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.classify.seniority import LEVELS, label_seniority, seniority
from jobtide.model import Posting


def level(title, field=None):
    """Return the level of a title as a word, or None."""
    label = seniority(title, field)
    return label and label.value


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tide Intern", "intern"),
        ("Werkstudent Datenpflege (m/w/d)", "intern"),
        ("Stagiaire juridique", "intern"),
        ("Junior Baker", "junior"),
        ("Młodszy Analityk", "junior"),
        ("Analista Júnior", "junior"),
        ("Graduate Surveyor", "junior"),
        ("Associate Harbour Engineer", "junior"),
        ("Mid-Level Baker", "mid"),
        ("Medior Tester", "mid"),
        ("Desenvolvedor Pleno", "mid"),
        ("Sr. Baker", "senior"),
        ("Desarrolladora Sénior", "senior"),
        ("Starszy Programista", "senior"),
        ("(Senior) Planer (m/w/d)", "senior"),
        ("SeniorHarbourEngineer", "senior"),
        ("Associate General Counsel", "senior"),
        ("Staff Engineer, Tides", "staff"),
        ("Principal Product Manager", "staff"),
        ("Lead Baker", "lead"),
        ("Teamleitung Hafen (m/w/d)", "lead"),
        ("Engineering Manager", "manager"),
        ("Manager, Tides", "manager"),
        ("Senior Manager, Tides", "manager"),
        ("Abteilungsleiter Einkauf", "manager"),
        ("Head of Tides", "director"),
        ("Associate Director", "director"),
        ("VP Harbours", "director"),
        ("Directrice commerciale", "director"),
        ("Chief Tide and Harbour Officer", "executive"),
        ("CTO & Co-Founder", "executive"),
        ("Geschäftsführerin (m/w/d)", "executive"),
    ],
)
def test_level_words(title, expected):
    """Level words of several languages give their level."""
    assert level(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Account Executive",
        "Sales Executive, Ports",
        "Executive Chef",
        "Executive Assistant to the CEO",
        "Assistenz der Geschäftsführung",
        "Chief of Staff",
        "Staff Nurse",
        "Staff Accountant",
        "Kitchen Staff",
        "Lead Generation Specialist",
        "Leadership Coach",
        "Mid-Market Representative",
        "Middle School Teacher",
        "Senior Living Cook",
        "Junior High School Teacher",
        "Product Manager",
        "Project Manager",
        "Customer Success Manager",
        "Projektleiter (m/w/d)",
        "Active Directory Administrator",
        "Internal Auditor",
        "International Tax Adviser",
        "Internist",
        "Phase II Monitor",
        "Tier II Agent",
        "L2 Support Engineer",
        "CRO Specialist",
        "Sales Associate",
        "Baker",
        "",
    ],
)
def test_look_alikes_carry_no_level(title):
    """Occupations and phrases that hold a level word say nothing about the level."""
    assert level(title) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Junior to Senior Baker", "junior"),
        ("Mid - Senior Baker", "mid"),
        ("Senior/Lead Baker", "senior"),
        ("Baker (mid or senior)", "mid"),
        ("Senior Lead Baker", "lead"),
        ("Senior Staff Engineer", "staff"),
        ("Senior Engineering Manager", "manager"),
        ("Engineering Manager Intern", "intern"),
    ],
)
def test_several_level_words(title, expected):
    """The first of a choice counts; words that stand together give the highest."""
    assert level(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Engineer I", "junior"),
        ("Engineer II, Tides", "mid"),
        ("Engineer III", "senior"),
        ("Analyst 2", "mid"),
        ("Engineer (L4)", "mid"),
        ("Senior Engineer II", "senior"),
    ],
)
def test_grades(title, expected):
    """Grades stand for levels; a level word beside them wins."""
    assert level(title) == expected


def test_grades_are_marked_as_inferred():
    """What a grade means differs between employers, so it is not "stated"."""
    assert seniority("Engineer II").inferred
    assert not seniority("Senior Engineer II").inferred


def test_the_boards_own_field_is_asked_when_the_title_is_silent():
    """The title comes first, then the board's words."""
    assert level("Baker", "Mid-Senior level") == "mid"
    assert level("Senior Baker", "Entry level") == "senior"
    assert level("Baker", "Not applicable") is None


def test_evidence_stands_where_it_says():
    """A label shows the word and its place."""
    label = seniority("Baker, senior (night)")

    assert (label.evidence, label.field, label.start) == ("senior", "title", 7)


def test_the_step_leaves_a_silent_posting_alone():
    """No level, no change; a level is added to the posting."""
    posting = Posting(
        source="demo", board="main", identifier="1", url="https://a.example", title="Baker"
    )
    senior = Posting(
        source="demo", board="main", identifier="1", url="https://a.example", title="Sr Baker"
    )

    assert label_seniority(posting) is posting
    assert label_seniority(senior).seniority.value == "senior"


WORDS = st.sampled_from(
    ["Senior", "Lead", "of", "to", "the", "Manager", "II", "L5", "(", ")", "/", "Staff", "Nurse",
     "Chief", "Officer", "Executive", "CTO", "Associate", "Engineer", "–", "Praktikum", "İ"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)))
def test_any_title(title):
    """Any title gives one of the closed list of levels, with words that stand in it, or None."""
    label = seniority(title, title)

    if label is not None:
        assert label.value in LEVELS
        assert title[label.start :].startswith(label.evidence) or " " not in title


@pytest.mark.shared
def test_bug_cases(shared):
    """Levels other projects got wrong, from their own reports."""
    rows = json.loads((shared / "cases" / "bugs.json").read_text("utf-8"))
    for row in rows:
        if row["kind"] == "seniority":
            for title, expected in zip(
                row["input"]["titles"], row["expected"]["levels"], strict=True
            ):
                assert level(title) in expected
