"""sources/teamtailor.py"""

import json
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Response
from jobtide.sources import read, teamtailor

BOARD = Board(source="teamtailor", token="fjordlys")
ITEM = {"guid": "g-1", "title": "Keeper", "link": "https://jobb.fjordlys.example/jobs/1-keeper"}
ENTRY = {"id": "g-1", "title": "Keeper", "url": "https://jobb.fjordlys.example/jobs/1-keeper"}


def page(body, request=None, board=BOARD):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    request = request or teamtailor.start(board)
    return teamtailor.split(Response(request=request, body=body, fetched_at=at), board)


def xml(record):
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in record.items())
    return f"<item>{inner}</item>"


def rss(items):
    inner = "".join(item if isinstance(item, str) else xml(item) for item in items)
    namespace = 'xmlns:tt="https://teamtailor.com/locations"'
    return f'<rss version="2.0" {namespace}><channel>{inner}</channel></rss>'.encode()


def items(start, count=teamtailor.LIMIT):
    return [{**ITEM, "guid": f"g-{number}"} for number in range(start, start + count)]


def feed(entries, **more):
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "items": entries, **more}).encode()


def result(board=BOARD, **fields):
    record = ITEM | fields
    (one,) = read(teamtailor.SOURCE, Page(records=[record]), board)
    return one


def posting(board=BOARD, **fields):
    one = result(board, **fields)
    assert isinstance(one, Posting), one
    return one


def entry(board=BOARD, **fields):
    (one,) = read(teamtailor.SOURCE, page(feed([ENTRY | fields])), board)
    return one


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (None, "https://fjordlys.teamtailor.com/jobs.rss?offset=0&per_page=100"),
        ("https://jobb.example/jobs", "https://jobb.example/jobs.rss?offset=0&per_page=100"),
        ("https://jobb.example/jobs.rss", "https://jobb.example/jobs.rss?offset=0&per_page=100"),
        ("https://jobb.example/jobs.json", "https://jobb.example/jobs.json"),
        ("https://jobb.example/jobs.json?x=1", "https://jobb.example/jobs.json?x=1"),
    ],
)
def test_the_feed_is_asked_for_at_the_site(url, asked):
    """The employer's own domain has the same feeds; JSON only when it is named."""
    board = Board(source="teamtailor", token="fjordlys", url=url)

    assert teamtailor.start(board).url == asked


def test_pages_are_followed_until_one_is_short():
    """A hundred items a page."""
    first = page(rss(items(0)))
    (request,) = first.follow
    second = page(rss(items(100)), request)
    third = page(rss(items(200, 3)), second.follow[0])

    assert [len(one.records) for one in (first, second, third)] == [100, 100, 3]
    assert "offset=100&" in request.url
    assert "offset=200&" in second.follow[0].url
    assert not request.optional
    assert third.complete
    assert third.follow == []


def test_a_full_last_page_is_followed_by_an_empty_one():
    """That ends the board as well."""
    assert page(rss([]), page(rss(items(0))).follow[0]) == Page(records=[])


def test_a_page_that_comes_again_ends_the_board():
    """It is not read again, and more may be left."""
    again = page(rss(items(0)), page(rss(items(0))).follow[0])

    assert again == Page(records=[], complete=False)


def test_a_feed_without_an_end_is_ended():
    """What was read is kept, as a part."""
    request, number = None, 0
    while True:
        answer = page(rss(items(number * 100)), request)
        number += 1
        if not answer.follow:
            break
        (request,) = answer.follow

    assert number == teamtailor.MOST_PAGES
    assert len(answer.records) == 100
    assert not answer.complete


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'/>", b"<feed><entry/></feed>", b"<html><title>Log in</title></html>",
        b'{"items": []}', b'{"version": "1", "items": []}', b'{"version": "https://jsonfeed.org/"}',
        b'["a"]', b'"x"',
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused(body):
    """An empty channel is an empty board; an answer without one is none."""
    assert page(rss([])) == Page(records=[])
    assert page(feed([])) == Page(records=[])
    with pytest.raises(PayloadError, match=r"^teamtailor/fjordlys: "):
        page(body)


def test_a_feed_that_breaks_off_is_a_part():
    """The items before that are read."""
    answer = page(rss(items(0, 2))[:-30])

    assert not answer.complete
    assert answer.records


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("fully", "remoteStatus: fully"), ("hybrid", "remoteStatus: hybrid"),
        ("onsite", "remoteStatus: onsite"), ("temporary", "temporary"),
        ("none", None), ("", None), (" ", None), (None, None),
    ],
)  # fmt: skip
def test_none_is_what_nobody_filled_in(status, text):
    """It does not mean on site; nor is remote for now a remote job."""
    assert posting(remoteStatus=status).arrangement_text == text


