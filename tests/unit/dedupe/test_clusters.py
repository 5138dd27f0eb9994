"""Clusters are sound as a whole, whatever the order of edges, postings and partitions."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from jobtide.dedupe import Decisions, dedupe
from jobtide.dedupe.blocks import MAX_BLOCK, edges
from jobtide.dedupe.clusters import clusters, decide
from jobtide.dedupe.decisions import Decision
from jobtide.dedupe.reading import facts_of
from jobtide.engine.local import LocalEngine
from tests.unit.dedupe.made import COUNTRIES, GRAIN, elsewhere, posting, worlds


def merged(*postings, decisions=None):
    """Return the clusters as sets of ids."""
    found = dedupe(LocalEngine(), iter(postings), decisions or Decisions())
    return [set(one.posting_ids) for one in found]


def ids(*postings):
    return {one.id for one in postings}


def test_anywhere_never_ties_two_cities_together():
    """A posting that may be in Berlin or Paris joins one of them; the two stay apart."""
    berlin, paris = posting(city="Berlin", number=1), posting(city="Paris", number=2)
    anywhere = elsewhere()

    (found,) = merged(berlin, paris, anywhere)

    assert found in (ids(berlin, anywhere), ids(paris, anywhere))


def test_the_better_match_wins():
    """Of two openings a posting could belong to, it goes where more speaks for it."""
    berlin, paris = posting(city="Berlin", number=1), posting(city="Paris", number=2, text=GRAIN)
    anywhere = elsewhere(text=GRAIN)

    assert merged(berlin, paris, anywhere) == [ids(paris, anywhere)]


def test_a_third_without_number_does_not_tie_two_requisitions():
    """R-10 and R-22 stay two openings though a posting without number equals both."""
    one = posting(requisition="R-10", city="Berlin")
    other = elsewhere(requisition="R-22", city="Berlin")
    neither = elsewhere(source="remoteok", city="Berlin")

    (found,) = merged(one, other, neither)

    assert len(found) == 2


def test_reasons_name_each_link():
    """An opening of three has two links, each with ids, reasons and score."""
    trio = [posting(), elsewhere(), elsewhere(source="remoteok")]
    (found,) = dedupe(LocalEngine(), iter(trio))

    assert len(found.reasons) == 2
    for reason in found.reasons:
        assert "same company and title" in reason
        assert "(score 0.65)" in reason
    assert found.group == "lorne/data-engineer"


def test_a_huge_block_costs_nothing_and_its_cities_still_meet():
    """A role in three hundred cities is too large a block; copies of one city find each other."""
    many = [
        posting(number=number, location_text=f"Town{chr(97 + number % 26)}{number}, Germany")
        for number in range(MAX_BLOCK + 100)
    ]
    copy = elsewhere(location_text=many[7].location_text)

    assert merged(*many, copy) == [ids(many[7], copy)]


@given(worlds, st.randoms(use_true_random=False))
def test_order_does_not_matter(world, chance):
    """The same postings in another order make the same clusters, with the same reasons."""
    shuffled = list(world)
    chance.shuffle(shuffled)

    assert dedupe(LocalEngine(), iter(world)) == dedupe(LocalEngine(), iter(shuffled))


@given(worlds)
def test_no_cluster_holds_a_contradiction(world):
    """No two postings of a cluster contradict, and so share level, city and requisition."""
    facts = {one.id: facts_of(one) for one in world}
    for found in dedupe(LocalEngine(), iter(world)):
        assert len(found.posting_ids) > 1
        for one, other in combinations(found.posting_ids, 2):
            assert not decide(facts[one], facts[other]).against
        cities = {spot.city for name in found.posting_ids for spot in facts[name].spots}
        assert len(cities & set(COUNTRIES)) <= 1
        assert len({facts[name].requisitions for name in found.posting_ids} - {()}) <= 1
        assert len({facts[name].role.levels for name in found.posting_ids}) == 1


@given(worlds)
def test_every_posting_is_in_one_cluster_at_most(world):
    """Clusters do not overlap."""
    found = [name for one in merged(*world) for name in one]

    assert len(found) == len(set(found))


@given(worlds, st.lists(st.integers(0, 9), min_size=2, max_size=2, unique=True))
def test_kept_apart_is_apart_and_merged_is_merged(world, pair):
    """A decision holds against all evidence, also through third postings."""
    if max(pair) >= len(world):
        return
    one, other = world[pair[0]].id, world[pair[1]].id
    told = (Decision(postings=(one, other), reason="told"),)

    assert not any(
        {one, other} <= found for found in merged(*world, decisions=Decisions(apart=told))
    )
    assert any({one, other} <= found for found in merged(*world, decisions=Decisions(merge=told)))


def test_others_may_join_what_people_merged():
    """A copy of the one joins both: that the other differs was decided to mean nothing."""
    berlin, oslo = posting(city="Berlin", number=1), posting("Analyst", city="Oslo", number=2)
    copy = elsewhere(city="Berlin")
    told = Decisions(merge=(Decision(postings=(berlin.id, oslo.id), reason="one and the same"),))

    (found,) = dedupe(LocalEngine(), iter([berlin, oslo, copy]), told)

    assert set(found.posting_ids) == ids(berlin, oslo, copy)
    assert any("merged by decision: one and the same" in reason for reason in found.reasons)


def test_the_same_edge_may_come_often():
    """Two partitions may find the same pair; it counts once."""
    block = [facts_of(posting()), facts_of(elsewhere())]
    found = list(edges([(1, block)]))

    assert list(clusters(found * 3)) == list(clusters(found))
