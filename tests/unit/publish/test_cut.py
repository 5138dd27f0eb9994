"""Descriptions are cut at a sentence, balanced, and hold only elements we write."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from jobtide.publish.cut import cut_html
from jobtide.publish.cut.settled import cut_settled
from jobtide.publish.cut.writer import cut_any
from jobtide.publish.markdown import BREAK

ALLOWED = {"p", "ul", "ol", "li", "strong", "em", "code", "pre", "a", "br", "blockquote"}
TAGS = sorted(
    ALLOWED | {"div", "span", "h2", "table", "td", "tr", "script", "img", "details", "x"}
)
PIECES = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            ["Words. ", " and more", "\n\n", "&amp;", "&lt;b&gt;", "<", "a@b.co", " "]
        ),
        st.text(max_size=20),
        st.just('<a href="https://a.example/?a=1&amp;b=2" onclick="x()">'),
        st.just("<!-- x --><a href='javascript:x()'>"),
    ),
    max_size=30,
).map("".join)


def balanced(html):
    """Return whether every element closes in order, reading the tags alone."""
    stack = []
    for closing, name in re.findall(r"<(/?)([a-z]+)[^>]*>", html):
        if name == "br":
            continue
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


@given(PIECES, st.integers(1, 200))
@example("<p>Hi</p></td></tr></table></details><div><b>bold", 600)
def test_any_html_gives_a_balanced_line(source, limit):
    """Whatever comes in: one line, balanced, allowed elements only, not longer than allowed."""
    cut = cut_html(source, limit)
    tree = lxml_html.fragment_fromstring(cut.html or "<p></p>", create_parent="div")
    used = {element.tag for element in tree.iter()} - {"div"}

    assert "\n" not in cut.html
    assert balanced(cut.html)
    assert used <= ALLOWED | {"b"}  # the empty element that parts "@" from a name
    assert {name for e in tree.iter() for name in e.attrib} <= {"href"}
    assert len("".join(tree.text_content().split())) <= limit + 1  # the "…"


@given(PIECES, st.integers(20, 200))
def test_what_was_cut_is_left_alone(source, limit):
    """Cutting again what fits changes nothing."""
    once = cut_html(source, 10_000)

    again = cut_html(once.html, 10_000)

    assert again.html.replace(BREAK, "") == once.html.replace(BREAK, "")


@given(PIECES)
def test_no_empty_elements(source):
    """No element is written that holds nothing."""
    assert not re.search(r"<(\w+)[^>]*></\1>", cut_html(source, 500).html.replace(BREAK, ""))


def test_ends_with_a_sentence():
    """The last sentence that fits is the end, even in the middle of an element."""
    cut = cut_html("<p>One is here. <strong>Two is here. Three is too long.</strong></p>", 30)

    assert cut.html == "<p>One is here. <strong>Two is here.</strong></p>"
    assert not cut.complete


def test_an_early_sentence_is_no_end():
    """A sentence that would leave less than three tenths is passed over for the last word."""
    cut = cut_html("<p>We plan. And then there is this one, which is long</p>", 40)

    assert cut.html == "<p>We plan. And then there is this one,…</p>"


def test_abbreviations_end_no_sentence():
    """A full stop that goes on in lower case ends nothing."""
    cut = cut_html("<p>We like tools. We use many, e.g. hammers and saws.</p>", 36)

    assert cut.html == "<p>We like tools.</p>"


def test_ends_with_a_list_item():
    """Without a sentence the last whole item of a list is the end."""
    cut = cut_html("<ul><li>Plan the routes</li><li>Drive the long way home</li></ul>", 22)

    assert cut.html == "<ul><li>Plan the routes</li></ul>"


def test_ends_with_a_word():
    """Without either, the last whole word is, and says so."""
    assert cut_html("<p>seven eight nineteen</p>", 14).html == "<p>seven eight…</p>"
    assert cut_html("<p>seventeen</p>", 3).html == "<p>sev…</p>"


@pytest.mark.parametrize(
    "heading", ["<h2>Pay</h2>", "<p><b>Pay</b></p>", "<p>You will:</p>", "<div><b>Pay</b></div>"]
)
def test_a_heading_is_never_the_end(heading):
    """A heading, or what looks like one, is dropped with the text that did not fit."""
    cut = cut_html(f"<p>We plan by night, all week</p>{heading}<p>Muchandmore</p>", 38)

    assert cut.html == "<p>We plan by night, all week</p>"


def test_what_fits_is_complete():
    """A description within the limit is shown whole."""
    cut = cut_html("<h2>You</h2><p>Plan &amp; <b>drive</b>.<br>At night.</p>", 600)

    assert cut.complete
    assert (
        cut.html
        == "<p><strong>You</strong></p><p>Plan &amp; <strong>drive</strong>.<br>At night.</p>"
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<div>one</div><div>two</div>", "<p>one</p><p>two</p>"),
        (
            "<ul><li>a<ul><li>b</ul><li>c</ul>d",
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><p>d</p>",
        ),
        ("<li>a<li>b", "<ul><li>a</li><li>b</li></ul>"),
        ("<pre>a\n\n\n  b</pre>", "<pre>a&#10;&#10;&#10;  b</pre>"),
        ("x <style>p{}</style> y", "<p>x y</p>"),
        ("Latency <3 ms, a < b", "<p>Latency &lt;3 ms, a &lt; b</p>"),
        (
            '<a href="data:x">a</a><a href="https://a.example/?b&amp;c">d</a>',
            '<p>a<a href="https://a.example/?b&amp;c">d</a></p>',
        ),
        ('<p data-note="a > b">Role</p>', "<p>Role</p>"),
        ('<img src="https://a.example/1x1.gif" width=1>', ""),
    ],
)
def test_known_shapes(source, expected):
    """Shapes that boards send come out as a reader would write them."""
    assert expected == cut_html(source, 600).html


INLINE = st.recursive(
    st.sampled_from(
        [
            "We plan",
            " by night. ",
            "R&amp;D",
            "a &lt; b.",
            "Why?",
            " ",
            "<br>",
            "e.g. ",
            "You: ",
            "it's “so”.",
            "me@a.example",
            ":ok:",
            "[x]",
            "$1 $2",
            "&amp;lt; ",
            "\u200b",
            "\u00a0",
        ]
    ),
    lambda inner: st.builds(
        lambda tag, words: f"<{tag}>{''.join(words)}</{tag.split()[0]}>",
        st.sampled_from(
            ["strong", "b", "em", "i", "code", 'a href="https://a.example/?b=1&amp;c=2" rel="x"']
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)
LINE = st.lists(INLINE, max_size=5).map("".join)
BLOCK = st.one_of(
    LINE.map("<p>{}</p>".format),
    LINE.map("<h3>{}</h3>".format),
    LINE.map("<h3><strong>{}</strong></h3>".format),
    st.lists(LINE.map("<li>{}</li>".format), max_size=4).map("".join).map("<ul>{}</ul>".format),
    st.lists(LINE.map("<li>{}</li>".format), max_size=4).map(" ".join).map("<ol> {}</ol> ".format),
)


@settings(max_examples=600)
@given(st.lists(BLOCK, max_size=8).map("".join), st.integers(1, 120))
@example("<p>One is here.</p> <p>Two: </p><ul><li> Three <b>four</b> </li></ul>", 16)
def test_the_fast_way_gives_the_same(source, limit):
    """HTML that the fast way can cut comes out of both ways alike, at every length."""
    for most in (limit, 10 * limit, 10_000):
        fast = cut_settled(source, most)

        assert fast is None or fast == cut_any(source, most)


@given(PIECES, st.integers(1, 200))
def test_the_fast_way_knows_what_it_cannot(source, limit):
    """Any other HTML is refused, or comes out the same."""
    fast = cut_settled(source, limit)

    assert fast is None or fast == cut_any(source, limit)


@pytest.mark.parametrize(
    "source",
    [
        "<p>We plan by <strong>night</strong>.<br>And by day.</p>",
        "<h3>About us</h3> <p>We plan.</p><ul><li> One </li><li><b>Two:</b> three</li></ul>",
        '<p>See <a href="https://a.example/?b=1&amp;c=2" rel="nofollow">us</a> &amp; more.</p>',
        "<h4><strong>Pay</strong></h4><ol><li>$1 to $2, <em>R&amp;D</em>: [see]</li></ol>",
    ],
)
def test_the_fast_way_is_taken(source):
    """What `clean` mostly makes is cut in the fast way."""
    assert cut_settled(source, 600) is not None
    assert cut_settled(source * 40, 600) is not None
