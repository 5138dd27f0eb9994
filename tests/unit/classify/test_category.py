"""The category follows from the trade, its subject and its head noun, in ten languages."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.classify.category import LABELS, categories, label_category
from jobtide.classify.category.title import read, unglue
from jobtide.classify.category.words import FILES, LANGUAGES, load
from jobtide.model import Posting


def primary(title, **more):
    return categories(title, **more)[0].value


@pytest.mark.parametrize(
    ("title", "label"),
    [
        # what the person does decides, not the employer's trade or product (rule 1)
        ("Accountant at a software firm", "finance"),
        ("Software Engineer, Payroll", "backend"),
        ("Recruiter, Engineering", "hr"),
        ("Teacher for nurses", "education"),
        ("Copywriter, Security Products", "writing"),
        # a functional head stays in the function (rule 2)
        ("Head of Marketing", "marketing"),
        ("QA Manager", "qa"),
        ("Finance Director", "finance"),
        ("Director, Product Management", "product"),
        ("Engineering Manager, Data", "management"),
        ("VP of Engineering", "management"),
        ("Chief Executive Officer", "management"),
        ("Director, Back-end Engineering", "management"),
        ("Frontend Lead", "frontend"),
        # a named specialty beats the generic title (rule 3)
        ("Backend Engineer (Data Platform)", "backend"),
        ("Data Engineer, Backend", "data"),
        ("ML Platform Engineer", "ml"),
        ("Security Software Engineer", "security"),
        ("Frontend Platform Engineer", "frontend"),
        ("Software Engineer, Frontend", "frontend"),
        ("Software Engineer - Infrastructure", "devops"),
        ("Software Engineer, Payments Infrastructure", "backend"),
        # a plain developer is backend (rule 4); both sides are full stack
        ("Software Engineer", "backend"),
        ("Developer", "backend"),
        ("React/Node.js Developer", "fullstack"),
        ("Laravel & Vue.js Engineer", "fullstack"),
        ("Python Developer and Tester", "backend"),
        ("Java Developer (Full Stack)", "fullstack"),
        ("Manager - Engineering Manager", "management"),
        ("Accountant | Engineering Manager", "management"),
        # junk is other (rule 5)
        ("NOW HIRING", "other"),
        ("General application", "other"),
        ("Sales Manager (Future Opportunities)", "sales"),
    ],
)
def test_the_rules_of_precedence(title, label):
    """Each rule of the guide holds on titles made for it."""
    assert primary(title) == label


@pytest.mark.parametrize(
    ("title", "labels"),
    [
        ("Sales Engineer", {"sales"}),
        ("Customer Success Engineer", {"support"}),
        ("Solutions Architect", {"sales"}),
        ("Data Center Technician", {"operations"}),
        ("Data Entry Clerk", {"other"}),
        ("Ad Rater", {"other"}),
        ("Design Engineer (Electrical)", {"other"}),
        ("Product Marketing Manager", {"marketing"}),
        ("Product Security Engineer", {"security"}),
        ("Product Engineer", {"fullstack", "backend"}),
        ("Growth Engineer", {"fullstack", "backend"}),
        ("Technical Recruiter, Security", {"hr"}),
        ("Legal Data Scientist", {"data", "ml"}),
        ("Clinical Data Manager", {"data", "healthcare"}),
        ("Developer Advocate", {"marketing"}),
        ("Payroll Clerk", {"hr", "finance"}),
        ("Revenue Operations Manager", {"sales", "operations"}),
        ("Chief of Staff", {"operations"}),
        ("Security Guard", {"other"}),
        ("Security Officer", {"other"}),
        ("Product Analyst", {"data"}),
        ("Sales Data Analyst", {"data"}),
        ("Nurse Recruiter", {"hr"}),
        ("Brand and Creative Designer", {"design"}),
        ("Marketing and Sales Manager", {"marketing"}),
        ("Cloud Security and DevOps Engineer", {"security"}),
        ("Systems Engineer Lead", {"devops"}),
        ("Systems Engineer, Communications", {"devops"}),
        ("Implementation Engineer", {"support"}),
        ("ASIC Implementation Engineer", {"other"}),
        ("AI-powered CRM: Account Executive", {"sales"}),
        ("AI-Native Software Engineer", {"backend"}),
        ("Physics Tutor - Remote | $85/hr", {"education"}),
    ],
)
def test_frequent_traps(title, labels):
    """Words that mean something else beside other words."""
    assert primary(title) in labels


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Softwareentwicklerin (m/w/d)", "backend"),
        ("Referent*in Öffentlichkeitsarbeit", "marketing"),
        ("Werkstudent:in im Einkauf", "operations"),
        ("Leiter Rechnungswesen", "finance"),
        ("Krankenpfleger", "healthcare"),
        ("Projektingenieur (m/w/d)", "other"),
        ("Développeur front-end", "frontend"),
        ("Chargée de recrutement", "hr"),
        ("Ingénieur(e) en intelligence artificielle", "ml"),
        ("Ejecutivo(a) de Ventas", "sales"),
        ("Ingeniero de datos", "data"),
        ("Abogado/a laboralista", "legal"),
        ("Analista de Suporte Técnico", "support"),
        ("Desenvolvedora Backend", "backend"),
        ("Professor de Robótica", "education"),
        ("Verpleegkundige nachtdienst", "healthcare"),
        ("Systeembeheerder", "devops"),
        ("Programista Java", "backend"),
        ("Specjalista ds. kadr i płac", "hr"),
        ("Addetto alle vendite", "sales"),
        ("Infermiere", "healthcare"),
        ("Redovisningsekonom", "finance"),
        ("Testare", "qa"),
        ("Программист Python", "backend"),
        ("Менеджер по продажам", "sales"),
    ],
)
def test_other_languages(title, label):
    """Compound words, both genders and "de" are read as their languages write them."""
    assert primary(title) == label


@pytest.mark.parametrize(
    ("title", "label", "parts"),
    [
        ("AnalistadeSuporte", "support", "Analista de Suporte"),
        ("CoordenadordeLogística", "operations", "Coordenador de Logística"),
        ("DesenvolvedorAngularSênior", "frontend", "Desenvolvedor Angular Sênior"),
    ],
)
def test_titles_that_lost_their_blanks(title, label, parts):
    """Known first words and capital letters say where the blanks were."""
    assert unglue(title) == parts
    assert primary(title) == label


@pytest.mark.parametrize(
    "title", ["JavaScript Developer", "PostgreSQL DBA", "iOS", "Kundenberater"]
)
def test_whole_words_are_not_taken_apart(title):
    """Brands and compounds keep their letters together."""
    assert unglue(title) == title


def test_tags_never_overrule_the_title():
    """What the board filed it under is a hint at most."""
    tags = ("Full-Stack Programming", "full-stack")

    assert primary("Counsel, Privacy", tags=tags) == "legal"
    assert primary("Payroll Specialist", occupational_category=("Design",)) == "hr"


def test_tags_fill_what_the_title_leaves_open_when_most_of_them_agree():
    """A bare head noun takes the board's department; tags of everything say nothing."""
    assert primary("Specialist", occupational_category=("Finance",)) == "finance"
    assert primary("Senior Associate", tags=("Legal",)) == "legal"
    noise = ("dev", "digital nomad", "medical", "design")
    assert categories("Acme Fruits", tags=noise)[0].rule == "category.none"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("At Fernhill we grow trees. We are looking for a data analyst to count them.", "data"),
        ("Wir suchen eine Buchhalterin, die gern allein arbeitet.", "finance"),
        ("Nous recherchons un juriste pour notre siège.", "legal"),
        ("Buscamos un enfermero con experiencia.", "healthcare"),
        ("As a copywriter you write our letters.", "writing"),
    ],
)
def test_the_first_sentences_fill_what_the_title_leaves_open(text, label):
    """What "we are looking for" names decides where the title names nothing."""
    found = categories("Associate (f/m/d)", text=text)[0]

    assert found.value == label
    assert (found.field, found.inferred) == ("text", True)
    assert text[found.start : found.start + len(found.evidence)] == found.evidence


