"""The words of `mended` are a closed list, and each is noted once."""

import re
from pathlib import Path

from jobtide.clean.mended import LIST_FIELDS, TEXT_FIELDS, URL_FIELDS, WORDS, mend
from jobtide.model import Posting

ROOT = Path(__file__).resolve().parents[3]
CLEAN = ROOT / "src" / "jobtide" / "clean"


def posting():
    """Return a posting."""
    return Posting(
        source="demo", board="main", identifier="1", url="https://a.example/1", title="Cook",
        mended=("pixel",),
    )  # fmt: skip


def test_a_word_is_noted_once():
    """What was noted before is not noted again, and repetitions count once."""
    mended = mend(posting(), ["pixel", "title", "title"], {"title": "Chef"})

    assert (mended.title, mended.mended) == ("Chef", ("pixel", "title"))


def test_nothing_changed_is_the_same_posting():
    """Without changes no word is noted and no copy is made."""
    same = posting()

    assert mend(same, ["title"], {}) is same


def test_the_fields_exist():
    """Every field named is a field of a posting."""
    assert {*TEXT_FIELDS, *LIST_FIELDS, *URL_FIELDS} <= set(Posting.__struct_fields__)


def test_every_word_in_use_is_in_the_list():
    """Steps note only words that are documented."""
    used = set()
    for module in CLEAN.glob("*.py"):
        source = module.read_text(encoding="utf-8")
        used.update(re.findall(r'mend\(posting, \["(\w+)"\]', source))
        used.update(re.findall(r'words\.append\("(\w+)"\)', source))

    assert {"title", "pixel", "antibot", "escaped", "tags", "dates"} <= used
    assert used <= set(WORDS)


def test_the_page_explains_every_word_and_reason():
    """What is mended and what is refused stands in the explanation."""
    page = (ROOT / "docs" / "explanation" / "cleaning.md").read_text(encoding="utf-8")

    for word in WORDS:
        assert f"`{word.partition(':')[0]}" in page, word
    for reason in ("no_url", "no_title", "template_title", "not_a_job"):
        assert f"`{reason}`" in page
