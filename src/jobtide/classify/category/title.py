"""A title taken apart: words, segments, and what each known word means."""

import re
import unicodedata
from typing import NamedTuple

from jobtide.classify.category.words import Entry, load
from jobtide.text import fold

_PIECE = re.compile(r"c\+\+|[cf]#(?!\w)|\.net\b|[^\W_]+|[^\w\s]", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])")
_LONG = re.compile(r"\w{12,}")
#: Some Brazilian boards lose every blank ("Coordenadordesuporte"): known first words, set apart.
_GLUED = re.compile(
    r"^(analista|desenvolvedora?|engenheir[oa]|coordenadora?|gerente|t[eé]cnic[oa]|professora?"
    r"|assistente|auxiliar|especialista|consultora?|supervisora?|arquitet[oa]|cientista"
    r"|administradora?|diretora?|l[ií]der|est[aá]gio|estagi[aá]ri[oa]|programadora?)"
    r"(de|da|do|em)(?=\w{3})",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"(?<=\w{5})(de|da|do|em)$", re.IGNORECASE)
#: Endings that write both genders: "Executivo(a)", "Referent*in", "Modérateur(trice)".
_GENDERS = re.compile(
    r"(?<=\w)(?:\((?:/?a|o|as|os|e|es|ne|se|euse|trice|rice|in|innen|r|n|ka)\)"
    r"|[/*:_·•.](?:a|o|as|os|e|es|in|innen|r|n|euse|trice|rice|ka|frau|mann)\b)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[/(*:_·•.\d]")  #: a title without any of these has no such ending or pay
#: Pay in a title: "$85/hr" is no human resources.
_PAY = re.compile(
    r"(?:/\s?|\d\s?)(?:hrs?|hours?|h|yr|year|mo|month|wk|week|stunde|std)\b", re.IGNORECASE
)
_BREAKS = frozenset('|,;()[]{}•·@–—<>=!?"“”„«»…►→★')
_LONGEST_TITLE = 300  #: characters read; a longer "title" is a description
#: Words after which the product, the place or the customer is named, not the trade.
CONNECTORS = frozenset(
    "of for at with in to from within on by as für fur bei im mit am zur zum in vom"
    " pour chez avec au aux para con por com na no nas nos op voor bij met aan te till hos med"
    " dla przy w do presso per via using".split()
)


class Word(NamedTuple):
    """One word of a title as it is compared, and where it stands."""

    text: str
    start: int
    end: int
    segment: int


class Match(NamedTuple):
    """A known phrase: words `first` to `last` of the title."""

    first: int
    last: int
    entry: Entry
    size: int  #: characters of the pattern


class Title(NamedTuple):
    """A title with its words and known phrases, in order."""

    text: str
    words: list[Word]
    subjects: list[Match]  #: roles and fields
    heads: list[Match]

    def evidence(self, match: Match) -> tuple[str, int]:
        """Return the words of a match as they stand in the title, and where."""
        start = self.words[match.first].start
        return self.text[start : self.words[match.last].end], start


def unglue(text: str) -> str:
    """Return `text` with the blanks some boards drop: "AnalistadeSuporte" in three words."""
    long = _LONG.search(text)
    if not long or not (_CAMEL.search(long.group()) or _GLUED.match(long.group())):
        return text
    return cut(text)


def cut(text: str) -> str:
    """Return `text` cut at capital letters and at known first words: "DBAOracle" in two words."""
    words = [
        _GLUED.sub(r"\1 \2 ", _PARTICLE.sub(r" \1", piece))
        for piece in _CAMEL.sub(" ", text).replace("-", " - ").split()
    ]
    return " ".join(words)


def _blank(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())


def _words(text: str) -> list[Word]:
    """Cut a title into words, and into segments where its punctuation cuts it."""
    words: list[Word] = []
    segment = 0
    size = len(text)
    plain = text.isascii()
    for found in _PIECE.finditer(text):
        piece = found[0]
        if piece[0].isalnum() or len(piece) > 1:
            start, end = found.span()
            folded = piece.lower() if plain else fold(piece)
            if folded == "s" and start and text[start - 1] in "'’":
                continue
            words.append(Word(folded, start, end, segment))
        elif piece in "&+":
            words.append(Word("and", found.start(), found.end(), segment))
        elif piece == "/":
            words.append(Word("/", found.start(), found.end(), segment))
        elif piece in _BREAKS:
            segment += 1
        elif piece in "-:.*":
            start, end = found.span()
            if (start and text[start - 1].isspace()) or end >= size or text[end].isspace():
                segment += 1
    return words


def read(text: str) -> Title:
    """Take a title apart; any string will do."""
    text = text[:_LONGEST_TITLE]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    shown = text
    if _SIGNS.search(text):
        text = _PAY.sub(_blank, _GENDERS.sub(_blank, text))
    words = _words(text)
    if not words:
        return Title(shown, words, [], [])
    line, owner = _line(words)
    found: dict[tuple[int, int], list[Match]] = {}
    automaton, entries = load()
    for number, begin, end in automaton.find_matches_as_indexes(line, overlapping=True):
        entry = entries[number]
        first = owner[begin + entry.left]
        last = owner[end - 1 - entry.right]
        match = Match(first, last, entry, len(entry.text))
        known = found.get((first, last))
        if known is None:
            found[first, last] = [match]
        else:
            known.append(match)
    return Title(shown, words, *_keep(found))


def _line(words: list[Word]) -> tuple[str, list[int]]:
    """Return the words as one line to search, and which word each character belongs to."""
    parts = [""]
    owner = [0]
    segment = words[0].segment
    for index, (word, _, _, its_segment) in enumerate(words):
        if its_segment != segment:
            parts.append("|")
            owner += (index, index)
            segment = its_segment
        parts.append(word)
        owner += [index] * (len(word) + 1)
    return " ".join(parts) + " ", owner


def _keep(found: dict[tuple[int, int], list[Match]]) -> tuple[list[Match], list[Match]]:
    """Keep the longest phrases; a compound word may be subject and head at once."""
    subjects: list[Match] = []
    heads: list[Match] = []
    spans = sorted(found, key=lambda span: (span[0], -span[1]))
    reached = -1  # the last word held by the spans so far: a span that ends there lies inside one
    for span in spans:
        if span[1] <= reached:
            continue
        reached = span[1]
        matches = found[span]
        best: dict[bool, Match] = {}
        if any(match.entry.group.kind == "noise" for match in matches):
            continue
        for match in matches:
            is_head = match.entry.group.kind == "head"
            known = best.get(is_head)
            if known is None or (match.size, -match.entry.group.rank) > (
                known.size,
                -known.entry.group.rank,
            ):
                best[is_head] = match
        if False in best:
            subjects.append(best[False])
        if True in best:
            heads.append(best[True])
    return subjects, heads