@pytest.mark.parametrize(
    ("place", "line", "location"),
    [
        ({"name": "Head Office", "city": "Bergen", "country": "Norway"},
         "Head Office, Bergen, Norway", "Bergen, Norway"),
        ({"name": "Bergen", "city": "Bergen", "country": "Norway"},
         "Bergen, Norway", "Bergen, Norway"),
        ({"name": "Bergen, Norway", "city": "Bergen", "country": "Norway"},
         "Bergen, Norway", "Bergen, Norway"),
        ({"name": "Remote - Nordics", "city": None, "country": None},
         "Remote - Nordics", "Remote - Nordics"),
        ({"name": "Oslo", "city": " ", "country": "Norway"}, "Oslo, Norway", "Oslo, Norway"),
        ({"name": None, "country": "Norway"}, "Norway", "Norway"),
        ({}, None, None),
    ],
)  # fmt: skip
def test_a_place_has_a_name_and_an_address(place, line, location):
    """Readers see the name; where it lies is in the address."""
    one = posting(locations=[place])

    assert one.location_text == line
    assert one.job_locations == ((location,) if location else ())


def test_elements_of_the_namespace_are_read():
    """Places, and groups of jobs, each group once."""
    tt = (
        "<tt:locations><tt:location><tt:name>HQ</tt:name><tt:city>Bergen</tt:city></tt:location>"
        "<tt:location><tt:name/><tt:city>Oslo</tt:city></tt:location></tt:locations>"
        "<tt:department>Drift</tt:department><tt:role/><tt:division>Drift</tt:division>"
        "<media:title xmlns:media='x'>Not ours</media:title><!-- aside -->"
    )
    (record,) = page(rss([xml(ITEM).replace("</item>", f"{tt}</item>")])).records
    one = teamtailor.posting(record, BOARD)

    assert one.job_locations == ("Bergen", "Oslo")
    assert one.location_text == "HQ, Bergen; Oslo"
    assert one.occupational_category == ("Drift",)
    assert one.title == "Keeper"


def test_the_employer_is_named_by_whoever_knows_it():
    """The board's list, then the feed, then the token."""
    known = Board(source="teamtailor", token="fjordlys", organization="Fjordlys AS")

    assert posting(known, feed="Jobs at Fjordlys").hiring_organization == "Fjordlys AS"
    assert posting(feed="Jobs at Fjordlys").hiring_organization == "Jobs at Fjordlys"
    assert posting().hiring_organization == "fjordlys"
    stated = {"hiringOrganization": {"name": "Fjordlys Nord"}}
    assert entry(known, _jobposting=stated).hiring_organization == "Fjordlys Nord"


def test_both_feeds_have_the_same_items():
    """By guid, so a board may change from one to the other."""
    assert entry().id == posting().id
    assert entry().url == posting().url


def test_groups_of_offices_are_no_places():
    """Their region is the employer's own; without a city it is all there is."""
    places = [
        {"address": {"addressLocality": "Madrid", "addressRegion": "Europe",
                     "addressCountry": "ES"}},
        {"address": {"addressRegion": "Nordics"}},
        {"address": "Oslo"},
    ]  # fmt: skip
    one = entry(_jobposting={"jobLocation": places})

    assert one.job_locations == ("Madrid, ES", "Nordics", "Oslo")


def test_the_items_own_fields_come_first():
    """What the JobPosting says is added; its number is Teamtailor's, not the employer's."""
    one = entry(
        content_html="<p>all</p>",
        date_published="2026-02-04T09:26:20+01:00",
        _jobposting={
            "title": "Old", "description": "<p>part</p>", "datePosted": "2020-01-01",
            "identifier": {"value": 7}, "jobLocationType": "TELECOMMUTE",
        },
    )  # fmt: skip

    assert (one.title, one.description) == ("Keeper", "<p>all</p>")
    assert one.date_posted == datetime(2026, 2, 4, 8, 26, 20, tzinfo=UTC)
    assert one.requisition is None
    assert "TELECOMMUTE" in one.arrangement_text
    assert not entry().description_complete


def test_a_json_feed_may_have_pages():
    """The address of the next is in it; one that leads back ends the board as a part."""
    first = page(feed([ENTRY], next_url="https://jobb.fjordlys.example/jobs.json?page=2"))
    (request,) = first.follow

    assert request.url.endswith("page=2")
    assert page(feed([{**ENTRY, "id": "g-2"}]), request).complete
    assert not page(feed([ENTRY], next_url=request.url), request).follow
    assert not page(feed([ENTRY], next_url=request.url), request).complete


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "guid": st.text(max_size=4),
            "link": st.text(max_size=9),
            "pubDate": st.none() | st.text(max_size=12),
            "remoteStatus": st.none() | st.text(max_size=6),
            "locations": st.lists(
                st.dictionaries(
                    st.sampled_from(["name", "city", "country"]), st.none() | st.text(max_size=4)
                ),
                max_size=2,
            ),
        },
    )
)
def test_any_item_of_the_shape_is_read(fields):
    """No value of a field costs more than its own posting, nor is nothing said as a text."""
    one = result(**fields)

    assert isinstance(one, Reject) or (one.identifier and "" not in one.job_locations)
    assert isinstance(one, Reject) or one.location_text != ""


@given(
    st.dictionaries(
        st.sampled_from(["jobLocation", "datePosted", "baseSalary", "hiringOrganization"]),
        st.recursive(
            st.none() | st.text(max_size=5) | st.integers(),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(
                st.sampled_from(["address", "addressLocality", "name", "value"]), inner
            ),
            max_leaves=5,
        ),
    )
)  # fmt: skip
def test_any_job_posting_is_read(node):
    """Whatever the markup holds, the item's own fields stand."""
    one = entry(_jobposting=node)

    assert isinstance(one, Posting)
    assert one.title == "Keeper"
