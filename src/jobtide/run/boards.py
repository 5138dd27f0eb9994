"""Which boards there are, and which of them are due."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from jobtide import sources
from jobtide.config import Config, SourceConfig, secret
from jobtide.errors import ConfigError
from jobtide.model import Board
from jobtide.sources import Source
from jobtide.store import Store


def known_boards(config: Config, only: Iterable[str] = ()) -> list[Board]:
    """Return every board of every enabled source: its own, those of the CSV, the configured.

    Args:
        config: `update.sources`, `[sources.NAME] enabled` and `[[boards]]` are read from it.
        only: names of sources; empty: those of `update.sources`, else all that are enabled.

    Raises:
        ConfigError: `only`, `[sources]` or `[[boards]]` names a source that does not exist.
    """
    chosen = tuple(only) or config.update.sources
    for name in (*chosen, *config.sources, *(entry.source for entry in config.boards)):
        find_source(name)
    found: dict[str, Board] = {}
    for name in chosen or sources.names():
        source = find_source(name)
        if tuple(only) or enabled(source, config):
            for board in (*source.boards, *listed_boards(name), *_configured(config, name)):
                found.setdefault(board.key, board)
    if not tuple(only):
        for entry in config.boards:
            if enabled(find_source(entry.source), config):
                found.setdefault(entry.board().key, entry.board())
    return list(found.values())


def find_source(name: str) -> Source:
    """Return the source called `name`, or tell the user the nearest name."""
    from difflib import get_close_matches

    try:
        return sources.load(name)
    except KeyError:
        near = get_close_matches(name, sources.names(), n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(sources.names())}."
        raise ConfigError(
            f"no source is called {name!r}. {hint} 'jobtide sources list' shows them all."
        ) from None


def enabled(source: Source, config: Config) -> bool:
    """Return whether a source is read: as configured, else as its terms and keys allow."""
    wish = config.sources.get(source.name, SourceConfig()).enabled
    if wish is not None:
        return wish
    return source.terms.forbidden is None and all(secret(key) for key in source.keys)


def listed_boards(name: str) -> Iterator[Board]:
    """Yield the boards of `boards/<source>.csv`: columns token, organization, homepage."""
    folder = files("jobtide") / "boards"
    if not folder.is_dir():  # an editable installation: the folder lies at the project's top
        folder = Path(__file__).parents[3] / "boards"
    table = folder / f"{name}.csv"
    if not table.is_file():
        return
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        yield Board(
            source=name,
            token=row["token"],
            organization=row["organization"] or None,
            homepage=row["homepage"] or None,
        )


def _configured(config: Config, name: str) -> Iterator[Board]:
    return (entry.board() for entry in config.boards if entry.source == name)


def due_boards(
    boards: Iterable[Board], config: Config, store: Store, now: datetime
) -> list[Board]:
    """Return the boards whose last read lies at least their source's interval back.

    A host that asked to be left alone for a time is left alone, whatever boards it serves.
    """
    held = {
        host_of_board(Board(source=one.reading.source, token=one.reading.board))
        for one in store.readings(outcomes=("failed",), last=1)
        if one.reading.retry_at is not None and one.reading.retry_at > now
    }
    return [
        board
        for board in boards
        if _due(board, config, store, now) and not (held and host_of_board(board) in held)
    ]


def host_of_board(board: Board) -> str | None:
    """Return the host a board is asked at; None: it cannot be asked as it is set up."""
    try:
        return urlsplit(sources.load(board.source).start(board).url).netloc.lower()
    except (KeyError, ConfigError):
        return None


def interval(source: str, config: Config) -> timedelta:
    """Return the least time between two reads of a board, as configured, else by its terms."""
    own = config.sources.get(source, SourceConfig()).min_interval_s
    seconds = sources.load(source).terms.min_interval_s if own is None else own
    return timedelta(seconds=seconds)


def _due(board: Board, config: Config, store: Store, now: datetime) -> bool:
    last = store.board_state(board.source, board.token).read_at
    return last is None or now - last >= interval(board.source, config)
