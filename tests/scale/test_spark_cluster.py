"""A backfill on a cluster that loses an executor in the middle."""

import os
import signal
import threading

import msgspec
import pytest

from benchmarks.vacancies import vacancies
from jobtide.engine.local import LocalEngine
from jobtide.run.backfill import Backfill
from tests.scale.test_backfill import openings
from tools import spark_cluster

pytestmark = [pytest.mark.scale, pytest.mark.timeout(600)]

POSTINGS, FILES = 3_000, 12


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    """Return the folder and the address of a standalone cluster with two workers."""
    why = spark_cluster.available()
    if why:
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("cluster")
    with spark_cluster.cluster(folder) as url:
        yield folder, url


def test_a_lost_executor_changes_nothing(master, tmp_path):
    """One of two executors is killed amid the first stage: the same openings as of one machine."""
    from jobtide.engine.spark import SparkEngine
    from jobtide.run.spark import spark_context

    folder, url = master
    origin = tmp_path / "input"
    origin.mkdir()
    made = [msgspec.json.encode(posting) for posting, _ in vacancies(POSTINGS)]
    for number in range(FILES):
        (origin / f"{number:02}.jsonl").write_bytes(b"\n".join(made[number::FILES]))
    Backfill(LocalEngine(), origin, tmp_path / "local").run()
    killed, over = [], threading.Event()

    def kill():
        stage = tmp_path / "spark" / "postings"
        while not stage.is_dir() or len(list(stage.glob("*.parquet"))) < FILES // 3:
            if over.wait(0.02):
                return
        victim = spark_cluster.executors(folder)[0]
        os.kill(victim, signal.SIGKILL)
        killed.append(len(list(stage.glob("*.parquet"))))

    with spark_context(url, {"spark.executor.memory": "512m"}) as context:
        killer = threading.Thread(target=kill)
        killer.start()
        try:
            done = Backfill(SparkEngine(context, 4), origin, tmp_path / "spark").run()
        finally:
            over.set()
            killer.join()

    assert killed
    assert killed[0] < FILES
    assert openings(tmp_path / "spark") == openings(tmp_path / "local")
    assert done["postings"] == POSTINGS
