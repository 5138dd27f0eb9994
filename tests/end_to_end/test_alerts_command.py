"""`jobtide alerts` and `jobtide run` as a person uses them, against a board and a webhook."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

WORDS = ["anvil", "bridge", "copper", "dynamo"]


@pytest.fixture
def world(tmp_path):
    """Serve a feed of jobs and take webhooks; give a function that runs jobtide there."""
    state = {"listed": 2, "answer": 204, "got": []}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            items = "".join(
                f"<item><title>{word} engineer (remote)</title><guid>{word}</guid>"
                f"<link>http://127.0.0.1/{word}</link><description>Remote. The {word} of {word}."
                "</description></item>"
                for word in WORDS[: state["listed"]]
            )
            body = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if state["answer"] == 204:
                state["got"].append(sorted(job["title"].split()[0] for job in body["jobs"]))
            self.send_response(state["answer"])
            self.end_headers()

        def log_message(self, *parts):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    here = f"http://127.0.0.1:{server.server_port}"
    (tmp_path / "jobtide.toml").write_text(
        '[update]\nsources = ["feed"]\n'
        '[fetch]\nallow_private_hosts = ["127.0.0.1"]\nretries = 0\nhost_delay_s = 0\n'
        f'[[boards]]\nsource = "feed"\ntoken = "acme"\nurl = "{here}/jobs.rss"\n',
        encoding="utf-8",
    )

    def jobtide(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "jobtide", *arguments],
            cwd=tmp_path, capture_output=True, text=True, env=os.environ | {"NO_COLOR": "1"},
            check=False, timeout=100,
        )  # fmt: skip

    yield jobtide, state, here
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_saved_search_from_its_beginning_to_its_end(world):
    """Added, told of what is new, failing with status 3, tried again, shown, and removed."""
    jobtide, state, here = world
    assert jobtide("run", "--quiet").returncode == 0

    added = jobtide("alerts", "add", "engineer", "--to", f"{here}/hook/SECRET", "--every",
                    "change", "--all", "--json")  # fmt: skip
    assert added.returncode == 0, added.stderr
    name = json.loads(added.stdout)["id"]
    assert len(json.loads(added.stdout)["key"]) == 64
    assert jobtide("run", "--quiet", "--force").returncode == 0
    assert state["got"] == []

    state.update(listed=3, answer=500)
    failed = jobtide("run", "--quiet", "--force")
    assert failed.returncode == 3
    assert f"alert {name} failed" in failed.stderr
    shown = jobtide("alerts", "list")
    assert "status 500" in shown.stdout
    assert "SECRET" not in failed.stderr + shown.stdout + shown.stderr

    state.update(answer=204)
    dry = jobtide("alerts", "send", "--dry-run")
    assert "copper engineer" in dry.stdout
    assert state["got"] == []
    assert jobtide("run", "--quiet", "--force").returncode == 0
    assert state["got"] == [["copper"]]
    assert jobtide("alerts", "send").returncode == 0
    assert state["got"] == [["copper"]]

    assert jobtide("alerts", "test", name).returncode == 0
    assert len(state["got"]) == 2
    state.update(listed=4, answer=410)
    gone = jobtide("run", "--quiet", "--force")
    assert (gone.returncode, "paused" in gone.stderr) == (3, True)
    state.update(answer=204)
    assert jobtide("alerts", "send").returncode == 0
    assert jobtide("alerts", "resume", name).returncode == 0
    assert jobtide("alerts", "send").returncode == 0
    assert state["got"][-1] == ["dynamo"]

    assert jobtide("alerts", "remove", name[:4]).returncode == 0
    assert json.loads(jobtide("alerts", "list", "--json").stdout) == {"alerts": []}
    assert jobtide("alerts", "remove", name).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("categry:backend", "--to", "ana@example.org"), 2, "category"),
        (("x", "--to", "-f/x@evil.test"), 2, "mail address"),
        (("x", "--to", "ana@example.org", "--every", "week"), 2, "change, hour, day"),
        (("x", "--to", "ana@example.org", "--quiet-hours", "late"), 2, "22:00-07:00"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(world, tmp_path, arguments, status, says):
    """Usage errors name what is right, and no search is saved."""
    done = world[0]("alerts", "add", *arguments)

    assert done.returncode == status
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "jobtide.db").exists()
