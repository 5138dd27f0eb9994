"""serve: the web page, the API and the feeds of every search."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from secrets import token_hex
from typing import Annotated

import typer

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Quiet
from jobtide.config import Config
from jobtide.errors import ConfigError, UsageError
from jobtide.store import Store

LOOPBACK = "127.0.0.1"
_EVERY = re.compile(r"(\d{1,4})(m|h|d)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(serve)
    app.command()(token)


def serve(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; the default is this machine only.")
    ] = LOOPBACK,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="Port to listen on; 0: any free one.")
    ] = 8765,
    update_every: Annotated[
        str | None,
        typer.Option("--update-every", metavar="3h", help="Read the boards that often, too."),
    ] = None,
    config: ConfigFile = None,
    db: Database = None,
    quiet: Quiet = False,
) -> int:
    """Serve the web page, the API and the feeds of every search, until Ctrl-C."""
    minutes = every(update_every) if update_every else None
    found, _ = options.settings(config, db)
    _require_web()
    from jobtide.cli.server import listen, run_server
    from jobtide.web import WebSettings, application
    from jobtide.web.settings import OWN_HOSTS

    web = found.web
    settings = WebSettings(
        title=web.title,
        hosts=tuple(name.lower() for name in (*OWN_HOSTS, host, *web.hosts)),
        base_url=web.base_url,
        per_page=web.per_page,
        rate_per_minute=web.rate_per_minute,
        trusted_proxies=web.trusted_proxies,
        new_hours=found.publish.new_hours,
        tokens=web.tokens,
    )
    with options.opened(found, create=minutes is not None) as store, listen(host, port) as socket:
        if not quiet:
            name = f"[{host}]" if ":" in host else host
            screen.err().print(
                f"serving on http://{name}:{socket.getsockname()[1]}/ - Ctrl-C stops it"
            )
        app = application(store, found, settings, options.now)
        with updating(found, store, minutes, quiet=quiet):
            return run_server(app, socket)


def token() -> int:
    """Make a token for programs that save alerts through the API; only its digest is kept."""
    _require_web()
    from jobtide.web.tokens import new_token

    made, digest = new_token()
    screen.out().print(made)
    screen.err().print(
        f'Shown only now. To let it write, put under [web] in jobtide.toml:\ntokens = ["{digest}"]'
    )
    return 0


def every(text: str) -> int:
    """Return the minutes of "3h", "90m" or "1d".

    Raises:
        UsageError: it is nothing like that, or less than ten minutes.
    """
    match = _EVERY.fullmatch(text.strip().lower())
    minutes = int(match[1]) * _MINUTES[match[2]] if match else 0
    if minutes < 10:
        raise UsageError(f"--update-every wants 10m or more, such as 3h or 1d; got {text!r}")
    return minutes


def _require_web() -> None:
    try:
        import litestar  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise ConfigError(
            "the web page needs litestar and uvicorn: pip install 'jobtide[web]'"
        ) from None


@contextmanager
def updating(config: Config, store: Store, minutes: int | None, *, quiet: bool) -> Iterator[None]:
    """Read the boards that are due every so often while the block runs; None: never."""
    if minutes is None:
        yield
        return
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(timezone="UTC")
    # One at a time; a run that was missed (a laptop asleep) is made up for once.
    scheduler.add_job(
        update_once,
        "interval",
        args=(config, store),
        kwargs={"quiet": quiet},
        minutes=minutes,
        next_run_time=options.now(),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
        jitter=min(60, minutes * 6),
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


def update_once(config: Config, store: Store, *, quiet: bool) -> None:
    """Read the boards that are due, send alerts; say what went wrong, and go on."""
    from jobtide import run
    from jobtide.run.alerting import Sender, send_alerts

    try:
        due = run.due_boards(run.known_boards(config), config, store, options.now())
        with screen.watching(quiet=True) as watch:
            reader = run.Reader(config=config, clock=options.now, random=Random(), watch=watch)
            summary = run.update(store, reader, due, command="serve")
        sender = Sender(config=config, clock=options.now, random=Random(), fresh=token_hex)
        send_alerts(store, sender)
    except Exception as error:
        screen.err().print(f"the update failed: {error}")
        return
    if not quiet:
        failed = f", {summary.failed} failed" if summary.failed else ""
        screen.err().print(f"{options.now():%H:%M} UTC: {len(due)} boards read{failed}")
