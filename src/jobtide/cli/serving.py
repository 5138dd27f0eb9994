"""serve: the web page, the API and the feeds of every search."""

import re
from typing import Annotated

import typer

from jobtide.cli import logs, options, screen
from jobtide.cli.options import ConfigFile, Database, Quiet
from jobtide.cli.updating import updating
from jobtide.errors import ConfigError, UsageError

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
    with (
        logs.logging_as(found, quiet=quiet) as as_json,
        options.opened(found, create=minutes is not None) as store,
        listen(host, port) as socket,
    ):
        if not quiet:
            name = f"[{host}]" if ":" in host else host
            url = f"http://{name}:{socket.getsockname()[1]}/"
            logs.say("serving", f"serving on {url} - Ctrl-C stops it", url=url)
        app = application(store, found, settings, options.now)
        own = ["--config", str(config)] if config else []
        with updating(minutes, own, found.database, quiet=quiet):
            return run_server(app, socket, own_log=not as_json)


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
        import prometheus_client  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise ConfigError(
            "litestar, uvicorn or prometheus-client is missing: pip install 'jobtide[web]'"
        ) from None
