"""The words of `rules/skills.toml`, made ready for one pass over a text."""

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from jobtide.text import fold

#: Marks that are part of words: "C++", "C#", ".NET", "Node.js", "R&D", "MITRE ATT&CK", "@".
_KEPT = "+#.&@"


def _table() -> bytes:
    """Return one byte for each Latin-1 letter: lower case, no accent; every other mark a blank."""
    plain_letters = []
    for code in range(256):
        letter = fold(chr(code))
        kept = len(letter) == 1 and letter.isascii() and (letter.isalnum() or letter in _KEPT)
        plain_letters.append(ord(letter) if kept else ord(" "))
    return bytes(plain_letters)


_TABLE = _table()


class Word(NamedTuple):
    """One spelling: the skill it names, or the kind of heading it is."""

    skill: str  #: "" for a heading
    kind: str  #: "code" | "tool" | "method" | "asked" | "employer"
    forms: frozenset[str]  #: exact forms of a word that also means something else; empty: certain


class Vocabulary(NamedTuple):
    """The automaton, the words of its patterns, and the same words by spelling."""

    automaton: BytesAhoCorasick
    words: tuple[Word, ...]
    beyond: tuple[int, ...]  #: characters of a pattern behind its word
    spellings: dict[str, Word]
    cues: dict[str, frozenset[str]]  #: "asked", "used": before a word; "after": behind it


def plain(text: str) -> str:
    """Return `text` in lower case, without accents, every mark a blank: letter for letter.

    Letters beyond Latin-1 become blanks too: names of skills are written in Latin letters, and
    this way one pass over bytes does it all.

    >>> plain("CI/CD, Node.js (C++) Führerschein")
    'ci cd  node.js  c++  fuhrerschein'
    """
    return plain_bytes(text).decode("ascii")


def plain_bytes(text: str) -> bytes:
    """Return what `plain` does, as the bytes the automaton reads."""
    return text.encode("latin-1", "replace").translate(_TABLE)


@lru_cache(maxsize=256)  # the tags of a board come again and again
def spelling(text: str) -> str:
    """Return how a word is looked up: plain, one blank between its parts."""
    return " ".join(plain(text).split())


#: Words this short ("c", "r", "go") begin so many others that they are looked for with each mark
#: that may stand behind them: three of four hits were theirs.
_SHORT = 2
_ENDS = (" ", ".", "&", "@")


@cache
def load() -> Vocabulary:
    """Read the vocabulary once: about 2,500 spellings."""
    file = resources.files("jobtide.classify") / "rules" / "skills.toml"
    tables = tomllib.loads(file.read_text("utf-8"))
    found: dict[str, Word] = {}
    for group in tables["group"]:
        for line in group["words"].strip().splitlines():
            _add(found, line, group["kind"])
    for kind, phrases in tables["headings"].items():
        for phrase in map(spelling, phrases.split(",")):
            if phrase:
                found.setdefault(phrase, Word("", kind, frozenset()))
    patterns: list[bytes] = []
    words: list[Word] = []
    beyond: list[int] = []
    for text, word in found.items():
        ends = _ENDS if len(text) <= _SHORT else ("",)
        patterns += [f" {text}{end}".encode() for end in ends]
        words += [word] * len(ends)
        beyond += map(len, ends)
    automaton = BytesAhoCorasick(patterns, implementation=Implementation.DFA)
    cues = {
        name: frozenset(filter(None, map(spelling, phrases.split(","))))
        for name, phrases in tables["cues"].items()
    }
    return Vocabulary(automaton, tuple(words), tuple(beyond), found, cues)


def _add(found: dict[str, Word], line: str, kind: str) -> None:
    """Read one line: `name [Form]: other spelling, other spelling`."""
    head, _, others = line.partition(":")
    name, bracket, forms = head.partition("[")
    skill = name.strip()
    exact = frozenset(form.strip() for form in forms.rstrip("] ").split(",") if bracket)
    found[spelling(skill)] = Word(skill, kind, frozenset())
    for form in exact:
        found[spelling(form)] = Word(skill, kind, exact)
    for other in others.split(","):
        if spelling(other):
            found.setdefault(spelling(other), Word(skill, kind, frozenset()))


@cache
def by_spelling() -> dict[str, str]:
    """Return every spelling, in lower case, with the skill it names: "golang" -> "go"."""
    return {text: word.skill for text, word in load().spellings.items() if word.skill} | {
        word.skill: word.skill for word in load().words if word.skill
    }
