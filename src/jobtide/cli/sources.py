"""sources list|check|add|new: what is read, on which terms, and how to read more."""

from pathlib import Path
from random import Random
from typing import Annotated

import typer
from rich.table import Table

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json
from jobtide.config import FILE_NAME, Config
from jobtide.errors import UsageError
from jobtide.model import Board, Posting, Reject
from jobtide.run import Reader


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    group = typer.Typer(help="List, check, add and write sources.", no_args_is_help=True)
    group.command(name="list")(list_sources)
    group.command(name="check")(check)
    group.command(name="add")(add_board)
    group.command(name="new")(new)
    app.add_typer(group, name="sources")


def list_sources(config: ConfigFile = None, db: Database = None, as_json: Json = False) -> int:
    """List every source: boards, terms, last health, manners."""
    from jobtide.run.health import source_rows

    found, _ = options.settings(config, db)
    exists = "://" in found.database or Path(found.database).exists()
    if exists:
        with options.opened(found) as store:
            rows = source_rows(found, store.health())
    else:
        rows = source_rows(found, ())
    if as_json:
        screen.print_json(rows)
        return 0
    table = Table(box=None, pad_edge=False)
    for name in ("source", "state", "boards", "credit", "every", "last read", "terms"):
        table.add_column(name)
    for row in rows:
        table.add_row(
            row.name, row.state, str(row.boards), row.credit, f"{row.min_interval_s / 3600:g} h",
            f"{row.read_at:%Y-%m-%d %H:%M}" if row.read_at else "never", row.limits,
        )  # fmt: skip
    screen.print_table(screen.out(), table)
    return 0


def check(
    what: Annotated[str, typer.Argument(metavar="NAME|CASE", help="A source, or a case folder.")],
    token: Annotated[
        str | None,
        typer.Option("--board", metavar="TOKEN", help="Which board; default: the first."),
    ] = None,
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
) -> int:
    """Say what is read: of one board, asked now, or of a folder with recorded answers.

    Nothing is stored. Exit status: 0 every record was read, 1 some were rejected.
    """
    from jobtide.run.adding import try_board
    from jobtide.run.boards import find_source, known_boards
    from jobtide.run.cases import read_case

    found, _ = options.settings(config, db)
    if Path(what).is_dir():
        postings, rejects = read_case(Path(what))
    else:
        find_source(what)
        boards = known_boards(found, [what])
        chosen = [one for one in boards if token in (None, one.token)]
        board = chosen[0] if chosen else Board(source=what, token=token or "main")
        postings, rejects = try_board(board, _reader(found))
    _tell(postings, rejects, as_json=as_json, most=len(postings))
    return 1 if rejects else 0


def add_board(
    url: Annotated[str, typer.Argument(help="Of a careers page, a posting, a board or a feed.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Add it without asking.")] = False,
    boards: Annotated[
        Path | None,
        typer.Option("--boards", metavar="DIR", help="Write DIR/<source>.csv, not jobtide.toml."),
    ] = None,
    config: ConfigFile = None,
    db: Database = None,
) -> int:
    """Find the board behind an address, show three postings, and add it."""
    from jobtide.run.adding import csv_with, find_board, toml_with, try_board

    found, _ = options.settings(config, db)
    reader = _reader(found)
    board = (result := find_board(url, reader)).board
    screen.err().print(f"{board.key}, found by {result.how}")
    postings, rejects = try_board(board, reader)
    _tell(postings, rejects, as_json=False, most=3)
    if not postings:
        raise UsageError(f"{board.key}: nothing could be read there, so it was not added")
    if not yes and not typer.confirm(f"Add {board.key}?", err=True):
        return 0
    if boards is not None:
        path = boards / f"{board.source}.csv"
        text = (
            path.read_text(encoding="utf-8") if path.exists() else "token,organization,homepage\n"
        )
        path.write_text(csv_with(text, board), encoding="utf-8")
    else:
        path = config or Path(FILE_NAME)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(toml_with(text, board), encoding="utf-8")
    screen.err().print(f"added to {path}")
    return 0


def new(
    name: Annotated[str, typer.Argument(help="Lower case: the module's name.")],
    root: Annotated[
        Path, typer.Option("--root", help="The project's folder, with src and tests in it.")
    ] = Path(),
) -> int:
    """Write the module, the payload folder and the test hook of a new source."""
    from jobtide.run.newsource import write_source

    for path in write_source(name, root):
        typer.echo(f"wrote {path}")
    typer.echo("Next: put an answer into the case folder, fill in the three functions, make test")
    return 0


def _reader(config: Config) -> Reader:
    return Reader(config=config, clock=options.now, random=Random())


def _tell(postings: list[Posting], rejects: list[Reject], *, as_json: bool, most: int) -> None:
    for one in postings[:most]:
        if as_json:
            screen.print_json(one)
        else:
            where = one.location_text or "place not stated"
            screen.out().print(f"{one.title} - {one.hiring_organization or '?'} - {where}")
    screen.err().print(f"{len(postings)} postings, {len(rejects)} rejects")
    for reject in rejects[:20]:
        screen.err().print(f"rejected {reject.identifier}: {reject.reason} {reject.detail}")
