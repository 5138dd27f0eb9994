"""A title without its decoration: the words of the role, its places and its numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.dedupe.title import holds, role_of, same_but_for_a_slip


def words(title, company=""):
    return " ".join(role_of(title, company).words)


@pytest.mark.parametrize(
    "title",
    [
        "Data Engineer (m/w/d)", "[Remote] Data Engineer", "Data Engineer – Remote",
        "Data Engineer | 100% Remote", "DATA ENGINEER", "🚀 Data Engineer", "Data Engineer f/m/x",
        "Data Engineer - Contract", "Data Engineer (Remote, US)", "Data Engineer (Full-time)",
        "Data Engineer - 6 month contract", "URGENT: Data Engineer", "Data Eng.", "Data Engineers",
        "Data Engineer #4711", "Data Engineer (Ref. 4711)", "Job ID: 23799 - Data Engineer",
        "Data Engineer R-10", "Data Engineer (80-100%)", "Data Engineer $120k - $150k",
        "Data Engineer (they/she/he)", "Data Engineer (all genders)", "Remote Data Engineer",
        "Data Engineer - Work from home", "Data Engineer, Permanent", "Data Engineer (H/F)",
    ],
)  # fmt: skip
def test_decoration_falls_off(title):
    """Gender marks, work mode, contract words, emojis, numbers and pay name no role."""
    assert words(title) == "data engineer"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sr. Back-End Developer", "Senior Backend Dev"),
        ("Software Engineer II", "Software Engineer 2"),
        ("Software Engineer Ⅱ", "Software Engineer II"),
        ("Director of Product Design", "Director, Product Design"),
        ("Site Reliability Engineer (SRE)", "Site Reliability Engineer"),
        ("Machine Learning Engineer", "ML Engineer"),
        ("Entwickler*in Netze", "Entwickler (m/w/d) Netze"),
        ("Développeur(euse) Web H/F", "Développeur Web"),
        ("Head of R&D", "Head of R & D"),
        ("VP, Engineering", "Vice President Engineering"),
    ],
)
def test_spellings_of_one_title(one, other):
    """Short forms, hyphens, numerals and endings are spellings."""
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Software Engineer (8+ YOE)", "Software Engineer (2-8 YOE)"),
        ("Software Engineer", "Senior Software Engineer"),
        ("Software Engineer II", "Software Engineer III"),
        ("C Engineer", "C++ Engineer"),
        ("C# Engineer", "C++ Engineer"),
        ("Engineer, Payments", "Engineer, Growth"),
        ("Support Agent (German)", "Support Agent (French)"),
        ("Intern (Summer 2026)", "Intern (Summer 2027)"),
        ("Engineer, IT", "Engineer"),
        ("Contract Manager", "Manager"),
        ("Hybrid Cloud Engineer", "Cloud Engineer"),
        ("Sales Director - Northwest", "Sales Director - Southwest"),
    ],
)
def test_what_tells_two_roles_apart_stays(one, other):
    """Levels, teams, years, languages and technologies are no decoration, in brackets or not."""
    assert role_of(one).key != role_of(other).key


def test_places_are_taken_out_and_kept():
    """A part that names only places is one; the same title in two cities is one role."""
    paris, seoul = role_of("Field Engineer - Paris"), role_of("Field Engineer (Seoul)")

    assert paris.key == seoul.key == "engineer field"
    assert [spot.city for spot in (*paris.spots, *seoul.spots)] == ["Paris", "Seoul"]
    assert role_of("Nurse - Must Reside in Iowa").spots[0].subdivision == "US-IA"
    assert role_of("Counsel, EMEA").spots[0].region == "emea"


def test_numbers_of_the_vacancy_are_kept():
    """The number in a title is the vacancy's, wherever it stands."""
    assert role_of("Engineer (R-10)").numbers == ("R-10",)
    assert role_of("Job ID: 23799 - Engineer").numbers == ("23799",)
    assert role_of("Intern 2026").numbers == ()


def test_the_employer_in_a_title_is_left_out():
    """ "Lorne: Data Engineer at Lorne Inc." is a data engineer; another name stays."""
    assert words("Lorne: Data Engineer at Lorne Inc.", "lorne") == "data engineer"
    assert words("Data Engineer | Pell", "lorne") == "data engineer pell"


def test_a_slip_is_no_other_role():
    """One word with two letters exchanged is a slip; a figure or another word is not."""
    engineer = role_of("Data Engineer")

    assert same_but_for_a_slip(engineer, role_of("Data Enigneer"))
    assert same_but_for_a_slip(role_of("Senior Engineer"), role_of("Senoir Engineer"))
    assert not same_but_for_a_slip(engineer, role_of("Data Manager"))
    assert not same_but_for_a_slip(role_of("Senior Engineer"), role_of("Junior Engineer"))
    assert not same_but_for_a_slip(role_of("Engineer 10000"), role_of("Engineer 10001"))


def test_a_title_may_hold_another():
    """More words of the same level hold fewer; a further level does not."""
    assert holds(role_of("Data Engineer"), role_of("Data Engineer, Maps"))
    assert not holds(role_of("Data Engineer"), role_of("Senior Data Engineer"))
    assert not holds(role_of("Engineer"), role_of("Data Engineer"))


@given(st.text(max_size=80), st.sampled_from(("", "lorne")))
def test_any_title_has_a_role(title, company):
    """Whatever a board sends: no exception, and the key holds the words."""
    role = role_of(title, company)

    assert role.key == " ".join(sorted(role.words))
    assert set(role.levels) <= set(role.words)


@given(
    st.lists(st.sampled_from("Senior Data Engineer Sales Manager II Maps C++".split()), min_size=1)
)
def test_reading_a_role_again_changes_nothing(parts):
    """The words of a role are the words of the title they make."""
    once = role_of(" ".join(parts)).words

    assert role_of(" ".join(once)).words == once
