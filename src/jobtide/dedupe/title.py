"""What a title says once its decoration is off: the role in words, its places, its numbers."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import DamerauLevenshtein

from jobtide import places
from jobtide.dedupe.company import employer_key
from jobtide.dedupe.spots import Spot, spots_of
from jobtide.dedupe.words import (
    ALONE,
    AROUND_PLACES,
    DECORATION,
    FILLERS,
    GENDER,
    GENDERED_END,
    JOINING,
    LEVELS,
    NO_PLACES,
    SHORT_FORMS,
    SPELLINGS,
)
from jobtide.places.pieces import ANYWHERE
from jobtide.places.regions import WORDS
from jobtide.places.table import meanings, openings
from jobtide.text import fold, tokens

#: Longer titles are bodies that slipped into the field.
LONGEST = 300

#: Where a title's parts meet: brackets, bars, bullets, colons, dashes with a blank beside them.
_PARTS = re.compile(r"[()\[\]{}|•·;:>]|\s[-–—]+|[-–—]+\s|[–—]")
#: "Data Engineer at Lorne", "Lorne: Data Engineer", "Data Engineer | Lorne".
_AT = re.compile(r"\s(?:at|@|bei|chez)\s+([^()|]{2,60})$", re.IGNORECASE)
_COMPANY_PARTS = re.compile(r"\s*[:|]\s+|\s+[-–—]\s+")
_COMMA = re.compile(r"\s*,\s*")
#: "Ref: 4711", "Job ID 23799", "#1234", "R-10", "REQ00123", "JR-0042", or a long number alone.
_NUMBER = re.compile(
    r"(?i:\b(?:job|req(?:uisition)?|vacancy|position|ref(?:erence)?)\.?\s?(?:id|no|nr|number|code)?"
    r"\.?\s?[:#]?\s?\b(?P<named>[a-z]{0,4}[-_]?\d[\w-]{1,14})\b|\bid[ :#]{1,3}(?P<id>\d{3,12})\b)"
    r"|(?P<code>\b(?:R|JR|REQ|Req)[-_]?\d{2,10}\b|\#\s?\d{3,10}\b)"
    r"|(?:^|(?<=[(\[|]))\s*(?P<bare>\d{5,12})\s*(?=$|[)\]|])"
)
#: "$120k - $150k", "€ 60.000 / year": pay that stands in a title.
_MONEY = re.compile(
    r"[$€£]\s?\d[\d.,]*\s?k?(?:\s?[-–]\s?[$€£]?\s?\d[\d.,]*\s?k?)?"
    r"(?:\s?(?:/|per|a|pro)\s?\w+)?",
    re.IGNORECASE,
)
_PENSUM = re.compile(r"\d{1,3}\s*(?:[-–]\s*\d{1,3}\s*)?%\s*")
#: Finds nothing in most titles: one search in place of all of SPELLINGS.
_SPELLED_OTHERWISE = re.compile("|".join(f"(?:{one.pattern})" for one, _ in SPELLINGS))
#: First words of the names of regions and of "anywhere".
_FIRST_WORDS = frozenset(name.partition(" ")[0] for name in (*WORDS, *ANYWHERE))


class Role(Struct, frozen=True, gc=False):
    """A title without its decoration."""

    words: tuple[str, ...]  #: what names the role, in order, each in one spelling
    key: str  #: the same words sorted: "Engineer, Backend" is "Backend Engineer"
    levels: tuple[str, ...] = ()  #: those of the words that set a level, sorted
    spots: tuple[Spot, ...] = ()  #: places the title names
    numbers: tuple[str, ...] = ()  #: numbers of the vacancy


@lru_cache(maxsize=65536)
def role_of(title: str, company: str = "") -> Role:
    """Return what `title` says of the role; a `company` named in it (by its key) is left out.

    >>> role_of("Sr. Back-End Engineer (m/f/d) - Remote, US").words
    ('senior', 'backend', 'engineer')
    >>> role_of("Software Engineer (8+ YOE)").words
    ('software', 'engineer', '8', 'yoe')
    >>> role_of("Lorne: Data Engineer at Lorne Inc.", "lorne").words
    ('data', 'engineer')
    """
    text = unicodedata.normalize("NFKC", title[:LONGEST])
    numbers = [next(filter(None, match.groups())) for match in _NUMBER.finditer(text)]
    text = _without_gender(_MONEY.sub(" ", _NUMBER.sub(" ", text) if numbers else text))
    kept: list[str] = []
    spots: dict[Spot, None] = {}
    if company:
        text = _without_company(text, company)
    for part in _PARTS.split(text):
        left = _without_places(part.strip(" ,/-"), spots)
        if left:
            kept.append(left)
    words = _without_initials(kept) or _words(title[:LONGEST]) or tokens(title)
    return Role(
        words=tuple(words),
        key=" ".join(sorted(words)),
        levels=tuple(sorted(set(words) & LEVELS)),
        spots=tuple(spots),
        numbers=tuple(numbers),
    )


def _without_company(text: str, company: str) -> str:
    """Return the text without parts that only name the employer."""
    end = _AT.search(text)
    if end and employer_key(end[1]) == company:
        text = text[: end.start()]
    pieces = _COMPANY_PARTS.split(text)
    if len(pieces) == 1:
        return text
    return " - ".join(one for one in pieces if not one or employer_key(one) != company) or text


def _without_gender(text: str) -> str:
    """Return the text without marks of gender; case matters for places, so it is kept."""
    folded = fold(text)
    if len(folded) != len(text):  # letters fell apart: positions would be wrong
        text = folded
    for pattern in (GENDER, GENDERED_END):
        for match in reversed(list(pattern.finditer(folded))):
            blank = " " if pattern is GENDER else ""
            text = text[: match.start()] + blank + text[match.end() :]
            folded = folded[: match.start()] + blank + folded[match.end() :]
    return text


def _without_places(part: str, spots: dict[Spot, None]) -> str:
    """Return what is left of a part of a title; note its places."""
    if not part or _decorates(part):
        return ""
    pieces = _COMMA.split(part)
    for at in range(len(pieces)):
        found = _places(", ".join(pieces[at:]))
        if found is not None:
            spots.update(dict.fromkeys(found))
            pieces = pieces[:at]
            break
    return ", ".join(one for one in pieces if not _decorates(one))


def _decorates(part: str) -> bool:
    """Say whether a part of a title says nothing of the role."""
    words = _spelled(_PENSUM.sub(" ", part) if "%" in part else part)
    said = [word for word in words if not (word.isdigit() and len(word) <= 3)]
    if not words:
        return True
    return not DECORATION.isdisjoint(said) and all(
        word in DECORATION or word in FILLERS for word in said
    )


def _places(part: str) -> tuple[Spot, ...] | None:
    """Return the places of a part that names nothing else, else None."""
    words = tokens(part)
    own = [word for word in words if word not in AROUND_PLACES]
    begins = own[0] if own else words[0] if words else ""
    if part in NO_PLACES or part.lower() in NO_PLACES or not _may_begin_place(begins):
        return None
    reading = places.read(part)
    if not (reading.places or reading.anywhere):
        return None
    named = {word for place in reading.places for word in tokens(place.text)}
    if reading.places and any(word not in named for word in own):
        return None
    return spots_of(reading.places)


@lru_cache(maxsize=65536)
def _may_begin_place(word: str) -> bool:
    """Say whether a name of a place may begin with a word: most words of titles may not."""
    if len(word) <= 3:
        return bool(word)  # a code; only the reader can tell
    return bool(meanings(word)) or word in openings() or word in _FIRST_WORDS


@lru_cache(maxsize=16384)
def _spelled(text: str) -> tuple[str, ...]:
    """Return the tokens of a part of a title, in one spelling."""
    folded = fold(text)
    if _SPELLED_OTHERWISE.search(folded):
        for pattern, plain in SPELLINGS:
            folded = pattern.sub(plain, folded)
    return tuple(tokens(folded))


def _words(text: str) -> list[str]:
    """Return the words of a text that name a role, each in one spelling."""
    found: list[str] = []
    for token in _spelled(text):
        if token not in ALONE and token not in JOINING:
            found += SHORT_FORMS.get(token) or (_singular(token),)
    return found


def _singular(word: str) -> str:
    """Return a word without the "s" of many; a rough cut, the same for both titles.

    >>> _singular("operations"), _singular("business"), _singular("analytics")
    ('operation', 'business', 'analytics')
    """
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")):
        return word
    return word[:-1]


def _without_initials(parts: list[str]) -> list[str]:
    """Return the words of all parts; "(SRE)" behind what it stands for is left out."""
    words = [_words(part) for part in parts]
    spelled = [word for part in words for word in part]
    initials = "".join(word[0] for word in spelled)
    found: list[str] = []
    for at, (part, own) in enumerate(zip(parts, words, strict=True)):
        plain = tokens(part)
        if at and len(plain) == 1 and len(plain[0]) > 1 and plain[0].isalpha():
            before = "".join(word[0] for word in found)
            if plain[0] in before and plain[0] in initials:
                continue
            if len(own) > 1 and " ".join(own) in " ".join(found):
                continue
        found += own
    return found


def same_but_for_a_slip(one: Role, other: Role) -> bool:
    """Say whether two roles differ in one word of five letters or more, by one or two letters.

    One in a word that sets a level: no two of those are that near.

    >>> same_but_for_a_slip(role_of("Data Enigneer"), role_of("Data Engineer"))
    True
    """
    if len(one.words) != len(other.words) or len({*one.words} ^ {*other.words}) != 2:
        return False
    here, there = Counter(one.words), Counter(other.words)
    lefts, rights = list((here - there).elements()), list((there - here).elements())
    if len(lefts) != 1 or any(letter.isdigit() for letter in lefts[0] + rights[0]):
        return False
    left, right = lefts[0], rights[0]
    shorter = min(len(left), len(right))
    most = 1 if shorter < 8 or not LEVELS.isdisjoint((left, right)) else 2
    return shorter >= 5 and DamerauLevenshtein.distance(left, right, score_cutoff=most) <= most


def holds(one: Role, other: Role) -> bool:
    """Say whether one title has all words of the other, no level more, and at least two."""
    if len(other.words) < len(one.words):
        one, other = other, one
    return (
        len(one.words) >= 2
        and one.levels == other.levels
        and {*one.words} <= {*other.words}
        and not Counter(one.words) - Counter(other.words)
    )
