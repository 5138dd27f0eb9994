"""Source health: a board that gives less than it uses to raises an alarm, and no other does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.model import Posting
from jobtide.run.health import alarms, alarms_of, all_alarms, with_alarms
from jobtide.run.openings import snapshot
from jobtide.store import Counts, Logged, Reading, open_store

START = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def read(day, kept, *, rejected=0, complete=True, window=False, **fill):
    """Return what the log holds of the reading of one day."""
    reading = Reading(
        source="lever",
        board="acme",
        read_at=START + day * DAY,
        complete=complete,
        window=window,
        fill=fill if kept else {},
    )
    return Logged(
        reading=reading, counts=Counts(read=kept + rejected, kept=kept, rejected=rejected)
    )


def week(kept, **fill):
    """Return seven equal readings."""
    return [read(day, kept, **fill) for day in range(7)]


def kinds(history):
    return [one.kind for one in alarms(history)]


def test_descriptions_that_vanish_raise_an_alarm():
    """Last week one posting in a hundred had no description, today all: the field is lost."""
    (alarm,) = alarms([*week(100, description=0.99), read(7, 100, description=0.0)])

    assert (alarm.source, alarm.board, alarm.kind) == ("lever", "acme", "field")
    assert alarm.sentence == "description: stated by 0% of 100 postings, usually 99%"


def test_a_board_that_yields_nothing_raises_an_alarm():
    """Nothing from a board of 480 is strange; nothing from one of four is not."""
    (alarm,) = alarms([*week(480), read(7, 0)])

    assert (alarm.kind, alarm.sentence) == ("empty", "no posting, usually 480")
    assert kinds([*week(4), read(7, 0)]) == []


def test_records_that_are_all_rejected_are_named():
    """A board whose records can no longer be read says so."""
    (alarm,) = alarms([*week(40), read(7, 0, rejected=40)])

    assert alarm.sentence == "no posting, usually 40: all 40 records were rejected"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (read(7, 19), ["shrink"]),
        (read(7, 20), []),
        (read(7, 19, complete=False), []),
        (read(7, 19, complete=False, window=True), ["shrink"]),
        (read(7, 20, rejected=20), ["rejects"]),
        (read(7, 30, rejected=20), []),
        (read(7, 400), []),
    ],
    ids=["halved", "half", "broke off", "window", "rejects", "some rejects", "grown"],
)
def test_what_counts_as_less(last, expected):
    """Below half of forty, or half of the records rejected where none were."""
    assert kinds([*week(40), last]) == expected


@pytest.mark.parametrize(
    ("number", "usual", "now", "expected"),
    [
        (100, 0.6, 0.2, ["field"]),
        (100, 0.6, 0.4, []),
        (100, 0.4, 0.0, []),
        (5, 0.5, 0.0, []),
        (5, 1.0, 0.0, ["field"]),
        (5, 1.0, 0.6, []),
    ],
    ids=[
        "lost",
        "less",
        "seldom stated",
        "small and by chance",
        "small and sure",
        "more than half",
    ],
)
def test_a_field_is_lost_beyond_chance(number, usual, now, expected):
    """Half of its habit, and more than chance does to a board of this size."""
    assert kinds([*week(number, pay=usual), read(7, number, pay=now)]) == expected


def test_habit_comes_from_good_readings_only():
    """Empty and broken readings are no habit: a board stays in alarm until it has recovered."""
    bad = [read(day, day % 2, complete=False) for day in range(7, 20)] + [read(20, 0)]

    assert kinds([*week(40), *bad]) == ["empty"]
    assert kinds([*week(40), *bad, read(21, 40)]) == []
    assert kinds([read(0, 0)]) == []
    assert kinds([]) == []


def test_a_new_habit_takes_the_place_of_the_old():
    """After ten readings that are less, less is what is usual."""
    less = [read(day, 15) for day in range(7, 18)]

    assert kinds([*week(100), less[0]]) == ["shrink"]
    assert kinds([*week(100), *less]) == []


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.integers(0, 60),
            st.booleans(),
            st.floats(0.0, 1.0),
            st.booleans(),
        ),
        max_size=25,
    )
)
def test_no_history_breaks_it(readings):
    """Any history: no exception, each kind of amount at most once, no alarm at a first reading."""
    history = [
        read(day, kept, rejected=rejected, complete=complete, window=window, pay=share)
        for day, (kept, rejected, complete, share, window) in enumerate(readings)
    ]
    found = kinds(history)

    assert len(found) == len(set(found))
    assert kinds(history[:1]) == []


@given(st.integers(1, 200), st.floats(0.0, 1.0))
def test_a_steady_board_raises_no_alarm(kept, share):
    """What is as always is no alarm."""
    assert kinds([*week(kept, pay=share), read(7, kept, pay=share)]) == []


def test_alarms_go_from_the_log_to_the_run_and_the_pages(tmp_path):
    """The run that read the board tells the alarm, and so does the snapshot of the publishers."""

    def postings(text):
        return [
            Posting(
                source="lever",
                board="acme",
                identifier=str(number),
                url=f"https://jobs.example/{number}",
                title=f"Engineer {number}",
                text=text,
            )
            for number in range(8)
        ]

    with open_store(str(tmp_path / "a.db"), create=True) as store:
        for day, (text, share) in enumerate([("Build.", 1.0), ("Build.", 1.0), ("", 0.0)]):
            run = store.start_run("update", START + day * DAY)
            reading = Reading(
                source="lever",
                board="acme",
                read_at=START + day * DAY,
                complete=True,
                run_id=run,
                fill={"description": share},
            )
            store.save_reading(reading, postings(text))
        told = "description: stated by 0% of 8 postings, usually 100%"

        assert alarms_of(store, run) == [f"lever/acme: {told}"]
        assert alarms_of(store, run - 1) == []
        assert list(all_alarms(store)) == [("lever", "acme")]
        assert [one.alarms for one in with_alarms(store)] == [(told,)]
        assert [one.alarms for one in snapshot(store, START).health] == [(told,)]
