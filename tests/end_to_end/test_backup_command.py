"""`jobtide backup` and `jobtide restore`: what is brought back is what there was."""

import os
import stat
import subprocess
import sys

import pytest

from jobtide import cli
from jobtide.store import open_store
from tests.contract.test_moving import everything, fill

KINDS = ["sqlite", "postgres"]


@pytest.fixture
def address(request, tmp_path):
    """Return what gives the address of one more empty store of a kind."""

    def make(kind, name):
        if kind == "postgres":
            return request.getfixturevalue("postgres_database")()
        return f"sqlite:{tmp_path / name}"

    return make


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a command in an empty folder."""

    def command(*arguments):
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "jobtide", *map(str, arguments)],
            cwd=tmp_path, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True,
            timeout=60,
        )  # fmt: skip

    return command


def filled(url):
    """Fill the store at an address; return all a reader can ask for."""
    with open_store(url, create=True) as store:
        fill(store)
        return everything(store)


@pytest.mark.parametrize("first", KINDS)
@pytest.mark.parametrize("second", KINDS)
def test_what_is_restored_is_what_was_backed_up(address, run, tmp_path, first, second):
    """From either kind of store into either, through one file."""
    origin, target, file = address(first, "a.db"), address(second, "b.db"), tmp_path / "copy.db"
    before = filled(origin)

    saved = run("backup", file, "--db", origin)
    restored = run("restore", file, "--db", target)

    assert (saved.returncode, restored.returncode) == (0, 0), saved.stderr + restored.stderr
    assert "checked" in saved.stderr
    with open_store(target) as store:
        assert everything(store) == before
        assert store.check() == []


def test_a_backup_is_for_its_owner_alone(address, run, tmp_path):
    """It holds the addresses of alerts, as the store does; and it is one file."""
    origin = address("sqlite", "a.db")
    filled(origin)

    assert run("backup", "copy.db", "--db", origin).returncode == 0
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert sorted(one.name for one in tmp_path.glob("copy*")) == ["copy.db"]


def test_a_file_that_is_there_is_kept_unless_forced(address, run, tmp_path):
    """The backup of yesterday is not lost by a mistake, and the store is never its own backup."""
    origin = address("sqlite", "a.db")
    filled(origin)
    (tmp_path / "copy.db").write_bytes(b"of yesterday")

    refused = run("backup", "copy.db", "--db", origin)
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert (tmp_path / "copy.db").read_bytes() == b"of yesterday"

    assert run("backup", "copy.db", "--force", "--db", origin).returncode == 0
    assert run("backup", "a.db", "--force", "--db", origin).returncode == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_that_holds_something_is_left_as_it_is(address, run, tmp_path, kind):
    """Nothing is mixed, nothing is lost; the message says what to do."""
    origin, target = address("sqlite", "a.db"), address(kind, "b.db")
    filled(origin)
    before = filled(target)
    run("backup", "copy.db", "--db", origin)

    refused = run("restore", "copy.db", "--db", target)

    assert refused.returncode == 1
    assert "not empty" in refused.stderr
    with open_store(target) as store:
        assert everything(store) == before


def test_a_store_that_is_written_to_meanwhile_leaves_no_half_backup(
    postgres_database, tmp_path, monkeypatch, capsys
):
    """Of PostgreSQL, whose copy is not one moment: the command fails and says why."""
    from jobtide.store.postgres import PostgresStore

    url = postgres_database()
    filled(url)
    monkeypatch.setattr(PostgresStore, "content_hash", lambda _: "another one")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["backup", "copy.db", "--db", url])

    assert ended.value.code == 1
    assert "written to" in capsys.readouterr().err
    assert list(tmp_path.glob("copy*")) == []


@pytest.mark.parametrize("text", [None, b"", b"not a database at all"])
def test_what_is_no_backup_leaves_no_store_behind(run, tmp_path, text):
    """A missing file and a file of something else are errors before anything is made."""
    if text is not None:
        (tmp_path / "copy.db").write_bytes(text)

    refused = run("restore", "copy.db", "--db", "sqlite:new.db")

    assert refused.returncode == 1
    assert not (tmp_path / "new.db").exists()
