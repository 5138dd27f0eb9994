"""
Find the few sentences of a description that say where the work is and who may apply.

All triggers of both rule files are looked for in one pass over the bytes of the text; only the
sentences around a hit are read with patterns. That pass is shared by the steps that follow one
another on the same text.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import ahocorasick_rs

#: Characters read on each side of a trigger; longer "sentences" are tables and lists of places.
_REACH: Final = 320
#: Where a sentence ends: a full stop before a capital or digit, a line, a bullet.
_END: Final = re.compile(
    rb"(?<![.\s][A-Z])(?<!e\.g)(?<!i\.e)[.!?][\"')\]]*\s+(?=[A-Z0-9\"(\xc3\xe2])|\n|\xe2\x80\xa2"
    rb"|(?<=[a-z)])[.!?](?=[A-Z][a-z])"
)


class Rule(NamedTuple):
    """One row of a rule file."""

    name: str
    topic: str
    value: str
    pattern: re.Pattern[str]
    require: re.Pattern[str] | None
    unless: re.Pattern[str] | None


class Statement(NamedTuple):
    """A sentence that a rule holds for."""

    rule: Rule
    match: re.Match[str]  #: in `sentence`
    sentence: str
    start: int  #: where the sentence begins in the text, in characters


class _Book(NamedTuple):
    search: ahocorasick_rs.BytesAhoCorasick
    owners: tuple[tuple[int, ...], ...]  #: of each trigger, the rules that have it
    rules: tuple[Rule, ...]


@cache
def _book() -> _Book:
    rules: list[Rule] = []
    owners: dict[str, list[int]] = {}
    for name in ("arrangement", "eligibility"):
        raw = files("jobtide.classify.rules").joinpath(f"{name}.toml").read_text("utf-8")
        for row in tomllib.loads(raw)["rule"]:
            for trigger in row["triggers"]:
                owners.setdefault(trigger, []).append(len(rules))
            rules.append(
                Rule(
                    name=row["name"],
                    topic=row.get("topic", name),
                    value=row.get("value", ""),
                    pattern=_compiled(row["pattern"]),
                    require=_compiled(row["require"]) if "require" in row else None,
                    unless=_compiled(row["unless"]) if "unless" in row else None,
                )
            )
    search = ahocorasick_rs.BytesAhoCorasick(
        [trigger.encode() for trigger in owners],
        implementation=ahocorasick_rs.Implementation.DFA,
    )
    return _Book(search, tuple(tuple(which) for which in owners.values()), tuple(rules))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


@lru_cache(maxsize=4)
def statements(text: str) -> tuple[Statement, ...]:
    """Return the statements of a description, in the order of the text."""
    book = _book()
    raw = text.encode("utf-8", "replace")
    hits = book.search.find_matches_as_indexes(raw.lower(), overlapping=True)
    found: list[Statement] = []
    stop = -1
    begin = 0
    wanted: set[int] = set()
    for which, start, end in hits:
        if start >= stop:
            if wanted:
                found += _judge(raw, begin, stop, wanted)
                wanted = set()
            begin, stop = _sentence(raw, start, end)
        wanted.update(book.owners[which])
    if wanted:
        found += _judge(raw, begin, stop, wanted)
    return tuple(found)


def _sentence(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around a hit begins and ends, in bytes."""
    low = max(0, start - _REACH)
    begin = low
    for match in _END.finditer(raw, low, start):
        begin = match.end()
    after = _END.search(raw, end, end + _REACH)
    stop = after.start() if after else min(len(raw), end + _REACH)
    return begin, max(stop, end)


def _judge(raw: bytes, begin: int, stop: int, wanted: set[int]) -> list[Statement]:
    sentence = raw[begin:stop].decode("utf-8", "ignore")
    rules = _book().rules
    found = []
    for at in sorted(wanted):
        rule = rules[at]
        match = rule.pattern.search(sentence)
        if match is None or (rule.require and not rule.require.search(sentence)):
            continue
        if rule.unless and rule.unless.search(sentence):
            continue
        start = len(raw[:begin].decode("utf-8", "ignore"))
        found.append(Statement(rule, match, sentence, start))
    return found


def quoted(statement: Statement) -> tuple[str, int]:
    """Return the sentence as evidence, at most 240 characters of it, and where it begins."""
    sentence = statement.sentence
    first = len(sentence) - len(sentence.lstrip())
    last = len(sentence.rstrip())
    if last - first > 240:
        first = max(first, statement.match.start() - 20)
        last = min(last, first + 240)
    return sentence[first:last].rstrip(), statement.start + first
