"""What a person sees: data on standard output, progress and tables on standard error."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from jobtide.run import Summary
from jobtide.run.collect import BoardLine
from jobtide.run.summary import COUNTS

#: Columns of what goes into a file or a pipe, at least: a table takes as many as it needs.
WIDE = 160

#: Taken out of all that is printed: C0 and C1 controls but tab and line feed, for a terminal obeys
#: them (ECMA-48: ESC and 0x9B begin an order), marks that turn a line round (Unicode TR9) and
#: lone surrogates, which cannot be written. rich itself lets ESC and C1 through.
_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class _Screen(Console):
    """A console that prints words only: no posting and no error message commands the terminal."""

    def render_str(self, text: str, **how: Any) -> Text:  # noqa: ANN401
        """Return `text` as rich draws it, without what a terminal would obey."""
        return super().render_str(_ORDERS.sub("", text), **how)


def out() -> Console:
    """Return the console for data: plain when it is not a terminal; NO_COLOR is honoured."""
    return _console(stderr=False)


def err() -> Console:
    """Return the console for everything that is not data."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    console = _Screen(stderr=stderr, highlight=False, markup=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = WIDE
    return console


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever is to be printed
    """Print one JSON object on one line of standard output."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")


def rows_with_id(columns: int) -> Table:
    """Return a table without headings whose last column, an id, is never cut."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for _ in range(columns - 1):
        table.add_column()
    table.add_column(overflow="fold")
    return table


def print_table(console: Console, table: Table) -> None:
    """Print a table as wide as the terminal, or whole where there is none."""
    if not console.is_terminal:
        free = console.options.update(width=sys.maxsize)
        console.width = max(WIDE, console.measure(table, options=free).maximum)
    console.print(table, soft_wrap=False)


class Watcher:
    """One line a board on standard error, and a bar on a terminal."""

    def __init__(self, console: Console, progress: Progress, quiet: bool) -> None:
        """Watch with the given console; `quiet` says nothing at all."""
        self._console, self._progress, self._quiet = console, progress, quiet
        self._task = progress.add_task("boards", total=None)

    def expect(self, total: int) -> None:
        """Say how many boards will be read."""
        self._progress.update(self._task, total=total)

    def tick(self) -> None:
        """One step further, without a line."""
        self._progress.advance(self._task)

    def __call__(self, line: BoardLine) -> None:
        """Print the line of one board."""
        self._progress.advance(self._task)
        if self._quiet:
            return
        if line.error or line.counts is None:
            self._console.print(f"failed  {line.error}")
            return
        one = line.counts
        self._console.print(
            f"ok      {line.board.key}: {one.new} new, {one.changed} changed, {one.seen} seen,"
            f" {one.missing} missing, {one.closed} closed, {one.rejected} rejected"
        )


@contextmanager
def watching(*, quiet: bool, total: int | None = None) -> Iterator[Watcher]:
    """Show progress while the block runs; a bar only on a terminal."""
    console = err()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    with progress:
        watcher = Watcher(console, progress, quiet)
        if total is not None:
            watcher.expect(total)
        yield watcher


def print_summary(summary: Summary) -> None:
    """Print the table of a run on standard error."""
    table = Table(box=None, pad_edge=False)
    table.add_column("source")
    for name in COUNTS:
        table.add_column(name, justify="right")
    for name, counts in sorted(summary.sources.items()):
        table.add_row(name, *(str(counts[key]) for key in COUNTS))
    console = err()
    print_table(console, table)
    for reason, number in sorted(summary.rejects.items()):
        console.print(f"rejected {number:>5}  {reason}")
    if summary.links:
        said = ", ".join(
            f"{number} {word.replace('_', ' ')}" for word, number in sorted(summary.links.items())
        )
        console.print(f"pages of postings asked: {said}")
    for alarm in summary.alarms:
        console.print(f"needs a look: {alarm}")
