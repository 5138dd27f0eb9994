"""Tags are tidied."""

from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.tags import tidy, tidy_tags
from jobtide.model import Posting


def test_tags_lose_blanks_counts_and_repetitions():
    """The first spelling of a tag stays, in the board's order."""
    assert tidy(("Typescript ", "", "typescript", "Remote (515)", "undefined", "C#", "c++")) == (
        "Typescript", "Remote", "C#", "c++",
    )  # fmt: skip


@given(st.lists(st.text()).map(tuple))
def test_any_tags_are_at_rest(tags):
    """Any tags can be read, and tidying again changes nothing."""
    assert tidy(tidy(tags)) == tidy(tags)


def test_the_step_notes_what_it_did():
    """Tags and categories are tidied; unchanged ones are the same object."""
    posting = Posting(
        source="demo", board="main", identifier="1", url="https://a.example/1", title="Cook",
        tags=("go ", "go"), occupational_category=("Sales",),
    )  # fmt: skip

    mended = tidy_tags(posting)

    assert (mended.tags, mended.mended) == (("go",), ("tags",))
    assert tidy_tags(mended) is mended
