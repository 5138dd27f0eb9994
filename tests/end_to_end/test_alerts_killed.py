"""Alerts through kill -9: nothing is lost, nothing is written twice, and what may have gone out
goes out again as it was, under the same id."""

import json
import subprocess
import sys
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.end_to_end.alerts_to_kill import WORDS

#: Moments before and after: a reading is stored, rows are written (and amid that), messages are
#: written, one is sent, it is marked. Twelve a round, three rounds; the first reading has two.
MOMENTS = 36


@pytest.fixture
def receiver():
    """Keep what is posted: number of the moment -> the bodies, in order."""
    got = defaultdict(list)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            got[int(self.path.rpartition("/")[2])].append(body)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *parts):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.timeout(300)
@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork, as on Linux")
def test_killed_at_every_moment_each_job_is_told_and_written_once(receiver, tmp_path):
    """Killed at thirty-six moments: each row once, each job told, and never under two ids."""
    hook, got = receiver
    done = subprocess.run(
        [sys.executable, "-m", "tests.end_to_end.alerts_to_kill", tmp_path, hook, str(MOMENTS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results = [json.loads(line) for line in done.stdout.splitlines()]
    again = 0

    assert len(results) >= 30
    for one in results:
        assert one["sound"], one
        assert one["rows"] == [[f"lever:acme:{word}", "new"] for word in WORDS[1:]]
        assert one["told"] == len(WORDS) - 1
        by_id = defaultdict(set)
        for body in got[one["moment"]]:
            by_id[body["id"]].add(tuple(job["id"] for job in body["jobs"]))
        assert all(len(versions) == 1 for versions in by_id.values())
        told = [name for versions in by_id.values() for names in versions for name in names]
        assert sorted(told) == sorted(f"lever:acme:{word}" for word in WORDS[1:])
        again += len(got[one["moment"]]) - len(by_id)
    assert again > 0, "no kill fell between sending and marking: the test proves nothing"
