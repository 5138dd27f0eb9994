"""
A PostgreSQL cluster of our own, on a free port of loopback, that lives as long as a `with`.

The server refuses to run as root; then it runs as the user `postgres` that Debian's package made.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Where Debian keeps the programs of a server; elsewhere they are on the path.
DEBIAN = "/usr/lib/postgresql/*/bin"

#: A throw-away cluster need not survive a power cut.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "logging_collector": "off",
}


def programs() -> Path | None:
    """Return the folder with `initdb` and `postgres`, or None when no server is installed."""
    found = sorted(Path("/").glob(f"{DEBIAN[1:]}/initdb")) or [
        Path(name) for name in [shutil.which("initdb")] if name
    ]
    folder = found[-1].resolve().parent if found else None
    return folder if folder and (folder / "postgres").exists() else None


@contextmanager
def cluster(folder: Path, **settings: str) -> Iterator[str]:
    """
    Run a cluster whose files lie in `folder`; yield the address of its database.

    The server's user must be able to reach `folder`: no folder above it may be private.
    """
    where = programs()
    if where is None:
        raise FileNotFoundError("no PostgreSQL server; on Debian: apt-get install postgresql")
    user = "postgres" if os.geteuid() == 0 else None
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    if not data.exists():
        subprocess.run(
            [
                *(where / "initdb", "-D", data, "-A", "trust", "-U", "jobtide"),
                *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
        )
    port = _free_port()
    options = SETTINGS | {"unix_socket_directories": str(folder)} | settings
    words = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [where / "postgres", "-D", data, "-p", str(port), *words],
            stdout=subprocess.DEVNULL,
            stderr=log,
            user=user,
            cwd=folder,
        )
    try:
        _wait(server, port, folder)
        yield f"postgresql://jobtide@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(2)  # fast shutdown: ends sessions, writes what is due
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        if "ready to accept connections" in (folder / "server.log").read_text():
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'server.log').read_text()[-500:]}")
