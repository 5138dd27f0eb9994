"""How common values and words are: kept for values, guessed for words from their newest hits."""

import sqlite3
from functools import cached_property

from msgspec import Struct

from jobtide.store.sqlite.search.phrases import quoted

#: Hits of a word that are looked at, and openings among which they are: a tenth of a millisecond
#: for a common word, and a rarer one than this need not be told from one rarer still.
_HITS, _AMONG = 64, 20_000


class Value(Struct, frozen=True):
    """A value that is counted."""

    number: int
    n: int  #: openings that have it


class Statistics:
    """Of one snapshot."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._values: dict[tuple[str, str], Value | None] = {}

    @cached_property
    def total(self) -> int:
        """Return how many openings there are."""
        states = (self.value("is", "open"), self.value("is", "closed"))
        return max(1, sum(one.n for one in states if one is not None))

    def value(self, field: str, value: str) -> Value | None:
        """Return a value, None when no opening ever had it."""
        name = (field, value)
        if name not in self._values:
            found = self._db.execute(
                "SELECT id, n FROM search_value WHERE field = ? AND value = ?", name
            ).fetchone()
            self._values[name] = Value(*found) if found else None
        return self._values[name]

    def word(self, word: str) -> float:
        """Return about how many openings have a word: from how near its newest hits lie."""
        newest = self._db.execute(
            "SELECT count(*), min(rowid) FROM (SELECT rowid FROM search_words"
            " WHERE search_words MATCH ? ORDER BY rowid DESC LIMIT ?)",
            (quoted(word), _HITS),
        ).fetchone()
        hits, oldest = int(newest[0]), newest[1]
        if hits < _HITS:
            return hits
        (among,) = self._db.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search_doc WHERE docid >= ? LIMIT ?)",
            (oldest, _AMONG),
        ).fetchone()
        return self.total * min(1.0, hits / max(1, int(among)))
