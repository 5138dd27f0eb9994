"""
The one body of tests for every engine: whatever it does with partitions, the answer is the same.

A scattering engine stands in for many machines: every item is pickled on its way, partitions
are many and uneven, their order and that of the items in them is chance, and work is done twice.
"""

import pickle
import random
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.dedupe import Decisions, dedupe, edges, keyed
from jobtide.dedupe.decisions import Decision
from jobtide.engine.local import LocalEngine
from tests.unit.dedupe.made import posting, worlds


class ScatteredEngine:
    """Lists of items in many partitions, in no order."""

    def __init__(self, seed=0, partitions=5):
        self.chance = random.Random(seed)
        self.partitions = partitions

    def load(self, read, paths):
        return [self._travel(read(path)) for path in paths]

    def map(self, work, data):
        work = pickle.loads(pickle.dumps(work))
        found = []
        for part in data:
            list(work(iter(self._travel(part))))  # a worker that died after its work
            found.append(self._travel(work(iter(self._travel(part)))))
        return found

    def group(self, data):
        shards = [{} for _ in range(self.partitions)]
        for key, value in self._shuffled(item for part in data for item in part):
            shards[key % self.partitions].setdefault(key, []).append(value)
        return [self._shuffled(shard.items()) for shard in shards]

    def collect(self, data):
        return iter(self._shuffled(item for part in data for item in part))

    def _travel(self, items):
        return self._shuffled(pickle.loads(pickle.dumps(list(items))))

    def _shuffled(self, items):
        found = list(items)
        self.chance.shuffle(found)
        return found


ENGINES = {
    "local": LocalEngine,
    "one partition": lambda: ScatteredEngine(1, 1),
    "five partitions": lambda: ScatteredEngine(2, 5),
    "more partitions than keys": lambda: ScatteredEngine(3, 97),
}


@pytest.fixture(params=ENGINES)
def engine(request):
    return ENGINES[request.param]()


def words_of(path):
    return path.split("/")


def lengths(words):
    for word in words:
        yield len(word), word


def counted(groups):
    for key, values in groups:
        yield key, sorted(values)


def test_the_four_verbs(engine):
    """Load, map, group, collect: every item arrives, once, beside those of its key."""
    data = engine.load(words_of, ["a/bb/cc", "d/ee", "fff"])
    found = engine.collect(engine.map(counted, engine.group(engine.map(lengths, data))))

    assert sorted(found) == [(1, ["a", "d"]), (2, ["bb", "cc", "ee"]), (3, ["fff"])]


def test_nothing_in_nothing_out(engine):
    """No path, no item, no group."""
    data = engine.load(words_of, [])

    assert list(engine.collect(engine.map(counted, engine.group(engine.map(lengths, data))))) == []


def test_keys_of_63_bits(engine):
    """The largest and the smallest key a block may have arrive as they are."""
    largest = 2**63 - 1
    data = engine.map(partial(_under, keys=(0, 7, largest)), engine.load(words_of, ["x/y"]))

    found = dict(engine.collect(engine.map(counted, engine.group(data))))

    assert found == {0: ["x", "y"], 7: ["x", "y"], largest: ["x", "y"]}


def _under(words, keys):
    for word in words:
        for key in keys:
            yield key, word


@settings(max_examples=40)
@given(worlds, st.integers(0, 99), st.integers(1, 9))
def test_duplicates_do_not_depend_on_partitions(world, seed, partitions):
    """However postings are scattered, clusters, reasons and groups are the same."""
    scattered = ScatteredEngine(seed, partitions)
    parts = [world[at::partitions] for at in range(partitions)]

    assert dedupe(scattered, parts) == dedupe(LocalEngine(), iter(world))


def test_decisions_travel_with_the_work():
    """What people decided reaches every worker."""
    world = [posting(number=1), posting("Accountant", "Pell", number=2)]
    told = Decisions(merge=(Decision(postings=tuple(one.id for one in world), reason="one desk"),))

    (found,) = dedupe(ScatteredEngine(4), [[one] for one in world], told)

    assert found == dedupe(LocalEngine(), iter(world), told)[0]
    assert len(found.posting_ids) == 2


def test_the_work_can_be_sent_elsewhere():
    """What engines run is a function of a module, with or without decisions."""
    for work in (keyed, edges, partial(keyed, decisions=Decisions())):
        assert pickle.loads(pickle.dumps(work))
