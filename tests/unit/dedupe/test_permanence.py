"""Names of openings are for ever, and so is what people decided, whatever boards do meanwhile."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobtide.dedupe.decisions import Decision, Decisions
from jobtide.run.openings import refresh_openings
from jobtide.store import SqliteStore
from tests.unit.dedupe import test_incremental as histories
from tests.unit.dedupe.made import START

SLOW = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)


def played(steps, decisions=None):
    """Yield the store after each reading of a history, its openings up to date."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SqliteStore(Path(folder) / "jobs.db", create=True) as store,
    ):
        for number, (board, listed) in enumerate(steps):
            histories.read(store, START + number * timedelta(hours=13), board, listed)
            refresh_openings(store, decisions if number == 0 else None)
            yield store


@SLOW
@given(st.lists(st.tuples(st.sampled_from(histories.BOARDS), histories.boards), max_size=7))
def test_every_name_leads_to_the_opening_of_its_posting(steps):
    """Of the present openings and of all that were ever; the oldest name is the opening's."""
    names = set()
    for store in played(steps):
        held = {}
        for one in store.openings():
            members = {member.posting.id: member.history for member in one.postings}
            assert not held.keys() & members.keys()
            held |= dict.fromkeys(members, one.id)
            first = min(members, key=lambda name: (members[name].first_seen_at, name))
            assert one.id == first
            names.add(one.id)
        assert held.keys() == store.opening_ids().keys()
        for name in names | held.keys():
            assert store.opening(name).id == held[name]
        assert store.check() == []


@SLOW
@given(
    st.lists(st.tuples(st.sampled_from(histories.BOARDS), histories.boards), max_size=7),
    histories.pairs,
)
def test_a_pair_kept_apart_is_never_one_again(steps, pair):
    """Told once, before either was seen: no later posting or change joins them."""
    told = Decisions(apart=(Decision(postings=pair, reason="two desks"),))

    for store in played(steps, told):
        for one in store.openings():
            assert not set(pair) <= {member.posting.id for member in one.postings}


@SLOW
@given(
    st.lists(st.tuples(st.sampled_from(histories.BOARDS), histories.boards), max_size=7),
    histories.pairs,
)
def test_a_pair_merged_stays_one(steps, pair):
    """Told once: from the moment both are known they share an opening, whatever they become."""
    told = Decisions(merge=(Decision(postings=pair, reason="one desk"),))

    for store in played(steps, told):
        if set(pair) <= store.opening_ids().keys():
            assert store.opening(pair[0]).id == store.opening(pair[1]).id
