"""publish: write what changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json, Quiet
from jobtide.config import Config
from jobtide.errors import UsageError
from jobtide.model import Snapshot
from jobtide.publish.write import Written
from jobtide.store import Store


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(publish)


def publish(
    what: Annotated[
        str | None,
        typer.Argument(metavar="[KIND]", help="Only this: readme, feeds, dataset, site."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where to; each kind has its own folder there, but for README pages alone.",
        ),
    ] = None,
    layout: Annotated[str | None, typer.Option(help="cards or list.")] = None,
    age: Annotated[str | None, typer.Option(help="relative or date.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Count ages from this day.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Publish after a drop of more than 30 % as well.")
    ] = False,
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Write README pages, feeds, data set and site; only files whose bytes differ are touched."""
    from jobtide.run import publishing

    if what is not None and what not in publishing.KINDS:
        known = ", ".join(publishing.KINDS)
        raise UsageError(f"there is nothing called {what!r} to publish. Known: {known}")
    found, _ = options.settings(config, db, publish__layout=layout, publish__age=age)
    folder = out or Path(found.publish.out)
    day = options.day(as_of, "--as-of")
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else options.now()
    with options.opened(found) as store, gated(store, force=force):
        if what is None:
            publish_all(found, store, folder, moment=moment, quiet=quiet, as_json=as_json)
        else:
            publishing.require(what)
            target = folder if what == "readme" else folder / what
            written = _publish(what, found, store, target, moment, quiet=quiet)
            if as_json:
                screen.print_json(written)
    return 0


@contextmanager
def gated(store: Store, *, force: bool) -> Iterator[None]:
    """Let the block publish unless the number of openings fell too far; note it afterwards."""
    from jobtide.run import gate

    openings = sum(1 for _ in store.openings(status=("open",)))
    gate.check(store, openings, force=force)
    yield
    if openings != gate.published(store):
        gate.note(store, openings, options.now())


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
    from jobtide.run import publishing

    now = moment or options.now()
    load = publishing.loader(store, now)
    written = {
        kind: _publish(kind, config, store, out / kind, now, quiet=quiet, load=load)
        for kind in publishing.KINDS
    }
    if publishing.left_out() and not quiet:
        screen.err().print(
            f"not written, for want of {publishing.left_out()}: some files of the data set;"
            " pip install 'jobtide[export]'"
        )
    if as_json:
        screen.print_json(written)


def _publish(
    kind: str,
    config: Config,
    store: Store,
    out: Path,
    moment: datetime,
    *,
    quiet: bool,
    load: Callable[[], Snapshot] | None = None,
) -> Written:
    from jobtide.run import publishing

    load = load or publishing.loader(store, moment)
    written = publishing.KINDS[kind](config, store, out, moment, load)
    if not quiet:
        screen.err().print(
            f"{out}: {len(written.written)} written, {len(written.unchanged)} unchanged,"
            f" {len(written.removed)} removed"
        )
    return written
