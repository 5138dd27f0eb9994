"""JSON Lines: one opening a line, with all that is needed to read it back."""

from collections.abc import Iterable
from typing import Any

import msgspec

from jobtide.publish.dataset.row import Row

_ENCODE = msgspec.json.Encoder()


def lines(rows: Iterable[Row]) -> bytes:
    """Return the rows as JSON Lines."""
    return b"".join(line(row) + b"\n" for row in rows)


def line(row: Row) -> bytes:
    """Return one row as JSON; half surrogate pairs, which no UTF-8 can hold, become "?"."""
    try:
        return _ENCODE.encode(row)
    except UnicodeEncodeError:
        return _ENCODE.encode(_whole(msgspec.to_builtins(row)))


def _whole(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(inner) for inner in value]
    return value
