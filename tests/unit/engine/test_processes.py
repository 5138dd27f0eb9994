"""The engine of worker processes: workers that die, what is left behind, how few bytes travel."""

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from jobtide.engine import processes
from jobtide.engine.processes import ProcessesEngine
from jobtide.errors import JobtideError


def numbers(path):
    return range(*map(int, path.split("-")))


def by_ten(items):
    for item in items:
        yield item % 10, item


def summed(groups):
    for key, values in groups:
        yield key, sum(values)


def dying(items, marker, times):
    """Kill the worker in the middle of its work, the first `times` times."""
    for item in items:
        if item == 57 and len(list(Path(marker).iterdir())) < times:
            (Path(marker) / f"{os.getpid()}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield item


PATHS = ["0-50", "50-60", "60-200"]
SUMS = [(key, sum(range(key, 200, 10))) for key in range(10)]


@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_worker_that_dies_costs_nothing_but_time(tmp_path, times):
    """Its partition is worked on again by another; every item counts once."""
    with ProcessesEngine(2) as engine:
        data = engine.map(
            partial(dying, marker=tmp_path, times=times), engine.load(numbers, PATHS)
        )
        found = engine.collect(engine.map(summed, engine.group(engine.map(by_ten, data))))

        assert sorted(found) == SUMS
    assert len(list(tmp_path.iterdir())) == times


def test_a_partition_that_kills_every_worker_is_given_up(tmp_path):
    """After three tries, with a word on what may help; nothing hangs."""
    with ProcessesEngine(2) as engine:
        data = engine.map(partial(dying, marker=tmp_path, times=99), engine.load(numbers, PATHS))

        with pytest.raises(JobtideError, match="too little memory"):
            list(engine.collect(data))
        assert len(list(engine.collect(engine.load(numbers, PATHS)))) == 200


def half_way(engine):
    """Shuffle, look at the engine's files and workers, and fail."""
    with engine:
        data = engine.group(engine.map(by_ten, engine.load(numbers, PATHS)))
        folder = Path(data[0].where[0]).parent
        workers = list(engine._pool._processes.values())
        assert len(list(folder.iterdir())) == len(PATHS) * 2
        assert len(list(engine.collect(data))) == 10
        raise RuntimeError(folder, workers)


def test_nothing_is_left_behind():
    """Neither files nor workers, also when something failed."""
    with pytest.raises(RuntimeError) as failed:
        half_way(ProcessesEngine(2))

    folder, workers = failed.value.args
    assert not folder.exists()
    assert not any(worker.is_alive() for worker in workers)


def test_many_chunks_are_one_group(monkeypatch):
    """What a partition writes in several pieces is read as one."""
    monkeypatch.setattr(processes, "CHUNK", 7)  # for the part that is written here
    part = processes.Part(numbers, "0-200", (by_ten,))
    with ProcessesEngine(2) as engine:
        files = tuple(str(Path(engine._folder.name) / name) for name in "ab")
        processes._scatter(part, files)

        groups = dict(processes._gathered(files[:1])) | dict(processes._gathered(files[1:]))

        assert {key % 2 for key, _ in processes._gathered(files[:1])} == {0}
    assert {key: sum(values) for key, values in groups.items()} == dict(SUMS)


def test_one_process_a_core_by_default():
    """Whoever names no number gets all cores."""
    with ProcessesEngine() as engine:
        assert engine.workers == os.cpu_count()
