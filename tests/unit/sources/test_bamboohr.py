"""sources/bamboohr.py"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Request, Response
from jobtide.sources import bamboohr, read

BOARD = Board(source="bamboohr", token="lamproom")
HEAD = {"id": "7", "jobOpeningName": "Keeper"}
DETAIL = Request(url="https://lamproom.bamboohr.com/careers/7/detail", context={"identifier": "7"})


def page(answer, request=None, board=BOARD):
    body = json.dumps(answer).encode()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    request = request or bamboohr.start(board)
    return bamboohr.split(Response(request=request, body=body, fetched_at=at), board)


def result(**fields):
    (one,) = read(bamboohr.SOURCE, Page(records=[{**HEAD, **fields}]), BOARD)
    return one


def posting(**fields):
    one = result(**fields)
    assert isinstance(one, Posting), one
    return one


def detail(request=DETAIL, **fields):
    job = {"jobOpeningName": "Keeper", **fields}
    return page({"result": {"jobOpening": job}}, request)


@pytest.mark.parametrize(
    ("token", "url", "site"),
    [
        ("lamproom", None, "https://lamproom.bamboohr.com"),
        ("lamproom", "https://lamproom.bamboohr.com/careers", "https://lamproom.bamboohr.com"),
        ("lamp room/x", None, "https://lamp%20room%2Fx.bamboohr.com"),
    ],
)
def test_the_list_is_asked_for_at_the_tenant(token, url, site):
    """The list, each posting behind it, and the page for people are at one site."""
    board = Board(source="bamboohr", token=token, url=url)
    asked = page({"meta": {"totalCount": 1}, "result": [HEAD]}, board=board)
    (one,) = read(bamboohr.SOURCE, asked, board)

    assert bamboohr.start(board).url == f"{site}/careers/list"
    assert [request.url for request in asked.follow] == [f"{site}/careers/7/detail"]
    assert one.url == f"{site}/careers/7"


@pytest.mark.parametrize(
    "answer",
    [
        {"meta": {"totalCount": 3}, "result": []}, {"result": []}, {"meta": {"totalCount": 0}},
        {"meta": {"totalCount": 0}, "result": None}, {"result": {}},
        {"result": {"jobOpening": []}}, {"result": {"jobOpening": {"id": "7"}}}, {"error": "gone"},
    ],
)  # fmt: skip
def test_a_refusal_is_not_an_empty_board(answer):
    """Only an answer that counts nothing, and says so, is one."""
    with pytest.raises(PayloadError, match=r"^bamboohr/lamproom: "):
        page(answer)


def test_fewer_heads_than_counted_are_a_part():
    """What is not listed is not missed then."""
    assert page({"meta": {"totalCount": 1}, "result": [HEAD]}).complete
    assert not page({"meta": {"totalCount": 2}, "result": [HEAD]}).complete


def test_a_posting_is_the_one_asked_for():
    """It does not always say its number; when it says another one, it is refused."""
    assert detail().records[0]["id"] == "7"
    assert detail().complete
    alone = detail(Request(url=DETAIL.url))
    assert (alone.records[0]["id"], alone.complete) == ("7", False)
    with pytest.raises(PayloadError, match="posting 7 was asked for, 8 came"):
        detail(id=8)


def test_a_posting_remembers_that_its_head_was_remote():
    """It does not repeat it, and would overwrite what the head said."""
    heads = [{**HEAD, "isRemote": flag} for flag in (True, False, None)]
    asked = page({"meta": {"totalCount": 3}, "result": heads})
    pages = [detail(request, locationType="0") for request in asked.follow]
    said = [next(read(bamboohr.SOURCE, one, BOARD)).arrangement_text for one in pages]

    assert said == ["isRemote: true; locationType: 0", *["locationType: 0 (on site)"] * 2]


@pytest.mark.parametrize(
    ("remote", "kind", "text"),
    [
        (None, "0", "locationType: 0 (on site)"),
        (False, 0, "isRemote: false; locationType: 0 (on site)"),
        (True, "0", "isRemote: true; locationType: 0"),
        (None, "1", "locationType: 1"),
        (True, "2", "isRemote: true; locationType: 2"),
        (None, "2", "locationType: 2"),
        (None, " ", None),
        (None, None, None),
    ],
)
def test_only_what_is_sure_is_said_in_words(remote, kind, text):
    """The numbers are nowhere documented."""
    assert posting(isRemote=remote, locationType=kind).arrangement_text == text


@pytest.mark.parametrize(
    ("location", "ats", "place"),
    [
        ({"city": "Leeds", "state": "Yorkshire"}, None, "Leeds, Yorkshire"),
        ({"city": "New York", "state": "New York"}, {}, "New York, New York"),
        ({"city": "Leeds"}, {"city": "Halifax", "country": "United Kingdom"},
         "Leeds, United Kingdom"),
        ({"city": " ", "state": None}, {"city": "Halifax", "province": "Nova Scotia",
                                        "country": "Canada"}, "Halifax, Nova Scotia, Canada"),
        ({"city": "Leeds", "addressCountry": "United Kingdom"}, None, "Leeds, United Kingdom"),
        ({"addressCountry": "Norway"}, None, "Norway"),
        (None, None, None),
        ({"city": None}, {"country": ""}, None),
    ],
)  # fmt: skip
def test_a_place_stands_in_one_of_two_fields(location, ats, place):
    """City and state are never taken from different ones."""
    one = posting(location=location, atsLocation=ats)

    assert one.location_text == place
    assert one.job_locations == ((place,) if place else ())


def test_what_is_not_open_is_not_shown():
    """A posting may still be answered after it was closed."""
    assert isinstance(result(jobOpeningStatus="Open"), Posting)
    closed = result(jobOpeningStatus="Filled")
    assert isinstance(closed, Reject)
    assert closed.reason == "unlisted"


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.text(max_size=5) | st.integers(),
            "location": st.none()
            | st.dictionaries(st.sampled_from(["city", "state"]), st.none() | st.text(max_size=5)),
            "datePosted": st.none() | st.text(max_size=12),
            "locationType": st.none() | st.text(max_size=3) | st.integers(),
            "compensation": st.none() | st.text(max_size=9),
        },
    )
)
def test_any_head_of_the_shape_is_read(fields):
    """No value of a field costs more than its own posting, nor is nothing said as a text."""
    one = result(**fields)

    assert isinstance(one, Reject) or (one.identifier and "" not in one.job_locations)
