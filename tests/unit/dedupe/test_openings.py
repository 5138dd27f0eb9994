"""Openings in the store: permanent ids, the canonical posting, decisions for ever."""

from datetime import timedelta

import pytest

from jobtide.dedupe.decisions import NO_DECISIONS, Decision, Decisions
from jobtide.model import Salary
from jobtide.run.openings import completed, nearness, refresh_openings, snapshot
from jobtide.store import Reading, SqliteStore
from tests.unit.dedupe.made import GRAIN, START, elsewhere, posting

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    """Return an empty store in a file."""
    with SqliteStore(tmp_path / "jobs.db", create=True) as made:
        yield made


def read(store, day, *postings, source="greenhouse", board="lorne"):
    """Let a board list these postings, and bring the openings up to date."""
    reading = Reading(source=source, board=board, read_at=START + day * DAY, complete=True)
    store.save_reading(reading, postings)
    return refresh_openings(store)


def ids(store):
    return {one.id: {member.posting.id for member in one.postings} for one in store.openings()}


def test_the_younger_id_leads_to_the_older_for_ever(store):
    """Two openings that turn out to be one keep both names; the first one's is the opening's."""
    read(store, 0, elsewhere("Data Analyst"), source="remotive", board="main")
    read(store, 1, posting("Data Engineer"))
    assert set(ids(store)) == {"remotive:main:1", "greenhouse:lorne:1"}

    read(store, 2, posting("Data Analyst"))

    assert ids(store) == {"remotive:main:1": {"remotive:main:1", "greenhouse:lorne:1"}}
    assert store.opening("greenhouse:lorne:1").id == "remotive:main:1"
    assert store.opening("remotive:main:1").posting.source == "greenhouse"


def test_when_parted_again_both_live(store):
    """A title that changes parts what was merged: each name is an opening again, and back."""
    read(store, 0, elsewhere(), source="remotive", board="main")
    read(store, 1, posting())
    assert len(ids(store)) == 1

    read(store, 2, posting("Accountant"))

    assert store.opening("remotive:main:1").id == "remotive:main:1"
    assert store.opening("greenhouse:lorne:1").id == "greenhouse:lorne:1"
    read(store, 3, posting())
    assert store.opening("greenhouse:lorne:1").id == "remotive:main:1"
    assert store.check() == []


def test_an_opening_of_three_keeps_its_name_when_one_leaves(store):
    """The name is the first posting's; those who stay together take that of their own first."""
    read(store, 0, elsewhere(), source="remotive", board="main")
    read(store, 1, elsewhere(source="remoteok"), source="remoteok", board="main")
    read(store, 2, posting())
    assert set(ids(store)) == {"remotive:main:1"}

    read(store, 3, elsewhere("Accountant"), source="remotive", board="main")

    assert ids(store) == {
        "remotive:main:1": {"remotive:main:1"},
        "remoteok:main:1": {"remoteok:main:1", "greenhouse:lorne:1"},
    }


def test_the_canonical_posting_is_nearest_the_employer(store):
    """The employer's own system before an aggregator, however full; open before closed."""
    read(store, 0, elsewhere(text=GRAIN), source="remotive", board="main")
    nurse = posting("Nurse", number=2)  # a board that is empty all at once is not believed
    read(store, 1, posting(), nurse)
    assert store.opening("remotive:main:1").posting.source == "greenhouse"

    for day in (2, 3):
        read(store, day, nurse)

    assert store.get("greenhouse:lorne:1").history.status == "closed"
    assert store.opening("remotive:main:1").posting.source == "remotive"
    assert nearness("greenhouse") < nearness("remotive") < nearness("no such source")


def test_pages_see_the_completed_opening(store):
    """The snapshot shows the canonical posting with the pay another board states."""
    pay = (Salary(currency="EUR", min_value=60_000, max_value=70_000),)
    read(store, 0, elsewhere(base_salary=pay), source="remotive", board="main")
    read(store, 1, posting(number=1, city="Berlin"), posting(number=2, city="Paris"))

    found = {one.id: one for one in snapshot(store, START + 2 * DAY).openings}

    merged = found["remotive:main:1"]
    assert merged.posting.base_salary == pay
    assert merged.filled == {"base_salary": "remotive:main:1"}
    assert {one.group for one in found.values()} == {"lorne/data-engineer"}
    assert next(completed([store.opening("remotive:main:1")])).filled == merged.filled


def test_decisions_stay_in_force(store):
    """Told once, kept apart at every later run, also when the file is gone; until taken back."""
    apart = Decision(postings=("remotive:main:1", "greenhouse:lorne:1"), reason="two teams")
    read(store, 0, elsewhere(), source="remotive", board="main")
    read(store, 1, posting())
    assert len(ids(store)) == 1

    assert refresh_openings(store, Decisions(apart=(apart,))) > 0
    assert len(ids(store)) == 2
    read(store, 2, posting(text=GRAIN))
    refresh_openings(store, full=True)
    assert len(ids(store)) == 2

    refresh_openings(store, NO_DECISIONS)
    assert len(ids(store)) == 1


def test_a_forced_merge_holds_whatever_changes(store):
    """Two that have nothing in common are one opening, and say who decided it."""
    told = Decision(postings=("remotive:main:1", "greenhouse:lorne:1"), reason="same desk")
    read(store, 0, elsewhere("Analyst", city="Oslo"), source="remotive", board="main")
    read(store, 1, posting("Accountant", "Pell", city="Paris"))

    refresh_openings(store, Decisions(merge=(told,)))
    read(store, 2, posting("Nurse", "Pell", city="Paris"))

    (found,) = store.openings()
    assert found.id == "remotive:main:1"
    assert "merged by decision: same desk" in found.reasons[0]


def test_a_decision_on_a_posting_we_do_not_hold_waits(store):
    """A name nobody has is no error: its board may list it tomorrow."""
    told = Decision(postings=("remotive:main:1", "greenhouse:lorne:1"), reason="same desk")
    refresh_openings(store, Decisions(merge=(told,)))
    read(store, 0, posting("Accountant", "Pell"))
    assert len(ids(store)) == 1

    read(store, 1, elsewhere("Analyst"), source="remotive", board="main")

    assert set(ids(store)) == {"greenhouse:lorne:1"}


def test_a_quiet_run_writes_nothing(store):
    """Nothing new, nothing compared, nothing written; new rules compare everything again."""
    read(store, 0, posting())

    assert read(store, 1, posting()) == 0
    before = store.unmerged()
    assert (before.changed, before.total, before.merging.rev) == (0, 1, before.newest)
    assert refresh_openings(store, full=True) == 0
    assert store.unmerged() == before
