"""The rule that opens and closes postings, by example and by random sequences."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.model import History, Posting, Reopening, Tracked
from jobtide.store.history import (
    BELIEVE_AFTER,
    CLOSE_AFTER,
    assemble,
    end,
    reused,
    step,
    surprise,
)

START = datetime(2026, 1, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)

#: (hours since the reading before, listed, complete, window)
readings = st.lists(
    st.tuples(st.integers(1, 40), st.booleans(), st.booleans(), st.booleans()), max_size=40
)


def play(sequence):
    """Yield (reading, history after it) of one posting that is listed at the start."""
    moment = START
    history = step(None, listed=True, read_at=moment, complete=True)
    yield (moment, True, True, False), history
    for hours, listed, complete, window in sequence:
        moment += hours * HOUR
        history = step(history, listed=listed, read_at=moment, complete=complete, window=window)
        yield (moment, listed, complete, window), history


@given(readings)
def test_closed_needs_two_complete_absences_half_a_day_apart(sequence):
    """Whatever the order of readings, closed means two such absences and no sighting between."""
    absences = []
    for (moment, listed, complete, window), history in play(sequence):
        if listed:
            absences = []
        elif complete and not window:
            absences.append(moment)
        closed = bool(absences) and absences[-1] - absences[0] >= CLOSE_AFTER
        expected = "closed" if closed else "missing" if absences else "open"
        assert history.status == expected
        assert history.missing_since == (absences[0] if absences else None)


@given(readings)
def test_windows_and_broken_answers_never_close(sequence):
    """A sequence of windows and incomplete answers leaves a posting open, unseen at most."""
    # Either a window, complete or not, or an answer that broke off.
    weak = [
        (hours, listed, window and complete, window)
        for hours, listed, complete, window in sequence
    ]
    for _, history in play(weak):
        assert history.status == "open"


@given(readings)
def test_moments_never_decrease(sequence):
    """First seen <= last seen <= missing since <= closed at, and reopenings are in order."""
    for (moment, listed, _, _), history in play(sequence):
        order = [history.first_seen_at, history.last_seen_at]
        order += [one for one in (history.missing_since, history.closed_at) if one]
        assert order == sorted(order)
        assert order[-1] <= moment
        back = [one.at for one in history.reopened]
        assert back == sorted(set(back))
        assert (history.last_seen_at == moment) == listed
        assert (history.closed_at is not None) == (history.status == "closed")


@given(readings)
def test_every_sighting_after_an_absence_is_a_reopening(sequence):
    """Reopenings are exactly the returns, each with the state it came back from."""
    before, expected = "open", []
    for (moment, listed, _, _), history in play(sequence):
        if listed and before != "open":
            expected.append(Reopening(at=moment, was=before))
        before = history.status
        assert list(history.reopened) == expected


def test_nothing_is_known_of_a_posting_never_seen():
    """An absence makes no history."""
    assert step(None, listed=False, read_at=START, complete=True) is None


def test_just_under_half_a_day_is_too_soon():
    """The second absence counts from 12 hours on, not before."""
    missing = History(
        first_seen_at=START, last_seen_at=START, status="missing", missing_since=START
    )

    soon = step(missing, listed=False, read_at=START + CLOSE_AFTER - HOUR, complete=True)
    then = step(missing, listed=False, read_at=START + CLOSE_AFTER, complete=True)

    assert (soon.status, then.status) == ("missing", "closed")


def test_what_ended_by_its_date_stays_ended_while_it_is_shown():
    """A window that goes on showing an expired posting does not bring it back; a new date does."""
    seen = History(first_seen_at=START, last_seen_at=START)
    expired = end(seen, at=START + HOUR, status="expired", reason="valid_through")

    def shown_until(valid_through):
        return step(
            expired,
            listed=True,
            read_at=START + 2 * HOUR,
            complete=False,
            window=True,
            valid_through=valid_through,
        )

    shown, longer = shown_until(START + HOUR), shown_until(START + 9 * HOUR)

    assert (shown.status, shown.last_seen_at) == ("expired", START + 2 * HOUR)
    assert longer.status == "open"
    assert longer.reopened == (Reopening(at=START + 2 * HOUR, was="expired"),)


def test_what_has_ended_does_not_end_again():
    """The first end stands, and nothing ends before it was last seen."""
    seen = History(first_seen_at=START, last_seen_at=START)
    closed = end(seen, at=START + HOUR, status="closed", reason="gone")

    assert end(closed, at=START + 2 * HOUR, status="expired", reason="unseen") is closed
    assert end(seen, at=START - HOUR, status="closed", reason="gone") is seen


@pytest.mark.parametrize(
    ("listed", "before", "expected"),
    [
        (0, None, ""),
        (0, 0, ""),
        (0, 1, "empty"),
        (0, 300, "empty"),
        (4, 10, "shrink"),
        (5, 10, ""),
        (1, 9, ""),
        (149, 300, "shrink"),
        (257, 307, ""),
        (600, 300, ""),
    ],
)
def test_surprises(listed, before, expected):
    """An empty answer after a full one, and under half of ten or more, are not believed."""
    assert surprise(listed, before, read_at=START, since=None, readings=0) == expected


def test_a_surprise_is_believed_only_after_days_and_readings():
    """Neither many readings in a short time nor one after a long time is enough."""
    later = START + BELIEVE_AFTER

    def judged(read_at, readings):
        return surprise(0, 9, read_at=read_at, since=START, readings=readings)

    assert judged(later - HOUR, 50) == "empty"
    assert judged(later, 1) == "empty"
    assert judged(later, 2) == ""


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_board_that_grew_or_stayed_is_no_surprise(before, more):
    """Only fewer records can surprise."""
    assert surprise(before + more, before, read_at=START, since=None, readings=0) == ""


def posting(title, organization="Acme", identifier="1"):
    return Posting(
        source="lever",
        board="acme",
        identifier=identifier,
        url="https://jobs.example/1",
        title=title,
        hiring_organization=organization,
    )


@pytest.mark.parametrize(
    ("title", "organization", "expected"),
    [
        ("Accountant", "Fernhill", True),
        ("Senior Support Engineer", "Fernhill", False),
        ("Accountant", "Elmfield Ltd", False),
        ("Accountant", None, False),
    ],
)
def test_reuse_needs_another_title_and_another_employer(title, organization, expected):
    """A new title is an edit, a new name is a new name; only both together are another job."""
    earlier = posting("Support Engineer", "Elmfield")

    assert reused(earlier, posting(title, organization)) is expected


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["open", "closed"], "open"),
        (["missing", "expired"], "open"),
        (["closed", "expired"], "closed"),
        (["expired", "expired"], "expired"),
    ],
)
def test_an_opening_ends_with_its_last_posting(states, expected):
    """Open while any posting is going on; closed outweighs expired."""
    tracked = [
        Tracked(
            posting=posting("Engineer", identifier=str(number)),
            history=History(
                first_seen_at=START + number * HOUR,
                last_seen_at=START + number * HOUR,
                status=state,
                closed_at=START + number * HOUR if state in ("closed", "expired") else None,
            ),
        )
        for number, state in enumerate(states)
    ]

    opening = assemble("lever:acme:0", "lever:acme:1", tracked)

    assert (opening.status, opening.posting.identifier) == (expected, "1")
    assert (opening.first_seen_at, opening.last_seen_at) == (START, START + HOUR)
    assert opening.closed_at == (None if expected == "open" else START + HOUR)
