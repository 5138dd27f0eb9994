"""What a store must know of postings that come with a history: pure, the same for every store."""

import re
from collections.abc import Mapping
from datetime import datetime

from jobtide.model import History

#: The name of a posting whose board gave it another job's identifier (`listing.save_words`).
_AGAIN = re.compile(r"(.+)~(\d+)", re.DOTALL)


def events_of(past: History) -> list[tuple[datetime, str, dict[str, str | None]]]:
    """Return (when, kind, detail) of what has happened; what changed before is lost."""
    found: list[tuple[datetime, str, dict[str, str | None]]] = [(past.first_seen_at, "new", {})]
    found += [(one.at, "reopened", {"was": one.was}) for one in past.reopened]
    if past.status in ("closed", "expired") and past.closed_at is not None:
        found.append((past.closed_at, past.status, {"reason": past.closed_reason}))
    elif past.status == "missing" and past.missing_since is not None:
        found.append((past.missing_since, "missing", {}))
    return found


def named_again(identifiers: Mapping[int, str]) -> dict[int, tuple[str, bool]]:
    """
    Return key -> (identifier as the board writes it, whether another posting has it now).

    >>> named_again({1: "7", 2: "7~2", 3: "8~2"})
    {1: ('7', True), 2: ('7', False), 3: ('8~2', False)}
    """
    names = set(identifiers.values())
    listed: dict[int, tuple[str, int]] = {}
    for key, identifier in identifiers.items():
        again = _AGAIN.fullmatch(identifier)
        shared = again is not None and again[1] in names
        listed[key] = (again[1], int(again[2])) if again and shared else (identifier, 1)
    newest = {name: key for key, (name, _) in sorted(listed.items(), key=lambda one: one[1][1])}
    return {key: (name, newest[name] != key) for key, (name, _) in listed.items()}
