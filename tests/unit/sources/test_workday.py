"""sources/workday/"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import ConfigError, PayloadError
from jobtide.model import Board, Page, Posting, Reject, Request, Response
from jobtide.sources import read, workday

BOARD = Board(source="workday", token="harbour.wd3/Careers")
API = "https://harbour.wd3.myworkdayjobs.com/wday/cxs/harbour/Careers"
HEAD = {"title": "Keeper", "externalPath": "/job/Bergen/Keeper_R1-2", "bulletFields": ["R1"]}
INFO = {"jobPostingId": "Keeper_R1-2", "title": "Keeper", "jobDescription": "<p>Keep.</p>"}


def heads(start, count=workday.LIMIT):
    return [{**HEAD, "externalPath": f"/job/Bergen/Keeper_R{start + n}"} for n in range(count)]


def page(answer, request=None, board=BOARD):
    at = datetime(2026, 1, 10, 23, 59, tzinfo=UTC)
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    request = request or workday.start(board)
    return workday.split(Response(request=request, body=body, fetched_at=at), board)


def listed(rows, total, request=None):
    return page({"total": total, "jobPostings": rows}, request)


def further(total, rows=None):
    """Return the request for the second page."""
    return listed(rows or heads(0), total).follow[0]


def posting(board=BOARD, **fields):
    (one,) = read(
        workday.SOURCE,
        page({"total": 1, "jobPostings": [{**HEAD, **fields}]}, board=board),
        board,
    )
    assert isinstance(one, Posting), one
    return one


def detail(organization=None, board=BOARD, **fields):
    request = Request(
        url=f"{API}/job/Bergen/Keeper_R1-2", context={"identifier": INFO["jobPostingId"]}
    )
    answer = {"jobPostingInfo": {**INFO, **fields}, "hiringOrganization": organization}
    (one,) = read(workday.SOURCE, page(answer, request, board), board)
    return one


@pytest.mark.parametrize(
    ("token", "url", "asked", "shown"),
    [
        ("acme.wd5/Ext", None, "acme.wd5.myworkdayjobs.com", "/Ext"),
        ("acme/Ext", "https://acme.wd1.myworkdayjobs.com/Ext",
         "acme.wd1.myworkdayjobs.com", "/Ext"),
        ("acme/Ext", "https://acme.wd1.myworkdayjobs.com/de-DE/Ext/",
         "acme.wd1.myworkdayjobs.com", "/de-DE/Ext"),
        ("acme/Ext", "https://wd5.myworkdaysite.com/recruiting/acme/Ext",
         "wd5.myworkdaysite.com", "/recruiting/acme/Ext"),
        ("acme/Ext", "https://acme.wd1.myworkdayjobs.com/wday/cxs/acme/Ext/jobs",
         "acme.wd1.myworkdayjobs.com", "/Ext"),
        ("acme.wd5/Ext", "https://acme.wd1.myworkdayjobs.com",
         "acme.wd1.myworkdayjobs.com", "/Ext"),
        ("acme/Ext", None, "acme.myworkdayjobs.com", "/Ext"),
    ],
)  # fmt: skip
def test_the_host_comes_from_the_address_or_the_token(token, url, asked, shown):
    """Tenant and site are those of the token; postings are shown where the site is."""
    board = Board(source="workday", token=token, url=url)
    request = workday.start(board)

    assert request.url == f"https://{asked}/wday/cxs/acme/Ext/jobs"
    assert posting(board).url == f"https://{asked}{shown}/job/Bergen/Keeper_R1-2"


@pytest.mark.parametrize("token", ["acme", "acme.wd5", "acme.wd5/", "/Ext", "a/b/c", "main"])
def test_a_token_without_a_site_is_a_mistake_of_the_user(token):
    """Nothing can be asked, and the message says how a token looks."""
    with pytest.raises(ConfigError, match=r"tenant\.wdN/site"):
        workday.start(Board(source="workday", token=token))


def test_an_answer_says_where_it_came_from():
    """A board called "tenant/site" is read, when its answer was asked for at another host."""
    board = Board(source="workday", token="harbour/Careers")
    asked = page({"total": 1, "jobPostings": [HEAD]}, Request(url=f"{API}/jobs"), board)

    assert asked.follow[0].url == f"{API}{HEAD['externalPath']}"
    (one,) = read(workday.SOURCE, asked, board)
    assert one.url.startswith("https://harbour.wd3.myworkdayjobs.com/Careers/job/")


def test_the_list_is_asked_for_by_post_twenty_at_a_time():
    """More are refused by the server; the next page begins where this one ended."""
    first, second = workday.start(BOARD), further(45)

    assert (first.method, second.method) == ("POST", "POST")
    assert first.url == second.url
    assert [json.loads(one.body)["offset"] for one in (first, second)] == [0, 20]
    assert [json.loads(one.body)["limit"] for one in (first, second)] == [20, 20]
    assert not second.optional


def test_only_the_first_page_knows_the_total():
    """The others say 0, which is no sign of an empty board."""
    second = listed(heads(20), 0, further(45))
    third = listed(heads(40, 5), 0, second.follow[0])

    assert [len(one.records) for one in (second, third)] == [20, 5]
    assert second.complete
    assert third.complete
    assert all(request.optional for request in third.follow)


def test_a_full_last_page_is_followed_by_an_empty_one():
    """That ends the board as well."""
    end = listed([], 0, further(20))

    assert end == Page(records=[])


@pytest.mark.parametrize(
    ("rows", "total"), [(heads(0, 3), 45), (heads(0, 2), 2_000), (heads(0, 19), 20)]
)
def test_a_page_that_is_too_short_is_a_part(rows, total):
    """It ends the reading, and nothing it does not list is missed."""
    assert not listed(rows, total).complete
    assert listed(rows, total).records


def test_a_later_page_that_is_too_short_is_a_part():
    """Empty or not: the first page counted more."""
    for rows in ([], heads(20, 3)):
        assert not listed(rows, 0, further(45)).complete


@pytest.mark.parametrize("answer", [
    {"total": 12, "jobPostings": []}, {"jobPostings": []}, {"total": None, "jobPostings": []},
    {"total": 0}, {"errorCode": "S22"}, {"total": 0, "jobPostings": {}}, [], b"",
    b"<!DOCTYPE html><title>Maintenance</title>",
    {"jobPostingInfo": {}}, {"jobPostingInfo": None},
])  # fmt: skip
def test_a_refusal_is_not_an_empty_board(answer):
    """No rows although some are counted, an error, a page for people."""
    with pytest.raises(PayloadError, match=r"^workday/harbour.wd3/Careers: "):
        page(answer)


def test_a_later_page_can_refuse_as_well():
    """An empty page that counts postings behind it is no end."""
    with pytest.raises(PayloadError, match="no postings from 20, although it counts 45"):
        listed([], 45, further(45))


def test_what_lies_beyond_the_cap_is_not_asked_for():
    """There the first page would come again; nobody knows what is left."""
    request, rows = workday.start(BOARD), 0
    for number in range(200):
        answer = listed(heads(rows), workday.CAP if number == 0 else 0, request)
        rows += len(answer.records)
        assert not answer.complete
        lists = [one for one in answer.follow if one.method == "POST"]
        if not lists:
            break
        (request,) = lists

    assert rows == workday.CAP


def test_a_first_page_that_comes_again_ends_the_board():
    """As does a page that comes twice: the rows are not read again, and more may be left."""
    again = listed(heads(0), 0, further(500))
    third = listed(heads(20), 0, further(500)).follow[0]

    assert again == Page(records=[], complete=False)
    assert listed(heads(0), 0, third) == Page(records=[], complete=False)
    assert listed(heads(20), 0, third) == Page(records=[], complete=False)


@pytest.mark.parametrize(
    ("age", "day"),
    [
        ("Posted Today", 10), ("Posted Yesterday", 9), ("Posted 8 Days Ago", 2),
        ("Posted 30+ Days Ago", None), ("Heute ausgeschrieben", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_an_age_counts_from_the_day_it_was_read(age, day):
    """What is only known to be older, or said in another language, is not stated."""
    date = day and datetime(2026, 1, day, tzinfo=UTC)

    assert posting(postedOn=age).date_posted == date
    assert detail(postedOn=age).date_posted == date
    assert detail(postedOn=age, startDate="2025-12-24").date_posted == datetime(
        2025, 12, 24, tzinfo=UTC
    )


@pytest.mark.parametrize("words", ["2 Locations", " 17  locations ", "1 Location", "", " ", None])
def test_a_count_is_no_place(words):
    """The posting itself names the places."""
    one = posting(locationsText=words)

    assert (one.location_text, one.job_locations) == (None, ())
    assert posting(locationsText="US, NC,  Durham").location_text == "US, NC,  Durham"


def test_places_of_a_posting():
    """Each once, in order; the country stands in for a first place that names none."""
    country = {"descriptor": "Norway"}
    more = ["Oslo, Norway", "NO, Remote", "Oslo, Norway", ""]
    one = detail(location="Quay 4", additionalLocations=more, country=country)
    known = detail(location="Bergen, Norway", country=country)
    coded = {"country": {"descriptor": "Norway", "alpha2Code": "NO"}}

    assert one.job_locations == ("Quay 4 (Norway)", "Oslo, Norway", "NO, Remote")
    assert one.location_text == "Quay 4; Oslo, Norway; NO, Remote"
    assert known.job_locations == ("Bergen, Norway",)
    assert detail(jobRequisitionLocation=coded, country=country).job_locations == ("NO",)


@pytest.mark.parametrize(
    ("name", "bullets", "number"),
    [
        ("Keeper_R1-2", ["R1"], "R1"), ("Keeper_R1", ["R1"], "R1"),
        ("Keeper_JR-01", ["JR-01"], "JR-01"), ("Keeper_JR-01-1", ["JR-01"], "JR-01"),
        ("Keeper_R1", ["Bergen", "R1"], "R1"), ("Keeper_R1", ["Bergen"], None),
        ("Keeper_R11", ["R1"], None), ("Keeper_R1", [], None), ("Keeper_R1", None, None),
    ],
)  # fmt: skip
def test_the_number_of_a_vacancy_is_the_bullet_in_its_name(name, bullets, number):
    """Employers choose what the bullets show."""
    one = posting(externalPath=f"/job/Bergen/{name}", bulletFields=bullets)

    assert (one.identifier, one.requisition) == (name, number)


def test_head_and_posting_are_the_same_one():
    """A head is known to lack its text; the posting has it and the employer's name."""
    head, whole = posting(), detail({"name": "Harbour Light AS", "url": ""})

    assert head.id == whole.id
    assert (head.description_complete, whole.description_complete) == (False, True)
    assert (head.hiring_organization, whole.hiring_organization) == ("harbour", "Harbour Light AS")
    assert whole.url == head.url


