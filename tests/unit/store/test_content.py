"""Postings as bytes, and what differs between two of them."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from jobtide.model import Label, Posting
from jobtide.store.content import (
    around,
    compress,
    decompress,
    differences,
    draft,
    poorer,
    posting_of,
)

#: Any Python text, half surrogate pairs included.
words = st.text(st.characters(exclude_categories=()), max_size=40)
postings = st.builds(
    Posting,
    source=st.just("lever"),
    board=st.just("acme"),
    identifier=words,
    url=words,
    title=words,
    hiring_organization=st.none() | words,
    description=words,
    text=words,
    tags=st.lists(words, max_size=3).map(tuple),
    date_posted=st.none() | st.datetimes(timezones=st.just(UTC)),
    category=st.none() | st.builds(Label, value=words, rule=words, evidence=words),
)
PLAIN = Posting(source="lever", board="acme", identifier="1", url="u", title="Engineer")


@given(postings)
def test_any_posting_comes_back(posting):
    """Encoding raises for nothing, and decoding gives what was encoded."""
    made = draft(posting)

    back = posting_of(made.head, decompress(compress(made.body)))

    assert back == made.posting
    assert draft(back) == made


@given(postings, postings)
def test_equal_digests_are_equal_postings(one, other):
    """The digest covers every field."""
    left, right = draft(one), draft(other)

    assert (left.digest == right.digest) == (left.posting == right.posting)


@given(postings)
def test_a_posting_does_not_differ_from_itself(posting):
    """Nothing differs, neither with other dates nor with other labels of ours."""
    moved = replace(
        posting,
        date_posted=datetime(2026, 1, 1, tzinfo=UTC),
        logo_url="https://jobs.example/logo.png",
        category=Label(value="other", rule="r"),
    )

    assert differences(posting, posting) == {}
    assert differences(posting, moved) == {}


def test_what_we_read_from_it_is_told_with_a_change():
    """When the board changed its words, the labels that follow are part of the story."""
    label = Label(value="backend", rule="r")
    now = replace(PLAIN, title="Backend Engineer", category=label)

    found = differences(PLAIN, now)

    assert found == {
        "title": ("Engineer", "Backend Engineer"),
        "category": (None, {"value": "backend", "rule": "r"}),
    }


def test_a_description_alone_counts_when_there_is_no_text():
    """Before `clean` has made the plain text, the description's HTML is what the board says."""
    assert "description" in differences(PLAIN, replace(PLAIN, description="<p>New</p>"))
    with_text = replace(PLAIN, text="Same")
    assert differences(with_text, replace(with_text, description="<p>New</p>")) == {}


@given(st.text(max_size=2000), st.text(max_size=2000))
def test_long_texts_are_cut_to_where_they_part(one, other):
    """What is shown is short, and parts of the texts themselves."""
    for whole, shown in zip((one, other), around(one, other), strict=True):
        assert len(shown) <= 242
        assert shown.strip("…") in whole or "…" in whole


def test_the_place_where_long_texts_part_is_shown():
    """The surroundings of the first difference tell what was changed."""
    start = "We build things together. " * 40
    one, other = around(start + "Pay: 80,000 a year.", start + "Pay: 90,000 a year.")

    assert one.endswith("Pay: 80,000 a year.")
    assert other.endswith("Pay: 90,000 a year.")
    assert one.startswith("…")


def test_an_excerpt_is_poorer_only_with_the_same_head():
    """A new title or place beats the whole description we hold."""
    whole = replace(PLAIN, text="All of it")
    excerpt = replace(PLAIN, text="All", description_complete=False)

    assert poorer(whole, excerpt)
    assert not poorer(excerpt, whole)
    assert not poorer(excerpt, excerpt)
    assert not poorer(whole, replace(excerpt, title="Lead"))
    assert not poorer(whole, replace(excerpt, location_text="Berlin"))
