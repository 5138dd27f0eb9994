"""
Every error jobtide raises on purpose, sorted by what to do next.

JobtideError               exit status 1
├── UsageError             2: the command was used wrongly
├── ConfigError            78: a setting is missing or wrong; the user can fix it
├── SourceError            one board could not be read (source, board)
│   ├── FetchError         the network's answer was not the board
│   │   ├── Unreachable    retry later: timeout, DNS, 5xx, a broken body
│   │   ├── Throttled      retry after `retry_after_s`: 429, 503
│   │   ├── Forbidden      tell a person: 401, 403, robots.txt, an address we refuse
│   │   └── BoardGone      retire the board: 404, 410
│   └── PayloadError       tell a person: the answer came, in a shape we do not know
├── StoreError             the database refused: missing, locked, too new, disk full
├── PublishError           one publisher failed (publisher)
└── AlertError             retry later: one channel failed (channel)
    └── ChannelGone        do not retry: a webhook answered 410, a mailbox does not exist

A single bad record is not an exception: it is a `Reject`, a value (see jobtide.model).
Exit statuses of the command line: 0 ok, 1 error, 2 usage, 3 partial, 78 config, 130 interrupted.
"""

from typing import Any


class JobtideError(Exception):
    """Base of all the errors above; catch it to catch them all."""

    exit_code = 1


class UsageError(JobtideError):
    """The command was used wrongly; the message says how to use it."""

    exit_code = 2


class ConfigError(JobtideError):
    """A setting is missing or wrong; the message says which and how to fix it."""

    exit_code = 78


class SourceError(JobtideError):
    """One board of one source could not be read; the other boards go on."""

    url: str | None = None  #: the address that answered so, without its query, when it is known

    def __init__(self, message: str, *, source: str, board: str) -> None:
        super().__init__(f"{source}/{board}: {message}")
        self.message = message
        self.source = source
        self.board = board

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive pickling (keyword-only arguments do not by themselves)."""
        return _rebuild, (type(self), self.message, self.__dict__)


def _rebuild(kind: type[SourceError], message: str, state: dict[str, Any]) -> SourceError:
    error = kind(message, source=state["source"], board=state["board"])
    error.__dict__.update(state)
    return error


class FetchError(SourceError):
    """The network's answer was not the board."""


class Unreachable(FetchError):
    """Retry later: timeout, DNS, connection, 5xx, a body that broke off or was too big."""


class Throttled(FetchError):
    """Retry after `retry_after_s` seconds: 429 or 503."""

    def __init__(
        self, message: str, *, source: str, board: str, retry_after_s: float | None = None
    ) -> None:
        super().__init__(message, source=source, board=board)
        self.retry_after_s = retry_after_s


class Forbidden(FetchError):
    """Do not retry, tell a person: 401, 403, robots.txt, or an address we refuse to connect to."""


class BoardGone(FetchError):
    """Do not retry, retire the board: 404 or 410."""


class PayloadError(SourceError):
    """The answer came, but not in the shape the source's documentation describes."""


class StoreError(JobtideError):
    """The database refused; the message says which file and what to do."""


class PublishError(JobtideError):
    """One publisher could not write its files."""


class AlertError(JobtideError):
    """One channel could not send its message; what is to be told waits for the next run."""

    retry_after_s: float | None = None  #: the server asked to be left alone for so long


class ChannelGone(AlertError):
    """The channel will never take a message again: 410, or a mailbox that does not exist."""
