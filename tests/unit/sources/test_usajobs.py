"""sources/usajobs.py"""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Response
from jobtide.sources import read, usajobs

BOARD = Board(source="usajobs", token="remote")
JOB = {"PositionTitle": "Engineer", "PositionURI": "https://www.usajobs.gov/job/7"}


def page(items, count=None, request=None):
    body = {"SearchResult": {"SearchResultItems": items, "SearchResultCountAll": count}}
    response = Response(
        request=request or usajobs.start(BOARD),
        body=json.dumps(body).encode(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return usajobs.split(response, BOARD)


def item(number=7, details=None, **fields):
    job = {**JOB, **fields, "UserArea": {"Details": details or {}}}
    return {"MatchedObjectId": str(number), "MatchedObjectDescriptor": job}


def posting(details=None, **fields):
    (result,) = read(usajobs.SOURCE, page([item(details=details, **fields)]), BOARD)
    return result


def test_the_key_is_named_not_written():
    """Its value takes its place when the request is sent."""
    headers = usajobs.start(BOARD).headers

    assert headers["Authorization-Key"] == "{USAJOBS_API_KEY}"
    assert {value.strip("{}") for value in headers.values()} == set(usajobs.SOURCE.keys)


@pytest.mark.parametrize(
    ("token", "query"),
    [
        ("remote", "&RemoteIndicator=True"),
        ("main", ""),
        ("data science", "&Keyword=data%20science"),
    ],
)
def test_a_board_is_a_search(token, query):
    """Of the remote jobs, of all, or of those with a word."""
    url = usajobs.start(Board(source="usajobs", token=token)).url

    assert url.partition("&Page=1")[2] == query


def test_pages_are_followed_to_the_stated_end():
    """At most to the ten thousand that a search gives."""
    first = page([item(1)], 501)
    second = page([item(2)], 501, first.follow[0])

    assert "&Page=2&" in first.follow[0].url
    assert (second.follow, second.complete) == ([], True)
    request, asked = usajobs.start(BOARD), 0
    while request:
        answer = page([item(asked)], 90_000, request)
        request, asked = next(iter(answer.follow), None), asked + 1
    assert (asked, answer.complete) == (20, False)


def test_no_jobs_is_a_failure():
    """There are always some."""
    with pytest.raises(PayloadError, match=r"^usajobs/remote: no jobs"):
        page([], 0)


@pytest.mark.parametrize(
    ("remote", "telework", "said"),
    [
        (True, False, "remote: true"),
        ("True", "True", "remote: true"),
        (False, False, "remote: false"),
        ("False", None, "remote: false"),
        (False, True, None),
        (None, True, None),
        ("perhaps", None, None),
    ],
)
def test_telework_is_neither_remote_nor_on_site(remote, telework, said):
    """Some days at home, as the agency decides: that is a tag, and no way of working."""
    result = posting({"RemoteIndicator": remote, "TeleworkEligible": telework})

    assert result.arrangement_text == said
    assert result.tags == (("telework eligible",) if telework else ())


@pytest.mark.parametrize(
    ("pay", "expected"),
    [
        ({"MinimumRange": "90000", "MaximumRange": "120000", "RateIntervalCode": "PA"},
         (90000, 120000, "YEAR")),
        ({"MinimumRange": "31.5", "MaximumRange": "42", "RateIntervalCode": "Per Hour"},
         (31.5, 42, "HOUR")),
        ({"MinimumRange": 500, "RateIntervalCode": "FB"}, (500, None, None)),
        ({"MinimumRange": "0", "MaximumRange": "0", "RateIntervalCode": "WC"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_pay_is_what_was_stated(pay, expected):
    """Fees and "without compensation" are no period of ours."""
    salary = posting(PositionRemuneration=[pay]).stated_salary

    assert (salary and (salary.min_value, salary.max_value, salary.unit_text)) == expected


def test_the_text_is_put_together_and_names_nobody():
    """Summary, duties, qualifications; who to call and to write to is left out."""
    details = {
        "JobSummary": "Keep <order> & peace.",
        "MajorDuties": ["Watch.", "<ul><li>Write</li></ul>", ""],
        "AgencyContactEmail": "ann@agency.example",
    }
    text = posting(details, QualificationSummary="One year.").description

    assert "<p>Keep &lt;order&gt; &amp; peace.</p>" in text
    assert "<h3>Duties</h3>\n<p>Watch.</p>\n<ul><li>Write</li></ul>\n<h3>Qualif" in text
    assert "ann@" not in text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"PositionTitle": ""}, "no_title"), ({"PositionURI": " "}, "bad_record")],
)
def test_a_record_without_title_or_address_is_no_posting(fields, reason):
    """One has nothing to show, the other nowhere to lead."""
    result = posting(**fields)

    assert isinstance(result, Reject)
    assert (result.identifier, result.reason) == ("7", reason)


@given(
    st.dictionaries(st.sampled_from(usajobs.Job.__struct_fields__[:-1]), st.text(max_size=20)),
    st.dictionaries(st.sampled_from(usajobs.Told.__struct_fields__), st.text(max_size=20)),
)
def test_any_text_in_any_field_is_a_posting_or_a_reject(fields, details):
    """Nothing a board writes ends the run."""
    result = posting(details, **fields)

    assert isinstance(result, Posting | Reject)
    assert msgspec.json.encode(result)
