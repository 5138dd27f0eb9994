"""sources/personio.py"""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Request, Response, UnitText
from jobtide.sources import personio, read

BOARD = Board(source="personio", token="birch")
FEED = "https://birch.jobs.personio.de/xml?language=en"
JOB = {"id": "7", "name": "Ranger"}


def page(body, url=FEED, **context):
    request = Request(url=url, context=context)
    return personio.split(
        Response(request=request, body=body.encode(), fetched_at=datetime(2026, 1, 1, tzinfo=UTC)),
        BOARD,
    )


def position(number, name="Ranger", text="<p>Walk.</p>", more=""):
    sections = (
        f"<jobDescription><name>Job</name><value><![CDATA[{text}]]></value></jobDescription>"
    )
    return (
        f"<position><id>{number}</id><name>{name}</name>{more}"
        f"<jobDescriptions>{sections if text else ''}</jobDescriptions></position>"
    )


def feed(*positions):
    return f"<?xml version='1.0'?>\n<workzag-jobs>{''.join(positions)}</workzag-jobs>"


def posting(board=BOARD, **fields):
    (one,) = read(personio.SOURCE, Page(records=[{**JOB, **fields}]), board)
    assert isinstance(one, Posting), one
    return one


@pytest.mark.parametrize(
    ("board", "asked", "job"),
    [
        (BOARD, FEED, "https://birch.jobs.personio.de/job/7"),
        (
            Board(source="personio", token="birch.jobs.personio.com"),
            "https://birch.jobs.personio.com/xml?language=en",
            "https://birch.jobs.personio.com/job/7",
        ),
        (
            Board(source="personio", token="b", url="https://jobs.birch.example/xml?language=de"),
            "https://jobs.birch.example/xml?language=de",
            "https://jobs.birch.example/job/7",
        ),
    ],
)
def test_postings_lie_where_the_feed_does(board, asked, job):
    """The feed holds no addresses of its own."""
    assert personio.start(board).url == asked
    assert posting(board).url == job


def test_an_empty_feed_is_an_empty_board():
    """Another document is not, whatever it holds."""
    assert page(feed()) == Page(records=[])
    assert page("<workzag-jobs/>") == Page(records=[])
    with pytest.raises(PayloadError, match="not the feed of positions but <rss>"):
        page("<rss><position/></rss>")


def test_a_broken_feed_gives_what_is_whole_in_it():
    """And must not be taken for the whole board."""
    broken = feed(position(1), position(2), "<position><id>3</id>").replace("jobs>", "jobs", 1)
    found = page(broken)

    assert [record["id"] for record in found.records] == ["1", "2"]
    assert not found.complete
    with pytest.raises(PayloadError, match="a broken feed"):
        page("<workzag-jobs><position><id>3</id>")


def test_one_position_twice_is_one_posting():
    """The first counts; positions without a number are told apart."""
    nameless = "<position><name>x</name></position>"
    found = page(feed(position(1), position(1, "Again"), nameless, nameless))

    assert [record.get("name") for record in found.records] == ["Ranger", "x", "x"]


def test_what_is_empty_in_english_is_asked_for_in_the_own_language():
    """Only what is still missing is taken from there, and it lists nothing."""
    (follow,) = page(feed(position(1), position(2, text=""), position(3, text=" "))).follow

    assert (follow.url, follow.optional) == (FEED.partition("?")[0], True)
    assert follow.context == {"only": "2,3"}
    german = feed(position(1, "Eins"), position(2, "Zwei"), position(3, "Drei", text=""))
    found = page(german, url=follow.url, **follow.context)
    assert [record["name"] for record in found.records] == ["Zwei"]
    assert (found.follow, found.complete) == ([], True)
    assert page(german, url=follow.url).follow == []
    assert page(feed(position(1))).follow == []


def test_persons_are_left_out():
    """Elements we do not read never become part of a record; sections are known by their name."""
    contact = "<contacts><contact><name>Nobody Real</name></contact></contacts>"
    found = page(feed(position(1, more=contact)))
    sections = [
        {"name": name, "value": "Nobody Real"}
        for name in ("CONTACT_PERSON", "Your contact", "Deine Ansprechpartnerin", "Kontaktperson")
    ]

    assert "Nobody" not in repr(found)
    assert posting(jobDescriptions=sections).description == ""


def test_the_description_is_every_section_under_its_heading():
    """A section without text is none; a text without heading stays."""
    sections = [
        {"name": "Q & A", "value": "<p>A</p>"},
        {"name": "Empty", "value": " "},
        {"value": "<p>B</p>"},
    ]
    one = posting(jobDescriptions=sections)

    assert one.description == "<h3>Q &amp; A</h3>\n<p>A</p>\n<p>B</p>"
    assert one.description_complete
    assert not posting().description_complete


def test_every_office_is_a_place():
    """Each once, the main one first."""
    one = posting(office="Kassel", additionalOffices=["Remote", "Kassel", ""])

    assert (one.location_text, one.job_locations) == ("Kassel; Remote", ("Kassel", "Remote"))
    assert posting(office="").job_locations == ()


def test_what_is_stated_has_its_field():
    """Codes are kept as they are: others know what they mean."""
    one = posting(
        subcompany="Birch GmbH",
        department="IT",
        recruitingCategory="Engineering",
        occupation="it",
        occupationCategory="it_software",
        employmentType="permanent",
        schedule="full-or-part-time",
        seniority="experienced",
        yearsOfExperience="2-5",
        keywords="SQL , trees,SQL,",
        createdAt="2024-11-13T14:10:41+00:00",
    )

    assert one.hiring_organization == "Birch GmbH"
    assert one.occupational_category == ("IT", "Engineering", "it", "it_software")
    assert one.employment_type_text == "permanent, full-or-part-time"
    assert one.seniority_text == "experienced; years of experience: 2-5"
    assert one.tags == ("SQL", "trees")
    assert one.date_posted == datetime(2024, 11, 13, 14, 10, 41, tzinfo=UTC)
    assert posting(subcompany="").hiring_organization == "birch"


def test_pay_may_be_open_above():
    """An empty end is not stated."""
    pay = posting(
        salaryInformation={
            "min": "52000.00", "max": "", "currencyCode": "EUR", "currencySymbol": "€",
            "type": "yearly",
        }
    ).stated_salary  # fmt: skip

    assert (pay.min_value, pay.max_value, pay.currency) == (52000, None, "EUR")
    assert pay.unit_text == UnitText.YEAR
    assert posting(salaryInformation={"min": "0.00", "max": ""}).stated_salary is None


def test_entities_and_character_data_are_read():
    """Escaped in names, raw inside CDATA; comments are no text."""
    one = position(1, "Nut &amp; Bolt<!-- no -->", "A &amp; B")
    (record,) = page(feed(one)).records

    assert record["name"] == "Nut & Bolt"
    assert record["jobDescriptions"][0]["value"] == "A &amp; B"


@given(st.text(max_size=60), st.integers(min_value=0, max_value=200))
def test_any_damage_is_a_page_or_a_payload_error(noise, at):
    """Nothing a server sends ends the run."""
    body = feed(position(1), position(2))
    at = min(at, len(body))
    damaged = (body[:at] + noise + body[at:]).encode("utf-8", "replace").decode()
    try:
        found = page(damaged)
    except PayloadError:
        return
    assert len(list(read(personio.SOURCE, found, BOARD))) == len(found.records)
