"""sources list|check: what is read, and on which terms."""

from pathlib import Path

import typer
from rich.table import Table

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    group = typer.Typer(help="List and check the sources.", no_args_is_help=True)
    group.command(name="list")(list_sources)
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
