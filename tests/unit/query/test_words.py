"""Where a word begins and ends, in a query as in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.query.words import TEXT_CHARACTERS, WORD_CHARACTERS, cut, says, words_of
from tests.unit.openings import label, opening


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C++, C# and F#.", ["c++", "c#", "and", "f#"]),
        ("C++17", ["c++", "17"]),
        (".NET/ASP.NET", [".net", "asp", ".net"]),
        ("mail us at work@firm.net", ["mail", "us", "at", "work", "firm", "net"]),
        ("Node.js; Vue.JS!", ["node.js", "vue.js"]),
        ("ends here.Then goes on", ["ends", "here", "then", "goes", "on"]),
        ("back-end, R&D, CI/CD", ["back", "end", "r", "d", "ci", "cd"]),
        ("#1 in #hiring a#b", ["1", "in", "hiring", "a", "b"]),
        ("snake_case 10+ x+y", ["snake", "case", "10", "x", "y"]),
        ("Zürich Straße ﬁx", ["zurich", "strasse", "fix"]),
        ("東京でPython", ["東", "京", "て", "python"]),
        ("a\x01b \x02", ["a", "b"]),
        ("...", []),
    ],
)
def test_words_are_cut_at_signs_save_in_the_names_of_tools(text, words):
    """One line a rule; what is cut alike in a query and a text is found."""
    assert list(cut(text)) == words


@given(st.text())
def test_words_cut_again_are_the_same(text):
    """Any text gives words, none empty or with a blank; cut again they stay what they are."""
    words = cut(text)

    assert cut(" ".join(words)) == words
    assert all(
        word and not word.isspace() and '"' not in word and "=" not in word for word in words
    )


@given(st.text(alphabet="abc+#.js net_é東"))
def test_the_quick_way_cuts_like_the_slow_one(text):
    """A text of plain letters is cut as beside a foreign one."""
    assert cut(f"{text} 東") == (*cut(text), "東")


def test_very_long_words_and_texts_are_cut_off():
    """A hostile posting costs no more than twice the longest honest one."""
    made = opening(text="x" * (WORD_CHARACTERS + 5) + " y" * TEXT_CHARACTERS).posting

    words = words_of(made).text
    assert words[0] == "x" * WORD_CHARACTERS
    assert len(words) <= TEXT_CHARACTERS / 2


def test_no_phrase_reaches_from_one_tag_into_the_next():
    """Tags are a list, no sentence; the place line is behind them."""
    made = opening(
        tags=("data", "engineer"), skills=(label("data"), label("go")), location_text="Berlin"
    ).posting

    more = words_of(made).more
    assert more == ("data", "=", "engineer", "=", "go", "=", "berlin")
    assert not says(cut("data engineer"), more)
    assert says(cut("berlin"), more)


@given(
    st.lists(st.sampled_from("abc"), max_size=6),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3),
)
def test_a_phrase_stands_in_a_row(words, wanted):
    """A phrase is found exactly where its words follow each other."""
    places = range(len(words) - len(wanted) + 1)
    expected = any(words[at : at + len(wanted)] == wanted for at in places)

    assert says(tuple(wanted), tuple(words)) is expected
