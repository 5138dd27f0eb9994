"""Feeds: readable by every reader, whatever a posting says, and quiet while nothing happens."""

import json
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree
from msgspec.structs import replace

from jobtide.model import Eligibility, Place
from jobtide.publish.feeds import INDEX, FeedSettings, published_before, render
from jobtide.publish.feeds.channels import company_file
from jobtide.publish.readme import PageSettings
from jobtide.text import company_key
from tests.unit.publish import builders as make

SCHEMAS = Path(__file__).parent / "schemas"
GOLDEN = Path(__file__).parents[2] / "golden" / "feeds"
ATOM = etree.RelaxNG(etree.parse(str(SCHEMAS / "atom.rng")))
JSON_FEED = Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text("utf-8")))
NS = {"a": "http://www.w3.org/2005/Atom"}

ALL = PageSettings(name="all", title="All", query_text="", matches=lambda opening: True)
SETTINGS = FeedSettings(everything=ALL, home="https://jobs.example/")


def feeds(*openings, told=SETTINGS, **more):
    """Return path -> body of the feeds of some openings."""
    return {one.path: one.body for one in render(make.snapshot(*openings, **more), told)}


def one(**words):
    """Return an opening of one posting."""
    return make.opening(make.posting(words.pop("identifier", "1"), **words))


def check(found):
    """Hold every file against the rules of its format."""
    for path, body in found.items():
        if path.endswith((".rss", ".atom", ".opml")):
            tree = etree.fromstring(body)
        if path.endswith((".rss", ".atom")):
            read = feedparser.parse(body)
            assert not read.bozo, (path, read.bozo_exception)
        if path.endswith(".atom"):
            assert ATOM.validate(tree), ATOM.error_log.last_error
        if path.endswith(".json") and path != INDEX:
            JSON_FEED.validate(json.loads(body))


def titles(body):
    """Return the titles of the items, in order."""
    return [entry.title for entry in feedparser.parse(body).entries]


def test_every_feed_keeps_to_its_format():
    """Well-formed, no complaint by feedparser, Atom and JSON Feed as their schemas ask."""
    check({one.path: one.body for one in render(make.example(), SETTINGS)})


def test_an_empty_snapshot_gives_valid_feeds_without_a_clock():
    """Nothing found is no error, and the same bytes on any day."""
    found = feeds()
    check(found)

    assert found == feeds(taken_at=make.NOW + timedelta(days=300))
    assert titles(found["all.rss"]) == []


def test_without_a_home_feeds_are_valid_all_the_same():
    """An address nobody set is left out, not invented."""
    found = feeds(one(), told=FeedSettings(everything=ALL))
    check(found)

    assert b"example/feeds" not in b"".join(found.values())


@pytest.mark.parametrize("case", [path.name for path in sorted(GOLDEN.iterdir())])
def test_feeds_are_as_kept(case):
    """Every kept file is as it was when someone last looked at it (see write_golden.py)."""
    found = {one.path.replace("/", "-"): one.body for one in render(make.example(), SETTINGS)}

    assert found[case] == (GOLDEN / case).read_bytes()


@pytest.mark.parametrize("suffix", [".rss", ".atom", ".json"])
@pytest.mark.parametrize("title", ["R&D Engineer <core>", "a]]>b", 'The "lead"', "a\u2028b\x07c"])
def test_a_title_reads_back_as_it_was_written(suffix, title):
    """Signs of XML, quotes and characters no document may hold do no harm."""
    body = feeds(one(title=title))["all" + suffix]
    if suffix == ".json":
        found = json.loads(body)["items"][0]["title"]
    else:
        tree = etree.fromstring(body)
        (found,) = tree.xpath("//item/title/text() | //a:entry/a:title/text()", namespaces=NS)

    assert found == title.replace("\u2028", " ").replace("\x07", "")


def test_what_no_document_may_hold_is_dropped_everywhere():
    """Control characters and non-characters in any field: well-formed all the same."""
    bad = "a\x00\x0c\ufffe\uffff\ud800b"
    found = feeds(
        one(title=bad, hiring_organization=bad, description=f"<p>{bad}</p>", tags=(bad,)),
    )
    check(found)

    assert feedparser.parse(found["all.atom"]).entries[0].author == "a b"


