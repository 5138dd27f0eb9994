"""In which language a posting is written, from the first sentences of its text."""

from functools import cache
from typing import Any

from msgspec.structs import replace

from jobtide.model import Label, Posting
from jobtide.text import squeeze

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
#: Words that make a text English at first sight and are words of no other language listed above;
#: nine postings of ten end here, at a tenth of the model's cost.
_ENGLISH = frozenset(
    """
    the and with you your our we are will this that from their have has who be which they these
    is of to for as by on at or an it more how what than about through not all
    """.split()
)
_ENGLISH_WORDS = 9
_ENGLISH_SHARE = 0.22


def language(title: str, text: str) -> Label | None:
    """Return the language (ISO 639-1) of title and text; None when there is too little to tell."""
    field, sample = "text", squeeze(text[: 2 * _READ])[:_READ]
    if len(sample) < _least(sample):
        field, sample = "title", squeeze(f"{title}. {sample}")[:_READ]
        if len(sample) < _least(sample):
            return None
    value = "en" if _is_english(sample) else _by_letters(sample)
    if value is None:
        return None
    evidence = sample[:_LEAST] if field == "text" else title
    return Label(value=value, rule="language.text", evidence=evidence, field=field, inferred=True)


def label_language(posting: Posting) -> Posting:
    """Step: fill `language`."""
    return replace(posting, language=language(posting.title, posting.text))


def _least(text: str) -> int:
    if text.isascii():
        return _LEAST
    dense = sum(letter > "\u3000" for letter in text)
    return _LEAST_DENSE if dense * 2 > len(text) else _LEAST


def _is_english(sample: str) -> bool:
    words = sample.lower().split()
    known = [word for word in words if word in _ENGLISH]
    return len(set(known)) >= _ENGLISH_WORDS and len(known) >= _ENGLISH_SHARE * len(words)


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
