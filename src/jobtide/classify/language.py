"""In which language a posting is written, from the first sentences of its text."""

from functools import cache
from typing import Any

from msgspec.structs import replace

from jobtide.model import Label, Posting
from jobtide.text import remembered, squeeze

#: ISO 639-1. Postings in other languages are not expected, and each more language is one more to
#: be mistaken for: with all 97 of the model "Senior Software Engineer" is Igbo.
LANGUAGES = tuple(
    """
    en de fr es pt nl pl it sv da no fi cs sk hu ro bg el hr sl et lv lt uk ru tr ar he ja zh ko
    id vi th hi ca
    """.split()
)
#: Characters read: more changes no answer on recorded postings and costs time.
_READ = 400
#: Below this many characters a product name or two decide; measured on cuts of recorded postings.
_LEAST = 70
#: One sign of Chinese, Japanese or Korean is a syllable or a word: fewer say as much.
_LEAST_DENSE = 20
_LEAST_SURE = 0.9
#: Common words of the languages most postings are written in, each in one list only and, where it
#: is also a word of another language above ("is", "der", "du"), never enough by itself. Nine of
#: ten postings end here, at a tenth of the model's cost, with the model's answer.
_COMMON = {
    "en": """the and with you your our we are this that from their have has who which they these
        how about through its can be of for is to at by an on as will or it more what all if not
        but than""",
    "de": """und wir mit für ist eine einen einem einer eines auf sich auch dich dir deine deiner
        unser unsere unseren unserer ihre oder zum zur dem bei sind nicht werden wird haben uns
        durch sowie im ein von der die das den des zu""",
    "fr": """vous nous pour dans une avec votre notre aux vos sont cette chez êtes plus sur au qui
        et les leur ses nos la le""",
    "es": """los las y más nuestro nuestra nuestros nuestras está también sus el estamos como
        experiencia empresa equipo trabajo desarrollo nivel clientes""",
    "pt": """uma você não são nossa nosso nossos nossas em seu sua pela pelo também é às à com um
        nós ao dos no
        experiência equipe trabalho desenvolvimento conhecimento mais área""",
    "nl": """het een voor wij zijn onze bij naar ook aan niet deze wordt jou jouw met jij ons van
        op""",
    "pl": """w z się jest oraz dla że lub przez są nas pracy naszych naszego nasz i""",
    "it": """il di che della gli nostro nostra è sono alla nel dei delle più anche per""",
    "sv": """och är för vår våra inte från också att""",
}
_LANGUAGE_OF = {word: code for code, words in _COMMON.items() for word in words.split()}
#: So many different ones, so much of the text, and so few of other languages beside them: on
#: 1,900 recorded beginnings the answer is then always the model's.
_COMMON_WORDS = 5
_COMMON_SHARE = 0.12
_OTHERS_SHARE = 0.33
#: Characters in which common words are looked for when those of the sample decide nothing.
_READ_FOR_WORDS = 1000
#: Bytes of UTF-8 a letter at most, where the letters are Latin: above, the words say nothing.
_LATIN_BYTES = 1.3


def language(title: str, text: str) -> Label | None:
    """Return the language (ISO 639-1) of title and text; None when there is too little to tell."""
    field, (sample, value) = "text", _of_text(text)
    if len(sample) < _least(sample):
        field, sample = "title", squeeze(f"{title}. {sample}")[:_READ]
        if len(sample) < _least(sample):
            return None
        value = _by_words(sample) or _by_letters(sample)
    if value is None:
        return None
    evidence = sample[:_LEAST] if field == "text" else title
    return Label(value=value, rule="language.text", evidence=evidence, field=field, inferred=True)


@remembered
def _of_text(text: str) -> tuple[str, str | None]:
    """Return the first sentences of a text, and the language they are in if they are enough."""
    sample = squeeze(text[: _READ + 50])[:_READ]
    if len(sample) < _READ:
        sample = squeeze(text[: 2 * _READ])[:_READ]
    if len(sample) < _least(sample):
        return sample, None
    value = _by_words(sample)
    if value is None and len(text) > _READ:
        value = _by_words(text[:_READ_FOR_WORDS])
    return sample, value or _by_letters(sample)


def label_language(posting: Posting) -> Posting:
    """Step: fill `language`."""
    return replace(posting, language=language(posting.title, posting.text))


def _least(text: str) -> int:
    if len(text) >= _LEAST or text.isascii():
        return _LEAST
    dense = sum(letter > "\u3000" for letter in text)
    return _LEAST_DENSE if dense * 2 > len(text) else _LEAST


def _by_words(sample: str) -> str | None:
    """Return the language whose common words are in the sample; None when that is not plain."""
    if len(sample.encode("utf-8", "replace")) > _LATIN_BYTES * len(sample):
        return None
    words = sample.lower().split()
    known = [word for word in words if word in _LANGUAGE_OF]
    if not known or len(known) < _COMMON_SHARE * len(words):
        return None
    codes = [_LANGUAGE_OF[word] for word in known]
    code = max(set(codes), key=codes.count)
    count = codes.count(code)
    if count < _COMMON_SHARE * len(words) or len(known) - count > _OTHERS_SHARE * count:
        return None
    different = {word for word in known if _LANGUAGE_OF[word] == code}
    return code if len(different) >= _COMMON_WORDS else None


def _by_letters(sample: str) -> str | None:
    """Ask the model; None when it is not sure."""
    value, sure = _identifier().classify(sample)
    return str(value) if sure >= _LEAST_SURE else None


@cache
def _identifier() -> Any:  # noqa: ANN401 - the library is untyped
    """Load the model once, when it is first needed: 4 MB, 0.2 s."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
