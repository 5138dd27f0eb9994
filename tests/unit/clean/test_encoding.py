"""Broken encoding is undone; correct text of every language is left alone."""

import pytest
from babel import Locale, localedata
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.controls import CP1252, strip_controls
from jobtide.clean.encoding import repair, repair_encoding
from jobtide.model import Posting

#: One spelling of each kind: typography, accents, two-byte and three-byte scripts, emoji, blanks.
TEXTS = [
    "Café", "We’re hiring – remote", "“Quoted” … • ™ €", "ÉQUIPE\u00a0MET", "Montréal, Québec",
    "São Paulo", "zażółć gęślą jaźń", "Łódź, Polska", "příliš žluťoučký kůň", "İstanbul, Türkiye",
    "București, Româńia", "știință și țară", "Kiến trúc sư phần mềm", "Hà Nội", "Привет, мир",
    "Καλημέρα κόσμε", "مهندس برمجيات", "שלום עולם", "软件工程师（远程）", "ソフトウェアエンジニア",
    "소프트웨어 엔지니어", "वरिष्ठ अभियंता", "วิศวกรซอฟต์แวร์", "🚀 Hiring 👩‍💻", "🇩🇪 Köln",
    "cœur", "naïve façade", "Straße", "Malmö", "ÅRHUS", "5 € – 10 €", "C++ → Rust ✓ ★ ■",
]  # fmt: skip


def latin1(text):
    """Return UTF-8 read as Latin-1."""
    return text.encode().decode("latin-1")


def sloppy(text):
    """Return UTF-8 read as windows-1252, its five holes as Latin-1, as browsers do."""
    return "".join(CP1252.get(byte, chr(byte)) for byte in text.encode())


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("broken", [latin1, sloppy])
def test_one_and_two_layers_are_undone(text, broken):
    """UTF-8 read as Latin-1 or windows-1252, once or twice, comes back as it was."""
    assert repair(broken(text)) == text
    assert repair(broken(broken(text))) == text


@pytest.mark.parametrize("text", TEXTS)
def test_correct_text_is_left_alone(text):
    """What is not broken comes out unchanged."""
    assert repair(text) == text


def test_layers_of_both_kinds_are_undone():
    """A text broken once as Latin-1 and once as windows-1252 comes back."""
    assert repair(sloppy(latin1("We’re at Café Zürich"))) == "We’re at Café Zürich"
    assert repair(latin1(sloppy("We’re at Café Zürich"))) == "We’re at Café Zürich"


def test_a_lost_sign_under_a_broken_layer_is_read():
    """What a layer gives back may itself hold a lone letter."""
    assert repair(latin1("Weâre")) == "We’re"


def test_both_kinds_in_one_text_are_undone():
    """One text may hold a part broken as Latin-1 and a part broken as windows-1252."""
    broken = latin1("we’re") + " – " + sloppy("they’re “good”")

    assert repair(broken) == "we’re – they’re “good”"


def test_only_the_broken_part_is_touched():
    """Correct letters beside a broken part stay."""
    assert repair("Château – " + latin1("Café’s 🚀") + " – Łódź 中文") == (
        "Château – Café’s 🚀 – Łódź 中文"
    )


def test_invisible_halves_are_part_of_the_sequence():
    """A no-break space and a next-line can be the second half of a letter."""
    assert repair("\u00c3\u00a0 la carte") == "à la carte"
    assert repair("R\u00c3\u0085DGIVARE") == "RÅDGIVARE"


def test_a_closing_quote_without_its_last_byte_is_known():
    """ "â€" alone is a closing quote: windows-1252 has nothing at 0x9D, so it is often lost."""
    assert repair("â€œHiâ€ there") == "“Hi” there"


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("Weâre hiring", "We’re hiring"),
        ("youâll love it", "you’ll love it"),
        ("Iâm in, Iâd say", "I’m in, I’d say"),
        ("Northwindâs platform", "Northwind’s platform"),
        ("donât, wonât, isnât", "don’t, won’t, isn’t"),
        ("they could, and theyâve done", "they could, and they’ve done"),
        ("3â5 years", "3–5 years"),
        ("We build tools â and you ship them", "We build tools – and you ship them"),
        ("We call it âDeep Workâ, and you can too", "We call it “Deep Work”, and you can too"),
        ("Weâre people who say whyâthen do it", "We’re people who say why—then do it"),
        ("We value calm.â he said", "We value calm.” he said"),
        ("Perks:<br>â¢ Laptop for you", "Perks:<br>• Laptop for you"),
        ("and moreâ¦", "and more…"),
        ("Next steps.Â </p>", "Next steps. </p>"),
        ("about theÂ  team", "about the  team"),
        ("We love customersâ ideas", "We love customers’ ideas"),
    ],
)
def test_signs_of_which_only_a_letter_is_left(broken, right):
    """Where the invisible bytes were lost, a lone â or Â is read from its place."""
    assert repair(broken) == right


