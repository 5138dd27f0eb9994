"""What `serve` and `worker` say while they run: for people, or one JSON object a line."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec

from jobtide import sources
from jobtide.cli import screen
from jobtide.config import Config, secret
from jobtide.run.collect import BoardLine

_LOG = logging.getLogger("jobtide")

#: What no terminal and no viewer of logs should be given: C0, DEL, C1, line and paragraph
#: separators, and marks that turn the direction of what follows (Unicode, UAX 9).
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: Where a password may stand: in an address, a parameter, a header, a connection string.
_SECRETS = (
    (re.compile(r"(://[^\s/:@]*:)[^\s/@]+@"), r"\1***@"),
    (re.compile(r"(?i)\b(\w*(?:key|token|secret|passw(?:or)?d|signature)=)[^\s&;'\"]+"), r"\1***"),
    (re.compile(r"(?i)\b(bearer|basic) [\w.~+/=-]{6,}"), r"\1 ***"),
)

#: Variables whose values are hidden wherever they stand, beside the keys of the sources.
_HIDDEN = ("SMTP_PASSWORD", "PGPASSWORD")

#: Characters of one text: a page that somebody put into an error does not fill the disk.
_LONGEST = 4_000


class JsonLines(logging.Formatter):
    """Makes of a record one line: time, level, logger, event, then the fields of the event."""

    def __init__(self, hidden: Iterable[str] = ()) -> None:
        """Hide these values, and whatever looks like a password."""
        super().__init__()
        self._hidden = sorted({one for one in hidden if len(one) > 3}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            fields["error"] = f"{record.exc_info[0].__name__}: {record.exc_info[1]}"
            lines = traceback.format_exception(*record.exc_info)
            fields["traceback"] = "".join(lines).splitlines()
        return msgspec.json.encode(self._clean(fields)).decode()

    def _clean(self, value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
        if isinstance(value, dict):
            return {
                self._text(str(key)): self._clean(one)
                for key, one in value.items()
                if one is not None
            }
        if isinstance(value, list | tuple):
            return [self._clean(one) for one in value]
        if isinstance(value, bool | int | float):
            return value
        return self._text(str(value))

    def _text(self, text: str) -> str:
        for one in self._hidden:
            text = text.replace(one, "***")
        for pattern, shown in _SECRETS:
            text = pattern.sub(shown, text)
        text = _CONTROL.sub(" ", text).encode("utf-8", "replace").decode()
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


class _Handler(logging.StreamHandler[Any]):
    """Writes to standard error as it is now."""


@contextmanager
def logging_as(config: Config, *, quiet: bool = False) -> Iterator[bool]:
    """Say things as the setting `log.format` has it while the block runs; yield True for JSON.

    In JSON all goes through the standard library's logging, that of other packages too. An error
    that ends the command is a line as well.
    """
    if config.log.format != "json":
        yield False
        return
    handler, root = _Handler(sys.stderr), logging.getLogger()
    handler.setFormatter(JsonLines(_secrets()))
    before = root.level, _LOG.level
    root.setLevel(logging.WARNING)
    _LOG.setLevel(logging.WARNING if quiet else logging.INFO)
    root.addHandler(handler)
    try:
        yield True
    except Exception as error:
        _LOG.error("ended by an error", exc_info=error)
        error.told = True  # type: ignore[attr-defined]  # so that it is not told twice
        raise
    finally:
        root.removeHandler(handler)
        root.setLevel(before[0])
        _LOG.setLevel(before[1])


def _secrets() -> Iterator[str]:
    """Yield the secrets of this process, so that no line holds one by accident."""
    named = [key for name in sources.names() for key in sources.load(name).keys]
    for name in {*named, *_HIDDEN}:
        if value := secret(name):
            yield value


def say(event: str, text: str, level: int = logging.INFO, **fields: object) -> None:
    """Tell something: `event` with its fields as JSON, or `text` to a person."""
    if any(isinstance(one, _Handler) for one in logging.getLogger().handlers):
        _LOG.log(level, event, extra={"fields": fields})
    else:
        screen.err().print(text)


def tell_board(line: BoardLine) -> None:
    """Log how one board went; silent unless the log is JSON."""
    counts = msgspec.to_builtins(line.counts) if line.counts else {}
    failed = line.error or line.counts is None
    _LOG.log(
        logging.WARNING if failed else logging.INFO,
        "board failed" if failed else "board read",
        extra={"fields": {"board": line.board.key, "error": line.error, **counts}},
    )
