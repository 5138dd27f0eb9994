"""Text -> Query."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from jobtide.query.fields import FIELDS, QueryError, check
from jobtide.query.words import cut
from jobtide.text import fold, squeeze

_PIECE = re.compile(
    r"""(?P<minus>-)?(?:(?P<field>[a-z_]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]*))""",
    re.IGNORECASE,
)
#: A query longer than this is no query: a limit on work, not on people.
MAX_CHARACTERS = 1_000
#: The same for conditions: the longest real search we know has a dozen.
MAX_TERMS = 64


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
        text: at most 1,000 characters and 64 conditions.
        known: closed lists only the caller knows, such as `{"source": ("remoteok", ...)}`.

    Raises:
        QueryError: an unknown field or value, a quote that never ends, an OR that stands between
            nothing, two orders, or too long a text.
    """
    text = squeeze(text)
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            f"the query has {len(text)} characters; at most {MAX_CHARACTERS} are read"
        )
    if text.count('"') % 2:
        raise QueryError('a quote " is opened and never closed. Close it, or leave it out.')
    reader = _Reader(known or {})
    for piece in _PIECE.finditer(text):
        if piece[0]:
            reader.take(piece)
    return Query(groups=reader.groups(), sort=reader.sort or "new", text=text)


class _Reader:
    """Collect terms: the same field named again joins the group of its field."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.sort: str | None = None
        self._known = known
        self._groups: list[list[Term]] = []
        self._may_join = False  #: the last piece was a condition
        self._either = False  #: the last piece was OR

    def take(self, piece: re.Match[str]) -> None:
        """Read one piece."""
        if piece[0] == "OR":
            if not self._may_join:
                raise QueryError(_OR)
            self._may_join, self._either = False, True
            return
        term = self._term(piece)
        if term is None:
            return
        if term.field == "sort":
            self._order(term)
            return
        self._add(term)
        self._may_join, self._either = True, False

    def groups(self) -> tuple[tuple[Term, ...], ...]:
        """Return what was asked for."""
        if self._either:
            raise QueryError(_OR)
        groups = tuple(tuple(dict.fromkeys(group)) for group in self._groups)
        if sum(map(len, groups)) > MAX_TERMS:
            raise QueryError(f"the query has more than {MAX_TERMS} conditions")
        return groups

    def _term(self, piece: re.Match[str]) -> Term | None:
        """Return the term of one piece, or None for signs that are no word."""
        name = (piece["field"] or "").lower()
        raw = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        negated = bool(piece["minus"])
        if name in ("http", "https") and raw.startswith("//"):
            name, raw = "", piece[0].lstrip("-")
        if name:
            value = check(name, raw.strip(), self._known)
            return Term(field=name, value=value, negated=negated)
        value = squeeze(fold(raw))
        return Term(value=value, negated=negated) if cut(value) else None

    def _order(self, term: Term) -> None:
        if term.negated or self._either:
            raise QueryError("sort: is an order, not a condition: it takes no - and no OR.")
        if self.sort not in (None, term.value):
            raise QueryError(f"sort: is asked for twice: {self.sort!r} and {term.value!r}.")
        self.sort = term.value
        self._may_join = False

    def _add(self, term: Term) -> None:
        if self._either:
            self._groups[-1].append(term)
            return
        if term.field and not term.negated and not FIELDS[term.field].narrows:
            for group in self._groups:
                if all(one.field == term.field and not one.negated for one in group):
                    group.append(term)
                    return
        self._groups.append([term])


_OR = 'OR stands between two conditions; for the word write "or".'
