"""Words of a posting never become structure: not in HTML, not in Markdown, not in an address."""

from urllib.parse import urlsplit

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from jobtide.publish.markdown import BREAK, MAX_URL, attribute, href, html, md, url, visible

NASTY = [
    "C# <b>Dev</b> `now`",
    "*Fir* _Co_ [me](https://evil.example)",
    "Night | Shift\n(remote)",
    "<script>alert(1)</script>",
    "![x](https://evil.example/p.png)",
    "[Apply](javascript:alert(1))",
    "``` \n# Top\n---\n",
    "@all @octo #12 fixes #3 :tada:",
    "</td></tr></table></details>",
    "[a]: https://evil.example\n[jobs][a]",
    "https://evil.example www.evil.example ftp://evil.example me@evil.example",
    "Acme <!-- END --> tail",
    "&amp; &lt;b&gt; &#60; AT&T",
    "$5$ and ~~gone~~ ==mark== ^up^ {{ liquid }} {% raw %}",
    "\\| \\* \\",
    "a\u202eb\u200bc\x00d\ufffde\ud800f",
    "&" * 20,
]


def rendered(markdown):
    """Return what GitHub's own parser makes of Markdown."""
    return lxml_html.fragment_fromstring(
        cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE),
        create_parent="div",
    )


def elements(tree):
    return {element.tag for element in tree.iter() if isinstance(element.tag, str)}


@given(st.text())
def test_html_reads_the_same(text):
    """What a browser shows of `html` is the visible text, with no element but the split."""
    tree = lxml_html.fragment_fromstring(f"<p>{html(text)}</p>")

    assert visible(text) == tree.text_content()
    assert elements(tree) <= {"p", "b"}


@pytest.mark.parametrize("text", NASTY)
def test_nasty_html_reads_the_same(text):
    """Nothing in the list of tricks becomes an element."""
    tree = lxml_html.fragment_fromstring(f"<p>{html(text)}</p>")

    assert visible(text) == tree.text_content()
    assert elements(tree) <= {"p", "b"}


@given(st.text(alphabet=st.characters(codec="utf-8")))
@example("~~a~~")
@example("http://a.b www.a.b a@b.co")
def test_markdown_reads_the_same(text):
    """What GitHub's parser shows of `md` in a line is the visible text, and nothing is live."""
    tree = rendered(f"### x {md(text)} x")

    assert f"x {visible(text)} x".replace("  ", " ") == tree.text_content().strip().replace(
        "  ", " "
    )
    assert elements(tree) <= {"div", "h3", "b"}


@pytest.mark.parametrize("text", NASTY)
def test_nasty_markdown_is_one_cell(text):
    """Nothing in the list of tricks leaves its cell of a table or becomes live."""
    tree = rendered(f"| a | b |\n|---|---|\n| {md(text)} | 2 |\n")
    cells = tree.findall(".//tbody/tr/td")

    assert len(tree.findall(".//tbody/tr")) == 1
    assert [visible(text), "2"] == [cell.text_content() for cell in cells]
    assert elements(tree) <= {"div", "table", "thead", "tbody", "tr", "th", "td", "b"}


def test_mentions_emoji_and_formulas_are_split():
    """What GitHub makes live after rendering stands in two text nodes."""
    assert f"&#64;{BREAK}octo" == html("@octo")
    assert f":{BREAK}tada:" == html(":tada:")
    assert f"${BREAK}5 to ${BREAK}6" == html("$5 to $6")
    assert html("a@b.co") == "a&#64;b.co"


def test_templates_of_others_find_nothing():
    """GitHub Pages runs Liquid over a page: no braces of a posting reach it."""
    assert not set("{}") & set(html("{{ site }} {% raw %}"))
    assert not set("{}") & set(md("{{ site }} {% raw %}"))


def test_references_that_were_written_out_are_not_escaped_twice():
    """A posting that says "&amp;" in letters shows so, without an "&amp;amp;" in the page."""
    assert html("&amp; & co") == "&#38;amp; &amp; co"


@given(st.text())
def test_attributes_hold_no_quote(text):
    """A quoted attribute ends where we end it, whatever the text."""
    tree = lxml_html.fragment_fromstring(f'<img alt="{attribute(text)}">')

    assert list(tree.attrib) == ["alt"]
    assert visible(text) == tree.get("alt")


@given(st.text())
@example("https://[")
@example("https://x.example/a b(c)[d]<e>|\"'`\\{}")
def test_addresses_are_web_addresses_or_nothing(text):
    """Any text gives an address that is safe in an attribute and in a link, or None."""
    for address in (url(text), url(f"https://x.example/{text}")):
        if address is not None:
            assert urlsplit(address).scheme.lower() in ("http", "https")
            assert not set(address) & set('<>()[]|`"\\ \n\t')
            assert address == url(address)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "javascript://a.example/%0aalert(1)",
        "data:text/html,x",
        "//evil.example",
        "mailto:a@b.example",
        "https://",
        "ftp://a.example",
        "https://a.example/" + "a" * MAX_URL,
    ],
)
def test_other_addresses_are_refused(address):
    """No scheme but http(s), no address without a host, none without end."""
    assert url(address) is None


def test_an_address_keeps_its_meaning():
    """Percent signs stay, and "&" is a reference in the page, so "&copy" is no ©."""
    assert href(url("https://a.example/%20?a=1&copy=2")) == "https://a.example/%20?a=1&amp;copy=2"
