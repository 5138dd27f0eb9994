"""What is true of the SQLite file only: opening, migrating, killing, sharing, running full."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobtide.errors import ConfigError, StoreError
from jobtide.model import Posting
from jobtide.store import Reading, SqliteStore, open_store
from jobtide.store.sqlite import file as opening
from jobtide.store.sqlite.file import MIGRATIONS, connect
from jobtide.store.sqlite.pending import VERSIONS

START = datetime(2026, 1, 5, tzinfo=UTC)
SCHEMA = len(list(MIGRATIONS.glob("*.sql")))  # the number of the newest


def several(count, board="acme", **changes):
    return [
        Posting(
            **{
                "source": "lever",
                "board": board,
                "identifier": str(number),
                "url": f"https://jobs.example/{board}/{number}",
                "title": f"Engineer {number}",
                "text": f"Build the thing, part {number}. " * 20,
            }
            | changes
        )
        for number in range(count)
    ]


def at(hours=0, board="acme"):
    read_at = START + timedelta(hours=hours)
    return Reading(source="lever", board=board, read_at=read_at, complete=True)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "jobs.db"


# -- opening --------------------------------------------------------------------------------


def test_a_missing_file_is_made_only_when_asked(tmp_path):
    """A typing error in a path makes no empty store; making one makes its folders too."""
    path = tmp_path / "deep" / "jobs.db"
    with pytest.raises(StoreError, match=r"no database here; `jobtide update` makes it"):
        SqliteStore(path)
    assert not path.parent.exists()

    SqliteStore(path, create=True).close()
    SqliteStore(path).close()


def test_a_file_that_is_no_database_is_left_alone(path):
    """Whatever is there is not overwritten."""
    path.write_text("These are my notes, and no database at all. " * 50)
    before = path.read_bytes()

    with pytest.raises(StoreError, match="not a database"):
        SqliteStore(path, create=True)

    assert path.read_bytes() == before


def test_somebody_elses_database_is_left_alone(path):
    """A SQLite file of another program is refused and gets no table of ours."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (x)")

    with pytest.raises(StoreError, match="not one of jobtide's"):
        SqliteStore(path, create=True)

    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]


def test_a_newer_schema_says_what_to_do(path):
    """A file of a newer jobtide is refused, with both numbers, and not touched."""
    SqliteStore(path, create=True).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")

    with pytest.raises(
        StoreError, match=rf"schema 99, this one knows {SCHEMA}\); upgrade jobtide"
    ):
        SqliteStore(path)


@pytest.mark.parametrize("form", ["sqlite:{}", "sqlite://{}", "{}"])
def test_a_store_is_named_by_an_address_or_a_path(path, form):
    """All these name the same file."""
    with open_store(form.format(path), create=True):
        assert path.exists()


@pytest.mark.parametrize("url", ["postgres:x", "mysql://localhost/x", "sqlite:", "sqlite://"])
def test_an_unknown_kind_of_store_is_a_setting_to_fix(url):
    """What we cannot open is named, with what to write instead."""
    with pytest.raises(ConfigError, match="write sqlite:PATH"):
        open_store(url)


