"""Find the words of a rule file in a title or text, all at once, whole words only.

A rule file (rules/*.toml) holds tables with `words`; in a word a blank also stands for a hyphen,
an underscore or a no-break space, and "*" at an end says that the word may go on there
("*praktikant*"). Longer words win over the shorter ones they hold, so a phrase that carries
nothing ("chief of staff") silences the word inside it ("staff").
"""

from typing import Any, NamedTuple

import ahocorasick_rs

#: One letter for one letter, so that positions stay those of the text.
_ALIKE = str.maketrans(dict.fromkeys("-‐‑–—_\u00a0\u202f\u2009·", " ") | {"’": "'", "İ": "i"})


class Hit(NamedTuple):
    """A word that was found, and the table of the rule file that holds it."""

    start: int
    end: int
    table: dict[str, Any]


class Phrasebook:
    """The words of several tables, ready to be looked for."""

    def __init__(self, tables: list[dict[str, Any]]) -> None:
        """Take tables with a list `words` each; the first table that holds a word keeps it."""
        owner: dict[str, tuple[dict[str, Any], bool, bool]] = {}
        for table in tables:
            for word in table["words"]:
                owner.setdefault(word.strip("*"), (table, word[0] == "*", word[-1] == "*"))
        self._words = list(owner)
        self._owners = list(owner.values())
        self._search = ahocorasick_rs.AhoCorasick(self._words)

    def find(self, text: str) -> list[Hit]:
        """Return the words found in `text`, in order, none inside another one."""
        plain = alike(text)
        hits: list[Hit] = []
        found = self._search.find_matches_as_indexes(plain, overlapping=True)
        for which, start, end in found:
            table, loose_left, loose_right = self._owners[which]
            if not loose_left and start and plain[start - 1].isalnum() and plain[start].isalnum():
                continue
            if not loose_right and end < len(plain) and plain[end].isalnum():
                continue
            while hits and start <= hits[-1].start:
                hits.pop()  # found earlier because it ends earlier, but this one holds it
            if not hits or start >= hits[-1].end:
                hits.append(Hit(start, end, table))
        return hits


def alike(text: str) -> str:
    """Return `text` in lower case, hyphens and odd blanks as blanks, letter for letter."""
    lower = text.lower().translate(_ALIKE)
    if len(lower) == len(text):
        return lower
    letters = (letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return "".join(letters).translate(_ALIKE)
