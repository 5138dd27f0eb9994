"""sources/feed"""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import ConfigError, PayloadError
from jobtide.model import Board, Posting, Response
from jobtide.sources import feed, read
from jobtide.sources.feed.identity import identifier
from jobtide.sources.feed.rescue import rescued
from jobtide.sources.feed.titles import LABELS, ROLES, creator_parts, parted

BOARD = Board(source="feed", token="acme", url="https://acme.example/feed")
LINK = "<link>https://acme.example/jobs/1</link>"


def page(body):
    body = body if isinstance(body, bytes) else body.encode()
    asked = feed.start(BOARD)
    return feed.split(
        Response(request=asked, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def rss(inner, before=""):
    return f'{before}<rss version="2.0"><channel><title>Jobs</title>{inner}</channel></rss>'


def results(body):
    return list(read(feed.SOURCE, page(body), BOARD))


def posting(inner, before=""):
    (result,) = results(rss(f"<item>{LINK}{inner}</item>", before))
    assert isinstance(result, Posting), result
    return result


def title(body):
    (result,) = results(body)
    return result.title


def test_a_feed_without_an_address_cannot_be_asked():
    """The message says which board and what it needs."""
    with pytest.raises(ConfigError, match=r"feed/acme: .* address"):
        feed.start(Board(source="feed", token="acme"))


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("R&D; eng", "R&D; eng"),
        ("AT&T Q&A", "AT&T Q&A"),
        ("A&nbsp;B", "A\xa0B"),
        ("A&#146;s &#x8;B", "A’s B"),
        ("A\x08B", "AB"),
        ("<![CDATA[Nuts & <Bolts>]]>", "Nuts & <Bolts>"),
        ("A &lt;b&gt; &amp;amp; &#38; C", "A <b> &amp; & C"),
        ("<foo:bar>A</foo:bar>", "A"),
        ("Stra\xdfe", "Straße"),
    ],
)
def test_what_can_be_mended_without_loss_is_whole(text, read_as):
    """Templates know no XML; what they write instead costs nothing."""
    body = rss(f"<item>{LINK}<title>{text}</title></item>", "\n \n<?xml version='1.0'?>\n")
    found = page(body)

    assert (found.records[0]["title"], found.complete) == (read_as, True)


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        ("Z\xfcrich".encode("latin1"), "Zürich"),
        (b"it\x92s", "it’s"),
        ("Zürich".encode(), "Zürich"),
        ("łódź".encode("iso-8859-2"), "łódź"),
    ],
)
def test_letters_survive_a_wrong_encoding(raw, read_as):
    """The bytes are believed before the declaration, and Latin-1 means Windows-1252."""
    encoding = b"ISO-8859-2" if read_as == "łódź" else b"UTF-8"
    head = b'<?xml version="1.0" encoding="%s"?>' % encoding
    body = b"<rss><channel><item>%s<title>%s</title></item></channel></rss>"

    assert title(head + body % (LINK.encode(), raw)) == read_as
    if encoding == b"UTF-8":
        assert title(body % (LINK.encode(), raw)) == read_as


@pytest.mark.parametrize(
    "body",
    [
        rss(f"<item>{LINK}<title>A</title><description><p>x</description></item>"),
        rss(f"<item>{LINK}<title>A</title></item>")[:-20],
        rss(f"<item>{LINK}<title>A</title></item><item><title>cut o"),
        rss(f"<item>{LINK}<title>A</title>5 < 6</item>"),
    ],
    ids=["unclosed", "truncated", "cut", "less-than"],
)
def test_what_breaks_off_is_a_part(body):
    """What was read before is kept, and nobody may think it was all."""
    found = page(body)

    assert [record["title"] for record in found.records] == ["A"]
    assert not found.complete


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
        ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
        '<?xml version="1.0"?>\n<!-- old --><!DOCTYPE rss [<!ENTITY copy "&#169;">]>',
        "<!DOCTYPE rss [ <!ELEMENT rss ANY> <!ENTITY nbsp '&#160;'> <!ENTITY acme 'Acme'> ]>",
    ],
)
def test_an_old_harmless_document_type_is_read(before):
    """Feeds of 1999 declare letters; that is no attack, and nothing is fetched for it."""
    assert posting("<title>A &copy; &nbsp;B</title>", before).title == "A © \xa0B"


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "before",
    [
        f'<!DOCTYPE r [<!ENTITY a0 "ha">{BOMB}]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE r [<!ENTITY x PUBLIC "y" "http://127.0.0.1:1/">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]>',
        f'<!DOCTYPE r [<!ENTITY x "{"A" * 50_000}">]>',
        '<!DOCTYPE r [<!ENTITY x "<title>x</title>">]>',
        "<!DOCTYPE r [" + "".join(f'<!ENTITY e{n} "x">' for n in range(400)) + "]>",
    ],
    ids=["laughs", "file", "web", "parameter", "long", "markup", "many"],
)
def test_a_document_type_that_could_harm_is_refused(before):
    """Entities of entities, of files and of pages are no letters."""
    with pytest.raises(PayloadError, match=r"^feed/acme: "):
        page(rss(f"<item>{LINK}<title>&x;&a11;</title></item>", before))


