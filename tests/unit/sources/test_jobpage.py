"""sources/jobpage.py"""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import ConfigError, PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import jobpage, read

BOARD = Board(source="jobpage", token="backend-jobs", url="https://x.example/backend.md")
DAY = date(2026, 3, 10)
CARD = """<tr>
  <td><img src="https://x.example/l.png"></td>
  <td><h5>{company}</h5><h3>{title}</h3></td>
  <td><code>go, sql</code></td>
  <td><text>{age}</text></td>
  <td><a href={href} target="_blank">Apply</a></td>
</tr><tr><td colspan="3"><details><summary>Description</summary>{text}</details></td></tr>"""


def card(
    company="Acme", title="Engineer", age="2 days ago", href='"https://a.example/1"', text="x"
):
    return CARD.format(company=company, title=title, age=age, href=href, text=text)


def results(body, as_of=DAY):
    found = jobpage.read_page(body.encode(), as_of, "backend-jobs")
    return list(read(jobpage.SOURCE, found, BOARD))


@pytest.mark.parametrize("glue", [",", "", "\n\n", ",\n xyzzy "])
def test_cards_are_found_whatever_is_between_them(glue):
    """Commas between rows are no part of a job."""
    first, second = results(f"# Jobs\n<table>{card()}{glue}{card(title='Writer')}</table>")

    assert (first.title, second.title) == ("Engineer", "Writer")
    assert (first.description, second.description) == ("x", "x")


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td>in a table", "</table></td></tr>", "<details><summary>y</summary>z",
        "</details> and on", "<b><i><div>", "<!-- never closed", 'a "quote',
        "<td><td><td><h3>How to</h3><a href='x'>Apply</a>",
        "<table><tr><td>1<td>2<td>3<td><h3>Pay</h3></tr></table>",
        "<a href='x'>Apply</a>", "<h3>How to</h3><a href='x'>Apply</a>",
        "<table><tr><td><h3>How to</h3></td><td><a href='x'>Apply</a></td></tr></table>",
        "<tr><td><a href='x'>Apply</a></td></tr>", "<h3>x</h3>",
        "&lt;tr&gt;", "<script>",
    ],
)  # fmt: skip
def test_no_description_swallows_its_neighbours(text):
    """Descriptions are other people's HTML, often broken."""
    first, second = results(f"<table>{card(text=text)},{card(title='Writer')}</table>")

    assert (first.title, second.title) == ("Engineer", "Writer")
    assert first.description == text
    assert second.description == "x"


@pytest.mark.parametrize(
    ("age", "day"),
    [
        ("2 days ago", date(2026, 3, 8)),
        ("0 days ago", DAY),
        ("2022-07-08T07:15:03+00:00", date(2022, 7, 8)),
        ("NaN days ago", None),
        ("undefined", None),
        ("-5 days ago", None),
        ("", None),
    ],
)
def test_ages_become_dates_of_the_page(age, day):
    """An age counts from the day the page was made; a broken one is no date."""
    (posting,) = results(card(age=age))

    assert (posting.date_posted and posting.date_posted.date()) == day


def test_a_page_that_is_fetched_counts_from_that_day():
    """Without a day in the request's context, the day of the fetch is the page's."""
    response = Response(
        request=jobpage.start(BOARD),
        body=card().encode(),
        fetched_at=datetime(2026, 3, 10, 23, tzinfo=UTC),
    )
    (posting,) = read(jobpage.SOURCE, jobpage.split(response, BOARD), BOARD)

    assert posting.date_posted == datetime(2026, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ('"https://a.example/1"', Posting),
        ("https://a.example/1", Posting),
        ("undefined", Reject),
        ('""', Reject),
        ('"javascript:alert(1)"', Reject),
        ('"mailto:jobs@a.example"', Reject),
        ('"/jobs/1"', Reject),
        ('"https://[broken"', Reject),
    ],
)
def test_only_a_link_that_opens_is_a_job(href, kind):
    """Quoted or not, the link must lead somewhere."""
    (result,) = results(card(href=href))

    assert isinstance(result, kind)


def test_what_javascript_prints_for_nothing_is_not_stated():
    """Such a card is no posting, and says so."""
    nothing = card("undefined", "undefined", "NaN days ago", "undefined", "undefined")
    (record,) = jobpage.read_page(nothing.encode(), DAY, "x").records
    (result,) = results(nothing)

    assert record["company"] is record["title"] is record["apply_url"] is None
    assert record["description_html"] is None
    assert result.reason == "not_a_job"


def test_the_identifier_stays():
    """It comes from link and title, so the same card is the same posting on any day and row."""
    (first,) = results(card())
    second = results(card(title="Writer") + card(age="9 days ago", company="ACME", text="new"))

    assert first.identifier == second[1].identifier != second[0].identifier


def test_halves_of_broken_letters_are_kept():
    """Only what templates indent with is trimmed: U+0085 and U+00A0 can be half a letter."""
    (posting,) = results(card(company="\n\t Caf\u00c3\u00a0 \n", title="\u00c3\u0093scala\u0085"))

    assert posting.hiring_organization == "Caf\u00c3\u00a0"
    assert posting.title == "\u00c3\u0093scala\u0085"


@pytest.mark.parametrize(
    "text", ["\n", "# README\n\nHello.", "<table>xyzzy</table>", "[![x](y)](z)"]
)
def test_a_page_may_hold_no_jobs(text):
    """A list that was emptied is a page all the same."""
    assert results(text) == []


@pytest.mark.parametrize("body", [b"", b"\x1f\x8b\x08\x00", b"[]", b'{"jobs": [', b"null",
                                  b"<!DOCTYPE html><title>Just a moment...</title>"])  # fmt: skip
def test_what_is_no_job_page_is_refused(body):
    """A challenge or data in another format is not an empty list."""
    with pytest.raises(PayloadError, match=r"^jobpage/x: "):
        jobpage.read_page(body, DAY, "x")


def test_a_board_needs_an_address():
    """The error names the board and what is missing."""
    with pytest.raises(ConfigError, match=r"jobpage/x: .*url"):
        jobpage.start(Board(source="jobpage", token="x"))


@given(st.lists(st.sampled_from(
    ["<tr>", "</tr>", "<td>", "</td>", "<h3>", "x", "</h3>", "<a href=u>Apply</a>", "<code>", ",",
     "<details><summary>s</summary>", "</details>", "undefined", "<text>",
     "\x00", "&#0;", "<", '"']
), max_size=25).map("".join))  # fmt: skip
def test_pieces_of_cards_never_raise(text):
    """However a page is broken, each card is a posting or a reject."""
    try:
        found = jobpage.read_page(text.encode(), DAY, "x")
    except PayloadError:
        return
    assert len(list(read(jobpage.SOURCE, found, BOARD))) == len(found.records)


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_a_page_or_a_payload_error(body):
    """Nothing on a disk ends an import."""
    try:
        found = jobpage.read_page(body, DAY, "x")
    except PayloadError:
        return
    assert found.follow == []
