"""The description: one safe HTML and one plain text, whatever a board sends."""

import base64
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from jobtide.clean.antibot import strip_antibot
from jobtide.clean.description import parse_description
from jobtide.clean.markup import LINK_REL, MAX_CHARS, sanitise
from jobtide.clean.plain import plain_text
from jobtide.clean.rewriting import ALLOWED
from jobtide.model import Posting


def parse(description):
    """Return a posting with `description` parsed."""
    return parse_description(
        Posting(
            source="demo",
            board="main",
            identifier="1",
            url="https://a.example/1",
            title="Engineer",
            description=description,
        )
    )


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<div>One<div>Two</div></div>Three", "One\nTwo\nThree"),
        ("<h1>Role</h1>You build.<ul><li>Go<li>SQL</ul>", "Role\nYou build.\n• Go\n• SQL"),
        ("a<br>b<br/><br />c", "a\nb\nc"),
        ("<p>Ship&nbsp;&amp;&nbsp;own</p>", "Ship & own"),
        ("<p>Ship &amp;amp; own&amp;nbsp;it</p>", "Ship & own it"),
        ("<p>spread\n   over\n\tlines</p>", "spread over lines"),
        ("<table><tr><td>Pay<td>50<tr><td>Place</table>", "Pay 50\nPlace"),
        ('<p data-note="pay > rank">Role</p>', "Role"),
        ("<p>one <strong>two</strong> <em>three</em></p>", "one two three"),
        ("<ul><li></li><li><p>x</p></li></ul>", "x"),
        ("<p>a<script>b()</script><style>c{}</style>d</p>", "ad"),
        ("<p>a</p><noscript>Enable JavaScript</noscript><button>Apply</button>", "a"),
        ("", ""),
        ("   ", ""),
        ("<p>&nbsp;</p>", ""),
    ],
)  # fmt: skip
def test_html_becomes_lines_of_text(description, text):
    """Each block is one line, each item has a bullet, entities are resolved, blanks single."""
    assert parse(description).text == text


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("Latency <3 ms, pay > 50k, a < b", "Latency <3 ms, pay > 50k, a < b"),
        ("First\n\nSecond\nThird", "First\nSecond\nThird"),
        ("First\r\n\r\nSecond", "First\nSecond"),
        ("# Role\n\n- Go\n- *SQL*", "# Role\n- Go\n- *SQL*"),
        ("List<String> and Map<K, V>", "List<String> and Map<K, V>"),
        ("R&amp;D and Q&A", "R&D and Q&A"),
        ("mail <jobs@a.example>", "mail <jobs@a.example>"),
    ],
)
def test_plain_text_is_kept_to_the_letter(description, text):
    """Text without HTML elements keeps its "<" and "&"; its line breaks stay."""
    assert parse(description).text == text


def test_plain_text_becomes_paragraphs():
    """A blank line ends a paragraph, a single break stays one."""
    assert parse("One\n\nTwo\nThree & <4").description == (
        "<p>One</p><p>Two<br>Three &amp; &lt;4</p>"
    )


@pytest.mark.parametrize("times", [1, 2, 3])
def test_escaped_html_is_unescaped(times):
    """HTML that was escaped as text, once or more, is read as HTML, and noted."""
    description = "<p>Ship &amp; own</p><ul><li>Go</li></ul><script>x()</script>"
    for _ in range(times):
        description = description.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    posting = parse(description)

    assert posting.text == "Ship & own\n• Go"
    assert posting.mended == ("escaped",)


def test_html_about_html_stays_text():
    """An escaped element inside real HTML is what the text speaks of."""
    assert parse("<p>You know what &lt;div&gt; does</p>").text == "You know what <div> does"


def test_unclosed_and_stray_tags_are_balanced():
    """Stray ends and missing ends cannot break the page around."""
    assert parse("<p>Hi</p></td></tr></table></details><div><b>bold").description == (
        "<p>Hi</p><p><b>bold</b></p>"
    )


def test_what_is_empty_goes():
    """Empty paragraphs, items, headings and trailing breaks leave no hole."""
    messy = "<p></p><p>&nbsp;<br></p><p>a<br><br></p><h2> </h2><ul><li></li></ul><p><b></b></p>b"

    assert parse(messy).description == "<p>a</p>b"


def test_headings_begin_at_three():
    """A page has its own first and second heading."""
    assert parse("<h1>A</h1><h2>B</h2><h4>C</h4>").description == "<h3>A</h3><h3>B</h3><h4>C</h4>"


def test_preformatted_text_keeps_its_lines():
    """White space counts inside `<pre>`, and only there."""
    assert parse("<pre>\n  a\n    b</pre>").description == "<pre>  a\n    b</pre>"