def test_the_name_we_know_an_employer_by_stays():
    """The posting names a legal entity, another one for each country."""
    board = Board(source="workday", token=BOARD.token, organization="Harbour")

    assert posting(board).hiring_organization == "Harbour"
    assert detail({"name": "Harbour Light AS"}, board).hiring_organization == "Harbour"


def test_another_posting_than_asked_for_is_refused():
    """Its text would stand below a title it does not belong to."""
    with pytest.raises(PayloadError, match="Keeper_R1-2 was asked for, Other_R2 came"):
        detail(jobPostingId="Other_R2")


def test_a_posting_alone_is_a_part_of_a_board():
    """What it does not list is not gone."""
    assert not page({"jobPostingInfo": INFO}).complete


def test_what_was_taken_down_is_not_shown():
    """A posting may still be answered then."""
    one = detail(posted=False)

    assert isinstance(one, Reject)
    assert one.reason == "unlisted"


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "externalPath": st.text(max_size=12),
            "postedOn": st.none() | st.text(max_size=12),
            "locationsText": st.none() | st.text(max_size=12),
            "bulletFields": st.none() | st.lists(st.text(max_size=5), max_size=2),
        },
    )
)
def test_any_head_of_the_shape_is_read(fields):
    """No value of a field costs more than its own posting."""
    answer = page({"total": 1, "jobPostings": [{**HEAD, **fields}]})
    (one,) = read(workday.SOURCE, answer, BOARD)

    assert isinstance(one, Reject) or (one.identifier and "" not in one.job_locations)