@pytest.mark.parametrize(
    "text",
    [
        "château, âge, mât, grâce, hâve, dégât, théâtre, Âge d’or",
        "română, când, sfânt, râs, surâs, hotărât, România",
        "importância, câmbio, ângulo, âncora, São Lourenço da Mâta",
        "hâlâ, kâğıt, mahkûm, lâzım, İslâm",
        "Swyddog â chyfrifoldeb yn y Gogledd, gyda thâl",
        "Trần Văn Hân, cân bằng, tâm lý",
        "« déjà vu », à la carte… VOILÀ\u00a0! SOCIÉTÉ\u00a0: «\u00a0l’été\u00a0»",
        "SÃO PAULO, “MAÇÔ, «IRMû, AMANHÃ\u00a0»",
        "TYÖPÄIVÄ”, “SMÅ”, ÆØÅ, Å…",
        "Übergröße „Ärzte“, ÄÖÜ, Weißwurst®, Größe™",
        "R&D – 5 µm ± 2 °C, ½ day, ©2026, §7, ¿Qué? ¡Sí!",
        "Þór, Ðað, Ísland, æði",
    ],
)
def test_words_with_circumflex_and_typography_stay(text):
    """â, Â, Ã and signs are letters and signs where a language writes them so."""
    assert repair(text) == text


def words_of_all_languages():
    """Return the names of languages, countries and months that CLDR has, in 700 locales."""
    words = set()
    for identifier in localedata.locale_identifiers():
        locale = Locale.parse(identifier)
        for names in (locale.languages, locale.territories):
            words.update(str(name) for name in names.values())
    return sorted(word for word in words if not word.isascii())


def test_the_words_of_all_languages_stay_and_come_back():
    """Of 70,000 words in 700 locales, in usual punctuation, none is touched; 97 % come back."""
    words = words_of_all_languages()
    frames = ("{}", "«\u00a0{}\u00a0»", "“{}”", "„{}“", "{}…", "{}’s", "{} : {}\u00a0!", "{}™")

    touched = [
        text
        for word in words
        for frame in frames
        if repair(text := frame.replace("{}", word)) != text
    ]
    lost = [word for word in words if repair(latin1(word)) != word]

    assert len(words) > 50_000
    assert touched == []
    assert len(lost) < len(words) * 0.03


@given(st.text())
def test_any_text_is_taken_and_once_is_enough(text):
    """Repairing never fails, and repairing again changes nothing."""
    once = repair(text)

    assert repair(once) == once


@given(st.text(alphabet=st.sampled_from("âÂÃã€™œ’“”\u00a0\u0085\u0099\u009d ¢s tre.,Iabð\x80Ÿ")))
def test_any_heap_of_broken_pieces_is_taken(text):
    """Pieces of sequences in any order never fail, and come to rest."""
    for _ in range(12):
        before, text = text, repair(text)

    assert text == before


@given(st.text(alphabet=st.characters(max_codepoint=0x17F, exclude_categories=("Cc", "Cs"))))
def test_every_text_in_latin_letters_comes_back_from_a_visible_break(text):
    """With one sure sign in it, a text broken as a whole comes back whole."""
    whole = f"“{text}’"

    assert repair(latin1(whole)) in (whole, repair(whole))


def test_invisible_characters_go():
    """NUL, controls, surrogates, marks of direction, zero-width blanks and BOM are taken out."""
    dirty = "\ufeffa\x00b\x1f\x7fc\u200bd\u202ee\u2066f\ud800g\u2060\u00adh"

    assert strip_controls(dirty) == "abcdefgh"


def test_joiners_that_scripts_need_stay():
    """Persian needs U+200C, joined emoji and Hindi need U+200D."""
    for text in ("می‌خواهم", "👩‍💻", "क्‍ष"):
        assert strip_controls(text) == text


def test_c1_controls_mean_what_windows_means():
    """A windows-1252 text read as Latin-1 gets its quotes and dashes."""
    assert strip_controls("it\x92s 3\x965 years \x85") == "it’s 3–5 years \n"


@given(st.text())
def test_what_is_left_can_be_stored(text):
    """Nothing is left that a database refuses: the text encodes, and holds no NUL."""
    clean = strip_controls(text)

    assert "\x00" not in clean
    assert clean.encode().decode() == clean
    assert strip_controls(clean) == clean


def test_the_step_names_what_it_mended_once():
    """Every field is repaired before controls go, and noted with its name."""
    posting = Posting(
        source="demo", board="main", identifier="1", url="https://a.example/1\u200b",
        title=latin1("Développeur"), hiring_organization="Plain",
        description="<p>" + latin1("l’équipe") + "\x00</p>", tags=("ok", latin1("café")),
    )  # fmt: skip

    mended = repair_encoding(posting)

    assert mended.title == "Développeur"
    assert mended.description == "<p>l’équipe</p>"
    assert mended.tags == ("ok", "café")
    assert mended.url == "https://a.example/1"
    assert set(mended.mended) == {
        "encoding:title", "encoding:description", "encoding:tags", "control:description",
        "control:url",
    }  # fmt: skip
    assert repair_encoding(mended) == mended
