"""The options every command shares, and what they open."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from jobtide.config import Config, Setting, load
from jobtide.errors import UsageError
from jobtide.store import Store, open_store

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings; default: jobtide.toml if it exists."),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--db", metavar="FILE-OR-URL", help="The store; default: the setting `database`."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


def now() -> datetime:
    """Return the present moment; only the command line and `run` read the clock."""
    return datetime.now(UTC)


def settings(
    file: Path | None,
    database: str | None = None,
    **flags: Any,  # noqa: ANN401 - each goes to the setting of its name, which checks it
) -> tuple[Config, tuple[Setting, ...]]:
    """Return the settings with the flags of this command on top."""
    named = {name.replace("__", "."): value for name, value in flags.items()}
    return load(file, None, {"database": database, **named})


@contextmanager
def opened(config: Config, *, create: bool = False) -> Iterator[Store]:
    """Open the store of the settings, and close it at the end.

    Raises:
        StoreError: missing (unless `create`), locked, or of a newer version.
    """
    store = open_store(config.database, create=create)
    try:
        yield store
    finally:
        store.close()


def day(text: str | None, option: str) -> date | None:
    """Return the date of an option written as YYYY-MM-DD."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} wants a date like 2026-11-20, got {text!r}") from None