def test_titles_use_numeric_references():
    """Readers disagree whether a title is HTML; these references are right for both."""
    body = feeds(one(title="R&D <core>"))["all.rss"]

    assert b"<title>R&#x26;D &#x3C;core&#x3E;</title>" in body


def test_an_address_cannot_leave_its_attribute():
    """A quote in an apply link injects no attribute, "]]>" in a text ends nothing."""
    opening = one(
        source="greenhouse",
        apply_url='https://x.example/?q="onmouseover="1',
        description="<p>code: a]]&gt;b</p>",
    )
    found = feeds(opening)
    check(found)
    body = json.loads(found["all.json"])["items"][0]["content_html"]
    tree = etree.fromstring(f"<div>{body}</div>")

    assert {name for node in tree.iter() for name in node.attrib} == {"href"}
    assert "a]]>b" in "".join(tree.itertext())


@settings(max_examples=100, deadline=None)
@given(
    title=st.text(max_size=60),
    company=st.none() | st.text(max_size=30),
    description=st.text(max_size=200),
    tags=st.lists(st.text(max_size=10), max_size=4),
    address=st.text(max_size=40),
)
def test_nothing_a_posting_says_breaks_a_feed(title, company, description, tags, address):
    """Any words at all: valid feeds of every kind."""
    opening = one(
        title=title,
        hiring_organization=company,
        description=description,
        tags=tuple(tags),
        url=f"https://remoteok.com/{address}",
        apply_url=address,
    )
    check({path: body for path, body in feeds(opening).items() if "category/" not in path})


def test_ids_are_permanent():
    """A new title, link or text is the same item to a reader."""
    before = feeds(one(title="Old", url="https://remoteok.com/a"))["all.atom"]
    after = feeds(one(title="New", url="https://remoteok.com/b"))["all.atom"]
    ids = [
        etree.fromstring(body).xpath("//a:entry/a:id/text()", namespaces=NS)
        for body in (before, after)
    ]

    assert ids[0] == ids[1] == ["tag:jobtide,2026:remoteok:main:1"]


def test_updated_is_the_last_change_and_never_the_moment_of_building():
    """Built later, the same bytes; changed, a later moment."""
    opening = one()
    changed = replace(opening, changed_at=make.NOW - timedelta(hours=3))
    later = make.NOW + timedelta(days=2)

    assert feeds(opening) == feeds(opening, taken_at=later)
    moment = etree.fromstring(feeds(changed)["all.atom"]).findtext("a:updated", namespaces=NS)
    assert moment == "2026-11-24T06:30:00+00:00"


def test_a_date_in_the_future_is_not_believed():
    """What a board dates ahead was published when it was first seen."""
    opening = one(date_posted=make.NOW + timedelta(days=40))
    moment = feedparser.parse(feeds(opening)["all.rss"]).entries[0].published

    assert moment == "Sun, 15 Nov 2026 09:30:00 +0000"


def several(count, age):
    """Return openings, each older by `age`."""
    return [
        make.opening(
            make.posting(str(number), title=f"Job {number}", date_posted=make.NOW - age * number),
            seen=make.NOW - age * number,
        )
        for number in range(count)
    ]


def test_a_feed_reaches_back_a_week_however_much_happens():
    """300 openings in a week: none is missed by someone who looks every three days."""
    found = titles(feeds(*several(400, timedelta(minutes=30)))["all.rss"])

    assert found == [f"Job {number}" for number in range(337)]


def test_a_feed_has_a_hundred_items_however_old():
    """Slow months do not empty a feed, and no feed is endless."""
    slow = titles(feeds(*several(150, timedelta(days=3)))["all.rss"])
    first = titles(feeds(*several(700, timedelta(seconds=1)))["all.rss"])

    assert slow == [f"Job {number}" for number in range(100)]
    assert len(first) == SETTINGS.max_items


