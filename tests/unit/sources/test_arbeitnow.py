"""sources/arbeitnow.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.pipeline import apply
from jobtide.sources import arbeitnow, read

BOARD = Board(source="arbeitnow")
JOB = {"slug": "x-berlin-7", "url": "https://www.arbeitnow.com/jobs/x-7", "title": "Engineer"}
NEXT = {"next": "https://www.arbeitnow.com/api/job-board-api?search=intern&limit=9&page=2"}


def page(envelope, request=None):
    response = Response(
        request=request or arbeitnow.start(BOARD),
        body=json.dumps(envelope).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return arbeitnow.split(response, BOARD)


def posting(**fields):
    (result,) = read(arbeitnow.SOURCE, page({"data": [{**JOB, **fields}]}), BOARD)
    return result


def test_the_search_word_of_the_next_link_is_not_followed():
    """It changes from answer to answer, and would narrow the board to somebody's search."""
    (request,) = page({"data": [JOB], "links": NEXT}).follow

    assert request.url == "https://www.arbeitnow.com/api/job-board-api?page=2"
    assert request.optional


@pytest.mark.parametrize("links", [None, {}, {"next": None}, {"next": ""}])
def test_without_a_next_link_the_board_ends(links):
    """`links.last` is null on every page, so nothing else says where the end is."""
    answer = page({"data": [JOB], "links": links})

    assert (answer.follow, answer.complete) == ([], True)


def test_a_last_page_that_repeats_for_ever_is_read_once():
    """A next link that leads to its own page gives every job, and ends."""
    first = page({"data": [JOB], "links": NEXT})
    second = page({"data": [{**JOB, "slug": "y-8"}], "links": NEXT}, first.follow[0])
    third = page({"data": [{**JOB, "slug": "y-8"}], "links": NEXT}, second.follow[0])

    assert (third.follow, third.complete) == ([], False)


def test_following_ends_and_says_so():
    """However many pages a server promises."""
    request, asked = arbeitnow.start(BOARD), 0
    while request:
        job = {**JOB, "slug": f"x-{asked}"}
        answer = page({"data": [job], "links": NEXT}, request)
        request, asked = next(iter(answer.follow), None), asked + 1
    assert (asked, answer.complete) == (arbeitnow.MOST_PAGES, False)


def test_a_later_page_may_be_empty_the_first_may_not():
    """The slice turns while it is read; a board without any job is a failure of the board's."""
    first = page({"data": [JOB], "links": NEXT})

    assert page({"data": [], "links": {"next": None}}, first.follow[0]).records == []
    with pytest.raises(PayloadError, match=r"^arbeitnow/main: no jobs"):
        page({"data": [], "links": NEXT})


def test_the_time_is_in_seconds():
    """Zero is how a program says none."""
    assert posting(created_at=1767225600).date_posted == datetime(2026, 1, 1, tzinfo=UTC)
    assert posting(created_at=0).date_posted is None


@pytest.mark.parametrize(
    ("remote", "said", "places"),
    [(True, "remote: true", ()), (False, "remote: false", ("Kiel",)), (None, None, ("Kiel",))],
)
def test_the_flag_is_copied(remote, said, places):
    """The place of a remote job is not where the work is; it stays in the place line."""
    result = posting(remote=remote, location="Kiel")

    assert (result.arrangement_text, result.job_locations) == (said, places)
    assert result.location_text == "Kiel"


def test_rungs_of_a_career_are_no_kinds_of_employment():
    """Both stand in one list, in German and English."""
    result = posting(job_types=["Freelance", "berufserfahren", "Full-time permanent", "mid", ""])

    assert result.employment_type_text == "Freelance, Full-time permanent"
    assert result.seniority_text == "berufserfahren, mid"


def test_escaped_and_plain_html_become_the_same_text():
    """Both kinds come in one answer; counts behind tags are the board's, not the job's."""
    plain = "<p>Wir suchen Dich &amp; Dein Team.</p>"
    escaped = "&lt;p&gt;Wir suchen Dich &amp;amp; Dein Team.&lt;/p&gt;"
    first, second = (
        apply(posting(description=text, tags=["Controlling (515)"])) for text in (plain, escaped)
    )

    assert first.text == second.text == "Wir suchen Dich & Dein Team."
    assert first.tags == ("Controlling",)


@pytest.mark.parametrize(
    ("fields", "reason"), [({"title": " "}, "no_title"), ({"slug": " "}, "bad_record")]
)
def test_a_record_without_title_or_slug_is_no_posting(fields, reason):
    """One has nothing to show, the other no identity."""
    result = posting(**fields)

    assert isinstance(result, Reject)
    assert result.reason == reason


@given(st.dictionaries(st.sampled_from(arbeitnow.Job.__struct_fields__), st.text(max_size=20)))
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields):
    """Nothing a board writes ends the run."""
    result = posting(**fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
