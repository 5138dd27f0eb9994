"""sources/recruitee.py"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Response, UnitText
from jobtide.sources import read, recruitee

BOARD = Board(source="recruitee", token="moss")
OFFER = {"id": 7, "title": "Mason", "careers_url": "https://moss.recruitee.com/o/mason"}


def page(answer):
    body = json.dumps(answer).encode()
    request = recruitee.start(BOARD)
    return recruitee.split(
        Response(request=request, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def result(**fields):
    (one,) = read(recruitee.SOURCE, Page(records=[{**OFFER, **fields}]), BOARD)
    return one


def posting(**fields):
    one = result(**fields)
    assert isinstance(one, Posting), one
    return one


@pytest.mark.parametrize(
    ("board", "url"),
    [
        (Board(source="recruitee", token="moss"), "https://moss.recruitee.com/api/offers/"),
        (Board(source="recruitee", token="jobs.moss.de"), "https://jobs.moss.de/api/offers/"),
        (Board(source="recruitee", token="a/b"), "https://a%2Fb.recruitee.com/api/offers/"),
        (Board(source="recruitee", token="x", url="https://x.example/o"), "https://x.example/o"),
    ],
)
def test_every_careers_site_has_the_same_api(board, url):
    """A token with a dot is a domain of its own."""
    assert recruitee.start(board).url == url


def test_an_empty_board_is_empty_and_an_error_is_not():
    """The list of offers must be there."""
    assert page({"offers": []}) == Page(records=[])
    with pytest.raises(PayloadError, match="offers"):
        page({"error": ["Not found"]})


def test_addresses_of_people_are_dropped():
    """Before anything reads them; so are the questions of the form."""
    offer = {**OFFER, "mailbox_email": "job.x@example.invalid", "open_questions": [{"id": 1}]}

    assert page({"offers": [offer, 7]}).records == [OFFER, 7]


def test_what_is_not_published_is_not_shown():
    """It is rejected, with the reason."""
    one = result(status="closed")

    assert isinstance(one, Reject)
    assert one.reason == "unlisted"
    assert posting(status="published")


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"locations": [{"city": "Utrecht", "state": "Utrecht", "country": "Netherlands"}]},
         ("Utrecht, Utrecht, Netherlands",)),
        ({"locations": [{"city": "A"}, {"city": "B"}, {"city": "A"}]}, ("A", "B")),
        ({"city": "Poznań", "state_name": None, "country": "Poland"}, ("Poznań, Poland",)),
        ({}, ()),
    ],
)  # fmt: skip
def test_every_place_is_kept(fields, places):
    """Each once, from the list, or from the offer itself."""
    assert posting(**fields).job_locations == places


def test_the_line_of_the_page_stays_beside_the_places():
    """ "Remote job" is what readers see, and says nothing of where that is."""
    one = posting(location="Remote job", city="DC", state_name="Washington")

    assert (one.location_text, one.job_locations) == ("Remote job", ("DC, Washington",))
    assert posting(city="DC").location_text == "DC"


def test_the_description_is_both_parts_and_the_notes_of_places():
    """A note says who else may apply; it is no HTML."""
    places = [{"city": "A", "note": "Or <B>."}, {"city": "B", "note": "Or <B>."}, {"city": "C"}]
    one = posting(description="<p>A</p>", requirements="<p>B</p>", locations=places)

    assert one.description == "<p>A</p>\n<p>B</p>\n<p>Or &lt;B&gt;.</p>"
    assert not posting(requirements=None).description_complete


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        ((True, False, False), "remote: true"),
        ((True, True, None), "remote: true; hybrid: true"),
        ((False, False, True), "on_site: true"),
        ((False, False, False), None),
    ],
)
def test_flags_that_are_up_are_said(flags, text):
    """All down says nothing; it would be read as "not remote"."""
    remote, hybrid, on_site = flags

    assert posting(remote=remote, hybrid=hybrid, on_site=on_site).arrangement_text == text


def test_pay_is_read_from_texts():
    """As they are: thousands that were meant are not guessed here."""
    pay = posting(
        salary={"min": "75.00", "max": "95.00", "period": "year", "currency": "USD"}
    ).stated_salary

    assert (pay.min_value, pay.max_value, pay.currency) == (75, 95, "USD")
    assert pay.unit_text == UnitText.YEAR
    nothing = {"min": None, "max": None, "period": None, "currency": "USD"}
    assert posting(salary=nothing).stated_salary is None
    assert posting(salary=None).stated_salary is None


def test_dates_are_in_utc():
    """Published, changed, closing; the making of a draft dates nothing."""
    one = posting(
        published_at="2026-07-17 11:00:39 UTC",
        updated_at="2026-08-05 08:57:20 UTC",
        close_at="2026-12-31 22:59:59 UTC",
        created_at="2020-01-01 00:00:00 UTC",
    )

    assert one.date_posted == datetime(2026, 7, 17, 11, 0, 39, tzinfo=UTC)
    assert one.date_modified == datetime(2026, 8, 5, 8, 57, 20, tzinfo=UTC)
    assert one.valid_through == datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)


def test_an_offer_without_address_gets_the_sites():
    """Its slug leads there, on any domain."""
    board = Board(source="recruitee", token="jobs.moss.de")
    offer = {"id": 7, "title": "Mason", "slug": "mason ä"}
    (one,) = read(recruitee.SOURCE, Page(records=[offer]), board)

    assert one.url == "https://jobs.moss.de/o/mason%20%C3%A4"


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "locations": st.none()
            | st.lists(
                st.fixed_dictionaries(
                    {}, optional={"city": st.none() | st.text(max_size=3), "note": st.text()}
                ),
                max_size=2,
            ),
            "location": st.none() | st.text(max_size=3),
            "tags": st.none() | st.lists(st.text(max_size=3), max_size=3),
            "published_at": st.none() | st.text(max_size=12),
            "salary": st.none()
            | st.fixed_dictionaries({"min": st.text(max_size=4) | st.floats()}),
        },
    )
)
def test_any_offer_of_the_shape_is_read(fields):
    """No value of a field costs the offer, and nothing stated is said as an empty text."""
    one = posting(**fields)

    assert one.location_text != ""
    assert "" not in (*one.job_locations, *one.tags)
