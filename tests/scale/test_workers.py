"""Several worker processes on one PostgreSQL store, one of them killed in the middle."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from jobtide.store import open_store

pytestmark = pytest.mark.scale

HOSTS, BOARDS_OF_EACH = 50, 10
#: Seconds between two requests to one host.
PAUSE_S = 0.2
#: Seconds the server takes for an answer.
ANSWER_S = 0.02

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Jobs</title><link>https://{host}/</link>
{items}</channel></rss>"""
ITEM = """<item><title>Engineer {n} at Firm {firm}</title><link>https://{host}/{board}/{n}</link>
<guid>{board}-{n}</guid><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate>
<description>Build tool number {n} of firm {firm} with Python.</description></item>"""


class Log:
    """When each host was asked, and when it had answered."""

    def __init__(self):
        self.asked = []
        self.lock = threading.Lock()


@pytest.fixture
def server():
    """Serve every feed of every host below /HOST/BOARD; keep a log."""
    log = Log()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            began = time.monotonic()
            host, board = self.path.strip("/").split("/")[:2]
            time.sleep(ANSWER_S)
            items = "".join(
                ITEM.format(host=host, board=board, n=n, firm=f"{host}{board}") for n in range(3)
            )
            body = FEED.format(host=host, items=items).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with log.lock:
                log.asked.append((host, began, time.monotonic()))
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}", log
        served.shutdown()


def settings(folder, database, address):
    boards = "".join(
        f'[[boards]]\nsource = "feed"\ntoken = "h{host}b{board}"\n'
        f'url = "https://h{host}.example/b{board}"\n'
        for host in range(HOSTS)
        for board in range(BOARDS_OF_EACH)
    )
    file = folder / "jobtide.toml"
    file.write_text(
        f'database = "{database}"\n'
        "[fetch]\n"
        f'base_url = "{address}/{{host}}"\nallow_private_hosts = ["127.0.0.1"]\n'
        f"host_delay_s = {PAUSE_S}\nconcurrency = 8\n"
        '[update]\nsources = ["feed"]\n' + boards
    )
    return file


def start(file):
    return subprocess.Popen(
        [sys.executable, "-m", "jobtide", "worker", "--once", "--lease", "3", "--config", file],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "NO_COLOR": "1"},
    )


@pytest.mark.timeout(180)
def test_four_workers_read_every_board_once_and_keep_the_pace(server, postgres_database, tmp_path):
    """500 boards on 50 hosts, four workers, one killed: all read once, no host hurried."""
    address, log = server
    database = postgres_database()
    file = settings(tmp_path, database, address)
    with open_store(database, create=True):
        pass

    workers = [start(file) for _ in range(4)]
    while len(log.asked) < 100:
        assert any(one.poll() is None for one in workers), workers[0].communicate()
        time.sleep(0.02)
    workers[0].send_signal(signal.SIGKILL)
    said = [one.communicate(timeout=150)[0].decode() for one in workers]

    assert [one.returncode for one in workers] == [-signal.SIGKILL, 0, 0, 0], said
    with open_store(database) as store:
        readings = Counter(one.reading.board for one in store.readings(last=10))
        assert len(readings) == HOSTS * BOARDS_OF_EACH
        assert set(readings.values()) == {1}
        assert sum(1 for _ in store.tracked()) == HOSTS * BOARDS_OF_EACH * 3
        assert store.unmerged().changed == 0, "openings are computed at the end"
        assert store.check() == []
    by_host = {}
    for host, began, ended in sorted(log.asked, key=lambda one: one[1]):
        by_host.setdefault(host, []).append((began, ended))
    gaps = [
        later[0] - earlier[1] for times in by_host.values() for earlier, later in pairwise(times)
    ]
    assert min(gaps) >= PAUSE_S - 0.01
