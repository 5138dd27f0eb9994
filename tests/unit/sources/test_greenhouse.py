"""sources/greenhouse/"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Request, Response, UnitText
from jobtide.sources import greenhouse, read
from jobtide.sources.greenhouse.metadata import Field, is_person, read_fields
from jobtide.sources.greenhouse.pay import Range, period, read_ranges

BOARD = Board(source="greenhouse", token="tidemill")
JOB = {
    "id": 7,
    "title": "Engineer",
    "absolute_url": "https://job-boards.greenhouse.io/tidemill/jobs/7",
    "location": {"name": "Leeds"},
}


def page(answer, **context):
    request = Request(url=greenhouse.start(BOARD).url, context=context)
    body = json.dumps(answer).encode()
    return greenhouse.split(
        Response(request=request, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def posting(**fields):
    (result,) = read(greenhouse.SOURCE, Page(records=[{**JOB, **fields}]), BOARD)
    assert isinstance(result, Posting), result
    return result


@pytest.mark.parametrize(
    ("meta", "complete"),
    [
        ({"total": 1}, True),
        ({"total": 2}, False),
        ({"total": 0}, False),
        ({}, False),
        (None, False),
    ],
)
def test_its_own_count_says_whether_that_is_all(meta, complete):
    """A shortened answer closes nothing."""
    assert page({"jobs": [JOB], "meta": meta}).complete is complete


def test_an_empty_board_counts_itself_as_empty():
    """An empty list with any other count is a refusal, not an empty board."""
    assert page({"jobs": [], "meta": {"total": 0}}) == Page(records=[])
    for meta in ({"total": 12}, {}, None):
        with pytest.raises(PayloadError, match="no jobs"):
            page({"jobs": [], "meta": meta})


def test_an_error_is_told():
    """What the server says is wrong stands in the message."""
    with pytest.raises(PayloadError, match="no list of jobs but: Job not found"):
        page({"status": 404, "error": "Job not found"})


def test_a_job_asked_for_completes_its_board_and_no_other_job_does():
    """A job page read alone says nothing of the other jobs; the wrong one is refused."""
    assert not page(JOB).complete
    assert page(JOB, identifier="7").complete
    with pytest.raises(PayloadError, match="job 8 was asked for, 7 came"):
        page(JOB, identifier="8")


def test_persons_are_dropped_before_anything_reads_them():
    """By type and by name: recruiters are published in short texts too."""
    person = {"name": "Nobody Real", "email": "nobody@example.invalid"}
    metadata = [
        {"name": "Whoever", "value": person, "value_type": "user"},
        {"name": "Recruiter", "value": "Nobody Real", "value_type": "short_text"},
        {"name": "Hiring Manager", "value": "Nobody Real", "value_type": "single_select"},
        {"name": "Supervisory Organization", "value": "Nobody Real", "value_type": "short_text"},
        {"name": "Team", "value": "Tides", "value_type": "single_select"},
    ]
    found = page({"jobs": [{**JOB, "metadata": metadata}, "odd"], "meta": {"total": 2}})

    assert "Nobody" not in repr(found)
    assert found.records[0]["metadata"] == metadata[4:]
    assert "Nobody" not in repr(posting(metadata=metadata))


def test_the_first_publication_dates_a_job():
    """`updated_at` moves on any edit and makes an old job look new."""
    one = posting(
        first_published="2026-01-02T10:00:00-05:00", updated_at="2026-02-20T10:00:00-05:00"
    )

    assert one.date_posted == datetime(2026, 1, 2, 15, tzinfo=UTC)
    assert one.date_modified == datetime(2026, 2, 20, 15, tzinfo=UTC)
    assert posting(updated_at="2026-02-20T10:00:00-05:00").date_posted is None


@pytest.mark.parametrize(
    ("content", "markup"),
    [
        ("&lt;p&gt;R&amp;amp;D&amp;nbsp;&lt;/p&gt;", "<p>R&amp;D&nbsp;</p>"),
        ("<p>R&amp;D</p>", "<p>R&amp;D</p>"),
        ("plain", "plain"),
    ],
)
def test_descriptions_are_escaped_once_as_a_whole(content, markup):
    """Entities inside are escaped twice, and must still be entities afterwards."""
    assert posting(content=content).description == markup


def test_a_list_without_content_is_not_whole():
    """So that the text of an earlier, fuller answer is kept."""
    assert not posting().description_complete
    assert not posting(content=" ").description_complete
    assert posting(content="&lt;p&gt;x").description_complete


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("Lisbon; Remote - US;Leeds ", ("Lisbon", "Remote - US", "Leeds")),
        ("London | Paris", ("London", "Paris")),
        ("New York, NY / Remote", ("New York, NY / Remote",)),
        ("; ", ()),
    ],
)
def test_every_place_of_a_line_is_kept(line, places):
    """The line stays whole; the places are parted where it parts them."""
    one = posting(location={"name": line})

    assert (one.location_text, one.job_locations) == (line, places)


def test_an_office_of_that_name_says_where_it_is():
    """Other offices are the employer's: they contradict the place of the job."""
    offices = [
        {"name": "Victoria", "location": "Victoria, British Columbia, Canada"},
        {"name": "Oslo", "location": "Oslo, Norway"},
    ]

    assert posting(location={"name": "Victoria"}, offices=offices).job_locations == (
        "Victoria, British Columbia, Canada",
    )
    assert posting(location={"name": "Bergen"}, offices=offices).job_locations == ("Bergen",)
    assert posting(location=None, offices=offices).location_text == (
        "Victoria, British Columbia, Canada; Oslo, Norway"
    )


