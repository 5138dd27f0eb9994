"""The short way from tidy HTML to clean HTML: it gives what the parser gives, or nothing."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobtide.clean.markup import sanitise
from jobtide.clean.outline import tidied
from jobtide.clean.plain import plain_text

TAGS = st.sampled_from(
    [
        *"""<p> </p> <p> </p> <div> </div> <ul> </ul> <li> </li> <ol> </ol> <h2> </h2> <h5> </h5>
        <strong> </strong> <b> </b> <em> </em> <i> </i> <code> </code> <br> <br/> </br> <span>
        </span> <blockquote> </blockquote> <hr> <img> <u> </u> <a> </a> <pre> </pre> <table> <td>
        </td> <script> </script> <!--x--> <!-- <p --> < > <p/> <P>""".split(),
        '<a href="https://a.example/x?y=1&z=2">', "<a href=https://a.example>", "<a href='/x'>",
        '<a href="javascript:x()">', '<a href="https://a.example/&#x2F;">', '<p title="a>b">',
        '<div class="x  y">', '<a href="https://a.example/?a=1&copy=2">', "<!-- a -->",
        '<a href="mailto:jobs@a.example">', '<li data-x="1">', '<img src="x" width=1>',
    ]
)  # fmt: skip
TEXTS = st.sampled_from(
    [
        "", " ", "  ", "\n", "Go", "Go ", " Go", "a & b", "R&D", "&amp;", "&nbsp;", "&quot;",
        "&lt;b&gt;", "a > b", "•", "\u2003x\u2003", "é", "&#160;", "&copy;", "&copy", "&", "x\ty",
        "\r\n", "&#x2F;",
    ]
)  # fmt: skip
SOUP = st.lists(st.one_of(TAGS, TEXTS), max_size=14).map("".join)

LINE = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        st.lists(st.one_of(inner, st.just("<br>")), max_size=4).map("".join),
        st.tuples(st.sampled_from(("strong", "b", "em", "i", "span", "u")), inner).map(
            lambda made: f"<{made[0]}>{made[1]}</{made[0]}>"
        ),
        inner.map(lambda text: f'<a href="https://a.example/x">{text}</a>'),
    ),
    max_leaves=6,
)
BLOCKS = st.recursive(
    st.one_of(LINE, st.tuples(st.sampled_from(("p", "h3", "div", "h6")), LINE).map(
        lambda made: f"<{made[0]}>{made[1]}</{made[0]}>")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.lists(inner, max_size=4).map(
            lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"),
        inner.map(lambda block: f"<div>{block}</div>"),
    ),
    max_leaves=10,
)  # fmt: skip


def same_as_parsed(source):
    """Say whether the short way, where it leads, gives what the parser gives."""
    tidy = tidied(source)
    if tidy is None:
        return True
    clean = sanitise(source)
    assert tidy.html == clean
    assert tidy.text == plain_text(clean)
    return True


@settings(max_examples=400, deadline=None)
@given(SOUP)
@example("a<br> <strong></strong><br><br>b")
@example("<strong>a</strong> <b> </b> c")
@example("<b></strong>a")
@example("&am<span></span>p;")
@example("<a href='https://a.example'>x<a href='https://b.example'>y</a></a>")
@example("<p>a<p>b</p>c</p>d")
@example("<ul><li>a<ul><li>b")
def test_tag_soup_reads_as_the_parser_reads_it(source):
    """Any soup of tags and texts: the short way gives the parser's HTML and text, or nothing."""
    assert same_as_parsed(source)


@settings(max_examples=200, deadline=None)
@given(BLOCKS)
def test_balanced_html_reads_as_the_parser_reads_it(source):
    """The same for HTML as people write it, nested in turn."""
    assert same_as_parsed(source)


def test_usual_html_takes_the_short_way():
    """What boards write most is not left to the parser, also when its end was cut off."""
    for source in (
        "<div><p>Own <b class='x'>it</b>.</p>\n<p>&nbsp;</p><ul>\n<li>Go</li>\n</ul></div>",
        "We ship.<br><br><strong>You</strong><br><ul><li>Go</li><li>SQL",
        '<h2>Role</h2><p>See <a href="https://a.example/?y=1&z=2">it</a>&rsquo;s.</p><!-- x -->',
    ):
        assert tidied(source) is not None
        assert same_as_parsed(source)
