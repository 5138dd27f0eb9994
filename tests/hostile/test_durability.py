"""Disks, clocks, processes and versions that fail: what is kept stays whole."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from jobtide import query
from jobtide.errors import StoreError
from jobtide.store import Reading, SqliteStore, open_store
from jobtide.store.sqlite import file
from tests.contract.test_store import DAY, START, at, made, several

STORES = Path(__file__).resolve().parents[1] / "stores"
OLD = sorted(STORES.glob("schema-*.sql"))


def restored(script, path):
    """Write the store that an earlier version had made."""
    db = sqlite3.connect(path)
    db.executescript(script.read_text(encoding="utf-8"))
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    return path


def version(path):
    with sqlite3.connect(path) as db:
        return db.execute("PRAGMA user_version").fetchone()[0]


NEWEST = len(list(file.MIGRATIONS.glob("*.sql")))


# -- versions ------------------------------------------------------------------------------------


def test_every_earlier_schema_is_kept_here():
    """A store of each released schema lies beside the tests, written by the code of its time."""
    assert [one.stem for one in OLD] == [f"schema-{number + 1}" for number in range(len(OLD))]
    assert len(OLD) >= 3


@pytest.mark.parametrize("script", OLD, ids=lambda one: one.stem)
def test_a_store_of_an_earlier_version_opens_and_goes_on(script, tmp_path):
    """Nothing is lost, all of it is found, and the old file is kept for those who go back."""
    path = restored(script, tmp_path / "jobs.db")
    before = version(path)

    with open_store(str(path)) as store:
        statuses = {one.posting.id: one.history.status for one in store.tracked()}
        assert statuses == {
            "lever:acme:0": "open",
            "lever:acme:1": "open",
            "lever:acme:2": "missing",
            "lever:acme:3": "closed",
            "ashby:acme:9": "open",
        }
        assert store.get("lever:acme:0").posting.title == "Lead"
        assert store.opening("lever:acme:0").posting.id == "ashby:acme:9"
        assert [one.kind for one in store.changes(kinds=("changed",))] == ["changed"]
        assert len(next(iter(store.captures()))[1]) == 1
        assert store.check() == []
        assert store.search(query.parse("lead OR engineer"), START + 9 * DAY).total == 4
        assert store.save_reading(at(3), [made(0, title="Lead"), made(5)]).new == 1
    assert version(path) == NEWEST
    assert version(path.with_name(f"jobs.db.schema-{before}")) == before


_OPEN = "import sys; from jobtide.store import open_store; open_store(sys.argv[1]).close()"


@pytest.mark.timeout(240)
def test_a_migration_killed_at_twenty_moments_is_done_or_not_done(tmp_path):
    """kill -9 while the schema changes: each step is old or new, and opening again ends it."""
    start = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", _OPEN, restored(OLD[0], tmp_path / "whole.db")], check=True
    )
    length = time.monotonic() - start
    with open_store(str(tmp_path / "whole.db")) as store:
        expected = store.content_hash()
    chance = Random(20)

    for number in range(20):
        path = restored(OLD[0], tmp_path / f"{number}.db")
        process = subprocess.Popen([sys.executable, "-c", _OPEN, path])
        time.sleep(length * (0.4 + 0.6 * chance.random()))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert 1 <= version(path) <= NEWEST
        with open_store(str(path)) as store:
            assert (store.content_hash(), store.check()) == (expected, [])


# -- disks ---------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path):
    """The message names the file and the rights; nothing is made."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match=r"jobs\.db.*permissions|Permission"):
            open_store(str(tmp_path / "jobs.db"), create=True)
    finally:
        tmp_path.chmod(0o700)


def test_a_store_that_may_only_be_read_says_so_and_stays(tmp_path):
    """What is refused in the middle of a run leaves the store as it was."""
    path = tmp_path / "jobs.db"
    with open_store(str(path), create=True) as store:
        store.save_reading(at(0), several(3))
        before = store.content_hash()
    with SqliteStore(path) as store:
        store._db.execute("PRAGMA query_only = ON")  # as a file system that turned read-only

        with pytest.raises(StoreError, match="may not be written"):
            store.save_reading(at(1), several(9))

        assert store.content_hash() == before


# -- clocks --------------------------------------------------------------------------------------


def test_a_clock_that_jumps_back_loses_nothing_and_closes_nothing(tmp_path):
    """A reading older than the last one is written into the log and changes nothing."""
    with open_store(str(tmp_path / "jobs.db"), create=True) as store:
        store.save_reading(at(0), several(4))
        store.save_reading(at(1), several(4))
        before = store.content_hash()

        counts = store.save_reading(at(-30), several(1))
        store.expire(START - 99 * DAY, 1)
        store.mark_gone("lever:acme:1", START - 99 * DAY)

        assert store.content_hash() == before
        assert (counts.missing, counts.closed, counts.new) == (0, 0, 0)
        assert store.save_reading(at(2), several(5)).new == 1


def test_a_clock_that_runs_ahead_ends_no_more_than_it_says(tmp_path):
    """A board read a year ahead is not closed by the next reading of the right time."""
    with open_store(str(tmp_path / "jobs.db"), create=True) as store:
        store.save_reading(at(0), several(4))
        store.save_reading(at(365), several(4))

        counts = store.save_reading(at(1), several(1))

        assert (counts.missing, counts.closed) == (0, 0)
        assert {one.history.status for one in store.tracked()} == {"open"}


# -- processes -----------------------------------------------------------------------------------


def test_a_backup_while_others_write_is_one_moment(tmp_path):
    """Copies made during writing open, are whole, and hold boards that are old or new."""
    path, stop = tmp_path / "jobs.db", threading.Event()
    with open_store(str(path), create=True) as store:
        store.save_reading(at(0), several(40))

    def write():
        with open_store(str(path)) as other:
            hours = 1
            while not stop.is_set():
                moment = START + timedelta(hours=hours)
                names = [made(one, title=f"Engineer {hours}") for one in range(40)]
                other.save_reading(_at(moment), names)
                hours += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with open_store(str(path)) as store:
            for number in range(5):
                store.backup(tmp_path / f"copy-{number}.db")
    finally:
        stop.set()
        writer.join()

    for number in range(5):
        with open_store(str(tmp_path / f"copy-{number}.db")) as copy:
            assert copy.check() == []
            titles = {one.posting.title for one in copy.tracked()}
            assert len(titles) in (1, 40)  # one hour's, or those of the very first reading


def _at(moment):
    return Reading(source="lever", board="acme", read_at=moment, complete=True)