def test_a_number_made_elsewhere_is_no_requisition():
    """Some employers fill in words that refer to another field."""
    assert posting(requisition_id="See Opening ID").requisition is None
    assert posting(requisition_id="2026-43 (2)").requisition == "2026-43 (2)"


def test_a_job_without_address_gets_the_boards():
    """The endpoint of departments may leave it out."""
    assert posting(absolute_url=None).url == "https://job-boards.greenhouse.io/tidemill/jobs/7"


def test_one_range_is_the_pay():
    """Cents become whole units; the period is in the words beside them."""
    pay, words = read_ranges(
        [
            Range(min_cents=0, max_cents=0, currency_type="USD"),
            Range(min_cents=3250, max_cents=4100, currency_type="USD", blurb="Hourly rate"),
        ]
    )

    assert (pay.min_value, pay.max_value, pay.currency) == (32.5, 41.0, "USD")
    assert pay.unit_text == UnitText.HOUR
    assert words == "32.50 - 41 USD per hour"


def test_several_ranges_stay_words():
    """Which of them is meant depends on where one lives: none is picked."""
    zones = [
        Range(min_cents=9_000_000, max_cents=9_900_000, currency_type="USD", title=title)
        for title in ("Zone A", "Zone B OTE")
    ]

    assert read_ranges(zones) == (
        None,
        "Zone A: 90000 - 99000 USD\nZone B OTE: OTE 90000 - 99000 USD",
    )
    assert read_ranges([]) == (None, None)


def test_a_period_is_read_only_where_there_is_one():
    """Two periods in a blurb say nothing of the figures."""
    assert period("The annual base") == UnitText.YEAR
    assert period("Paid weekly, a yearly bonus") is None


@pytest.mark.parametrize(
    ("name", "value", "value_type", "field", "said"),
    [
        ("Employment Type", "Full-time", "single_select", "employment_type_text", "Full-time"),
        ("Work Style", "On-Site", "single_select", "arrangement_text", "Work Style: On-Site"),
        ("Remote", False, "yes_no", "arrangement_text", "Remote: false"),
        ("Remote", None, "yes_no", "arrangement_text", None),
        ("Salary", "€63k", "short_text", "salary_text", "€63k"),
        ("Salary budget", "€63k", "short_text", "salary_text", None),
        ("Team Size", "9.0", "number", "departments", ()),
        ("Group", "Sales", "single_select", "departments", ("Sales",)),
        ("Sub Department", " ", "single_select", "departments", ()),
        ("Estado:", "Bahia", "single_select", "places", ("Bahia",)),
        ("Career Site Search Tag", ["Go", 1], "multi_select", "tags", ("Go",)),
        ("Seniority Level", "Entry", "single_select", "seniority_text", "Entry"),
        ("Earliest Hire Date", "2026-01-01", "date", "date_posted", None),
        ("Department Recruiter", "Nobody Real", "short_text", "departments", ()),
        ("Anything else", "x", "short_text", "tags", ()),
    ],
)  # fmt: skip
def test_only_fields_whose_name_says_what_they_hold_are_read(name, value, value_type, field, said):
    """Employers name these fields as they like."""
    own = read_fields([Field(name=name, value=value, value_type=value_type)])

    assert getattr(own, field) == said


def test_pay_fields_may_be_ranges_or_amounts():
    """Numbers are strings, nothing is zero, and the period is a field of its own."""
    zero = Field(name="Salary", value={"unit": None, "min_value": "0.0", "max_value": "0.0"})
    amount = Field(name="Salary", value={"unit": "EUR", "amount": "52000"})
    month = Field(name="Pay Period", value="Monthly", value_type="single_select")

    assert read_fields([zero]).stated_salary is None
    pay = read_fields([zero, amount, month]).stated_salary
    assert (pay.min_value, pay.max_value, pay.currency) == (52000, 52000, "EUR")
    assert pay.unit_text == UnitText.MONTH


@given(
    st.lists(
        st.builds(
            dict,
            name=st.sampled_from(["Salary", "Remote", "Team", "Recruiter", "Pay Period", "x"]),
            value=st.none()
            | st.booleans()
            | st.floats()
            | st.text(max_size=8)
            | st.lists(st.text(max_size=5) | st.integers(), max_size=3)
            | st.dictionaries(
                st.sampled_from(["unit", "min_value", "max_value", "amount"]), st.text(max_size=6)
            ),
            value_type=st.sampled_from(["user", "short_text", "yes_no", "currency_range", None]),
        ),
        max_size=5,
    )
)
def test_any_field_is_read_without_an_exception(fields):
    """And none of them that names a person is read."""
    own = read_fields(Field(**field) for field in fields if not is_person(field))

    assert own.salary_text != ""
    assert "" not in own.departments


def test_a_board_elsewhere_states_its_address():
    """Tenants of another region have another host."""
    elsewhere = Board(source="greenhouse", token="x", url="https://boards.example/v1/x/jobs")

    assert greenhouse.start(elsewhere).url == "https://boards.example/v1/x/jobs"
    assert (
        "/boards/a%2Fb/jobs?content=true"
        in greenhouse.start(Board(source="greenhouse", token="a/b")).url
    )
