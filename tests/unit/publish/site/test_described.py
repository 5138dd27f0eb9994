"""Descriptions on the page of a job: valid whatever they hold, and whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.markup import sanitise
from jobtide.publish.site.described import excerpt, whole
from tests.unit.publish.site.building import read

CASES = {
    "<h3>You</h3><p>Keep <b>tides</b>.</p>": "<h3>You</h3><p>Keep <b>tides</b>.</p>",
    "<h5>You</h5><p>Keep.</p>": "<h3>You</h3><p>Keep.</p>",
    "<p><strong>What you do</strong></p><ul><p>a</p><li>b</li></ul>": (
        "<h3>What you do</h3><ul><li><p>a</p></li><li>b</li></ul>"
    ),
    "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>": (
        "<ul><li>a</li><li><ul><li>b</li></ul></li><li>c</li></ul>"
    ),
    "<ul><li>a</li><br></ul>": "<ul><li>a</li></ul>",
    '<p><a href="https://x.example/100%">x</a></p>': (
        '<p><a href="https://x.example/100%25">x</a></p>'
    ),
    '<p><a href="https://x.example/?a=1&amp;b=2" rel="nofollow">x</a></p>': (
        '<p><a href="https://x.example/?a=1&amp;b=2" rel="nofollow">x</a></p>'
    ),
    '<p><a href="mailto:a@x.example">mail</a></p>': "<p>mail</p>",
    "Loose <b>words</b><ul><li>a</li></ul>": "Loose <b>words</b><ul><li>a</li></ul>",
}


@pytest.mark.parametrize("description", CASES)
def test_a_description_is_valid_and_below_our_headings(description):
    """Each case as it comes out."""
    assert whole(description) == CASES[description]


PIECES = st.lists(
    st.sampled_from(
        [
            *"<p> </p> <ul> </ul> <ol> </ol> <li> </li> <h3> </h3> <h5> </h5> <br>".split(),
            *"<strong> </strong> <em> </em> <table> <tr> <td> </td> </tr> </table>".split(),
            *"<pre> </pre> <blockquote> </blockquote> word &amp; more. &lt;b&gt;".split(),
            *('<a href="https://x.example/a b%">', '<a href="mailto:x">', "</a>"),
        ]
    ),
    max_size=24,
).map(" ".join)


@given(PIECES)
def test_any_description_is_valid(soup):
    """Whatever clean makes of any soup, the page is balanced and its lists hold items."""
    description = sanitise(soup)
    for made in (whole(description), excerpt(description, 30)):
        page = read(made.encode())
        assert not page.faults
        assert not page.open
        assert set(page.heads) <= {3}


@given(PIECES)
def test_no_word_is_lost(soup):
    """A whole description has every word it had."""
    description = sanitise(soup)
    words = re.findall(r"word|more", re.sub(r"<[^<>]*>", " ", description))

    assert re.findall(r"word|more", read(whole(description).encode()).text) == words
