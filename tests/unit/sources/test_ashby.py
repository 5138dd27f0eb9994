"""sources/ashby.py"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PayloadError
from jobtide.model import Board, Page, Posting, Reject, Response, UnitText
from jobtide.sources import ashby, read

BOARD = Board(source="ashby", token="lantern")
JOB = {"id": "a-1", "title": "Keeper", "jobUrl": "https://jobs.ashbyhq.com/lantern/a-1"}


def page(answer):
    body = json.dumps(answer).encode()
    request = ashby.start(BOARD)
    return ashby.split(
        Response(request=request, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def result(**fields):
    (one,) = read(ashby.SOURCE, Page(records=[{**JOB, **fields}]), BOARD)
    return one


def posting(**fields):
    one = result(**fields)
    assert isinstance(one, Posting), one
    return one


def salary(low, high, kind="Salary", interval="1 YEAR", currency="USD", **more):
    return {
        "compensationType": kind, "interval": interval, "currencyCode": currency,
        "minValue": low, "maxValue": high, **more,
    }  # fmt: skip


def test_an_empty_board_says_its_version():
    """Less than that is no answer we know."""
    assert page({"jobs": [], "apiVersion": "1"}) == Page(records=[])
    with pytest.raises(PayloadError, match="no jobs"):
        page({"jobs": []})


@pytest.mark.parametrize("token", ["Lantern Loop", "Lantern%20Loop"])
def test_names_of_boards_are_part_of_an_address(token):
    """Whether it was copied from an address or not."""
    board = Board(source="ashby", token=token)
    (one,) = read(ashby.SOURCE, Page(records=[JOB]), board)

    assert "/Lantern%20Loop?" in ashby.start(board).url
    assert one.hiring_organization == "Lantern Loop"


def test_what_is_not_listed_is_not_shown():
    """A draft is rejected, and nothing of it is kept; "not stated" is not "no"."""
    draft = result(isListed=False, title="Secret")

    assert isinstance(draft, Reject)
    assert draft.reason == "unlisted"
    assert "Secret" not in repr(draft)
    assert posting(isListed=None)


@pytest.mark.parametrize(
    ("remote", "workplace", "text"),
    [
        (True, "Hybrid", "isRemote: true; workplaceType: Hybrid"),
        (False, "OnSite", "isRemote: false; workplaceType: OnSite"),
        (True, None, "isRemote: true"),
        (None, "Remote", "workplaceType: Remote"),
        (None, None, None),
    ],
)
def test_both_fields_of_the_arrangement_are_said(remote, workplace, text):
    """They contradict each other on most hybrid jobs; here none of them wins."""
    assert posting(isRemote=remote, workplaceType=workplace).arrangement_text == text


def address(city=None, region=None, country=None):
    return {
        "postalAddress": {
            "addressLocality": city, "addressRegion": region, "addressCountry": country
        }
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "where", "place"),
    [
        ("Leeds", address("Leeds", "England", "United Kingdom"), "Leeds, England, United Kingdom"),
        ("Oslo (HQ)", address("Oslo", "Oslo", "Norway"), "Oslo (HQ), Norway"),
        ("Oslo, Norway", address("Oslo", "", "Norway"), "Oslo, Norway"),
        ("Paris", address("Paris", None, None), "Paris"),
        ("LatAm", address(None, None, "Panama"), "LatAm"),
        ("New York City", address("Phoenix", "Arizona", "United States"), "New York City"),
        ("Head Office", address("Bergen", None, "Norway"), "Head Office (Bergen, Norway)"),
        ("Remote", address(None, None, "Canada"), "Remote (Canada)"),
        ("Remote", address("", "", ""), "Remote"),
        ("Remote", None, "Remote"),
        (None, address("Bergen", None, "Norway"), "Bergen, Norway"),
    ],
)
def test_an_address_counts_only_where_it_surely_is_of_that_place(name, where, place):
    """They are filled in carelessly: the name is what the employer shows."""
    assert posting(location=name, address=where).job_locations == (place,)


def test_every_place_is_kept():
    """The secondary ones too, in order, each once."""
    more = [{"location": "Leeds"}, {"location": "Remote (US)"}, {"location": "Oslo"}, {}]
    one = posting(location="Oslo", secondaryLocations=more)

    assert one.job_locations == ("Oslo", "Leeds", "Remote (US)")
    assert one.location_text == "Oslo; Leeds; Remote (US)"


def test_pay_is_the_component_called_salary():
    """Equity comes first more often than not."""
    parts = [salary(1, 2, kind="EquityCashValue"), salary(39000, 43000, currency="GBP")]
    pay = posting(compensation={"summaryComponents": parts}).stated_salary

    assert (pay.min_value, pay.max_value, pay.currency) == (39000, 43000, "GBP")
    assert (pay.unit_text, pay.kind) == (UnitText.YEAR, "base")


def test_pay_of_tiers_is_their_span_and_their_words():
    """The span says what, the words say for whom; on target is so only if all of it is."""
    tiers = [
        {"title": title, "tierSummary": f"{words} $1K", "components": [
            salary(low, high, summary=f"{words} $1K")]}
        for title, words, low, high in (("Coast", "OTE", 16, 23), (" ", "OTE", 15, 20))
    ]  # fmt: skip
    pay = {"compensationTiers": tiers, "summaryComponents": [salary(15, 23, interval="1 HOUR")]}
    one = posting(compensation=pay)

    assert one.salary_text == "Coast: OTE $1K\nOTE $1K"
    assert (one.stated_salary.min_value, one.stated_salary.max_value) == (15, 23)
    assert (one.stated_salary.kind, one.stated_salary.unit_text) == ("ote", UnitText.HOUR)
    tiers[1]["components"][0]["summary"] = "Base $1K"
    assert posting(compensation=pay).stated_salary.kind == "base"


def test_pay_in_two_currencies_stays_words():
    """Neither of them is the pay."""
    parts = [salary(10, 20), salary(10, 20, currency="CAD")]
    one = posting(
        compensation={"compensationTierSummary": "$10 – $20", "summaryComponents": parts}
    )

    assert (one.stated_salary, one.salary_text) == (None, "$10 – $20")


def test_pay_the_employer_hides_is_hidden():
    """The flag says whether it may stand on the posting."""
    pay = {"compensationTierSummary": "$10", "summaryComponents": [salary(10, 20)]}
    one = posting(compensation=pay, shouldDisplayCompensationOnJobPostings=False)

    assert (one.stated_salary, one.salary_text) == (None, None)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "location": st.none() | st.text(max_size=12),
            "address": st.none()
            | st.builds(address, *[st.none() | st.sampled_from(["", "Oslo", "İ", " "])] * 3),
            "publishedAt": st.text(max_size=12),
            "compensation": st.builds(
                dict,
                summaryComponents=st.lists(
                    st.builds(
                        salary,
                        st.none() | st.floats() | st.text(max_size=3),
                        st.none() | st.integers(),
                        interval=st.none() | st.text(max_size=6),
                    ),
                    max_size=2,
                ),
            ),
        },
    )
)
def test_any_posting_of_the_shape_is_read(fields):
    """No value of a field costs the posting, and nothing stated is said as an empty text."""
    one = posting(**fields)

    assert "" not in one.job_locations
    assert one.location_text != ""