def test_links_keep_only_a_safe_address():
    """A link keeps an http, https or mailto address without what follows the reader."""
    posting = parse(
        '<a href="https://a.example/j?id=7&amp;utm_source=x#top" onclick="x()" target=_blank>A</a>'
        ' <a href="/relative">B</a> <a href="javascript:alert(1)">C</a> <a name="d">D</a>'
        ' <a href="mailto:jobs@a.example">E</a> <a href=" JaVaScRiPt&#58;alert(1)">F</a>'
    )

    assert posting.description == (
        f'<p><a href="https://a.example/j?id=7#top" rel="{LINK_REL}">A</a> B C D '
        f'<a href="mailto:jobs@a.example" rel="{LINK_REL}">E</a> F</p>'
    )
    assert posting.mended == ("tracking",)


def test_functional_parameters_and_quotes_in_links_stay():
    """A link without anything to strip stays to the letter."""
    posting = parse("<a href='https://a.example/?q=\"x\"&amp;gh_jid=7'>A</a>")

    assert 'href="https://a.example/?q=&quot;x&quot;&amp;gh_jid=7"' in posting.description
    assert posting.mended == ()


@pytest.mark.parametrize(
    "image",
    [
        '<img src="https://a.example/job/track/1/blank.gif?source=api" alt=""/>',
        "<img width=1 height=1 src=https://px.example/o.png>",
        '<IMG SRC="//px.example/a.png" STYLE="width:1px;height:1px">',
        '<img src="https://www.google-analytics.example/__utm.gif?x=1">',
    ],
)
def test_pixels_go_and_are_noted(image):
    """An image that reports each view is taken out, and noted."""
    posting = parse(f"<p>Build.</p>{image}")

    assert (posting.description, posting.mended) == ("<p>Build.</p>", ("pixel",))


def test_other_images_go_silently():
    """No image is shown, so that no other server learns who reads; a logo is no pixel."""
    posting = parse('<p>Build.<img src="https://a.example/logo.png" width="120"></p>')

    assert (posting.description, posting.mended) == ("<p>Build.</p>", ())


def tag(address):
    """Return the tag the board makes of an address."""
    return "R" + base64.b64encode(address.encode()).decode()


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "198.51.100.217", "2001:db8::7"])
@pytest.mark.parametrize(
    "request_",
    [
        "Please mention the word **LANTERN** and tag {0} when applying to show you read the job"
        " post completely (#{0}). This is a beta feature to avoid spam applicants. Companies can"
        " search these words to find applicants that read this and see they're human.",
        "Please mention the word **LANTERN** and tag {0} in your application so we know you read"
        " it (#{0}). This helps against spam.",
        "Please mention the word LANTERN when applying.",
        "please mention the word **LANTERN** (#{0})",
    ],
)
@pytest.mark.parametrize(
    "frame",
    ["<p>Own it.</p><p>{}</p>", "<p>Own it.</p>{}", "<p>Own it.<br><br>{}</p>", "Own it.\n\n{}"],
)
def test_the_request_to_mention_a_word_goes(address, request_, frame):
    """Whatever the word, the tag and the frame, the text is that without the request."""
    posting = parse(frame.format(request_.format(tag(address))))

    assert posting.text == "Own it."
    assert posting.description == "<p>Own it.</p>"
    assert posting.mended == ("antibot",)


def test_text_after_the_request_stays():
    """Only the request and the board's own sentences go."""
    text = f"<p>A.</p>Please mention the word **X** (#{tag('192.0.2.1')}).<p>We pay well.</p>"

    assert parse(text).text == "A.\nWe pay well."


def test_stray_tags_go_and_hashtags_stay():
    """A tag that holds an address goes, a word with a hash stays."""
    assert strip_antibot(f"Hi (#{tag('192.0.2.1')}) there") == "Hi  there"
    for text in (
        "#RemoteWork2026 #ReactEngineer #RustDevelopers",
        "ticket #R2D2",
        "please mention it",
    ):
        assert strip_antibot(text) == text


ATTACKS = [
    "<ScRiPt src=//a.example/x.js></sCrIpT>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><style><img src=x>",
    '<math><mtext><table><mglyph><style><!--</style><p title="--&gt;&lt;img src=1 onerror=x&gt;">',
    '<math><annotation-xml encoding="text/html"><style><img src=x onerror=x></style></math>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<a href="&#1;javascript:alert(1)">x</a>', '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>x</script>">x</a>', "<iframe srcdoc='<script>x</script>'>",
    '<form action="//a.example"><button formaction="javascript:x">Go</button></form>',
    "<details open ontoggle=alert(1)>x</details>", "<!--><img src=x onerror=alert(1)>-->",
    "<select><template><img src=x onerror=alert(1)>", "<p style='background:url(javascript:1)'>t",
    '<base href="//a.example"><meta http-equiv="refresh" content="0;url=//a.example">',
    "&lt;img src=x onerror=alert(1)&gt;", "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "<p a='\"><script>x</script>", '<div a\'"><div a"\'>', "<a href='x\"><img src=x onerror=y>'>z",
    "<xmp><script>x</script></xmp>", "<plaintext><script>x", "<title><script>x</script></title>",
]  # fmt: skip


