"""
The one body of tests for every engine: wherever work runs, the answer is that of `local`.

A new engine is one line of ENGINES. "scattered" stands in for many machines: every item is pickled
on its way, partitions are uneven, their order and that of the items is chance, work is done twice.
"""

import pickle
import random
import shutil
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobtide import pipeline
from jobtide.dedupe import Decisions, dedupe, edges, facts_of, keyed, merged
from jobtide.dedupe.decisions import Decision
from jobtide.engine.local import LocalEngine
from jobtide.engine.processes import ProcessesEngine
from jobtide.errors import JobtideError
from jobtide.model import Posting, Reject
from tests.unit.dedupe.made import GRAIN, posting, worlds


class ScatteredEngine:
    """Lists of items in many partitions, in no order."""

    def __init__(self, seed=0, shards=5):
        self.chance = random.Random(seed)
        self.shards = shards

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
        shards = [{} for _ in range(self.shards)]
        for key, value in self._shuffled(item for part in data for item in part):
            shards[key % self.shards].setdefault(key, []).append(value)
        return [self._shuffled(shard.items()) for shard in shards]

    def collect(self, data):
        return iter(self._shuffled(item for part in data for item in part))

    def _travel(self, items):
        return self._shuffled(pickle.loads(pickle.dumps(list(items))))

    def _shuffled(self, items):
        found = list(items)
        self.chance.shuffle(found)
        return found


@contextmanager
def spark():
    """Give Spark's engine in this machine, two threads; workers import the tests too."""
    pytest.importorskip("pyspark", reason="pip install 'jobtide[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java; on Debian: apt-get install default-jre-headless")
    from jobtide.engine.spark import SparkEngine
    from jobtide.run.spark import spark_context

    settings = {"spark.executorEnv.PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with spark_context("local[2]", settings) as context:
        yield SparkEngine(context, 3)


#: Name -> a context manager that gives the engine.
ENGINES = {
    "local": lambda: nullcontext(LocalEngine()),
    "scattered": lambda: nullcontext(ScatteredEngine(1)),
    "scattered, one shard": lambda: nullcontext(ScatteredEngine(2, 1)),
    "scattered, more shards than keys": lambda: nullcontext(ScatteredEngine(3, 97)),
    "processes": lambda: ProcessesEngine(2),
    "spark": spark,
}
#: They need more than this package and some seconds to start: `make test-scale`.
SLOW = {"spark"}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=[pytest.mark.scale, pytest.mark.timeout(400)] * (name in SLOW))
        for name in ENGINES
    ],
)
def engine(request):
    """Yield each engine; to start one may take a second, so it serves the whole module."""
    with ENGINES[request.param]() as started:
        yield started


def words_of(path):
    return path.split("/")


def lengths(words):
    for word in words:
        yield len(word), word


def counted(groups):
    for key, values in groups:
        yield key, sorted(values)


def under(words, keys):
    for word in words:
        for key in keys:
            yield key, word


def part_of(number, items, parts):
    return items[int(number) :: parts]


def refused(words):
    for word in words:
        raise ValueError(f"{word} is refused")


def loaded(engine, items, parts=3):
    """Return the items as data of the engine, in some partitions."""
    return engine.load(partial(part_of, items=items, parts=parts), [*map(str, range(parts))])


def test_the_four_verbs(engine):
    """Load, map, group, collect: every item arrives, once, beside those of its key."""
    data = engine.load(words_of, ["a/bb/cc", "d/ee", "fff"])
    found = engine.collect(engine.map(counted, engine.group(engine.map(lengths, data))))

    assert sorted(found) == [(1, ["a", "d"]), (2, ["bb", "cc", "ee"]), (3, ["fff"])]


def test_verbs_follow_each_other_in_any_number(engine):
    """Maps on maps, a group of a group, and a group that is collected as it is."""
    data = engine.map(lengths, engine.map(sorted, engine.load(words_of, ["a/bb", "cc/d"])))
    once = engine.map(counted, engine.group(data))
    twice = engine.collect(engine.group(once))

    assert sorted(twice) == [(1, [["a", "d"]]), (2, [["bb", "cc"]])]


