"""Signs of a ghost job: each with its evidence, and none without."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from jobtide.model import History, Opening, Posting, Tracked
from jobtide.run.openings import refresh_openings
from jobtide.run.signals import as_dict, employer_boards, signals, signals_of
from jobtide.store import BoardState, Reading, open_store

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + 20 * DAY


def tracked(source, identifier, first=0, last=20, *, board="main", history=None, **fields):
    """Return a posting seen from day `first` to day `last`."""
    posting = Posting(
        source=source,
        board=board,
        identifier=identifier,
        url=f"https://example.com/{source}/{identifier}",
        title="QA Engineer",
        hiring_organization="Nairn",
        **fields,
    )
    seen = {"first_seen_at": START + first * DAY, "last_seen_at": START + last * DAY}
    return Tracked(posting=posting, history=History(**(seen | (history or {}))))


def opening(*postings, status="open"):
    return Opening(
        id=postings[0].posting.id,
        posting=postings[0].posting,
        postings=postings,
        first_seen_at=min(one.history.first_seen_at for one in postings),
        last_seen_at=max(one.history.last_seen_at for one in postings),
        status=status,
    )


def told(role, now=NOW, boards=("greenhouse/nairn",)):
    return {one.kind: one.sentence for one in signals(role, now, set(boards))}


CLOSED = {"status": "closed", "closed_reason": "absent"}


def test_an_ordinary_job_has_no_signs():
    """A job of twenty days on one board says nothing."""
    assert told(opening(tracked("remotive", "1"))) == {}


def test_the_employer_dropped_it_and_an_aggregator_shows_it():
    """Evidence is both days: when the employer's board last had it, and when another last did."""
    own = tracked("greenhouse", "7", last=3, board="nairn", history=CLOSED)
    role = opening(own, tracked("remoteok", "1"))

    assert told(role) == {
        "delisted": "The employer's own board greenhouse/nairn no longer lists it (last on "
        "2026-01-04); Remote OK still does (2026-01-21)."
    }


@pytest.mark.parametrize(
    ("own", "other", "boards"),
    [
        (tracked("greenhouse", "7", board="nairn"), tracked("remoteok", "1", last=21), None),
        (
            tracked("greenhouse", "7", last=3, board="nairn", history=CLOSED),
            tracked("remoteok", "1"),
            (),
        ),
        (
            tracked("greenhouse", "7", last=3, board="nairn", history=CLOSED),
            tracked("lever", "1"),
            None,
        ),
        (
            tracked("greenhouse", "7", last=3, board="nairn", history=CLOSED),
            tracked("remoteok", "1", last=2),
            None,
        ),
    ],
    ids=["still listed", "not read", "on another board of the employer", "seen before only"],
)
def test_what_is_not_delisted(own, other, boards):
    """Nothing is said while the employer lists it, is not read, or was seen later than others."""
    role = opening(own, other)
    found = told(role) if boards is None else told(role, boards=boards)

    assert "delisted" not in found


def test_apply_leads_to_a_board_that_does_not_have_it():
    """The board behind Apply is read, and none of its postings is this job."""
    apply = "https://boards.greenhouse.io/Nairn/jobs/7"
    role = opening(tracked("remoteok", "1", apply_url=apply))

    assert told(role) == {
        "not_on_board": "Apply at Remote OK leads to greenhouse/nairn; that board is read, and "
        "no posting on it was found to be this job."
    }
    both = opening(
        tracked("greenhouse", "7", board="nairn"), tracked("remoteok", "1", apply_url=apply)
    )
    assert told(both) == {}
    assert told(role, boards=()) == {}


def test_reposted_and_bumped_name_postings_and_boards():
    """Which posting took whose place, and which board moved its date how often."""
    role = opening(
        tracked("remotive", "9", 0, 10, history=CLOSED),
        tracked("remotive", "88", 12, 20, history={"bumped": 2}),
        tracked("remoteok", "1", 0, 20, history={"bumped": 1}),
    )

    assert told(role) == {
        "reposted": "Reposted once: remotive:main:9 was last seen on 2026-01-11, "
        "remotive:main:88 first on 2026-01-13.",
        "bumped": "Bumped 2 times: the date was moved and nothing else (Remotive 2 times, "
        "Remote OK once).",
    }


