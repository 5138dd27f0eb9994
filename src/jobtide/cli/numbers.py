"""stats: the numbers of the openings, as tables, JSON or a picture."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json
from jobtide.errors import UsageError
from jobtide.publish.pictures import THEMES, Figures, Picture, draw, pictures, sheet
from jobtide.run.figures import asked, figures, save

#: Rows of a table on the screen; --json has all of them.
_MOST_ROWS = 25


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(stats)


def stats(
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", help="Only these openings, in the search language."),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw them: .svg or .png.")
    ] = None,
    picture: Annotated[
        str | None,
        typer.Option(
            "--picture", metavar="NAME", help="Only this: over-time, categories, pay, sources."
        ),
    ] = None,
    theme: Annotated[str, typer.Option(help="Colours of the picture: light or dark.")] = "light",
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
) -> int:
    """Count the openings: over time, by category, pay by category and level, by source."""
    if theme not in THEMES:
        raise UsageError(f"--theme is {theme!r}; use {' or '.join(THEMES)}")
    found, _ = options.settings(config, db)
    now = options.now()
    wanted = asked(" ".join(text or []), now)
    with options.opened(found) as store:
        numbers = figures(store, now, wanted)
    shown = _chosen(numbers, picture)
    if plot is not None:
        if not shown:
            raise UsageError("there is nothing to draw yet: no opening was found")
        svg = draw(shown[0], theme) if len(shown) == 1 else sheet(shown, theme)
        save(plot, svg)
        screen.err().print(f"wrote {plot}: {', '.join(one.title for one in shown)}")
    if as_json:
        screen.print_json(numbers)
    elif plot is None:
        _print(numbers, shown)
    return 0


def _chosen(numbers: Figures, name: str | None) -> list[Picture]:
    """Return the pictures asked for; UsageError for a name that has nothing to show."""
    every = pictures(numbers)
    shown = [one for one in every if name in (None, one.name)]
    if name is not None and not shown:
        there = ", ".join(one.name for one in every) or "none yet"
        raise UsageError(f"there is no picture {name!r} of these openings. There are: {there}")
    return shown


def _print(numbers: Figures, shown: list[Picture]) -> None:
    console = screen.out()
    console.print(f"{numbers.open} open jobs")
    for one in shown:
        console.print(f"\n{one.title}")
        table = Table(box=None, pad_edge=False)
        for place, head in enumerate(one.table.head):
            table.add_column(head, justify="right" if place else "left")
        for row in one.table.rows[:_MOST_ROWS]:
            table.add_row(*row)
        screen.print_table(console, table)
        if len(one.table.rows) > _MOST_ROWS:
            console.print(f"and {len(one.table.rows) - _MOST_ROWS} more")
        if one.note:
            console.print(one.note)