def test_short_entities_may_not_make_a_long_document():
    """A quadratic blow-up needs no nesting."""
    before = f'<!DOCTYPE r [<!ENTITY x "{"A" * 60}">]>'
    with pytest.raises(PayloadError):
        page(rss(f"<item>{LINK}<title>{'&x;' * 100_000}</title></item>", before))
    assert posting("<title>&x;</title>", before).title == "A" * 60


@pytest.mark.parametrize(
    "body",
    [
        "<r " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>",
        rss("<item>" * 40_000),
        "<a>" * 200_000,
        rss(f"<item>{LINK}<title>{'<![CDATA[' * 100_000}</title></item>"),
        rss(f"<item>{LINK}<title>{'&' * 500_000}</title></item>"),
        rss(f"<item>{LINK}<title>{'<' * 100_000}</title></item>"),
        rss(f"<item>{LINK}<title>{'<!--' * 100_000}</title></item>"),
        "<!DOCTYPE " * 100_000,
        "<!DOCTYPE r [" + "<!ENTITY " * 100_000,
        "<?x " * 100_000,
        "<!-- " * 100_000,
        "<rss>" + "".join(f"<p{n}:x/>" for n in range(40_000)) + "</rss>",
        "[" * 200_000,
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 200_000,
        '{"version": "https://jsonfeed.org/version/1", "items": [' + "9" * 1_000_000 + "]}",
        rss(f"<item>{LINK}<title>{'a: ' * 200_000}</title></item>"),
        rss(f"<item>{LINK}<title>x</title><description>{'... ' * 300_000}</description></item>"),
    ],
)  # fmt: skip
def test_hostile_documents_take_no_time(body):
    """Deep, wide and endless documents are refused or read in a moment."""
    began = time.perf_counter()
    with suppress(PayloadError):
        results(body)
    assert time.perf_counter() - began < 8


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<!DOCTYPE html><html><title>Just a moment...</title></html>", "Just a moment..."),
        ("<html><head><title>Jobs</title></head>", "a page for people: 'Jobs'"),
        ("<urlset/>", "XML 'urlset'"),
        ("no markup", "no XML"),
        ('{"jobs": []}', "version"),
        ('{"version": "2", "items": []}', "no feed"),
        ("", "empty"),
    ],
)
def test_what_is_no_feed_says_what_came_instead(body, words):
    """An empty feed and a page of another kind look alike: a person must see it."""
    with pytest.raises(PayloadError, match=r"^feed/acme: ") as caught:
        page(body)

    assert words in str(caught.value)