def test_the_text_never_overrules_the_title():
    """A title that names its trade is not read again."""
    text = "We are looking for a nurse to join the hospitals that use our software."

    assert primary("Backend Engineer", text=text) == "backend"


def test_nothing_found_is_other_and_says_so():
    """No known word: "other", rule "category.none", inferred."""
    for title in ("", "Vroom!", "1234"):
        [label] = categories(title)
        assert (label.value, label.rule, label.inferred) == ("other", "category.none", True)


def test_a_plain_engineer_is_marked_as_inferred_and_a_named_one_is_not():
    """Backend by default is a conclusion; "Backend" in the title is a statement."""
    assert categories("Software Engineer")[0].inferred
    assert not categories("Backend Engineer")[0].inferred


def test_other_defensible_categories_follow():
    """What the other parts of a title say comes second, each label once, three at most."""
    found = [label.value for label in categories("Content Creator | Video Editor")]

    assert found == ["marketing", "design"]
    many = categories("Nurse | Teacher | Lawyer | Accountant | Electrician")
    assert len(many) == 3
    assert len({label.value for label in many}) == 3


def test_every_label_shows_the_words_that_support_it():
    """Evidence stands in its field at its position, as it was written there."""
    title = "  Sénior Ingénieur(e) Données – Équipe Ventes"

    for label in categories(title):
        assert title[label.start : label.start + len(label.evidence)] == label.evidence
        assert label.rule.startswith("category.title.")


