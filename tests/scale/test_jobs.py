"""Chores of workers: done once, again after a failure, and by others when a worker dies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from jobtide.run import jobs

pytestmark = pytest.mark.scale

#: A worker that does one chore slowly the first time it is done by anyone: it is killed in it.
SLOW = """
import sys, time
from pathlib import Path
from jobtide.run import jobs
url, folder = sys.argv[1], Path(sys.argv[2])
jobs.STALLED_S = 2
def chore():
    began = folder / "began"
    if not began.exists():
        began.write_text("")
        time.sleep(60)
    with (folder / "done").open("a") as file:
        file.write("x")
app = jobs.app_of(url, {"chore": chore}, "0 0 1 1 *")
with jobs.JobThread(app, f"worker-{sys.argv[3]}"):
    until = time.monotonic() + 50
    while not (folder / "done").exists() and time.monotonic() < until:
        time.sleep(0.1)
"""


def done_by(url, chores):
    jobs.do_once(jobs.app_of(url, chores, "0 0 1 1 *"), chores, "w")


def statuses(url):
    with psycopg.connect(url) as server:
        rows = server.execute(
            "SELECT task_name, status, attempts FROM procrastinate_jobs"
            " WHERE task_name <> 'stalled'"
        )
        return sorted(rows.fetchall())


def test_every_chore_is_done_once(postgres_database):
    """One pass does each chore, in a store that had no job tables yet."""
    url, did = postgres_database(), []

    done_by(url, {"merge": lambda: did.append("merge"), "tell": lambda: did.append("tell")})

    assert sorted(did) == ["merge", "tell"]
    assert {status for _, status, _ in statuses(url)} == {"succeeded"}


def test_a_chore_that_waits_is_not_added_again(postgres_database):
    """The queueing lock is the key: asked for three times, done once."""
    import asyncio

    url, did = postgres_database(), []
    app = jobs.app_of(url, {"merge": lambda: did.append(1)}, "0 0 1 1 *")

    async def ask():
        async with app.open_async():
            await jobs.prepare(app)
            return [await jobs.defer(app, "merge") for _ in range(3)]

    assert asyncio.run(ask()) == [True, False, False]
    done_by(url, {"merge": lambda: did.append(1)})
    assert did == [1]


def test_a_chore_that_fails_is_tried_again_later(postgres_database):
    """The failure is kept as a waiting job; the other chores are done."""
    url, did = postgres_database(), []

    def broken():
        raise RuntimeError("the server of the mail is down")

    done_by(url, {"broken": broken, "whole": lambda: did.append(1)})

    assert did == [1]
    assert statuses(url) == [("broken", "todo", 1), ("whole", "succeeded", 1)]


@pytest.mark.timeout(120)
def test_the_job_of_a_killed_worker_is_done_by_another(postgres_database, tmp_path):
    """SIGKILL in the middle of a chore: a second worker finds it by its silence, and does it."""
    import asyncio

    url = postgres_database()
    app = jobs.app_of(url, {"chore": lambda: None}, "0 0 1 1 *")

    async def ask():
        async with app.open_async():
            await jobs.prepare(app)
            await jobs.defer(app, "chore")

    asyncio.run(ask())

    def start(name):
        return subprocess.Popen(
            [sys.executable, "-c", SLOW, url, str(tmp_path), name],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )

    first = start("first")
    until = time.monotonic() + 30
    while not (tmp_path / "began").exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = start("second")
    assert second.wait(90) == 0

    assert Path(tmp_path / "done").read_text() == "x"