def test_an_empty_feed_is_empty():
    """A search that found nothing today is no fault."""
    for body in (rss(""), '<feed xmlns="http://www.w3.org/2005/Atom"/>'):
        assert page(body).records == []
        assert page(body).complete


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Orkney Ltd: Senior Engineer: Payments", ("Orkney Ltd", "Senior Engineer: Payments")),
        ("Product Designer at Look at Me Studios", ("Look at Me Studios", "Product Designer")),
        ("No Separator Title", (None, "No Separator Title")),
        ("Senior Engineer: Payments", (None, "Senior Engineer: Payments")),
        ("Senior Engineer: Payments at Acme", ("Acme", "Senior Engineer: Payments")),
        ("Remote: Cook", (None, "Remote: Cook")),
        ("[Hiring]: Cook", (None, "[Hiring]: Cook")),
        ("Cook (m/f/d): Kitchen", (None, "Cook (m/f/d): Kitchen")),
        ("Engineer @ 3Cats", ("3Cats", "Engineer")),
        ("Cook at sea", (None, "Cook at sea")),
        ("10:30 Club: Cook", ("10:30 Club", "Cook")),
        ("Acme:", (None, "Acme:")),
        (" : Cook", (None, " : Cook")),
        ("", (None, "")),
    ],
)
def test_employer_and_title_share_a_line(line, parts):
    """In doubt there is no employer: a wrong name is worse than none."""
    assert parted(line, None) == parts


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Cook at Acme", "Cook"),
        ("ACME Inc.: Cook: Nights", "Cook: Nights"),
        ("Cook - Nights | Acme Ltd", "Cook - Nights"),
        ("Senior Engineer: Payments", "Senior Engineer: Payments"),
        ("Acme", "Acme"),
        ("Cook at Sea", "Cook at Sea"),
    ],
)
def test_an_employer_that_is_known_is_only_taken_off(line, title):
    """The field says who it is; the title need not say it again."""
    assert parted(line, "Acme") == ("Acme", title)


@pytest.mark.parametrize(
    ("creator", "parts"),
    [
        ("Pell &amp; Co<br>⚲&nbsp;Europe", ("Pell & Co", "Europe")),
        ("Pell & Co<br/>📍 Lyon, France", ("Pell & Co", "Lyon, France")),
        ("Pell ⚲ Europe", ("Pell", "Europe")),
        ("<b>Pell</b>\nEurope", ("Pell", "Europe")),
        ("Ada Person", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_creator_is_an_employer_only_with_a_place(creator, parts):
    """Elsewhere it is who wrote the entry: a person, whose name is nobody's business."""
    assert creator_parts(creator) == parts


def test_tables_are_folded_and_have_no_doubles():
    """A word in another spelling would never be found."""
    assert all(word == word.lower() for word in ROLES | LABELS)


SITE = "https://f.example"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((f"{SITE}/77-dev", f"{SITE}/j/77"), (f"{SITE}/77-developer", f"{SITE}/j/77"), True),
        ((f"{SITE}/?p=123", f"{SITE}/job/dev/"), (f"{SITE}/?p=123", f"{SITE}/job/new/"), True),
        (("77", f"{SITE}/a"), ("77", f"{SITE}/b"), True),
        (("77", f"{SITE}/a"), ("78", f"{SITE}/a"), False),
        (("", "https://www.f.example/a/"), (f"{SITE}/a?utm_source=x", f"{SITE}/a#top"), True),
        (
            (f"{SITE}/jobs/123", "https://c.example/x"),
            (f"{SITE}/jobs/123", "https://c.example/y"),
            True,
        ),
        ((f"{SITE}/x-y-z", ""), (f"{SITE}/other-words", ""), False),
    ],
)
def test_identity_outlives_a_new_headline(one, other, same):
    """An edited title must not make a new job, nor two jobs one."""
    assert (identifier(*one) == identifier(*other)) is same


def test_entries_that_share_a_link_are_told_apart():
    """Some feeds link every entry to the site."""
    items = "".join(f"<item>{LINK}<title>{name}</title></item>" for name in ("A", "B", "B "))
    found = [result.identifier for result in results(rss(items))]

    assert len(set(found)) == 2
    assert identifier("", "") is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mo, 25 Jun 2018 11:41:36", datetime(2018, 6, 25, 11, 41, 36, tzinfo=UTC)),
        ("2016/6/29 15:07:41", datetime(2016, 6, 29, 15, 7, 41, tzinfo=UTC)),
        ("\n Tue, 27 Oct 2026 08:00:00 +0100 ", datetime(2026, 10, 27, 7, tzinfo=UTC)),
        ("someday", None),
    ],
)
def test_dates_are_read_and_never_invented(text, moment):
    """Localised day names and slashes are read, and what is no date is not today."""
    assert posting(f"<title>A</title><pubDate>{text}</pubDate>").date_posted == moment


