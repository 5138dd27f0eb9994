"""worker, migrate: what several machines and a PostgreSQL store need."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from jobtide.cli import logs, options, screen
from jobtide.cli.options import ConfigFile, Database, Quiet
from jobtide.config import Config
from jobtide.errors import ConfigError, UsageError
from jobtide.store import Store, open_store

if TYPE_CHECKING:
    from jobtide.run.collect import BoardLine
    from jobtide.run.jobs import Chores
    from jobtide.run.publishing import Publish
    from jobtide.run.worker import LeasingStore

    Watch = Callable[[BoardLine], None]

_LOG = logging.getLogger("jobtide.worker")


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(worker)
    app.command()(migrate)


def worker(
    config: ConfigFile = None,
    db: Database = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Also publish into this folder.")
    ] = None,
    every: Annotated[
        str, typer.Option("--every", metavar="CRON", help="When to merge, tell and publish.")
    ] = "*/10 * * * *",
    once: Annotated[
        bool, typer.Option("--once", help="End when no board is due any more.")
    ] = False,
    lease: Annotated[
        float, typer.Option("--lease", metavar="SECONDS", min=1, help="How long a lease lives.")
    ] = 60.0,
    metrics: Annotated[
        int | None,
        typer.Option(
            "--metrics",
            metavar="PORT",
            min=0,
            max=65_535,
            help="Answer Prometheus on this port of this machine; 0: any free one.",
        ),
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Read boards beside other workers of one PostgreSQL store, until stopped."""
    from jobtide import run
    from jobtide.run.jobs import JobThread, app_of, do_once
    from jobtide.run.worker import Shift, work

    found, _ = options.settings(config, db)
    boards = run.known_boards(found)
    name = f"{socket.gethostname()}-{os.getpid()}"
    with (
        logs.logging_as(found, quiet=quiet) as as_json,
        options.opened(found, create=True) as store,
    ):
        quiet = quiet or as_json
        shared = _shared(store)
        chores = _chores(found, store, out)
        app = app_of(found.database, chores, every)
        stop = _stopped_by_signals()
        shift = Shift(holder=name, stop=stop, once=once, lease_s=lease)
        with screen.watching(quiet=quiet) as shown, _measured(store, metrics) as counted:
            watch = _each(shown, counted, logs.tell_board)
            reader = run.Reader(config=found, clock=options.now, random=Random(), watch=watch)
            if once:
                summary = work(shared, reader, boards, shift)
                do_once(app, chores, name)
            else:
                with JobThread(app, name) as jobs:
                    summary = work(shared, reader, boards, shift)
                if jobs.error is not None:
                    raise jobs.error
        if not quiet:
            screen.print_summary(summary)
        _LOG.info("worker ended", extra={"fields": summary.as_dict()})
        return 3 if summary.failed else 0


def _each(*watchers: "Watch") -> "Watch":
    """Return what tells all these watchers of a board."""

    def tell(line: "BoardLine") -> None:
        for watch in watchers:
            watch(line)

    return tell


@contextmanager
def _measured(store: Store, port: int | None) -> Iterator["Watch"]:
    """Answer Prometheus on a port of this machine, if one is named; yield what counts a board."""
    if port is None:
        yield lambda line: None
        return
    from prometheus_client import start_http_server

    from jobtide.run.measures import WorkMeasures

    measures = WorkMeasures(store, options.now)
    try:
        server, thread = start_http_server(port, addr="127.0.0.1", registry=measures.registry)
    except OSError as error:
        raise UsageError(f"--metrics {port}: {error.strerror}; name another port") from None
    url = f"http://127.0.0.1:{server.server_port}/metrics"
    logs.say("metrics", f"metrics on {url}", url=url)
    try:
        yield measures.add
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _shared(store: Store) -> "LeasingStore":
    from jobtide.store.postgres import PostgresStore

    if not isinstance(store, PostgresStore):
        raise ConfigError(
            "workers share a PostgreSQL store: set database = 'postgresql://...'; "
            "with SQLite one `jobtide update` or `jobtide run` does it all"
        )
    return store


def _stopped_by_signals() -> threading.Event:
    """Return an event that SIGTERM and Ctrl-C set: present boards are finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _chores(found: Config, store: Store, out: Path | None) -> "Chores":
    """Return what is done beside reading boards, in the order in which it makes sense."""
    from functools import partial
    from secrets import token_hex

    from jobtide.run.alerting import Sender, send_alerts
    from jobtide.run.openings import read_decisions, refresh_openings
    from jobtide.run.publishing import KINDS

    sender = Sender(config=found, clock=options.now, random=Random(), fresh=token_hex)
    chores: Chores = {
        "refresh": lambda: refresh_openings(store, read_decisions(found)),
        "alerts": lambda: send_alerts(store, sender),
    }
    for kind, publish in KINDS.items() if out else ():
        folder = (out or Path()) / kind
        chores[f"publish-{kind}"] = partial(_publish, publish, found, store, folder)
    return {name: partial(_logged, name, chore) for name, chore in chores.items()}


def _logged(name: str, chore: "Callable[[], object]") -> None:
    """Do a chore, and log how long it took."""
    began = perf_counter()
    chore()
    fields = {"chore": name, "seconds": round(perf_counter() - began, 3)}
    _LOG.info("chore done", extra={"fields": fields})


def _publish(publish: "Publish", found: Config, store: Store, folder: Path) -> None:
    publish(found, store, folder, options.now())


def migrate(
    origin: Annotated[str, typer.Argument(metavar="FROM", help="sqlite:PATH or postgresql://...")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Made when it is not there.")],
    quiet: Quiet = False,
) -> int:
    """Copy a whole store into another; run it again when it broke off."""
    from jobtide.store.moving import move

    with open_store(origin) as first, open_store(target, create=True) as second:

        def told(table: str, done: int, of: int) -> None:
            if not quiet:
                screen.err().print(f"{table}: {done} of {of} rows")

        moved = move(first, second, told)
    screen.out().print(f"{moved} rows moved; both stores hold the same")
    return 0