def check_safe(clean):
    """Assert that nothing but the allowed elements and addresses is there, and is balanced."""
    for element in lxml_html.fragment_fromstring(
        clean or "", create_parent="main"
    ).iterdescendants():
        assert element.tag in ALLOWED
        assert set(element.attrib) == ({"href", "rel"} if element.tag == "a" else set())
        if element.tag == "a":
            assert re.match(r"(?:https?|mailto):", element.attrib["href"], re.IGNORECASE)
            assert element.attrib["rel"] == LINK_REL
    names = re.findall(r"<(/?)([a-z0-9]+)", clean)
    for name in ALLOWED - {"br"}:
        assert names.count(("", name)) == names.count(("/", name))


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_leave_nothing_dangerous(attack):
    """Only allowed elements and addresses survive, and nothing new comes of cleaning twice."""
    once = parse(attack)

    check_safe(once.description)
    assert "alert(1)" not in once.description or "&lt;" in once.description
    assert parse_description(once) == once


NAMES = (
    "p ul ol li pre h1 h3 h4 blockquote table thead tbody tr td th br strong b i em code a div"
    " span script svg math select title form button body html frameset x-y style template"
    " noscript textarea u font dl dt hr img details"
).split()
PIECES = st.one_of(
    st.sampled_from([f"<{name}>" for name in NAMES]),
    st.sampled_from([f"</{name}>" for name in NAMES]),
    st.sampled_from(
        [
            '<a href="https://a.example/?a=1&utm_x=2">',
            "<p class='x'>",
            '<b id="a>b">',
            "<!--",
            "-->",
        ]
    ),
    st.sampled_from(
        ["x", " ", "\n", "<", ">", "&lt;", "&amp;", "&nbsp;", "&lt;p&gt;", "'", '"', "é"]
    ),
    st.text(max_size=3),
)


@given(st.lists(PIECES, max_size=25).map("".join))
@example("<h3><b><h4>x</h4></b></h3>")
@example("<a href='https://a.example'><table><tr><td><a href='https://b.example'>x")
@example("<a href='https://a.example'>x</p><br><table><a href='https://b.example'>x")
@example("<pre>\n\n\nx</pre>")
@example("<p><b><p><i><p><code><ul><b><li><ul><li><ul><li><ul><li>x")
def test_any_tag_soup_is_safe_and_once_is_enough(soup):
    """Whatever the soup: no exception, only allowed elements, and the same when parsed again."""
    once = parse(soup)

    check_safe(once.description)
    assert parse_description(once) == once
    assert "\n\n" not in once.text
    assert once.text == once.text.strip()
    if "<pre>" not in once.description:
        assert "  " not in once.description


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 300_000,
        "<blockquote>" * 20_000 + "x",
        "<ul><li>" * 20_000,
        "<svg>" * 20_000,
        "<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">x</p>",
        "".join(f"<b id={n}>" for n in range(250)) + "<p>x" * 50_000,
        "<b><i><em><strong><code>" * 3 + "<p>x" * 50_000,
        "<a href='https://a.example'>" * 20_000,
        "<!--" * 60_000,
        "<p a='" * 40_000,
        "&amp;" * 50_000 + "nbsp;",
        "&lt;p&gt;" * 30_000,
        "<br>" * 60_000,
        "<p><br> " * 40_000,
        "<table>" * 30_000,
        "please mention the word " * 10_000,
        "<" * 250_000,
        " " * 250_000 + "<p>x",
    ],
    ids=lambda bomb: bomb[:20],
)  # fmt: skip
def test_hostile_sizes_end_soon(bomb):
    """Deep, wide and endless input is read in about a second, within the size limit."""
    start = time.process_time()

    posting = parse(bomb)

    assert time.process_time() - start < 4
    assert len(posting.description) <= MAX_CHARS


def test_a_cut_is_noted():
    """A description over the limit is cut, and says so."""
    posting = parse("<p>word </p>" * 40_000)

    assert "cut" in posting.mended
    assert not posting.description_complete
    assert parse_description(posting) == posting


def test_plain_text_reads_what_sanitise_writes():
    """The text is made of the HTML alone, so both always say the same."""
    html = sanitise("<p>a &lt;b&gt; &amp; c</p><ol><li>d</li></ol>")

    assert plain_text(html) == "a <b> & c\n• d"