def test_a_busy_week_does_not_make_a_feed_heavy():
    """The newest hundred are whole; of those before them there is an excerpt."""
    text = "<p>" + "A sentence of the text. " * 100 + "The last word.</p>"
    openings = [
        make.opening(replace(one.posting, description=text), seen=one.first_seen_at)
        for one in several(140, timedelta(minutes=30))
    ]
    items = json.loads(feeds(*openings)["all.json"])["items"]

    assert ["The last word." in item["content_html"] for item in items] == [True] * 100 + [
        False
    ] * 40


def test_terms_decide_how_much_is_shown():
    """An excerpt stays one; a whole text is whole; both name and link the board."""
    text = "<p>" + "A sentence of the text. " * 100 + "The last word.</p>"
    url = "https://weworkremotely.com/remote-jobs/1"
    short = feeds(one(source="weworkremotely", url=url, description=text))["all.json"].decode()
    whole = feeds(one(description=text))["all.json"].decode()

    assert "The last word." not in short
    assert "The last word." in whole
    assert "We Work Remotely" in short
    assert url in short


def test_a_tag_is_named_once():
    """A board's tag that is the category's name as well is not said twice."""
    found = feeds(one(category=make.label("healthcare"), tags=("HEALTHCARE", "Nursing")))

    assert json.loads(found["all.json"])["items"][0]["tags"] == ["Healthcare", "Nursing"]


def test_every_board_of_an_opening_is_credited():
    """Merged postings: all are named with their own link."""
    second = make.posting("2", source="remotive", url="https://remotive.com/remote-jobs/2")
    body = feeds(make.opening(make.posting("1"), second))["all.rss"].decode()

    assert "also on" in body
    assert "https://remotive.com/remote-jobs/2" in body


def test_there_is_a_feed_for_each_thing_worth_following():
    """All, categories, countries that are named, employers with two openings, the pages."""
    page = PageSettings(name="night", title="Night", query_text="title:night", matches=bool)
    found = feeds(
        one(
            identifier="1",
            category=make.label("backend"),
            eligibility=Eligibility(countries=(make.label("PL"),)),
        ),
        one(identifier="2", eligibility=Eligibility(anywhere=make.label("yes"))),
        one(identifier="3", hiring_organization="Quillwort", job_location=(Place(country="DE"),)),
        told=replace(SETTINGS, pages=(page,)),
    )

    assert len(titles(found["category/backend.rss"])) == 1
    assert titles(found["category/legal.rss"]) == []
    assert len(titles(found["country/pl.rss"])) == 2
    assert len(titles(found["country/de.rss"])) == 1
    assert len(titles(found["company/larkspur.rss"])) == 2
    assert "company/quillwort.rss" not in found
    assert len(titles(found["page/night.rss"])) == 3


def test_an_employers_feed_stays_while_it_has_an_opening():
    """A feed someone follows is not taken away because one of two jobs closed."""
    kept = replace(SETTINGS, kept=frozenset(["company/larkspur"]))

    assert "company/larkspur.rss" in feeds(one(), told=kept)
    assert "company/larkspur.rss" not in feeds(one())


@given(st.lists(st.text(min_size=1, max_size=20), max_size=20))
def test_the_file_of_an_employer_depends_on_it_alone(names):
    """No two employers share a file, whoever else there is."""
    keys = {company_key(name) for name in names}

    assert len({company_file(key) for key in keys}) == len(keys)


def test_the_list_of_feeds_names_every_file():
    """OPML lists all feeds; the index lists all files, so that old ones can be removed."""
    found = feeds(one(identifier="1"), one(identifier="2"))
    listed = published_before(found[INDEX])
    outlines = etree.fromstring(found["feeds.opml"]).xpath("//outline/@xmlUrl")

    assert sorted([*listed, "feeds.opml", INDEX]) == sorted(found)
    assert outlines == [
        f"https://jobs.example/feeds/{path}" for path in listed if path.endswith(".rss")
    ]


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"\xff\xfe", b'[{"kind":"all"}]'])
def test_a_list_that_cannot_be_read_names_nothing(body):
    """Somebody else's index.json removes no file."""
    assert published_before(body) == []
