"""Lines of places are tidied, not interpreted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.location_text import tidy, tidy_location_text
from jobtide.model import Posting


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("Freeport, ", "Freeport"),
        ("  Berlin ,  Germany ", "Berlin, Germany"),
        ("Cairo, Cairo, Egypt", "Cairo, Egypt"),
        ("Santo André, SANTO ANDRE, São Paulo, Brasil", "Santo André, São Paulo, Brasil"),
        ("New York, New York, United States", "New York, New York, United States"),
        ("Lagos, , Nigeria", "Lagos, Nigeria"),
        ("undefined, Germany", "Germany"),
        ("undefined", None),
        ("Upgrade to Premium to see salary", None),
        (", ", None),
        ("N/A", None),
        ("", None),
        ("Remote", "Remote"),
        ("Nan, Thailand", "Nan, Thailand"),
        ("Americas, Europe, Asia", "Americas, Europe, Asia"),
        ("CET (+/- 3 hours)", "CET (+/- 3 hours)"),
        ("Tokyo / Osaka", "Tokyo / Osaka"),
    ],
)
def test_a_line_is_tidied_or_none(line, right):
    """Blanks, hanging commas and repetitions go; a line that names nothing is None."""
    assert tidy(line) == right


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(", ;|aA"))))
def test_any_line_is_at_rest(line):
    """Any text can be read, and tidying again changes nothing."""
    once = tidy(line)

    assert once is None or tidy(once) == once


def test_the_step_tidies_every_place():
    """The line and both lists are tidied; lists lose what names nothing."""
    posting = Posting(
        source="demo", board="main", identifier="1", url="https://a.example/1", title="Cook",
        location_text="Freeport, ", job_locations=("Freeport, ", "undefined"),
        applicant_locations=("Spain",),
    )  # fmt: skip

    mended = tidy_location_text(posting)

    assert mended.location_text == "Freeport"
    assert mended.job_locations == ("Freeport",)
    assert mended.applicant_locations == ("Spain",)
    assert mended.mended == ("location",)
    assert tidy_location_text(mended) is mended
