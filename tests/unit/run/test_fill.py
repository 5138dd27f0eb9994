"""How full postings are."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from jobtide.model import Label, Place, Posting, Salary
from jobtide.run.fill import FIELDS, fill_rates


def posting(number, **fields):
    values = {
        "source": "lever",
        "board": "acme",
        "identifier": str(number),
        "url": f"https://jobs.example/{number}",
        "title": "Engineer",
    }
    return Posting(**(values | fields))


FULL = {
    "hiring_organization": "Acme",
    "text": "Build the thing.",
    "date_posted": datetime(2026, 1, 1, tzinfo=UTC),
    "job_location": (Place(country="DE", text="Berlin"),),
    "base_salary": (Salary(currency="EUR", min_value=1.0),),
    "skills": (Label(value="python", rule="r"),),
    "tags": ("a",),
    "employment_type": (Label(value="full_time", rule="r"),),
}


def test_a_full_posting_states_everything_and_a_bare_one_little():
    """Each field counts the postings that state it; half of two is 0.5."""
    both = fill_rates([posting(1, **FULL), posting(2, description_complete=False)])

    assert set(fill_rates([posting(1, **FULL)]).values()) == {1.0}
    assert both == dict.fromkeys(FIELDS, 0.5) | {"title": 1.0, "url": 1.0}
    assert fill_rates([]) == {}


@given(
    st.lists(
        st.builds(
            posting,
            st.integers(),
            title=st.text(max_size=3),
            text=st.text(max_size=3),
            location_text=st.none() | st.text(max_size=3),
        ),
        max_size=6,
    )
)
def test_rates_are_shares(postings):
    """Whatever the postings: every share lies between none and all."""
    assert all(0.0 <= rate <= 1.0 for rate in fill_rates(postings).values())
