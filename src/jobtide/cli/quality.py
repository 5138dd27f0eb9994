"""evaluate: how good the reading is, measured on labelled sets."""

from pathlib import Path
from typing import Annotated

import typer

from jobtide.cli import screen
from jobtide.cli.options import Json


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(evaluate)


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of labelled sets.")],
    errors: Annotated[
        Path | None, typer.Option("--errors", metavar="FILE", help="Write every miss here.")
    ] = None,
    as_json: Json = False,
) -> int:
    """Score the labelled sets in DIR through the very functions the pipeline uses."""
    import msgspec

    from jobtide.evaluate import evaluate_dir, report

    scores, misses = evaluate_dir(folder)
    if errors is not None:
        errors.write_bytes(b"".join(msgspec.json.encode(miss) + b"\n" for miss in misses))
    if as_json:
        screen.print_json(scores)
    else:
        screen.out().print(report(scores))
    return 0
