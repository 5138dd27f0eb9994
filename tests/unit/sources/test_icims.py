"""sources/icims"""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Request, Response
from jobtide.sources import icims, read
from jobtide.sources.icims import careers_site

BOARD = Board(source="icims", token="acme")
SITE = Board(source="icims", token="acme.jibeapply.com")
NOW = datetime(2026, 11, 25, tzinfo=UTC)
CARD = (
    '<li class="iCIMS_JobCardItem"><a href="/jobs/7/cook/job"><h3>Cook</h3></a>'
    '<span class="field-label">{}</span><span>{}</span></li>'
)


def page(body, board=BOARD, **context):
    body = json.dumps(body).encode() if isinstance(body, dict) else body
    body = body.encode() if isinstance(body, str) else body
    request = Request(url=icims.start(board).url, context=context)
    return icims.split(Response(request=request, body=body, fetched_at=NOW), board)


def card(label, value):
    (result,) = read(icims.SOURCE, page(f"<ul>{CARD.format(label, value)}</ul>"), BOARD)
    assert isinstance(result, Posting), result
    return result


def job_page(**fields):
    node = json.dumps({"@type": "JobPosting", "title": "Cook"} | fields)
    answer = page(f'<script type="application/ld+json">{node}</script>', identifier="7")
    (result,) = read(icims.SOURCE, answer, BOARD)
    return result


@pytest.mark.parametrize(
    ("token", "url"),
    [
        ("acme", "https://careers-acme.icims.com/jobs/search?ss=1&in_iframe=1&pr=0"),
        ("jobs-acme", "https://jobs-acme.icims.com/jobs/search?ss=1&in_iframe=1&pr=0"),
        ("acme.jibeapply.com", "https://acme.jibeapply.com/api/jobs?page=1&limit=100"),
        ("careers.acme.example", "https://careers.acme.example/api/jobs?page=1&limit=100"),
    ],
)
def test_a_tenant_has_a_portal_and_a_host_a_careers_site(token, url):
    """Either form of iCIMS is asked where it answers."""
    assert icims.start(Board(source="icims", token=token)).url == url


def test_labels_are_the_employers_own_words():
    """A label is told by the word it holds."""
    assert card("Job Locations", "US-OR-Astoria | US-WA-Tacoma").job_locations == (
        "US-OR-Astoria",
        "US-WA-Tacoma",
    )
    assert card("Job Post Information* : Posted Date", "3 days ago").date_posted == datetime(
        2026, 11, 22, tzinfo=UTC
    )
    assert card("Requisition ID", "R-5").requisition == "R-5"
    assert card("Mystery", "x").location_text is None


def test_a_card_waits_for_its_page():
    """Until the page of the job is read its text is not whole, and no text is invented."""
    (follow,) = page(f"<ul>{CARD}</ul>").follow

    assert (follow.optional, follow.context) == (True, {"identifier": "7"})
    assert not card("a", "b").description_complete


def test_pages_are_followed_while_the_portal_names_one():
    """The last page names none after it; a page that repeats itself ends the walk."""
    body = f'<link rel="next" href="/x"><ul>{CARD}</ul>'
    first, _detail = page(body).follow
    again = page(body, **first.context)

    assert first.url.endswith("pr=1")
    assert all(request.optional for request in again.follow)
    assert page("<html>no cards</html>", page="2").records == []


def test_dates_the_portal_makes_up_are_not_stated():
    """The moment of the request less two years, and plus one, and exactly one year later."""
    made_up = job_page(datePosted="2024-11-25", validThrough="2027-11-25")
    one_year = job_page(datePosted="2026-03-01", validThrough="2027-03-01")
    real = job_page(datePosted="2026-03-01", validThrough="2026-12-01")

    assert (made_up.date_posted, made_up.valid_through) == (None, None)
    assert one_year.date_posted is not None
    assert one_year.valid_through is None
    assert real.valid_through == datetime(2026, 12, 1, tzinfo=UTC)


def test_a_page_belongs_to_the_job_it_was_asked_for():
    """Its address may be left out or lead to a log-in."""
    result = job_page(url="https://careers-acme.icims.com/jobs/7/cook/login?x=1")

    assert (result.identifier, result.url) == (
        "7",
        "https://careers-acme.icims.com/jobs/7/cook/job",
    )


def rows(count, first=0):
    return [{"data": {"slug": str(n), "title": "Cook"}} for n in range(first, first + count)]


def test_the_careers_site_is_read_until_its_count_is_seen():
    """The count is of all pages, and what a page gives may be less than what was asked for."""
    first = page({"jobs": rows(10), "totalCount": 15}, SITE)
    (follow,) = first.follow
    last = page({"jobs": rows(5, 10), "totalCount": 15}, SITE, **follow.context)

    assert "page=2" in follow.url
    assert (last.follow, last.complete) == ([], True)


def test_a_careers_site_that_counts_more_than_it_serves_is_a_part():
    """Nobody knows what is missing, so nothing may be closed."""
    for body in ({"jobs": [], "totalCount": 15}, {"jobs": rows(10), "totalCount": 30}):
        context = page({"jobs": rows(10), "totalCount": 15}, SITE).follow[0].context
        answer = page(body, SITE, **context)
        assert (answer.follow, answer.complete) == ([], False)


def test_without_a_count_a_full_page_asks_for_another():
    """Some sites leave the count out."""
    assert page({"jobs": rows(careers_site.LIMIT)}, SITE).follow
    assert not page({"jobs": rows(3)}, SITE).follow


@pytest.mark.parametrize("body", ['{"jobs": []}', "<html><title>Log in</title></html>", "  "])
def test_an_answer_without_jobs_is_no_empty_board(body):
    """Only a count of none says that there are none."""
    with pytest.raises(PayloadError, match=r"^icims/acme"):
        page(body, SITE)


def test_records_of_any_shape_are_results():
    """An entry without a number or with odd values costs itself alone."""
    records = [{"@host": 5, "title": "x", "slug": 1}, {"@host": "h", "title": "x"}, {"id": 3}]

    assert len(list(read(icims.SOURCE, Page(records=records), SITE))) == 3


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_page_or_a_payload_error(body):
    """Nothing a portal sends ends the run."""
    for context in ({}, {"identifier": "7"}, {"page": "2"}):
        with suppress(PayloadError):
            list(read(icims.SOURCE, page(body, BOARD, **context), BOARD))
