"""Is it really new? Bumps, reposts, and the moment an age counts from."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.model import History, Opening, Posting, Reopening, Tracked
from jobtide.query import (
    Context,
    age_note,
    bumps,
    matches,
    open_since,
    parse,
    posted,
    repost_count,
    reposts,
)

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)


def tracked(identifier, first, last, *, board="main", status="open", dated=None, **history):
    """Return a posting seen from day `first` to day `last`."""
    return Tracked(
        posting=Posting(
            source="remotive",
            board=board,
            identifier=identifier,
            url=f"https://example.com/{identifier}",
            title="QA Engineer",
            hiring_organization="Nairn",
            date_posted=None if dated is None else START + dated * DAY,
        ),
        history=History(
            first_seen_at=START + first * DAY,
            last_seen_at=START + last * DAY,
            status=status,
            **history,
        ),
    )


def opening(*postings):
    """Return the opening behind postings, the last one canonical."""
    return Opening(
        id=postings[0].posting.id,
        posting=postings[-1].posting,
        postings=postings,
        first_seen_at=min(one.history.first_seen_at for one in postings),
        last_seen_at=max(one.history.last_seen_at for one in postings),
    )


def asks(text, one):
    """Return whether an opening answers a query on day 60."""
    return matches(parse(text), one, Context(now=START + 60 * DAY))


def test_a_role_posted_again_after_the_first_had_vanished_is_a_repost():
    """A second identifier on the same board after the first was gone: one repost, and which."""
    role = opening(tracked("9", 0, 19, status="closed"), tracked("88", 40, 41))

    ((earlier, later),) = reposts(role)
    assert (earlier.posting.identifier, later.posting.identifier) == ("9", "88")
    assert asks("is:reposted", role)
    assert age_note(role) == "reposted once"


@pytest.mark.parametrize(
    "other",
    [
        tracked("88", 5, 41),
        tracked("88", 0, 41),
        tracked("88", 40, 41, board="other"),
        tracked("9", 40, 41),
    ],
    ids=["side by side", "together", "another board", "the same identifier"],
)
def test_what_is_no_repost(other):
    """Postings side by side, on another board, or of one identifier are no repost."""
    role = opening(tracked("9", 0, 19), other)

    assert reposts(role) == ()
    assert not asks("is:reposted", role)


def test_each_repost_names_the_one_before():
    """Three in a row are two reposts, each of the one just before."""
    role = opening(tracked("1", 0, 5), tracked("2", 10, 15), tracked("3", 20, 25))

    assert [(a.posting.identifier, b.posting.identifier) for a, b in reposts(role)] == [
        ("1", "2"),
        ("2", "3"),
    ]


def test_what_was_done_on_two_boards_at_once_was_done_once():
    """Counts are those of the board that did it most."""
    role = opening(
        tracked("1", 0, 5, bumped=1),
        tracked("2", 10, 15),
        tracked("1", 0, 5, board="other", bumped=2),
        tracked("2", 10, 15, board="other"),
        tracked("3", 20, 25, board="other", bumped=1),
    )

    assert age_note(role) == "bumped 3 times, reposted 2 times"
    assert repost_count(role) == 2
    assert len(reposts(role)) == 3


def test_a_bumped_posting_keeps_its_age():
    """A moved date makes nothing new: the age counts from our first sight, and bumps are told."""
    role = opening(tracked("1", 0, 59, dated=59, bumped=2))

    assert bumps(role) == 2
    assert posted(role) == (START, False)
    assert age_note(role) == "bumped 2 times"
    assert asks("is:reposted", role)
    assert not asks("posted:2026-02-01..", role)


def test_the_boards_own_date_counts_when_it_is_the_earlier():
    """Age counts from the posting, not from the moment it was read."""
    assert posted(opening(tracked("1", 3, 3, dated=0))) == (START, True)
    assert posted(opening(tracked("1", 3, 3))) == (START + 3 * DAY, False)
    assert age_note(opening(tracked("1", 3, 3, dated=0))) is None


def test_a_date_of_the_same_day_is_the_boards_own():
    """A time of day after our reading, on the same day, is not a moved date."""
    one = tracked("1", 0, 0)
    later = msgspec.structs.replace(one.posting, date_posted=START + DAY / 2)

    assert posted(opening(msgspec.structs.replace(one, posting=later)))[1]


def test_open_since_leaves_out_gaps():
    """A closed predecessor does not count, and a return after closing starts anew."""
    back = (
        Reopening(at=START + 30 * DAY, was="closed"),
        Reopening(at=START + 50 * DAY, was="missing"),
    )

    assert open_since(opening(tracked("1", 0, 9, status="closed"), tracked("2", 40, 41))) == (
        START + 40 * DAY
    )
    assert open_since(opening(tracked("1", 0, 59, reopened=back))) == START + 30 * DAY
    assert open_since(opening(tracked("1", 4, 9, status="closed"))) == START + 4 * DAY


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from("ab")),
        min_size=1,
        max_size=8,
    )
)
def test_no_history_breaks_it(spans):
    """Whatever the histories: fewer reposts than postings, and no age before the first sight."""
    role = opening(
        *(
            tracked(str(at), first, first + more, board=board, dated=first)
            for at, (first, more, board) in enumerate(spans)
        )
    )

    assert len(reposts(role)) < len(role.postings)
    assert posted(role)[0] >= role.first_seen_at - DAY
