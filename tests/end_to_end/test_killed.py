"""A run that is killed loses nothing, and running again ends where an undisturbed run ends."""

import subprocess
import sys
import time
from random import Random

import pytest

from jobtide.store import open_store
from tests.end_to_end.test_replay import manifest, play  # noqa: F401 - a fixture

#: Kills in all: ten stores, five kills each, at moments that differ.
STORES, KILLS = 10, 5


def command(path, database):
    return [sys.executable, "-m", "jobtide", "replay", str(path), "--db", str(database), "--quiet"]


@pytest.mark.timeout(300)
def test_killed_at_fifty_moments_the_next_run_ends_with_the_same_content(manifest, tmp_path):  # noqa: F811
    """kill -9 anywhere: the file is whole, and what is missing is done by the next run."""
    start = time.monotonic()
    subprocess.run(command(manifest, tmp_path / "first.db"), check=True)
    length = time.monotonic() - start
    with open_store(str(tmp_path / "first.db")) as store:
        undisturbed = store.content_hash()
    chance = Random(20261125)

    for number in range(STORES):
        database = tmp_path / f"killed-{number}.db"
        for kill in range(KILLS):
            done = subprocess.Popen(command(manifest, database))
            time.sleep(length * (0.25 + 0.75 * chance.random()) / (kill + 1))
            done.kill()
            done.wait()
            if database.exists():
                with open_store(str(database), create=True) as store:
                    assert store.check() == []
        subprocess.run(command(manifest, database), check=True)
        with open_store(str(database)) as store:
            assert store.content_hash() == undisturbed
