"""backfill: process and merge files of postings, on one machine or many."""

from pathlib import Path
from typing import Annotated

import typer

from jobtide.cli import screen
from jobtide.cli.options import Json, Quiet
from jobtide.errors import UsageError

ENGINES = ("local", "processes", "spark")


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(backfill)


def backfill(
    origin: Annotated[
        Path, typer.Option("--input", metavar="DIR", help="Files of postings: parquet, jsonl.")
    ],
    output: Annotated[Path, typer.Option("--output", metavar="DIR", help="One folder a stage.")],
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="local, processes or spark.")
    ] = "local",
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; default: one a core.")
    ] = None,
    master: Annotated[
        str, typer.Option("--master", metavar="URL", help="Where Spark runs.")
    ] = "local[*]",
    partitions: Annotated[
        int | None, typer.Option("--partitions", min=1, help="Parts of what Spark shuffles.")
    ] = None,
    conf: Annotated[
        list[str] | None,
        typer.Option("--conf", metavar="KEY=VALUE", help="A setting of Spark; repeatable."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Process and merge files of postings; a run that broke off goes on after its last stage."""
    from jobtide.run.backfill import Backfill

    if engine not in ENGINES:
        raise UsageError(f"--engine {engine}: there are {', '.join(ENGINES)}")

    def told(stage: str, rows: int, anew: bool) -> None:
        if not quiet:
            screen.err().print(f"{stage}: {rows} rows{'' if anew else ', kept from earlier'}")

    if engine == "spark":
        from jobtide.engine.spark import SparkEngine
        from jobtide.run.spark import spark_context

        with spark_context(master, _settings(conf or [])) as context:
            done = Backfill(SparkEngine(context, partitions), origin, output, told).run()
    elif engine == "processes":
        from jobtide.engine.processes import ProcessesEngine

        with ProcessesEngine(workers) as processes:
            done = Backfill(processes, origin, output, told).run()
    else:
        from jobtide.engine.local import LocalEngine

        done = Backfill(LocalEngine(), origin, output, told).run()
    if as_json:
        screen.print_json(done)
    return 0


def _settings(words: list[str]) -> dict[str, str]:
    pairs = [word.partition("=") for word in words]
    for key, sign, _ in pairs:
        if not (key and sign):
            raise UsageError(f"--conf wants KEY=VALUE, got {key!r}")
    return {key: value for key, _, value in pairs}
