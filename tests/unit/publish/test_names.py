"""File names are safe everywhere and never shared."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.publish.names import slug, unique


@given(st.text())
def test_any_text_gives_a_safe_name(text):
    """A slug is [a-z0-9-], not empty, not a device, short, and starts with no dash."""
    for name in (slug(text), slug(text, "key")):
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", name)
        assert len(name) <= 96
        assert name not in ("con", "nul", "aux", "prn", "readme", "index")


@given(st.lists(st.text()))
def test_names_are_never_shared(texts):
    """Many texts, even equal ones, get as many names."""
    assert len(texts) == len(set(unique(texts)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("backend", "backend"),
        ("C++ / Rust", "cpp-rust"),
        ("C#", "c-sharp"),
        (".NET", "dotnet"),
        ("../../.github/x", "github-x"),
        ("-rf", "rf"),
    ],
)
def test_known_names(text, expected):
    """A name is what a person would type."""
    assert expected == slug(text)


def test_the_key_tells_same_texts_apart():
    """Two companies of one name have two files when their keys differ."""
    assert slug("Acme", "a") != slug("Acme", "b")
    assert slug("Acme", "a") == slug("Acme", "a")
