"""mcp: the same answers for assistants."""

from typing import Annotated

import typer

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database
from jobtide.errors import ConfigError


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(mcp)


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Listen for streamable HTTP; default: standard input.")
    ] = False,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=1, max=65_535, help="Port to listen on.")
    ] = 8766,
    config: ConfigFile = None,
    db: Database = None,
) -> int:
    """Answer an assistant over the Model Context Protocol: search, jobs, facets, changes."""
    try:
        from mcp.server.transport_security import TransportSecuritySettings

        from jobtide.web.mcp import server
    except ImportError as error:
        raise ConfigError(f"this needs {error.name}: pip install 'jobtide[mcp]'") from None
    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        made = server(store, options.now)
        if not http:
            made.run("stdio")  # standard output belongs to the protocol: print nothing there
            return 0
        names = ("127.0.0.1", "localhost", "[::1]", host, *found.web.hosts)
        allowed = [f"{name}:*" for name in names] + list(names)
        origins = [f"{scheme}://{one}" for one in allowed for scheme in ("http", "https")]
        screen.err().print(f"answering on http://{host}:{port}/mcp - Ctrl-C stops it")
        made.run(
            "streamable-http",
            host=host,
            port=port,
            stateless_http=True,
            json_response=True,
            transport_security=TransportSecuritySettings(
                allowed_hosts=allowed, allowed_origins=origins
            ),
        )
    return 0
