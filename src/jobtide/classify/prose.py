"""
Find the few sentences of a description that say where the work is and who may apply.

All triggers of both rule files are looked for in one pass over the bytes of the text; only the
sentences around a hit are read with patterns. That pass is shared by the steps that follow one
another on the same text.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import ahocorasick_rs

from jobtide.places.regions import WORDS
from jobtide.places.table import STATE_NAMES, countries
from jobtide.text import remembered

#: Bytes read before and after a trigger at most; what is longer are tables and lists of places.
_BEFORE: Final = 200
_AFTER: Final = 360
#: What ends a sentence, when a blank and a capital follow: "approx. 40" and "e.g. the" do not.
_STOPS: Final = (b". ", b"! ", b"? ")
_SMALL: Final = frozenset(b"abcdefghijklmnopqrstuvwxyz")
_LETTERS: Final = _SMALL | frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")


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
    match: re.Match[str]  #: in the sentence, in small letters
    sentence: str
    start: int  #: where the sentence begins in the text, in characters

    def words(self) -> dict[str, str]:
        """Return the named groups that matched, as they stand in the sentence."""
        spans = {name: self.match.span(name) for name in self.match.re.groupindex}
        return {name: self.sentence[start:end] for name, (start, end) in spans.items() if end > 0}

    def after(self, name: str) -> str:
        """Return the sentence from the named group on."""
        return self.sentence[self.match.start(name) :]


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
            for trigger in _expanded(row["triggers"]):
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


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Return what stands for "{place}" and "{site}" in a trigger."""
    names = [fact.name.lower() for fact in countries().values()]
    names += [word for word in WORDS if word.isascii()]
    names += ["us", "usa", "u.s.", "u.s.a.", "uk", "u.k.", "the states", "korea", *STATE_NAMES]
    site = "on-site|onsite|on site|in-person|in person|in-office|in office|office-based"
    return {"{place}": tuple(names), "{site}": tuple(site.split("|"))}


def _expanded(triggers: list[str]) -> list[str]:
    """Return the triggers, "{place} only" once for every country, region and state in English."""
    found: list[str] = []
    for trigger in triggers:
        sign = next((sign for sign in _words() if sign in trigger), None)
        found += [trigger.replace(sign, name) for name in _words()[sign]] if sign else [trigger]
    return list(dict.fromkeys(found))


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; it is tried on small letters, twice as fast as ignoring the case."""
    return re.compile(pattern, re.VERBOSE)


@remembered  # two steps read the same statements
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
    low, high = max(0, start - _BEFORE), min(len(raw), end + _AFTER)
    begin = max(low, raw.rfind(b"\n", low, start) + 1)
    stop = raw.find(b"\n", end, high)
    stop = high if stop < 0 else stop
    for mark in _STOPS:
        at = raw.rfind(mark, begin, start)
        while at >= 0:
            if _ends(raw, at):
                begin = max(begin, at + 2)
                break
            at = raw.rfind(mark, begin, at)
        at = raw.find(mark, end, stop)
        while at >= 0:
            if _ends(raw, at):
                stop = at
                break
            at = raw.find(mark, at + 2, stop)
    return begin, stop


def _ends(raw: bytes, at: int) -> bool:
    """Tell a full stop from that of "U.S. ", "e.g. " and "approx. 40"."""
    if at + 2 < len(raw) and raw[at + 2] in _SMALL:
        return False
    return not (at >= 2 and raw[at - 1] in _LETTERS and raw[at - 2] in b" .(")


def _judge(raw: bytes, begin: int, stop: int, wanted: set[int]) -> list[Statement]:
    sentence = raw[begin:stop].decode("utf-8", "ignore")
    small = sentence.lower()
    if len(small) != len(sentence):  # "İ" becomes two letters
        small = sentence
    rules = _book().rules
    found = []
    for at in sorted(wanted):
        rule = rules[at]
        match = rule.pattern.search(small)
        if match is None or (rule.require and not rule.require.search(small)):
            continue
        if rule.unless and rule.unless.search(small):
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