def test_the_file_is_opened_as_decided(path):
    """Write-ahead log, foreign keys, and ours by its application id."""
    SqliteStore(path, create=True).close()
    with closing(opening.plain(path)) as db:
        values = {
            name: db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert values == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


# -- migrations -----------------------------------------------------------------------------


def test_migrations_are_numbered_without_a_gap():
    """The number of a migration is the schema it makes."""
    numbers = sorted(int(file.name[:4]) for file in MIGRATIONS.glob("*.sql"))

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.fixture
def migrations(tmp_path):
    """Return a folder with our migrations and room for one more."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))


def test_a_migration_keeps_what_is_there_and_a_copy(path, migrations):
    """After a migration everything is as before, and the old file lies beside it."""
    with SqliteStore(path, create=True) as store:
        store.save_reading(at(), several(3))
        before = store.content_hash()
    (migrations / f"{SCHEMA + 1:04}_more.sql").write_text(
        "ALTER TABLE run ADD COLUMN more TEXT;\n"
    )

    connect(path, migrations=migrations).close()

    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA + 1,)
        assert db.execute("SELECT count(*) FROM posting").fetchone() == (3,)
        assert db.execute("SELECT more FROM run").fetchall() == []
    with SqliteStore(path.with_name(f"jobs.db.schema-{SCHEMA}")) as old:
        assert old.content_hash() == before


def test_a_migration_that_fails_leaves_the_old_schema(path, migrations):
    """A migration that breaks in the middle has done nothing; mended, it runs from its start."""
    SqliteStore(path, create=True).close()
    more = migrations / f"{SCHEMA + 1:04}_more.sql"
    more.write_text("CREATE TABLE half (x);\nINSERT INTO nowhere VALUES (1);\n")

    with pytest.raises(StoreError, match="no such table: nowhere"):
        connect(path, migrations=migrations)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'half'").fetchall() == []
    SqliteStore(path).close()

    more.write_text("CREATE TABLE half (x);\n")
    connect(path, migrations=migrations).close()


# -- sharing --------------------------------------------------------------------------------


def test_a_locked_file_says_who_and_what_to_do(path, monkeypatch):
    """A writer that waits too long is told that another jobtide is writing; readers go on."""
    monkeypatch.setattr(opening, "BUSY_S", 0.05)
    with SqliteStore(path, create=True) as store:
        store.save_reading(at(), several(1))
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="another jobtide is writing to it; try again"):
                store.save_reading(at(1), several(2))
            assert len(list(store.tracked())) == 1
            other.execute("ROLLBACK")
        assert store.save_reading(at(1), several(2)).new == 1


def test_many_threads_may_use_one_store(path):
    """Calls from many threads wait for each other; nothing is lost or doubled."""
    with SqliteStore(path, create=True) as store:

        def save(number):
            board = f"board{number % 4}"
            return store.save_reading(at(number, board), several(5, board)).kept

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(save, range(40))) == [5] * 40
        assert len(list(store.tracked())) == 20
        assert store.check() == []


_WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from jobtide.model import Posting
from jobtide.store import Reading, SqliteStore

path, prefix, boards = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
with SqliteStore(path, create=True) as store:
    for hours in range(2):
        for number in range(boards):
            board = f"{prefix}{number}"
            postings = [
                Posting(source="lever", board=board, identifier=str(one), url="u",
                        title=f"Engineer {one} {hours}", text=f"{board} {one} {hours} " * 100)
                for one in range(30)
            ]
            read_at = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(hours=hours)
            reading = Reading(source="lever", board=board, read_at=read_at, complete=True)
            store.save_reading(reading, postings)
"""


def writer(path, prefix="board", boards=40):
    """Start a process that reads so many boards twice, 30 postings each."""
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path), prefix, str(boards)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_may_write_at_once(path):
    """Three processes that start on a file not yet there end with all their boards."""
    running = [writer(path, prefix, boards=5) for prefix in "abc"]
    for process in running:
        with process:
            process.communicate()
        assert process.returncode == 0

    with SqliteStore(path) as store:
        assert len(list(store.tracked())) == 3 * 5 * 30
        assert store.check() == []


def test_killed_at_any_moment_nothing_is_half_done(path, tmp_path):
    """After kill -9 each board is old or new; the next run ends where an undisturbed one does."""
    with writer(tmp_path / "undisturbed.db") as process:
        started = time.monotonic()
        process.communicate()
        lasted = time.monotonic() - started
    with SqliteStore(tmp_path / "undisturbed.db") as store:
        expected = store.content_hash()

    for part in range(1, 6):
        with writer(path) as process:
            process.stdout.readline()
            time.sleep(lasted * part / 12)
            process.send_signal(signal.SIGKILL)
        if not path.exists():
            continue
        with SqliteStore(path) as store:
            assert store.check() == []
            boards = {}
            for one in store.tracked():
                boards.setdefault(one.posting.board, []).append(one.posting.title.split()[-1])
            assert {len(hours) for hours in boards.values()} <= {30}
            assert {len(set(hours)) for hours in boards.values()} <= {1}
    with writer(path) as process:
        process.communicate()

    with SqliteStore(path) as store:
        assert store.content_hash() == expected


