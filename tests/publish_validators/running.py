"""The programs the validators need: a server, one Chromium, and scripts of Node, Ruby and Java."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from msgspec import Struct
from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
TOOLS = PROJECT / "tools" / "validate"
NODE = PROJECT / ".venv" / "node" / "node_modules"
VNU = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"

#: Chromium as root and alone: no sandbox, nothing that asks the network by itself.
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--mute-audio",
)  # fmt: skip


class Running(Struct, frozen=True, kw_only=True):
    """The browser the tests share."""

    port: int  #: of its debugger, for Lighthouse
    chromium: Browser


class _Handler(SimpleHTTPRequestHandler):
    """Serve files; what is not there is answered with the site's own page for it."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None
    ) -> None:
        """Answer 404 with the page a host of static files would send."""
        page = Path(self.directory) / "site" / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


_Handler.extensions_map = {
    **SimpleHTTPRequestHandler.extensions_map,
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".wasm": "application/wasm",
}


class _Server(ThreadingHTTPServer):
    """A server that lets many connections wait: of more than five the kernel drops some."""

    request_queue_size = 256


@contextmanager
def serve(root: Path, port: int) -> Iterator[None]:
    """Serve a folder on loopback while the block runs."""
    server = _Server(("127.0.0.1", port), partial(_Handler, directory=str(root)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium(profile: Path) -> Iterator[Running]:
    """Run one Chromium that Playwright and Lighthouse both speak to."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    program = subprocess.Popen(
        ["chromium", *_FLAGS, f"--remote-debugging-port={port}", f"--user-data-dir={profile}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        with sync_playwright() as playwright:
            opened = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            yield Running(port=port, chromium=opened)
            opened.close()
    finally:
        program.terminate()
        program.wait(timeout=20)


@contextmanager
def jobtide_serve(database: Path) -> Iterator[str]:
    """Run the program's own server while the block runs; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    program = subprocess.Popen(
        [sys.executable, "-m", "jobtide", "serve", "--quiet", "--db", database,
         "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        program.terminate()
        program.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("a program did not listen within 30 seconds")


def node(script: str, *arguments: object) -> dict[str, dict[str, list[str]]]:
    """Run a script of tools/validate with the Node packages at hand; return its JSON."""
    with (TOOLS / script).open() as source:
        done = subprocess.run(
            ["node", "--input-type=module", "-", *map(str, arguments)],
            stdin=source,
            cwd=NODE.parent,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, f"{script}: {done.stderr[-2000:]}"
    return json.loads(done.stdout)


def ruby(script: str, *arguments: object) -> dict[str, list[str]]:
    """Run a Ruby script of tools/validate; return its JSON."""
    done = subprocess.run(
        ["ruby", str(TOOLS / script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    assert done.returncode == 0, f"{script}: {done.stderr[-2000:]}"
    return json.loads(done.stdout)


def nu_checker(files: Iterable[Path]) -> list[tuple[str, int | None, str]]:
    """Return (page, line, fault) of the errors the Nu HTML checker finds."""
    done = subprocess.run(
        ["java", "-Xss2m", "-jar", VNU, "--errors-only", "--format", "json", "--exit-zero-always",
         *files],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = json.loads(done.stderr or done.stdout)["messages"]
    return [(_name(one["url"]), one.get("lastLine"), one["message"]) for one in found]


def html_validate(files: Iterable[Path]) -> list[tuple[str, int, str, str]]:
    """Return (page, line, rule, fault) of the errors html-validate finds."""
    with TemporaryDirectory() as folder:
        # Into a file: of a long answer to a pipe it loses the end.
        told = Path(folder) / "told.json"
        done = subprocess.run(
            ["node", NODE / ".bin" / "html-validate", "--config", TOOLS / "htmlvalidate.json",
             "--formatter", f"json={told}", *files],
            capture_output=True, text=True, check=False, cwd=NODE.parent,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        pages = json.loads(told.read_text("utf-8"))
    return [
        (_name(page["filePath"]), one["line"], one["ruleId"], one["message"])
        for page in pages
        for one in page["messages"]
        if one["severity"] == 2
    ]


def _name(path: str) -> str:
    return path.rpartition("/")[2]
