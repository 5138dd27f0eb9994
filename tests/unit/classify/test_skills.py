"""Skills are named by words that can mean nothing else, or that have company."""

import time
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.classify.skills import MOST, label_skills, skills
from jobtide.classify.skills.vocabulary import load, plain, spelling
from jobtide.model import Label, Posting


def names(title="Engineer", tags=(), text="", category=None):
    return [label.value for label in skills(title, tags, text, category)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We write C, C++ and C#.", ["c", "c++", "c#"]),
        ("The service runs on .NET (not Java).", [".net", "java"]),
        ("Node.js/Next.js, then Nuxt.", ["node.js", "next.js", "nuxt"]),
        ("Models in Python, R or SAS.", ["python", "r", "sas"]),
        ("You know Go, Rust or Zig.", ["go", "rust", "zig"]),
        ("CI/CD with GitHub Actions", ["ci/cd", "github actions"]),
        ("Kenntnisse in Excel und SAP sind nötig.", ["excel", "sap"]),
        ("Experience with Spring is a plus.", ["spring"]),
        ("Spark jobs and Apache Spark clusters", ["spark"]),
        ("PostgreSQL; Postgres; psql", ["postgresql"]),
        ("Swift, Kotlin", ["swift", "kotlin"]),
        ("Strong JavaScript skills.", ["javascript"]),
        ("TypeScript.", ["typescript"]),
    ],
)
def test_names_of_skills_are_found_as_they_are_written(text, expected):
    """Signs, dots and slashes belong to names; the end of a sentence does not."""
    assert sorted(names(text=text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Waiters must react to guests.",
        "React calmly when a guest complains.",
        "You excel at service and go the extra mile.",
        "We go live in spring, swift and sharp.",
        "A spark of humour, a ruby ring, a dart board, a salt cellar.",
        "Our chef likes puppet theatre. The word is out. Access is granted.",
        "Vitamin C and class R licences.",
        "Javanese dancers, goblins and exceltation.",
        "Au vue de tous, un tableau de bord.",
        "Sem experiência? Não faz mal.",
        "Rust never sleeps. Swift replies win.",
    ],
)
def test_words_of_the_language_are_no_skills(text):
    """Verbs, seasons and cooks are not technologies."""
    assert names("Waiter", text=text) == []


def test_a_sentence_after_a_list_of_skills_is_not_part_of_it():
    """An item that goes on ("Go the extra mile") is a sentence, not a skill."""
    assert names(text="Python\nGo the extra mile\nSQL") == ["python", "sql"]


def test_two_doubtful_words_in_a_list_vouch_for_each_other():
    """ "Word, Outlook" is software; "Word has it" is not."""
    assert sorted(names(text="You use Word, Outlook.")) == ["outlook", "word"]
    assert names(text="Word has it that we pay well") == []


def test_the_title_of_a_technical_trade_vouches_for_its_words():
    """ "React Developer" names React; "React Team Host" does not."""
    assert names("React Developer") == ["react"]
    assert names("React Team Host") == []


def test_a_lone_letter_in_a_title_is_a_grade():
    """ "(C)" behind a title is no language unless the trade is programming."""
    assert names("Online Analyst, French Language (C)") == []
    assert names("C Programmer") == ["c"]


def test_the_title_outranks_tags_and_tags_outrank_the_text():
    """Strength: title, then the board's tags, then the text by number of mentions."""
    found = names("Django Developer", ("redis",), "Docker. Kafka, Kafka, Kafka.")

    assert found == ["django", "redis", "kafka", "docker"]


def test_what_is_asked_for_outranks_what_the_employer_praises():
    """Under "Requirements" a skill weighs more than under "About us"."""
    text = "About us\nWe run on Kubernetes.\n\nRequirements:\n- Terraform\n\nBenefits\n- A gym"

    assert names(text=text) == ["terraform", "kubernetes"]


def test_the_employers_stack_is_no_demand_on_a_cook():
    """Outside technical work code must be asked for, not only mentioned."""
    text = "Our app is built with Python and React Native."

    assert names("Cook", text=text, category="other") == []
    assert names("Backend Engineer", text=text, category="backend") == ["python", "react native"]
    asked = "Experience with SQL and Tableau."
    assert "sql" in names("Controller", text=asked, category="finance")


def test_tools_of_other_trades_are_found_too():
    """Bookkeepers, nurses and designers have tools of their own."""
    found = names("Bookkeeper", text="QuickBooks, Xero, month-end close", category="finance")

    assert found == ["quickbooks", "xero", "month-end close"]


def test_a_tag_is_a_whole_skill_or_none():
    """The board's tag "react" is a skill; its tag "react quickly" is not."""
    assert names("Host", ("React", "react quickly", "golang")) == ["react", "go"]


def test_every_label_shows_where_its_words_stand():
    """The evidence is the text at its position, as written."""
    text = "Wir nutzen TypeScript – und PostgreSQL."

    for label in skills("", (), text):
        assert isinstance(label, Label)
        assert text[label.start : label.start + len(label.evidence)] == label.evidence


def test_at_most_thirty_skills_are_kept():
    """A list of keywords is cut to the strongest."""
    text = ", ".join(list(load().spellings)[:200])

    assert len(skills("", (), text)) == MOST


def test_the_step_reads_the_category():
    """`label_skills` weighs by the posting's category."""
    posting = Posting(
        source="s",
        board="b",
        identifier="1",
        url="",
        title="Cook",
        text="Our app is built with Python.",
        category=Label(value="other", rule="x"),
    )

    assert label_skills(posting).skills == ()


def test_the_vocabulary_is_large_and_says_where_it_is_from():
    """At least 600 names, each once, every group with its source."""
    file = resources.files("jobtide.classify") / "rules" / "skills.toml"
    groups = tomllib.loads(file.read_text("utf-8"))["group"]
    names_ = [
        line.partition(":")[0].partition("[")[0].strip()
        for group in groups
        for line in group["words"].strip().splitlines()
    ]

    assert len(names_) >= 600
    assert len(names_) == len(set(names_))
    assert all(group["source"] for group in groups)
    assert all(group["kind"] in ("code", "tool", "method") for group in groups)


def test_every_name_finds_itself_as_a_tag():
    """No spelling is lost to another skill: each name, as a tag, gives that skill."""
    wrong = {
        word.skill: names("", (word.skill,))
        for word in load().words
        if word.skill and names("", (word.skill,)) != [word.skill]
    }

    assert wrong == {}


def test_case_accents_and_marks_do_not_count():
    """ "CI/CD" is "ci cd", letter for letter."""
    text = "CI/CD, Führerschein!"

    assert len(plain(text)) == len(text)
    assert spelling(text) == "ci cd fuhrerschein"


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=4), st.text(max_size=600))
def test_any_text_is_read(title, tags, text):
    """No text is too odd; evidence always stands where it is said to stand."""
    for label in skills(title, tuple(tags), text):
        field = {"title": title, "text": text}.get(label.field)
        if field is not None:
            assert field[label.start : label.start + len(label.evidence)] == label.evidence


def test_long_texts_cost_little():
    """Five thousand characters take well under a millisecond (aim: an eighth of one)."""
    text = "We build things with Python, Go and Kubernetes for people. " * 85
    skills("", (), text)

    started = time.process_time()
    for _ in range(50):
        skills("", (), text)

    assert (time.process_time() - started) / 50 < 0.001
