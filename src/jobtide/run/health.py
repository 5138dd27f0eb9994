"""How sources and boards are doing, for `sources list` and `doctor`."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from jobtide import sources
from jobtide.config import Config, secret
from jobtide.model import BoardHealth, Terms
from jobtide.run.boards import enabled, known_boards


class SourceRow(Struct, frozen=True, kw_only=True):
    """One source as `sources list` shows it."""

    name: str
    state: str  #: "on", "off", "needs a key"
    boards: int
    credit: str
    min_interval_s: float
    read_at: datetime | None
    error: str | None
    limits: str  #: what its terms ask of us, in words


def source_rows(config: Config, health: Iterable[BoardHealth]) -> list[SourceRow]:
    """Return one row a source, in alphabetical order."""
    seen: dict[str, list[BoardHealth]] = {}
    for one in health:
        seen.setdefault(one.source, []).append(one)
    return [_row(name, config, seen.get(name, [])) for name in sorted(sources.names())]


def _row(name: str, config: Config, health: list[BoardHealth]) -> SourceRow:
    source = sources.load(name)
    return SourceRow(
        name=name,
        state=_state(source, config),
        boards=len(known_boards(config, [name])),
        credit=source.terms.credit,
        min_interval_s=source.terms.min_interval_s,
        read_at=max((one.read_at for one in health if one.read_at), default=None),
        error=next((one.error for one in health if one.error), None),
        limits=limits(source.terms),
    )


def _state(source: sources.Source, config: Config) -> str:
    if enabled(source, config):
        return "on"
    return "needs a key" if not all(secret(key) for key in source.keys) else "off"


def limits(terms: Terms) -> str:
    """Return what the terms ask of us, in a few words."""
    said = [
        (terms.link_back, "link back"),
        (terms.follow, "followed link"),
        (terms.apply_via_board, "apply on the board"),
        (not terms.logo, "no logo"),
        (terms.description != "full", f"description: {terms.description}"),
        (not terms.structured_data, "no structured data"),
        (not terms.syndication, "no syndication"),
        (terms.forbidden is not None, f"off: {terms.forbidden}"),
    ]
    return ", ".join(words for holds, words in said if holds)
