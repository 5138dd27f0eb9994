"""backup, restore: a copy of the whole store, and the way back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Quiet
from jobtide.errors import StoreError, UsageError
from jobtide.store import SqliteStore, Store
from jobtide.store.tables import TABLES


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A SQLite file, from any store.")],
    config: ConfigFile = None,
    db: Database = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
    quiet: Quiet = False,
) -> int:
    """Write a copy of the whole store into one file, and read it to see that it is whole."""
    found, _ = options.settings(config, db)
    if file.exists() and not force:
        raise UsageError(f"{file} exists already; --force replaces it")
    with options.opened(found) as store, _private():
        _refuse_itself(store, file)
        try:
            store.backup(file)
        except BaseException:  # half a backup is not kept: a disk fills with them
            file.with_name(f"{file.name}.unfinished").unlink(missing_ok=True)
            raise
        rows = _checked(file)
    if not quiet:
        screen.err().print(f"{file}: {rows} rows, checked")
    return 0


@contextmanager
def _private() -> Iterator[None]:
    """Let nobody else read what is written: a store holds the addresses of alerts."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _refuse_itself(store: Store, file: Path) -> None:
    if isinstance(store, SqliteStore) and file.exists() and store.path.samefile(file):
        raise UsageError(f"{file} is the store itself; name another file")


def _checked(file: Path) -> int:
    """Return the rows of a backup; raise StoreError when something is wrong with it."""
    with SqliteStore(file) as copy:
        if faults := copy.check():
            raise StoreError(f"{file}: the copy is not whole: {faults[0]}")
        return sum(copy.row_count(table) for table in TABLES)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `jobtide backup` wrote.")],
    config: ConfigFile = None,
    db: Database = None,
    quiet: Quiet = False,
) -> int:
    """Fill an empty store with a backup; a store that holds something is refused."""
    from jobtide.store.moving import move

    found, _ = options.settings(config, db)
    if file.is_file() and not file.stat().st_size:  # SQLite takes it for a new database
        raise StoreError(f"{file}: an empty file, no backup")
    with SqliteStore(file) as origin, options.opened(found, create=True) as store:
        if any(store.row_count(table) for table in TABLES):
            raise StoreError(
                "the store is not empty, and nothing was restored. Name a new one with --db, or "
                f"move the old one away. If a restore broke off: `jobtide migrate sqlite:{file} "
                "TO` goes on with it"
            )

        def told(table: str, done: int, of: int) -> None:
            if not quiet:
                screen.err().print(f"{table}: {done} of {of} rows")

        rows = move(origin, store, told)
    if not quiet:
        screen.err().print(f"{rows} rows restored; the store holds what the backup holds")
    return 0
