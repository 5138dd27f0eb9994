"""The language of a posting is told from its text, or not at all."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.classify.language import (
    _COMMON,
    LANGUAGES,
    _by_letters,
    _by_words,
    label_language,
    language,
)
from jobtide.model import Posting

SENTENCES = {
    "en": "We are a small team that builds tools for farmers, and we want you to help us grow.",
    "de": "Wir sind ein kleines Team, das Werkzeuge für Höfe baut, und suchen Verstärkung.",
    "fr": "Nous sommes une petite équipe qui fabrique des outils pour les fermes et recrutons.",
    "es": "Somos un equipo pequeño que construye herramientas para granjas y buscamos personal.",
    "pt": "Somos uma equipe pequena que constrói ferramentas para fazendas e buscamos você agora.",
    "nl": "Wij zijn een klein team dat gereedschap voor boeren bouwt en zoeken een collega.",
    "pl": "Jesteśmy małym zespołem, który tworzy narzędzia dla gospodarstw, i szukamy osoby.",
    "it": "Siamo un gruppo che costruisce strumenti per le fattorie e cerchiamo colleghi.",
    "sv": "Vi är ett litet team som bygger verktyg för gårdar och söker nu en ny kollega.",
    "ru": "Мы небольшая команда, которая делает инструменты для ферм, и ищем нового коллегу.",
    "ja": "私たちは農家のための道具を作る小さなチームで、新しい仲間を探しています。",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_tells_its_language(code):
    """One full sentence is enough in every language boards write in."""
    label = language("", SENTENCES[code])

    assert label is not None
    assert label.value == code
    assert label.field == "text"
    assert label.inferred


def test_a_title_alone_is_too_little():
    """A short title names products in no language: not stated."""
    assert language("Senior Software Engineer", "") is None
    assert language("", "") is None


def test_a_short_text_is_read_together_with_its_title():
    """What is too little apart may be enough together."""
    label = language(
        "Pflegehelfer für unsere Tagesklinik am Stadtrand gesucht", "Wir freuen uns auf dich."
    )

    assert label is not None
    assert (label.value, label.field) == ("de", "title")


def test_an_english_title_over_a_german_text_is_german():
    """The text decides, not the words of the trade."""
    label = language("Senior Frontend Engineer (m/w/d)", SENTENCES["de"])

    assert label is not None
    assert label.value == "de"


def test_a_list_of_names_is_in_no_language():
    """Names of tools are long enough to ask and leave the model unsure: not stated."""
    names = "Kubernetes Docker Terraform Ansible Prometheus Grafana Jenkins Helm Vault Consul"

    assert language("", names) is None


def test_numbers_and_signs_say_nothing():
    """A text without words has no language."""
    assert (
        language("", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25") is None
    )


def test_loading_and_asking_warns_of_nothing():
    """The model loads without a warning, also where warnings are errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        language("", SENTENCES["it"])


def test_the_step_fills_the_label_and_only_the_label():
    """`label_language` sets `language` and leaves the rest."""
    posting = Posting(
        source="s", board="b", identifier="1", url="", title="Vaktmester", text=SENTENCES["sv"]
    )

    labelled = label_language(posting)

    assert labelled.language is not None
    assert labelled.language.value == "sv"
    assert labelled.text == posting.text


@given(st.text(max_size=300), st.text(max_size=900))
def test_any_text_is_read_and_gives_a_known_language_or_none(title, text):
    """No text is too odd, and every answer is of the list."""
    label = language(title, text)

    assert label is None or label.value in LANGUAGES
    assert label == language(title, text)


LONG = {
    "en": SENTENCES["en"] + " You will work with the people who use it, and they tell you more.",
    "de": SENTENCES["de"] + " Du wirst mit uns für die Höfe arbeiten und bist nicht allein.",
    "fr": SENTENCES["fr"] + " Vous êtes dans une équipe avec nous, sur la route pour les fermes.",
    "es": SENTENCES["es"] + " Los equipos están en el campo y nuestros clientes también, como tú.",
    "pt": SENTENCES["pt"] + " Você não está só: nossas equipes são uma família em seu trabalho.",
    "nl": SENTENCES["nl"] + " Het is een baan voor jou bij ons, met wie wij ook naar buiten gaan.",
    "pl": SENTENCES["pl"]
    + " Praca jest dla osoby, która lubi ludzi oraz nie boi się pracy w nas.",
    "it": SENTENCES["it"]
    + " Il lavoro è nel cuore della città, con i nostri e alla luce del sole.",
}


@pytest.mark.parametrize("code", LONG)
def test_common_words_alone_tell_the_language_the_model_tells(code):
    """Where the common words decide, the model is spared and would say the same."""
    sample = LONG[code]

    assert _by_words(sample) == code
    assert _by_letters(sample) == code


@pytest.mark.parametrize(
    "sample",
    [
        "Kubernetes Docker Terraform Ansible Prometheus Grafana Jenkins Helm Vault Consul Nomad",
        "the and with the and with the and with the and with",  # three words, however often
        f"{LONG['en']} {LONG['de']}",
        SENTENCES["ru"] + " the and with you your our we are",
        "the and with you your our" + " Kubernetes" * 60,
        "",
    ],
)
def test_common_words_decide_nothing_where_they_are_few_or_mixed(sample):
    """Names, repetition, two languages, another script, few words in many: ask the model."""
    assert _by_words(sample) is None


def test_a_common_word_belongs_to_one_language():
    """A word in two lists would count for the last one alone."""
    words = [word for listed in _COMMON.values() for word in listed.split()]

    assert len(words) == len(set(words))
