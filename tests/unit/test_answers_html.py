"""HTML of boards is read within bounds, whatever a tag holds."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jobtide.answers import MOST_ATTRIBUTES, parse_html


def attributes(count):
    return " ".join(f'a{number}="1"' for number in range(count))


@pytest.mark.parametrize(
    "tag",
    [
        f"<p {attributes(200_000)}>",
        f'<p b=">" {attributes(200_000)}>',
        "<p " + " ".join(f"a{number}" for number in range(200_000)) + ">",
        "<p " + "/".join(f"a{number}" for number in range(200_000)) + ">",
        f'<p " {attributes(200_000)}>',
    ],
    ids=["plain", "a bracket in a value", "without values", "parted by slashes", "a stray quote"],
)
def test_a_tag_of_many_attributes_is_refused_soon(tag):
    """libxml2 would compare each with all others; it is never asked."""
    start = time.process_time()
    with pytest.raises(ValueError, match="attributes"):
        parse_html(f"<div>{tag}words</div>")
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "markup",
    [
        f"<p {attributes(MOST_ATTRIBUTES // 2)}>words</p>",
        f"<img src='data:image/png;base64,{'A' * 500_000}'>words",
        f"<script>{'var a = 1; ' * 50_000}</script><p>words</p>",
        f"<p>{'words ' * 100_000}</p>",
    ],
    ids=["some attributes", "a picture in an address", "a long script", "a long text"],
)
def test_what_pages_of_people_hold_is_read(markup):
    """Long values, scripts and texts are no attack."""
    assert "words" in parse_html(markup).text_content()


@given(st.text(max_size=200))
def test_any_text_is_a_tree_or_an_error_that_is_known(text):
    """No other exception leaves it."""
    with suppress(ValueError, etree.LxmlError):
        parse_html(text)