def test_nothing_in_nothing_out(engine):
    """No path, no item, no group; a path without items is no fault."""
    for paths in ([], ["/"]):
        data = engine.map(partial(under, keys=()), engine.load(words_of, paths))
        assert list(engine.collect(engine.map(counted, engine.group(data)))) == []


def test_keys_of_63_bits(engine):
    """The largest and the smallest key a block may have arrive as they are."""
    largest = 2**63 - 1
    data = engine.map(partial(under, keys=(0, 7, largest)), engine.load(words_of, ["x/y"]))

    found = dict(engine.collect(engine.map(counted, engine.group(data))))

    assert found == {0: ["x", "y"], 7: ["x", "y"], largest: ["x", "y"]}


def test_what_work_raises_is_raised(engine):
    """A fault is not emptiness: who collects learns of it, and the engine works on."""
    with pytest.raises((ValueError, JobtideError), match="x is refused"):
        list(engine.collect(engine.map(refused, engine.load(words_of, ["x"]))))

    assert list(engine.collect(engine.load(words_of, ["x"]))) == ["x"]


def test_every_step_gives_the_same(engine):
    """The pipeline's postings and rejects are equal wherever they were made."""
    texts = (
        GRAIN,
        f"{GRAIN} 60,000 to 70,000 euros a year. Only in Germany.",
        "\ud800 half a sign",
    )
    given = [
        posting(title, number=number, description=f"<p>{text}</p>", text="", city=city)
        for number, (title, text, city) in enumerate(
            (title, text, city)
            for title in ("Senior Data Engineer (m/f/d)", "Nurse - Berlin", "")
            for text in texts
            for city in ("Berlin", None)
        )
    ]

    found = list(engine.collect(engine.map(pipeline.process, loaded(engine, given))))

    assert sorted(found, key=_name) == sorted(pipeline.process(given), key=_name)
    assert {type(one) for one in found} == {Posting, Reject}


def _name(one):
    return one.source, one.board, one.identifier


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
@given(worlds, st.integers(1, 5))
def test_duplicates_are_the_same(engine, world, parts):
    """However postings are parted, the clusters, facts, reasons and groups are those of local."""
    assert merged(engine, loaded(engine, world, parts)) == merged(LocalEngine(), iter(world))
    assert dedupe(engine, loaded(engine, world, parts)) == dedupe(LocalEngine(), iter(world))


@settings(max_examples=40)
@given(worlds, st.integers(0, 99), st.integers(1, 9))
def test_duplicates_do_not_depend_on_chance(world, seed, parts):
    """The same, for many orders and partitions."""
    scattered = ScatteredEngine(seed, parts)

    assert dedupe(scattered, loaded(scattered, world, parts)) == dedupe(LocalEngine(), iter(world))


def test_decisions_travel_with_the_work(engine):
    """What people decided reaches every worker."""
    world = [posting(number=1), posting("Accountant", "Pell", number=2)]
    told = Decisions(merge=(Decision(postings=tuple(one.id for one in world), reason="one desk"),))

    (found,) = dedupe(engine, loaded(engine, world), told)

    assert found == dedupe(LocalEngine(), iter(world), told)[0]
    assert len(found.posting_ids) == 2


def test_facts_may_be_given_in_place_of_postings(engine):
    """Who has facts already need not make them twice."""
    world = [posting(number=1, city="Berlin"), posting(board="main", source="remotive")]

    found = merged(engine, loaded(engine, [facts_of(one) for one in world]))

    assert found == merged(LocalEngine(), iter(world))
    assert len(found) == 1


def test_the_work_can_be_sent_elsewhere():
    """What engines run is a function of a module, with or without decisions."""
    for work in (keyed, edges, partial(keyed, decisions=Decisions()), pipeline.process):
        assert pickle.loads(pickle.dumps(work))
