"""sources/weworkremotely.py"""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import read, weworkremotely

BOARD = Board(source="weworkremotely")
LINK = "https://weworkremotely.com/remote-jobs/acme-engineer-2"
ITEM = f"<item><title>Acme: Engineer</title><guid>{LINK}</guid></item>"


def page(body):
    body = body if isinstance(body, bytes) else body.encode()
    response = Response(
        request=weworkremotely.start(BOARD),
        body=body,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return weworkremotely.split(response, BOARD)


def feed(items):
    return f'<?xml version="1.0"?><rss xmlns:m="http://search.yahoo.com/mrss/"><channel>{items}</channel></rss>'


def posting(inner, title="Acme: Engineer"):
    item = f"<item><title>{escape(title)}</title>{inner}<guid>{LINK}</guid></item>"
    (result,) = read(weworkremotely.SOURCE, page(feed(item)), BOARD)
    return result


@pytest.mark.parametrize(
    ("token", "url"),
    [
        ("main", "https://weworkremotely.com/remote-jobs.rss"),
        (
            "remote-design-jobs",
            "https://weworkremotely.com/categories/remote-design-jobs.rss",
        ),
        (
            "remote-business-management-jobs",
            "https://weworkremotely.com/categories/remote-management-and-finance-jobs.rss",
        ),
    ],
)
def test_each_board_has_its_feed(token, url):
    """Feeds that moved are asked at their new address: the old one answers with nothing."""
    assert weworkremotely.start(Board(source="weworkremotely", token=token)).url == url


def test_moved_feeds_are_boards_no_longer():
    """What moved leads to a feed that is there."""
    assert set(weworkremotely.MOVED.values()) <= set(weworkremotely.CATEGORIES)
    assert not set(weworkremotely.MOVED) & set(weworkremotely.CATEGORIES)


@pytest.mark.parametrize(
    ("title", "company", "role"),
    [
        ("Acme: Engineer", "Acme", "Engineer"),
        ("Acme: FULL TIME: Engineer", "Acme", "FULL TIME: Engineer"),
        ("A s.c. Jan B, Anna C: Engineer", "A s.c. Jan B, Anna C", "Engineer"),
        ("Acme:Labs: Engineer", "Acme:Labs", "Engineer"),
        ("Engineer", None, "Engineer"),
        ("Engineer 9:30", None, "Engineer 9:30"),
        (" : Engineer", None, "Engineer"),
    ],
)
def test_titles_part_at_the_first_colon_and_blank(title, company, role):
    """Roles hold colons, companies hold commas; a title without the mark is all role."""
    result = posting("", title)

    assert (result.hiring_organization, result.title) == (company, role)


@given(st.text(max_size=30), st.text(max_size=30))
def test_titles_lose_nothing(company, role):
    """Company and role put together again are the title."""
    if ": " not in f"{company} : "[: len(company) + 1]:
        found, title = weworkremotely._parted(f"{company}: {role}")
        assert title == role
        assert (found or "").strip() == company.strip()


def test_flags_part_countries():
    """Names of countries hold commas, so only a comma before a flag parts two."""
    result = posting("<region>Europe</region><country>🇫🇷 France, 🇨🇩 Congo, Dem. Rep.</country>")

    assert result.applicant_locations == ("Europe", "🇫🇷 France", "🇨🇩 Congo, Dem. Rep.")
    assert result.location_text == "Europe"


def test_the_employers_seat_is_no_condition():
    """The state agrees with "Headquarters": it says nothing about where one may live."""
    result = posting("<region>Anywhere in the World</region><state>Delaware</state>")

    assert result.applicant_locations == ("Anywhere in the World",)


def test_both_spellings_of_the_namespace_are_read():
    """The board leaves out the slash that the definition has."""
    assert posting('<m:content url="https://x/l.gif"/>').logo_url == "https://x/l.gif"


@pytest.mark.parametrize(
    ("body", "complete"),
    [
        (feed(ITEM), True),
        (feed(ITEM.replace("Engineer<", "Engineer &nbsp; R&D<")), True),
        (feed(ITEM)[:-20], False),
        (feed(ITEM + "<item><title>Cut: Sho"), False),
        (feed(ITEM).replace("<rss ", "<rss version=2.0 "), False),
        (feed(ITEM.replace("</item>", "")), False),
        (feed("<item><title>Acme: One</item>" + ITEM), False),
        (feed("<item><title>Acme: One<guid>x</guid></item>" + ITEM), False),
        (feed("<item><title>Acme: <b>One</title></item>" + ITEM), False),
        (feed(ITEM).encode().replace(b"Engineer<", b"Ing\xe9nieur<"), False),
    ],
)
def test_broken_feeds_give_what_can_be_read(body, complete):
    """A feed that breaks off closes nothing, and half an item is no posting."""
    found = page(body)

    assert [record["guid"] for record in found.records] == [LINK]
    assert found.complete is complete


@pytest.mark.parametrize(
    "body",
    [
        feed(""), "<rss/>", "<feed><entry/></feed>", "", " ", "no feed",
        "<!DOCTYPE html><html><title>Just a moment...</title></html>",
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hosts">]>' + feed(ITEM),
        feed("<item><title>Cut: Sho"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused(body):
    """A challenge, an empty answer or a feed without a single item is a failure."""
    with pytest.raises(PayloadError, match=r"^weworkremotely/main: "):
        page(body)


def test_no_file_is_ever_opened(tmp_path):
    """An answer that looks like the name of a file, or includes one, stays an answer."""
    secret = tmp_path / "secret.xml"
    secret.write_text(feed(ITEM.replace("Acme", "Secret")), encoding="utf-8")
    include = '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{}" parse="text"/>'

    with pytest.raises(PayloadError):
        page(str(secret))
    result = posting(f"<description>{include.format(secret)}</description>")
    assert result.description == ""


def test_an_item_without_address_or_role_is_a_reject():
    """Each says why, the others are read."""
    items = "<item><title>Acme: X</title></item><item><title>Acme: </title><link>https://x/y</link></item>"
    results = list(read(weworkremotely.SOURCE, page(feed(items + ITEM)), BOARD))

    assert [type(result) for result in results] == [Reject, Reject, Posting]
    assert [result.reason for result in results[:2]] == ["bad_record", "no_title"]
