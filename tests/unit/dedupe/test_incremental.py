"""Openings computed from what changed are those computed from everything."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobtide.dedupe import blocks, neighbourhood
from jobtide.dedupe.decisions import Decision, Decisions
from jobtide.model import Place, Posting
from jobtide.run import openings as run_openings
from jobtide.run.openings import refresh_openings
from jobtide.store import Reading, SqliteStore

IGNORED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
START = datetime(2026, 1, 5, tzinfo=UTC)
TITLES = ("Data Engineer", "Senior Data Engineer", "Data Engineer - Berlin", "Engineer, Data")
COMPANIES = ("Lorne", "Lorne GmbH", "Pell", None)
CITIES = {"Berlin": "DE", "Paris": "FR", None: None}
TEXTS = (
    "",
    "We move grain by rail and want someone to keep the timetables of our data honest. " * 2,
    "Our kitchen feeds a thousand nurses a day and you will count every spoon of it twice. " * 2,
)
BOARDS = (("greenhouse", "lorne"), ("remotive", "main"), ("remoteok", "main"))

jobs = st.fixed_dictionaries(
    {
        "title": st.sampled_from(TITLES),
        "company": st.sampled_from(COMPANIES),
        "city": st.sampled_from(tuple(CITIES)),
        "text": st.sampled_from(TEXTS),
        "requisition": st.sampled_from((None, None, "R-10", "R-22")),
    }
)
few_jobs = st.fixed_dictionaries(
    {
        "title": st.just(TITLES[0]),
        "company": st.sampled_from(COMPANIES[:2]),
        "city": st.sampled_from((None, "Berlin")),
        "text": st.just(TEXTS[1]),
        "requisition": st.none(),
    }
)
few_kinds = st.lists(
    st.tuples(st.sampled_from(BOARDS), st.dictionaries(st.integers(0, 2), few_jobs, max_size=2)),
    min_size=2,
    max_size=6,
)
boards = st.dictionaries(st.integers(0, 4), jobs, max_size=4)
readings = st.lists(st.tuples(st.sampled_from(BOARDS), boards), min_size=1, max_size=6)
NAMES = tuple(f"{source}:{board}:{number}" for source, board in BOARDS for number in range(3))
pairs = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True).map(tuple)


@st.composite
def decisions(draw):
    """At most one of each kind: more would have to be checked for contradictions."""
    merged, parted = draw(st.none() | pairs), draw(st.none() | pairs)
    if merged and parted and set(merged) == set(parted):
        parted = None
    return Decisions(
        merge=(Decision(postings=merged, reason="told"),) if merged else (),
        apart=(Decision(postings=parted, reason="told"),) if parted else (),
    )


def posting(source, board, number, job):
    city = job["city"]
    return Posting(
        source=source,
        board=board,
        identifier=str(number),
        url=f"https://{source}.example/{board}/{number}",
        title=job["title"],
        hiring_organization=job["company"],
        job_location=(Place(country=CITIES[city], city=city),) if city else (),
        text=job["text"],
        requisition=job["requisition"],
    )


def read(store, moment, board, listed):
    source, token = board
    window = source == "remoteok"
    reading = Reading(source=source, board=token, read_at=moment, complete=True, window=window)
    store.save_reading(
        reading, [posting(source, token, number, job) for number, job in listed.items()]
    )


def state(store):
    return [
        (one.id, one.posting.id, tuple(sorted(t.posting.id for t in one.postings)), one.reasons)
        for one in store.openings()
    ]


def keys(store):
    names = list(store.opening_ids())
    return store.block_keys(names)


@pytest.fixture(autouse=True)
def _always_follow_edges(monkeypatch):
    """Many changes at once would be computed from everything, which is what we compare with."""
    monkeypatch.setattr(run_openings, "MANY_CHANGES", 9)


@settings(max_examples=35, deadline=None, suppress_health_check=IGNORED, derandomize=True)
@given(steps=st.lists(st.tuples(readings, decisions()), min_size=2, max_size=4))
def test_from_what_changed_or_from_everything_is_one(steps):
    """After any history, the openings followed step by step equal those of a full rebuild."""
    with tempfile.TemporaryDirectory() as folder:
        one = SqliteStore(Path(folder) / "one.db", create=True)
        other = SqliteStore(Path(folder) / "other.db", create=True)
        moment = START
        with one, other:
            for listed, decided in steps:
                for board, found in listed:
                    moment += timedelta(hours=13)
                    read(one, moment, board, found)
                    read(other, moment, board, found)
                    refresh_openings(one)
                refresh_openings(one, decided)
                refresh_openings(other, decided, full=True)
                assert state(one) == state(other)
                assert keys(one) == keys(other)
                assert refresh_openings(one, decided) == 0
                assert refresh_openings(one, full=True) == 0
                assert one.check() == []


@settings(max_examples=30, deadline=None, suppress_health_check=IGNORED, derandomize=True)
@given(steps=few_kinds, most=st.integers(1, 2))
def test_a_block_that_becomes_too_large_or_small_again(steps, most):
    """Blocks that cross the limit lose and regain their edges, step by step as in a rebuild."""
    patched = (blocks, neighbourhood, run_openings)
    before = blocks.MAX_BLOCK
    try:
        for module in patched:
            module.MAX_BLOCK = most
        with tempfile.TemporaryDirectory() as folder:
            one = SqliteStore(Path(folder) / "one.db", create=True)
            other = SqliteStore(Path(folder) / "other.db", create=True)
            with one, other:
                for number, (board, found) in enumerate(steps):
                    moment = START + timedelta(hours=13 * number)
                    read(one, moment, board, found)
                    read(other, moment, board, found)
                    refresh_openings(one)
                    refresh_openings(other, full=True)
                    assert state(one) == state(other)
    finally:
        for module in patched:
            module.MAX_BLOCK = before
