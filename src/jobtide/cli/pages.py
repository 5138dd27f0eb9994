"""publish: write what changed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json, Quiet
from jobtide.config import Config
from jobtide.errors import UsageError
from jobtide.store import Store


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(publish)


def publish(
    what: Annotated[
        str | None, typer.Argument(metavar="[readme]", help="Only this; default: everything.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where to.")] = None,
    layout: Annotated[str | None, typer.Option(help="cards or list.")] = None,
    age: Annotated[str | None, typer.Option(help="relative or date.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Count ages from this day.")
    ] = None,
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Write the pages; only files whose bytes differ are touched."""
    if what not in (None, "readme"):
        raise UsageError(f"there is nothing called {what!r} to publish. Known: readme")
    found, _ = options.settings(config, db, publish__layout=layout, publish__age=age)
    folder = out or Path(found.publish.out)
    day = options.day(as_of, "--as-of")
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else options.now()
    with options.opened(found) as store:
        if what == "readme":
            _readme(found, store, folder, moment, quiet=quiet, as_json=as_json)
        else:
            publish_all(found, store, folder, moment=moment, quiet=quiet, as_json=as_json)
    return 0


def publish_all(
    config: Config,
    store: Store,
    out: Path,
    *,
    moment: datetime | None = None,
    quiet: bool,
    as_json: bool = False,
) -> None:
    """Write everything that can be published, each kind into its own folder below `out`."""
    _readme(config, store, out / "readme", moment or options.now(), quiet=quiet, as_json=as_json)


def _readme(
    config: Config, store: Store, out: Path, moment: datetime, *, quiet: bool, as_json: bool
) -> None:
    from jobtide.run import publish_readme

    written = publish_readme(config, store, out, moment)
    if not quiet:
        screen.err().print(
            f"{out}: {len(written.written)} written, {len(written.unchanged)} unchanged,"
            f" {len(written.removed)} removed"
        )
    if as_json:
        screen.print_json(written)