@pytest.mark.parametrize(
    ("kind", "category", "read_as"),
    [
        ("Full Time", "Design", ("Full Time", ("Design",))),
        ("Design", "Full-Time", ("Full-Time", ("Design",))),
        ("Vollzeit", "Design", ("Vollzeit", ("Design",))),
        ("", "Contract", ("Contract", ())),
        ("Contract", "Internship", ("Contract", ("Internship",))),
        ("", "", (None, ())),
    ],
)
def test_type_and_category_stand_in_either_element(kind, category, read_as):
    """Boards built on one plugin use its two elements the other way round."""
    one = posting(
        f"<title>A</title><x:job_type>{kind}</x:job_type><x:job_category>{category}</x:job_category>"
    )

    assert (one.employment_type_text, one.occupational_category) == read_as


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("<p>All of it.</p>", True),
        ("<p>Part of it [&#8230;]</p>", False),
        ("Part of it…", False),
        ("Part <a href='x'>Read more</a></p>", False),
        ("", False),
    ],
)
def test_an_excerpt_says_that_it_is_one(text, complete):
    """Whoever reads half a text must not conclude what the other half may deny."""
    inner = f"<title>A</title><description>{escape(text)}</description>"

    assert posting(inner).description_complete is complete


def test_names_of_other_things_are_not_the_entrys_own():
    """Pictures have titles too, and a place may stand in three elements."""
    one = posting(
        "<media:title>No</media:title><title>A</title><city>Cork</city><country>Ireland</country>"
        '<media:content url="https://acme.example/a.mp4" medium="video"/>'
        '<media:thumbnail url="https://acme.example/a.png"/>',
    )

    assert (one.title, one.location_text) == ("A", "Cork, Ireland")
    assert one.logo_url == "https://acme.example/a.png"


def test_a_personal_address_is_not_read():
    """RSS's author is a mail address by definition."""
    one = posting("<title>A</title><author>ada@acme.example (Ada Person)</author>")

    assert "Ada" not in str(one)


def test_an_entry_without_a_page_is_rejected():
    """Nobody could open it."""
    (result,) = results(rss("<item><title>A</title><link>javascript:alert(1)</link></item>"))

    assert (result.step, result.reason) == ("read", "bad_record")


def test_feedparser_reads_with_the_same_names():
    """What is rescued is read by the same function as what is not."""
    item = (
        f"<item>{LINK}<title>A</title><job_listing:company>Acme</job_listing:company>"
        "<category>X</category><description>d</description><pubDate>2026-01-01</pubDate></item>"
    )
    (record,) = rescued(rss(item))

    assert record["link"] == "https://acme.example/jobs/1"
    assert (record["title"], record["company"], record["categories"]) == ("A", "Acme", ["X"])
    assert (record["description"], record["published"]) == ("d", "2026-01-01")


PIECES = (
    "<item>", "</item>", "<title>", "</title>", "<link>", "https://a.example/1", "&x;", "A: B",
    "<![CDATA[", "]]>", "<!DOCTYPE x [", "]>", '<!ENTITY x "y">', "<a:b c:d='1'>", "\x00", "<p>",
)  # fmt: skip
JSON_FIELDS = st.sampled_from(("id", "url", "title", "tags", "image", "_x", "@type"))
JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(JSON_FIELDS, inner),
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=20))
def test_any_pieces_are_a_page_or_a_payload_error(pieces):
    """Nothing a site sends ends the run, and every record is a result."""
    for body in (rss("".join(pieces)), "".join(pieces)):
        with suppress(PayloadError):
            found = page(body.encode("utf-8", "surrogatepass"))
            assert len(list(read(feed.SOURCE, found, BOARD))) == len(found.records)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_a_payload_error(body):
    """The same for bytes."""
    with suppress(PayloadError):
        results(body)


@given(st.text(max_size=60), st.text(max_size=200))
def test_what_an_entry_says_is_what_is_read(name, text):
    """A well-formed feed loses no letter of a title or a text that XML can hold."""
    legal = "".join(letter for letter in name + text if letter.isprintable())
    body = rss(f"<item>{LINK}<title>x</title><description>{escape(legal)}</description></item>")
    (record,) = page(body).records

    assert record.get("description", "") == (legal if legal.strip() else "")


@given(JSON)
def test_any_item_of_a_json_feed_is_a_result(item):
    """An item of any shape costs itself alone."""
    good = {"id": "1", "url": "https://acme.example/1", "title": "A"}
    body = {"version": "https://jsonfeed.org/version/1.1", "items": [item, good]}
    found = results(json.dumps(body))

    assert len(found) == 2
    assert isinstance(found[-1], Posting)
