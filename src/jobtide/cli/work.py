"""init, update, run, import, replay, demo: the commands that change the store."""

from pathlib import Path
from random import Random
from typing import Annotated

import typer

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json, Quiet
from jobtide.config import Config
from jobtide.errors import UsageError
from jobtide.model import Board
from jobtide.run import Summary
from jobtide.store import Store

Sources = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME", help="Only this source; repeatable."),
]
CheckLinks = Annotated[
    int | None,
    typer.Option(
        "--check-links",
        metavar="N",
        min=0,
        help="Ask the pages of N postings whether the job is still there.",
    ),
]
SummaryFile = Annotated[
    Path | None,
    typer.Option(
        "--summary",
        metavar="FILE",
        help="Append what the run did, as a Markdown table; an Action names its job summary.",
    ),
]


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(init)
    app.command()(update)
    app.command(name="run")(run_all)
    app.command(name="import")(import_files)
    app.command()(replay)
    app.command()(reprocess)
    app.command()(demo)


def init(
    path: Annotated[Path, typer.Argument(metavar="FILE")] = Path("jobtide.toml"),
    contact: Annotated[
        str | None, typer.Option(help="Mail or web address boards may reach you at.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write jobtide.toml with the three first boards and the default pages."""
    from jobtide.config.example import example

    if path.exists() and not force:
        raise UsageError(f"{path} exists already; --force replaces it")
    path.write_text(example(contact), encoding="utf-8")
    typer.echo(f"wrote {path}. Next: jobtide run")


def update(
    config: ConfigFile = None,
    db: Database = None,
    source: Sources = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also boards whose interval has not passed yet.")
    ] = False,
    check_links: CheckLinks = None,
    summary: SummaryFile = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Read the boards that are due, keep what is new, close what is gone."""
    from jobtide.run import known_boards

    found, _ = options.settings(config, db, update__check_links=check_links)
    boards = known_boards(found, source or [])  # a wrong name must not leave a database behind
    with options.opened(found, create=True) as store:
        done = _update(found, store, boards, force=force, as_json=as_json, quiet=quiet)
    return _ended(done, summary)


def _update(
    found: Config, store: Store, boards: list[Board], *, force: bool, as_json: bool, quiet: bool
) -> Summary:
    from jobtide import run

    due = boards if force else run.due_boards(boards, found, store, options.now())
    if not quiet and len(due) < len(boards):
        screen.err().print(
            f"{len(boards) - len(due)} of {len(boards)} boards were read too recently;"
            " --force reads them all the same"
        )
    with screen.watching(quiet=quiet, total=len(due)) as watch:
        reader = run.Reader(config=found, clock=options.now, random=Random(), watch=watch)
        summary = run.update(store, reader, due, command="update")
    _show(summary, as_json=as_json, quiet=quiet)
    return summary


def _ended(summary: Summary, file: Path | None) -> int:
    """Append the summary to a file, when one is named; return the exit status."""
    if file is not None:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(summary.as_markdown())
    return 3 if summary.failed else 0


def _show(summary: Summary, *, as_json: bool, quiet: bool) -> None:
    if not quiet:
        screen.print_summary(summary)
    if as_json:
        screen.print_json(summary.as_dict())


def run_all(
    config: ConfigFile = None,
    db: Database = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to publish into.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Also boards not due yet.")] = False,
    check_links: CheckLinks = None,
    summary: SummaryFile = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Update, publish, then send alerts: what cron or an action calls."""
    from jobtide.cli.alerts import send_due
    from jobtide.cli.pages import gated, publish_all
    from jobtide.run import known_boards
    from jobtide.run.pages import readme_settings

    found, _ = options.settings(
        config,
        db,
        publish__out=str(out) if out else None,
        update__check_links=check_links,
    )
    readme_settings(found, options.now())  # a page that cannot be asked for: say so before reading
    boards = known_boards(found)
    with options.opened(found, create=True) as store:
        done = _update(found, store, boards, force=force, as_json=as_json, quiet=quiet)
        status = _ended(done, summary)
        with gated(store, force=force):
            publish_all(found, store, Path(found.publish.out), quiet=quiet)
        return max(status, send_due(found, store, quiet=quiet))


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Job pages, or exports.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Day the page was made.")
    ] = None,
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Import job pages (Markdown or HTML) of an existing list, or export files."""
    from jobtide import run
    from jobtide.run.restoring import is_export

    found, _ = options.settings(config, db)
    day = options.day(as_of, "--as-of")
    exports = [file for file in files if is_export(file)]
    if exports:
        if len(exports) < len(files) or day is not None:
            raise UsageError("import export files by themselves, without job pages or --as-of")
        return _import_exports(found, exports, as_json=as_json, quiet=quiet)
    with options.opened(found, create=True) as store:
        reader = run.Reader(config=found, clock=options.now, random=Random())
        summary = run.import_pages(store, reader, files, as_of=day)
    if not any(counts["read"] for counts in summary.sources.values()):
        screen.err().print(f"no job was found in {', '.join(map(str, files))}")
    _show(summary, as_json=as_json, quiet=quiet)
    return 0


def _import_exports(found: Config, files: list[Path], *, as_json: bool, quiet: bool) -> int:
    from jobtide.run.restoring import import_exports

    with options.opened(found, create=True) as store:
        done = import_exports(store, files, options.now())
    if not quiet:
        screen.err().print(
            f"{done.openings} openings with {done.postings} postings, {done.added} of them new"
        )
    if as_json:
        screen.print_json(done)
    return 0


def replay(
    manifest: Annotated[Path, typer.Argument(help="CSV file, one line a recorded answer.")],
    source: Sources = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Leave out what came later.")
    ] = None,
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Play recorded answers back from loopback, in date order, into the store."""
    from jobtide.demo.replay import read_manifest, replay
    from jobtide.run.boards import find_source

    found, _ = options.settings(config, db)
    for name in source or []:
        find_source(name)
    lines = read_manifest(manifest, only=source or [], until=options.day(until, "--until"))
    with (
        options.opened(found, create=True) as store,
        screen.watching(quiet=quiet, total=len(lines)) as watch,
    ):
        summary = replay(store, found, lines, watch=watch)
    _show(summary, as_json=as_json, quiet=quiet)
    return 3 if summary.failed else 0


def reprocess(config: ConfigFile = None, db: Database = None, quiet: Quiet = False) -> int:
    """Run all kept captures through today's code, in order, into the same store state anew."""
    from jobtide import run
    from jobtide.run.rebuild import rebuild

    found, _ = options.settings(config, db)
    boards = {board.key: board for board in run.known_boards(found)}
    path = Path(found.database.removeprefix("sqlite:").removeprefix("//"))
    with screen.watching(quiet=quiet) as watch:
        done = rebuild(path, found, boards, lambda reading: watch.tick())
    screen.err().print(f"{path}: {done} readings processed again")
    return 0


def demo(
    out: Annotated[
        Path, typer.Option("--out", help="Folder for the database and the pages.")
    ] = Path("jobtide-demo"),
    quiet: Quiet = False,
) -> int:
    """Run the whole program on bundled sample boards; needs no network."""
    from jobtide.cli.demonstration import demonstrate

    return demonstrate(out, quiet=quiet)
