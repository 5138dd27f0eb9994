"""What a worker says as JSON, from its first line to its last."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.scale


def test_every_line_of_a_worker_is_an_object(postgres_database, tmp_path):
    """Where its numbers are, the board that failed, the chores, the end; no password in any."""
    url = postgres_database()
    settings = {
        "JOBTIDE_LOG_FORMAT": "json",
        "JOBTIDE_DATABASE": url,
        "JOBTIDE_UPDATE_SOURCES": "remotive",
        "JOBTIDE_FETCH_BASE_URL": "http://127.0.0.1:9/{host}",
        "JOBTIDE_FETCH_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
        "JOBTIDE_FETCH_RETRIES": "0",
        "PGPASSWORD": "hunter22",
    }
    ended = subprocess.run(
        [sys.executable, "-m", "jobtide", "worker", "--once", "--metrics", "0"],
        env={**os.environ, **settings}, cwd=tmp_path, capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    told = [json.loads(line) for line in ended.stderr.splitlines()]
    events = [one["event"] for one in told]

    assert ended.returncode == 3
    assert events[0] == "metrics"
    assert events[-1] == "worker ended"
    assert {one["chore"] for one in told if one["event"] == "chore done"} == {"refresh", "alerts"}
    (failed,) = [one for one in told if one["event"] == "board failed"]
    assert failed["board"] == "remotive/main"
    assert "hunter22" not in ended.stderr