def test_the_step_fills_category_and_the_others():
    """`label_category` reads title, tags, departments and text of the posting."""
    posting = Posting(
        source="s",
        board="b",
        identifier="1",
        url="",
        title="Associate",
        occupational_category=("Marketing",),
        text="A text.",
    )

    labelled = label_category(posting)

    assert labelled.category is not None
    assert labelled.category.value == "marketing"
    assert labelled.category.field == "occupational_category"
    assert label_category(labelled) == labelled


@given(
    st.text(max_size=400),
    st.lists(st.text(max_size=30), max_size=5),
    st.text(max_size=500),
)
def test_any_posting_has_a_category(title, tags, text):
    """No words are too odd: there is always a label, of the list, and always the same."""
    found = categories(title, tuple(tags), text)

    assert found
    assert {label.value for label in found} <= set(LABELS)
    assert found == categories(title, tuple(tags), text)


@given(st.sampled_from(sorted({e.text for e in load().entries if e.group.kind == "role"})))
def test_each_trade_is_found_where_it_stands_alone(text):
    """A listed trade alone in a title is known: it never ends as "nothing found"."""
    assert read(text).subjects or read(text).heads


def test_the_rules_give_reasons_and_use_the_labels():
    """Every group has a reason, a known kind and a label of the list; patterns are not bare."""
    folder = resources.files("jobtide.classify") / "rules"
    for name in FILES:
        for group in tomllib.loads((folder / f"category_{name}.toml").read_text("utf-8"))["group"]:
            assert len(group["reason"]) > 20, group["name"]
            assert group["kind"] in ("role", "field", "head", "noise"), group["name"]
            assert group["label"] in LABELS, group["name"]
            assert {"-", *LABELS} >= set(group.get("with", {}).values()), group["name"]
            assert any(group.get(language) for language in LANGUAGES), group["name"]
    assert all(e.text for e in load().entries)
    short = [e.text for e in load().entries if not (e.left and e.right) and len(e.text) < 4]
    assert sorted(short) == ["arc", "btp"] or len(short) < 12, short


def test_every_label_has_words_in_many_languages():
    """No label is left to English alone."""
    spoken = {label: set() for label in LABELS}
    folder = resources.files("jobtide.classify") / "rules"
    for name in FILES:
        for group in tomllib.loads((folder / f"category_{name}.toml").read_text("utf-8"))["group"]:
            spoken[group["label"]] |= {key for key in LANGUAGES if group.get(key)}
    few = {label for label, languages in spoken.items() if len(languages) < 6}
    assert few <= {"fullstack"}, few
