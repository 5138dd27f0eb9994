"""`jobtide serve` as a process: where it listens, how it ends, what it reads meanwhile."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from jobtide.cli import logs, serving, updating
from jobtide.cli.demonstration import demonstrate
from jobtide.config import Config
from jobtide.errors import UsageError
from jobtide.store import open_store
from jobtide.web.tokens import digest


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """Return the database of the demonstration."""
    folder = tmp_path_factory.mktemp("serving")
    demonstrate(folder, quiet=True)
    return folder / "jobtide.db"


class Served:
    """The process and its address."""

    def __init__(self, database, *options, **environment):
        """Start it, and wait until it says where it listens."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jobtide", "serve", "--port", "0", "--db", database, *options],
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(database).parent,
            env=os.environ | environment,
        )
        line = self.process.stderr.readline()
        found = re.search(r"http://\S+:\d+/", line)
        assert found, line + self.process.stderr.read()
        self.address = found[0]

    def get(self, path, **headers):
        """Return status and body."""
        asked = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def end(self, number=signal.SIGINT):
        """End it as a person would; return its exit status and what it said."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


def test_serves_on_this_machine_and_ends_cleanly(database):
    """It prints a loopback address, answers there, and Ctrl-C ends it without a traceback."""
    served = Served(database)
    try:
        assert served.address.startswith("http://127.0.0.1:")
        status, body = served.get("api/v1/jobs?limit=1")
        assert (status, '"total":' in body) == (200, True)
        assert served.get("", Host="evil.test")[0] == 400
    finally:
        status, out, err = served.end()

    assert status in (0, 130)
    assert out == ""
    assert "Traceback" not in err


def test_is_told_where_to_listen_and_for_which_names(database):
    """Another address needs --host, another name needs the setting."""
    served = Served(database, "--host", "localhost", JOBTIDE_WEB_HOSTS="jobs.example")
    try:
        assert served.get("saved", Host="jobs.example")[0] == 200
        assert served.get("saved", Host="other.example")[0] == 400
    finally:
        served.end(signal.SIGTERM)


def test_a_taken_port_is_said(database):
    """Two of them on one port: the second says so, and what to do."""
    served = Served(database)
    try:
        port = served.address.rstrip("/").rpartition(":")[2]
        second = subprocess.run(
            [sys.executable, "-m", "jobtide", "serve", "--port", port, "--db", database],
            capture_output=True, text=True, timeout=30,
        )  # fmt: skip
    finally:
        served.end()

    assert second.returncode == 2
    assert "--port" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_missing_database_is_said(tmp_path):
    """Without a database there is nothing to serve: one line says how to make one."""
    ended = subprocess.run(
        [sys.executable, "-m", "jobtide", "serve", "--db", tmp_path / "none.db"],
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip

    assert ended.returncode == 1
    assert "jobtide update" in ended.stderr


@pytest.mark.parametrize(("text", "minutes"), [("3h", 180), ("90m", 90), ("1D", 1440)])
def test_every_so_often_is_read(text, minutes):
    """Minutes, hours and days."""
    assert serving.every(text) == minutes


@pytest.mark.parametrize("text", ["", "h", "3", "5m", "3 weeks", "-1h", "1e9h"])
def test_nonsense_intervals_are_refused(text):
    """Boards ask for distance: less than ten minutes is no interval."""
    with pytest.raises(UsageError):
        serving.every(text)


def test_updates_run_in_a_process_of_their_own(database, tmp_path):
    """With --update-every the boards are read at once, and Ctrl-C does not wait for them."""
    settings = tmp_path / "jobtide.toml"
    settings.write_text('[update]\nsources = ["remoteok"]\n[fetch]\nbase_url = "http://127.0.0.1:9"\n'
                        'allow_private_hosts = ["127.0.0.1"]\nretries = 0\n')  # fmt: skip
    served = Served(database, "--update-every", "3h", "--config", settings)
    begun = time.monotonic()
    try:
        while not _reads(database) and time.monotonic() < begun + 20:
            time.sleep(0.1)
        assert served.get("saved")[0] == 200
    finally:
        status, _, err = served.end()

    assert _reads(database)
    assert status in (0, 130)
    assert "Traceback" not in err


def _reads(database):
    """Return whether an update was begun on this store."""
    with open_store(str(database)) as store:
        return any(one.command == "update" for one in store.runs())


def test_the_end_does_not_wait_for_an_update(monkeypatch):
    """A slow command is ended with the service, and nothing is begun after it."""
    monkeypatch.setattr(updating, "COMMANDS", (("-c", "import time; time.sleep(60)"),))
    monkeypatch.setattr(updating.subprocess, "Popen", plain_python(subprocess.Popen))
    begun = time.monotonic()
    with updating.updating(10, [], "none.db", quiet=True):
        time.sleep(1)

    assert time.monotonic() - begun < 10


def plain_python(start):
    """Return a Popen that leaves out "-m jobtide"."""
    return lambda command, **options: start([command[0], *command[3:]], **options)


def test_one_update_at_a_time_and_the_next_command_only_after_a_good_end(monkeypatch):
    """A command that fails is told by its last line; what depends on it is not run."""
    said = []
    monkeypatch.setattr(updating.subprocess, "Popen", plain_python(subprocess.Popen))
    monkeypatch.setattr(logs.screen, "err", lambda: type("", (), {"print": said.append})())
    fails = ("-c", "import sys; sys.exit('no network')")
    monkeypatch.setattr(updating, "COMMANDS", (fails, ("-c", "raise SystemExit(0)")))
    updates = updating.Updates([], "none.db", quiet=False)
    updates.run()
    assert said == ["the update failed: no network"]

    partly = ("-c", "raise SystemExit(3)")
    monkeypatch.setattr(updating, "COMMANDS", (partly, ("-c", "raise SystemExit(0)")))
    updates.run()
    assert said[-1].endswith("UTC: updated")


def test_old_data_is_said(tmp_path):
    """BL137: a schedule that stopped is seen: `doctor` names the age and fails."""
    from datetime import UTC, datetime, timedelta

    from jobtide.run.doctor import examine
    from jobtide.store import Reading

    with open_store(str(tmp_path / "old.db"), create=True) as store:
        now = datetime(2026, 3, 15, tzinfo=UTC)
        read = now - timedelta(days=73)
        store.save_reading(Reading(source="remoteok", board="main", read_at=read), [])
        found = [one for one in examine(Config(), store, now) if one.subject == "boards"]

    assert any(one.level == "problem" and "73 days old" in one.message for one in found)


def test_a_token_is_made_once_and_kept_as_a_digest():
    """The token goes to standard output alone; what to put into the settings is said beside it."""
    ended = subprocess.run(
        [sys.executable, "-m", "jobtide", "token"], capture_output=True, text=True, timeout=30
    )
    made = ended.stdout.strip()

    assert ended.returncode == 0
    assert made.startswith("jt_")
    assert made not in ended.stderr
    assert digest(made) in ended.stderr


def test_the_log_may_be_json(database):
    """Every line from the first to the last is one object; the first says where it listens."""
    served = Served(database, JOBTIDE_LOG_FORMAT="json")
    assert served.get("healthz")[0] == 200
    served.get("%00")
    _, _, said = served.end(signal.SIGTERM)

    for line in said.splitlines():
        assert json.loads(line)["level"] in ("info", "warning", "error")
    assert served.address.startswith("http://127.0.0.1:")
