"""
A loopback server that plays any number of boards: `http://127.0.0.1:PORT/<host>/<path>`.

The original host is the first part of the path, so that one port serves every board; the setting
`fetch.base_url = "http://127.0.0.1:PORT/{host}"` leads the ordinary collector here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

from jobtide.text import stable_hash


class Asked(Struct, frozen=True, kw_only=True):
    """One request as the board would have seen it."""

    host: str
    path: str  #: without the query
    query: dict[str, list[str]]
    method: str
    body: bytes


class Answer(Struct, frozen=True, kw_only=True):
    """What the board answers."""

    body: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    status: int = 200

    @property
    def etag(self) -> str:
        """The validator of the body."""
        return f'"{stable_hash(self.body.decode("latin-1")):016x}"'


Answering = Callable[[Asked], Answer]


@contextmanager
def serve(answering: Answering) -> Iterator[str]:
    """Serve while the block runs; yields the base address to put into `fetch.base_url`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(answering))
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/{{host}}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(answering: Answering) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # one request a connection: nothing lingers at the end
        timeout = 10

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = asked_for(self.path, self.command, self.rfile.read(min(length, 1_000_000)))
            answer = answering(asked)
            if answer.status == 200 and self.headers.get("If-None-Match") == answer.etag:
                answer = Answer(status=304, content_type=answer.content_type)
            self.send_response(answer.status)
            if answer.status == 200:
                self.send_header("ETag", answer.etag)
            if answer.status != 304:
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if answer.status != 304:
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep standard error for the program's own words."""

    return Handler


def asked_for(target: str, method: str, body: bytes) -> Asked:
    """Return the request behind "/<host>/<path>?<query>"."""
    parts = urlsplit(target)
    host, _, path = parts.path.lstrip("/").partition("/")
    return Asked(
        host=host.lower(),
        path=f"/{path}",
        query=parse_qs(parts.query, keep_blank_values=True),
        method=method,
        body=body,
    )
