"""Text -> Query."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from jobtide.query.fields import QueryError, check
from jobtide.text import fold, squeeze

_PIECE = re.compile(
    r"""(?P<minus>-)?(?:(?P<field>[a-z_]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))""",
    re.IGNORECASE,
)
#: A query longer than this is no query: a limit on work, not on people.
MAX_CHARACTERS = 1_000


class Term(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One condition: a word, a phrase (field "") or a field with its value."""

    value: str
    field: str = ""
    negated: bool = False


class Query(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What to look for: every group must hold, a group holds when one of its terms does."""

    groups: tuple[tuple[Term, ...], ...] = ()
    sort: str = "new"
    text: str = ""  #: as it was written, white space squeezed


def parse(text: str, known: Mapping[str, Any] | None = None) -> Query:
    """Return the query that `text` states.

    Args:
        text: at most 1,000 characters.
        known: closed lists only the caller knows, such as `{"source": ("remoteok", ...)}`.

    Raises:
        QueryError: an unknown field or value, a quote that never ends, or too long a text.
    """
    text = squeeze(text)
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            f"the query has {len(text)} characters; at most {MAX_CHARACTERS} are read"
        )
    if text.count('"') % 2:
        raise QueryError('a quote " is opened and never closed. Close it, or leave it out.')
    groups, sort, either = _Groups(), "new", False
    for piece in _PIECE.finditer(text):
        if piece[0] == "OR":
            either = True
            continue
        term = _term(piece, known or {})
        if term is None:
            continue
        if term.field == "sort":
            sort = term.value
            continue
        groups.add(term, either=either)
        either = False
    return Query(groups=groups.done(), sort=sort, text=text)


def _term(piece: re.Match[str], known: Mapping[str, Any]) -> Term | None:
    """Return the term of one piece, or None for a lone "-" or an empty phrase."""
    name = (piece["field"] or "").lower()
    raw = piece["phrase"] if piece["phrase"] is not None else piece["word"]
    negated = bool(piece["minus"])
    if name in ("http", "https"):
        name, raw = "", piece[0].lstrip("-")
    if name:
        return Term(field=name, value=check(name, raw.strip(), known), negated=negated)
    value = squeeze(fold(raw))
    return Term(value=value, negated=negated) if value.strip("-") else None


class _Groups:
    """Collect terms: the same field named again joins the group of its field."""

    def __init__(self) -> None:
        self._groups: list[list[Term]] = []

    def add(self, term: Term, *, either: bool) -> None:
        if either and self._groups:
            self._groups[-1].append(term)
            return
        if term.field and not term.negated:
            for group in self._groups:
                if all(one.field == term.field and not one.negated for one in group):
                    group.append(term)
                    return
        self._groups.append([term])

    def done(self) -> tuple[tuple[Term, ...], ...]:
        return tuple(tuple(dict.fromkeys(group)) for group in self._groups)