def test_open_for_long_counts_from_the_earlier_of_both_dates():
    """The board's own date when it is the earlier, else our first sight; 60 days is long."""
    seen = opening(tracked("remotive", "1", last=75))
    dated = opening(tracked("remotive", "1", last=75, date_posted=START - 30 * DAY))
    edited = opening(
        tracked("remotive", "1", last=75, history={"changed_at": START + 74 * DAY}),
    )

    assert told(seen, START + 75 * DAY) == {
        "long_open": "Open for 75 days: first seen on 2026-01-01.",
        "unchanged": "Its words have not changed since 2026-01-01, 75 days ago.",
    }
    assert told(dated, NOW + 10 * DAY) == {
        "long_open": "Open for 60 days: its board dates it 2025-12-02."
    }
    assert list(told(edited, START + 75 * DAY)) == ["long_open"]
    assert told(seen, START + 59 * DAY) == {}


def test_a_closed_opening_is_not_open_for_long():
    """What has ended tells its reposts and bumps only."""
    role = opening(
        tracked("remotive", "1", last=90, history=CLOSED | {"bumped": 1}), status="closed"
    )

    assert list(told(role, START + 100 * DAY)) == ["bumped"]


def test_employers_boards_are_those_read_well_of_late():
    """An aggregator, a board that failed and one read a month ago say nothing of today."""

    def state(source, **more):
        return BoardState(
            source=source, board="nairn", **({"read_at": NOW, "outcome": "ok"} | more)
        )

    assert employer_boards(
        [
            state("greenhouse"),
            state("remoteok"),
            state("lever", outcome="failed"),
            state("ashby", read_at=NOW - 30 * DAY),
            state("workable", read_at=None),
            state("of a package that is gone"),
        ],
        NOW,
    ) == {"greenhouse/nairn"}


@given(
    st.lists(
        st.builds(
            tracked,
            st.sampled_from(["remotive", "greenhouse", "remoteok", "unknown"]),
            st.sampled_from("123"),
            st.integers(0, 50),
            st.integers(51, 99),
            board=st.sampled_from(["main", "nairn"]),
            apply_url=st.none() | st.text() | st.just("https://boards.greenhouse.io/nairn/jobs/1"),
            history=st.sampled_from([CLOSED, {"bumped": 3}, {"status": "missing"}, None]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["open", "closed", "expired"]),
)
def test_no_opening_breaks_it(postings, status):
    """Any opening: no exception, each sign a sentence."""
    for one in signals(opening(*postings, status=status), START + 100 * DAY, {"greenhouse/nairn"}):
        assert one.sentence.endswith(".")


def test_a_role_posted_anew_is_told_from_the_store(tmp_path):
    """A posting of day 1 that is gone on day 20 and comes under a new number on day 40."""

    def posting(identifier):
        return Posting(
            source="remotive",
            board="main",
            identifier=identifier,
            url=f"https://remotive.com/remote-jobs/qa-engineer-{identifier}",
            title="QA Engineer",
            hiring_organization="Nairn",
            text="You test what others build, and you say clearly what is wrong with it. " * 5,
        )

    with open_store(str(tmp_path / "a.db"), create=True) as store:
        for day, listed in ((0, ["9"]), (19, []), (20, []), (39, ["88"])):
            reading = Reading(
                source="remotive", board="main", read_at=START + day * DAY, complete=True
            )
            other = replace(posting("1"), title="Tax Accountant", text="You close the books.")
            store.save_reading(reading, [other, *map(posting, listed)])
        refresh_openings(store)
        role = store.opening("remotive:main:88")
        found = signals_of(role, store, START + 40 * DAY)

    assert role.id == "remotive:main:9"
    assert [one.kind for one in found] == ["reposted"]
    assert as_dict(role, found)["signals"][0]["kind"] == "reposted"
    assert as_dict(role, found)["id"] == "remotive:main:9"
