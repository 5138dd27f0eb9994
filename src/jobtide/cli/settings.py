"""config show, doctor: what is set, and whether all is well."""

import typer
from rich.table import Table

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    group = typer.Typer(help="Show the settings.", no_args_is_help=True)
    group.command(name="show")(show)
    app.add_typer(group, name="config")
    app.command()(doctor)


def show(config: ConfigFile = None, db: Database = None, as_json: Json = False) -> int:
    """Print every setting, its value, and where it came from."""
    found, listed = options.settings(config, db)
    if as_json:
        screen.print_json({row.name: {"value": row.value, "origin": row.origin} for row in listed})
        return 0
    table = Table(box=None, pad_edge=False)
    for name in ("setting", "value", "from"):
        table.add_column(name)
    for row in listed:
        table.add_row(row.name, _plain(row.value), row.origin)
    screen.print_table(screen.out(), table)
    for page in found.pages:
        screen.out().print(f"page {page.name}: {page.query}")
    return 0


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or "(none)"
    return "(not set)" if value is None else str(value)


def doctor(config: ConfigFile = None, db: Database = None, as_json: Json = False) -> int:
    """Look at settings, database and boards; exit status 1 when something needs a person."""
    from jobtide.run.doctor import examine

    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        findings = examine(found, store, options.now())
    if as_json:
        screen.print_json(findings)
    else:
        for one in findings:
            screen.out().print(f"{one.level:<8} {one.subject}: {one.message}")
    return 1 if any(one.level == "problem" for one in findings) else 0
