"""The server process: a socket, uvicorn on it, and a clean end."""

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from jobtide.errors import UsageError

#: Connections at once; beyond, a new one is answered 503 (by uvicorn).
MAX_CONNECTIONS = 512
#: Seconds a connection may wait for its next request, and the end for requests under way.
KEEP_ALIVE_S, END_S = 15, 5


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """Hold a socket that listens.

    Raises:
        UsageError: the address cannot be had; says why.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, for only then asyncio sends small answers at once (TCP_NODELAY).
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((host, port))
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or error
            raise UsageError(f"cannot listen on {host}:{port}: {why}. Try --port 0.") from None
        held.listen(128)
        yield held


def run_server(
    app: Any,  # noqa: ANN401 - any ASGI application
    held: socket.socket,
    *,
    own_log: bool = True,
) -> int:
    """Serve until the process is told to end; return its exit status.

    Without `own_log` what uvicorn says goes where all else goes.

    uvicorn ends its requests, then raises the signal again: SIGINT becomes KeyboardInterrupt, and
    SIGTERM must not kill us before what we hold is put away.
    """
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="on",
        log_level="warning",
        log_config=uvicorn.config.LOGGING_CONFIG if own_log else None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # we believe the proxies of the settings, and no others
        limit_concurrency=MAX_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=END_S,
    )
    uvicorn.Server(config).run(sockets=[held])
    return 0
