"""The type of employment is read from field, title and text; look-alikes say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.classify.employment import TYPES, employment_types, label_employment
from jobtide.model import Posting


def types(field="", title="Baker", text=""):
    """Return the types found, as words."""
    return [label.value for label in employment_types(field, title, text)]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Full-time", ["full_time"]),
        ("FULL_TIME", ["full_time"]),
        ("FullTime", ["full_time"]),
        ("fulltime_permanent", ["full_time"]),
        ("Vollzeit", ["full_time"]),
        ("Tempo integral", ["full_time"]),
        ("F", ["full_time"]),
        ("PART_TIME", ["part_time"]),
        ("Teilzeit", ["part_time"]),
        ("Minijob", ["part_time"]),
        ("Side", ["part_time"]),
        ("CONTRACTOR", ["contract"]),
        ("contract_to_hire", ["contract"]),
        ("Freelance", ["freelance"]),
        ("Temporary", ["temporary"]),
        ("fulltime_fixed_term", ["temporary", "full_time"]),
        ("Befristet", ["temporary"]),
        ("INTERN", ["internship"]),
        ("Working student", ["working_student"]),
        ("Dual studies", ["apprenticeship"]),
        ("VOLUNTEER", ["volunteer"]),
        ("Part time, working student", ["working_student", "part_time"]),
        ("CDI", ["full_time"]),
        ("Permanent", []),
        ("OTHER", []),
        ("professional / experienced", []),
        ("", []),
    ],
)
def test_fields(field, expected):
    """The words of boards' own fields, in their spellings and languages."""
    assert types(field) == expected


@pytest.mark.parametrize(
    ("title", "primary"),
    [
        ("Baker (12-month contract)", "contract"),
        ("Baker - Maternity Cover", "temporary"),
        ("Baker (Fixed-Term Contract)", "temporary"),
        ("Seasonal Baker", "temporary"),
        ("Freelance Baker", "freelance"),
        ("Part-Time Baker", "part_time"),
        ("Bäcker 20 Std./Woche", "part_time"),
        ("Tide Intern", "internship"),
        ("Pflichtpraktikum Backstube", "internship"),
        ("Werkstudent Backstube (m/w/d)", "working_student"),
        ("Ausbildung zum Bäcker", "apprenticeship"),
        ("Volunteer Baker", "volunteer"),
    ],
)
def test_titles(title, primary):
    """The title names the type in several languages."""
    assert types(title=title)[0] == primary


@pytest.mark.parametrize(
    "title",
    [
        "Contract Manager",
        "Smart Contract Engineer",
        "Account Executive, B2B SaaS",
        "Internal Auditor",
        "International Buyer",
        "Internship Coordinator",
        "Volunteer Coordinator",
        "Stage Manager",
        "Client-Side Developer",
        "Physical Therapist (PT)",
        "CDD Analyst",
        "Temporary Works Engineer",
        "Casual Games Designer",
        "Bäcker – KEIN FREELANCE",
        "24h Support Agent",
    ],
)
def test_look_alikes_in_titles(title):
    """The work may be about contracts or interns without being one."""
    assert types(title=title) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bread first.\nJob type: Part-time\nPlace: Bergen", ["part_time"]),
        ("Employment Type:  Freelance", ["freelance"]),
        ("Job Type\nContract\nPlace\nBergen", ["contract"]),
        ("Anstellungsart: Vollzeit. Beginn: sofort", ["full_time"]),
        ("Dienstverband: Tijdelijk", ["temporary"]),
        ("Contratação: PJ", ["contract"]),
        ("This is a full-time position in Bergen.", ["full_time"]),
        ("This is a 9 month contract in Bergen.", ["contract"]),
        ("Du arbeitest in Teilzeit oder Vollzeit.", ["part_time", "full_time"]),
        ("Es erwartet dich ein unbefristeter Arbeitsvertrag.", ["full_time"]),
        ("Als Werkstudent backst du mit.", ["working_student"]),
        ("You read contract terms and lead contract negotiations.", []),
        ("Health insurance for all full-time employees.", []),
        ("Sixteen weeks of paid maternity leave.", []),
        ("Two internships are a good start.", []),
        ("Fresh seasonal ingredients, casual dress.", []),
        ("You know CDD and KYC rules.", []),
        ("You have finished an Ausbildung zum Bäcker.", []),
    ],
)
def test_descriptions(text, expected):
    """In a description only what speaks of this job counts."""
    assert types(text=text) == expected


def test_the_description_is_not_asked_when_the_field_speaks():
    """A board's own field is believed."""
    assert types("Full-time", text="This is a part-time position.") == ["full_time"]


def test_a_student_job_is_one_whatever_the_field_says():
    """A learner's title beats a board's plain field."""
    assert types("Full-time", "Working Student Ovens") == ["working_student", "full_time"]


def test_a_contract_in_the_title_beats_a_plain_field():
    """A contract that is named says more than "full time"."""
    assert types("Full-time", "Baker (6-month contract)") == ["contract", "full_time"]


def test_concluded_types_are_marked():
    """A contract without end is usually full time: concluded, not stated."""
    [label] = employment_types("CDI", "Baker")

    assert label.inferred
    assert types("CDI, temps partiel") == ["part_time"]


def test_evidence_stands_where_it_says():
    """A label shows the words, their field and place."""
    text = "Bread first.\nJob type: Part-time\n"
    [label] = employment_types("", "Baker", text)

    assert (label.evidence, label.field) == ("Part-time", "text")
    assert text[label.start :].startswith(label.evidence)


def test_the_step_fills_the_posting_or_leaves_it():
    """A posting without a type is returned as it is."""
    plain = Posting(
        source="demo", board="main", identifier="1", url="https://a.example", title="Baker"
    )
    filled = Posting(
        source="demo", board="main", identifier="1", url="https://a.example", title="Baker",
        employment_type_text="Full-time",
    )  # fmt: skip

    assert label_employment(plain) is plain
    assert [label.value for label in label_employment(filled).employment_type] == ["full_time"]


WORDS = st.sampled_from(
    ["full", "time", "part-time", "Contract", ":", "Job type", "\n", "intern", "Werkstudent",
     "20h", "no", "freelance", "(", ")", "/", "CDI", "İ", "befristet", "employment type:"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=14).map(" ".join))


@given(TEXTS, TEXTS, TEXTS)
def test_any_words(field, title, text):
    """Any words give types of the closed list, each once, with words that stand in place."""
    labels = employment_types(field, title, text)
    places = {"employment_type_text": field, "title": title, "text": text}

    assert len({label.value for label in labels}) == len(labels)
    for label in labels:
        assert label.value in TYPES
        assert places[label.field][label.start :].startswith(label.evidence)
