"""Entities in plain fields are resolved, and nothing that only looks like one."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.entities import unescape, unescape_entities
from jobtide.model import Posting


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("R&amp;D Engineer", "R&D Engineer"),
        ("R&amp;amp;D Engineer", "R&D Engineer"),
        ("Caf&eacute; &#8211; Z&#xFC;rich", "Café – Zürich"),
        ("Women&#039;s Health &amp", "Women's Health &"),
        ("&lt;&lt;TITLE&gt;&gt", "<<TITLE>>"),
        ("Pell &nbsp;Co", "Pell \u00a0Co"),
    ],
)
def test_entities_are_resolved(text, right):
    """Escaped once or twice, by name or number, even without its last semicolon."""
    assert unescape(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "R&D",
        "AT&T",
        "Q&A, P&L, M&A",
        "B&Bs",
        "a&copyright",
        "x&notebook",
        "&unknown;",
        "Sales & Ops",
    ],
)
def test_ampersands_are_no_entities(text):
    """An ampersand between words stays, whatever follows it."""
    assert unescape(text) == text


@given(st.text(alphabet=st.sampled_from("ab &<>\"'é;#x38")), st.integers(0, 2))
def test_what_was_escaped_comes_back(text, times):
    """Escaping up to twice is undone, for any text that holds no entity itself."""
    if unescape(text) != text:
        return
    escaped = text
    for _ in range(times):
        escaped = html.escape(escaped)

    assert unescape(escaped) == text


@given(st.text())
def test_any_text_is_taken(text):
    """Any text can be read; what is resolved is at rest."""
    once = unescape(text)

    assert unescape(once) == once


def test_the_step_leaves_the_description():
    """The description is HTML and keeps its entities; every other text is resolved and noted."""
    posting = Posting(
        source="demo", board="main", identifier="1", url="https://a.example/?a=1&amp;b=2",
        title="R&amp;D", location_text="Trinidad &amp; Tobago", description="<p>R&amp;D</p>",
        occupational_category=("Sales &amp; Ops", "HR"),
    )  # fmt: skip

    mended = unescape_entities(posting)

    assert (mended.title, mended.location_text) == ("R&D", "Trinidad & Tobago")
    assert mended.occupational_category == ("Sales & Ops", "HR")
    assert mended.description == "<p>R&amp;D</p>"
    assert mended.mended == (
        "entities:title", "entities:location_text", "entities:occupational_category",
    )  # fmt: skip