_FULL = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from jobtide.errors import StoreError
from jobtide.model import Posting
from jobtide.store import Reading, SqliteStore

with SqliteStore(Path(sys.argv[1])) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    postings = [
        Posting(source="lever", board="acme", identifier=str(one), url="u", title=str(one) * 300)
        for one in range(2000)
    ]
    reading = Reading(source="lever", board="acme", read_at=datetime(2026, 1, 6, tzinfo=UTC))
    try:
        store.save_reading(reading, postings)
    except StoreError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs setrlimit")
def test_a_full_disk_is_said_and_loses_nothing(path):
    """When nothing more can be written the error says so, and the store is as it was."""
    with SqliteStore(path, create=True) as store:
        store.save_reading(at(), several(3))
        before = store.content_hash()

    told = subprocess.run(
        [sys.executable, "-c", _FULL, str(path)], capture_output=True, text=True, check=True
    ).stdout

    assert "disk" in told
    assert "full" in told
    with SqliteStore(path) as store:
        assert (store.content_hash(), store.check()) == (before, [])
        assert store.save_reading(at(1), several(4)).new == 1


# -- bounds and faults ----------------------------------------------------------------------


def test_earlier_versions_are_kept_and_bounded(path):
    """Each change keeps the posting as it was, the newest ones, and not for ever."""
    with SqliteStore(path, create=True) as store:
        for hours in range(VERSIONS + 5):
            store.save_reading(at(hours), several(1, title=f"Engineer {hours}"))
        assert len(list(store.changes(kinds=["changed"]))) == VERSIONS + 4
    with closing(sqlite3.connect(path)) as db:
        titles = [
            title
            for (title,) in db.execute(
                "SELECT data ->> '$.title' FROM posting_version ORDER BY event_id"
            )
        ]

    assert len(titles) == VERSIONS
    assert titles[-1] == f"Engineer {VERSIONS + 3}"


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("DELETE FROM posting_body", "has no body"),
        ("UPDATE posting SET opening_id = 'nobody'", "is no opening"),
        ("UPDATE posting SET data = replace(data, 'Engineer', 'Manager')", "its digest"),
        ("INSERT INTO opening VALUES ('x', 'nobody', '[]')", "is not there"),
        ("DELETE FROM board", "points at nothing in board"),
    ],
)
def test_damage_is_found(path, damage, found):
    """The store knows when its rows no longer agree."""
    with SqliteStore(path, create=True) as store:
        store.save_reading(at(), several(1))
        assert store.check() == []
    with closing(sqlite3.connect(path)) as db:
        db.execute(damage)
        db.commit()

    with SqliteStore(path) as store:
        assert any(found in fault for fault in store.check())


def test_saving_is_fast(path):
    """2,000 new postings of 5 kB in well under 3 CPU-seconds."""
    postings = [
        posting
        for number in range(20)
        for posting in several(100, f"board{number}", text="words of a description " * 220)
    ]
    with SqliteStore(path, create=True) as store:
        started = time.process_time()
        for number in range(20):
            board = f"board{number}"
            store.save_reading(at(board=board), [one for one in postings if one.board == board])
        assert time.process_time() - started < 3


def test_a_cut_off_iterator_does_not_keep_the_file(path):
    """An iterator that is left early lets go of its connection."""
    with SqliteStore(path, create=True) as store:
        store.save_reading(at(), several(3))
        postings = store.tracked()
        next(postings)
        postings.close()
        assert len(list(store.tracked())) == 3
