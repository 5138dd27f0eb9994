"""Every mention of a skill in a text; a doubtful word only where its company makes it one."""

import re
from itertools import pairwise
from typing import NamedTuple

from jobtide.classify.skills.vocabulary import Word, load, plain_bytes

#: Words that may stand between two entries of a list, once the marks are gone.
_JOINING = frozenset(
    "and or with und oder mit et ou avec y o e ou con com en of och i lub ed & +".split()
)
#: The longest gap between two entries of a list, in characters.
_GAP = 14
_BEFORE = 48  #: characters looked at before a doubtful word
_AFTER = 24  #: and after it
_CUE_WORDS = 3  #: the longest cue
_ENDS = frozenset(",;/|)\n•·]:&+")  #: what ends an entry of a list
_TRADE = re.compile(
    r"develop|engineer|program|software|entwickl|desenvolv|d[eé]velop|desarroll|ontwikkel|sviluppa"
    r"|utveckl|architect|\bdev\b|full.?stack|back.?end|front.?end|разработ|инженер"
)


#: Bytes behind a word that make it a longer one; a dot does so before a letter.
_GOING_ON = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789+#")
_DOT = ord(".")


class Mention(NamedTuple):
    """A skill named at a place of a text."""

    skill: str
    start: int
    end: int
    words: str  #: as they stand there
    section: str  #: "asked", "employer", or "" for neither
    asked: bool  #: the title or the words beside it say that the applicant needs it


class _Candidate(NamedTuple):
    word: Word
    start: int
    end: int
    section: str
    certain: bool


def mentions(text: str, field: str, *, technical: bool = True) -> tuple[Mention, ...]:
    """Return the mentions of skills in `text`, in order.

    In a title a doubtful word counts beside the name of a technical trade; in a text it counts in
    a list of skills or beside words like "experience with".
    """
    raw = b" %b " % plain_bytes(text)
    line = raw.decode("ascii")
    found = _candidates(text, raw, line)
    if not found:
        return ()
    in_trade = field == "title" and _TRADE.search(line) is not None
    cues = [not one.certain and _may_cue(one, field) and _cue(line, one) for one in found]
    sure = [one.certain or in_trade or bool(cue) for one, cue in zip(found, cues, strict=True)]
    if not all(sure):
        _spread(text, line, found, sure)
    kept: list[Mention] = []
    for one, is_sure in zip(found, sure, strict=True):
        if is_sure:
            asked = in_trade
            if not asked and not technical and one.word.kind == "code":
                asked = _cue(line, one) == "asked"
            words = text[one.start - 1 : one.end - 1]
            kept.append(
                Mention(one.word.skill, one.start - 1, one.end - 1, words, one.section, asked)
            )
    return tuple(kept)


def _candidates(text: str, raw: bytes, line: str) -> list[_Candidate]:
    """Find every spelling that ends where a word ends, the longest where several begin."""
    automaton, words, beyond = load()[:3]
    found: list[_Candidate] = []
    section = ""
    for which, begin, end in automaton.find_matches_as_indexes(raw, overlapping=True):
        end -= beyond[which]
        after = raw[end]
        if after in _GOING_ON or (after == _DOT and _goes_on(line, end)):
            continue
        word, start = words[which], begin + 1
        if not word.skill:
            if _is_heading(text, start - 1, end - 1):
                section = word.kind
            continue
        if word.forms and text[start - 1 : end - 1] not in word.forms:
            continue
        while found and found[-1].start >= start:
            found.pop()  # found earlier because it ends earlier, but this one holds it
        if not found or start >= found[-1].end:
            found.append(_Candidate(word, start, end, section, not word.forms))
    return found


def _goes_on(line: str, end: int) -> bool:
    """Tell whether a dot belongs to the word: "node.js", but not the end of a sentence."""
    return end + 1 < len(line) and line[end + 1].isalnum()


def _is_heading(text: str, start: int, end: int) -> bool:
    """Tell whether words stand by themselves on a line, or at its beginning before a colon."""
    before = text[max(0, start - 4) : start].rstrip(" *#•-")
    after = text[end : end + 3].lstrip(" *")
    return (not before or before[-1] == "\n") and (not after or after[0] in "\n:")


def _may_cue(one: _Candidate, field: str) -> bool:
    """In a title a lone letter is a grade or a shift, whatever stands beside it."""
    return field != "title" or one.end - one.start > 1


def _cue(line: str, one: _Candidate) -> str:
    """Return "asked" or "used" when the words beside say that it is a skill; else ""."""
    cues = load().cues
    before = line[max(0, one.start - _BEFORE) : one.start].rsplit(None, _CUE_WORDS)
    if len(before) > _CUE_WORDS:
        del before[0]  # all that stands farther away
    phrases = [" ".join(before[at:]) for at in range(len(before))]
    if any(phrase in cues["asked"] for phrase in phrases):
        return "asked"
    after = line[one.end : one.end + _AFTER].split(maxsplit=1)
    if after and after[0].rstrip(".") in cues["after"]:
        return "used"
    return "used" if any(phrase in cues["used"] for phrase in phrases) else ""


def _spread(text: str, line: str, found: list[_Candidate], sure: list[bool]) -> None:
    """Let certainty pass along lists: what stands in a list of skills is one."""
    linked = [_is_list(line[left.end : right.start]) for left, right in pairwise(found)]
    for at, together in enumerate(linked):  # two doubtful words side by side vouch for each other
        alike = found[at].word.kind == found[at + 1].word.kind
        if together and alike and not (sure[at] or sure[at + 1]):
            sure[at] = sure[at + 1] = _ends_entry(text, line, found[at + 1])
    for at, together in enumerate(linked):
        if together and sure[at] and not sure[at + 1]:
            sure[at + 1] = _ends_entry(text, line, found[at + 1])
    for at in range(len(linked) - 1, -1, -1):
        if linked[at] and sure[at + 1]:
            sure[at] = True


def _is_list(between: str) -> bool:
    return len(between) <= _GAP and all(word in _JOINING for word in between.split())


def _ends_entry(text: str, line: str, one: _Candidate) -> bool:
    """Tell whether an entry of a list ends behind a word: "Go, Rust", but not "Go the ..."."""
    rest = text[one.end - 1 : one.end + 3].lstrip(" ")
    if not rest or rest[0] in _ENDS or rest[0] == ".":
        return True
    after = line[one.end : one.end + _AFTER].split(maxsplit=1)
    return bool(after) and after[0] in _JOINING
