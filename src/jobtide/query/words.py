"""
The words that are looked for, and the words that are found: cut the same way on both sides.

A word is a run of letters and digits, folded. Signs part words, save in the names of tools:
"c++", "c#", ".net" and "node.js" are one word each. So "net" does not find ".net", nor "c" "C++".
Scripts without blanks between words (Chinese, Japanese, Thai ...) are cut letter by letter; a
word of several letters is then a phrase, which is how it is found inside a sentence.

Why words and no longer parts of a text: every store must give the same answer, and an index of
words is what makes the answer quick (docs/decisions/0013).
"""

import re
from functools import lru_cache

from msgspec import Struct

from jobtide.model import Posting
from jobtide.text import fold

#: Scripts that put no blank between words: Thai, Lao, Myanmar, Khmer, kana, Han (Unicode blocks).
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_RUN = re.compile(r"[^\W_]+")
#: The signs that belong to a word: node.js, c++, c#, and .net at the beginning of a word or behind
#: the words it is written together with.
_SIGNED = re.compile(
    r"[.+#](?:(?<=[^\W_]\.)js(?![^\W_])|(?<=[^\W_]\+)\+(?!\+)|(?<=[^\W_]#)(?![^\W_#])"
    r"|(?:(?<![^\W_]\.)|(?<=\basp\.)|(?<=\bvb\.)|(?<=\bado\.)|(?<=\bml\.))(?<=\.)net(?![^\W_]))"
)
#: One of these in a text, and the slower pattern above has something to look for.
_SIGNS = (".js", ".net", "++", "#")
#: Control characters stand for the signs of words while all other signs part words.
_TO_MARKS = str.maketrans("+#.", "\x01\x02\x03")
_TO_SIGNS = str.maketrans("\x01\x02\x03", "+#.")
_NO_MARKS = str.maketrans("\x01\x02\x03", "   ")
_PARTED = {code: " " for code in range(128) if not chr(code).isalnum()}
_PARTED_BUT_SIGNS = _PARTED | _TO_SIGNS
_MARKED_RUN = re.compile(r"(?:[^\W_]|[\x01-\x03])+")

#: Characters of a text that are looked at: twice the longest posting we have seen, and a bound on
#: what one hostile posting can cost.
TEXT_CHARACTERS = 40_000
#: A longer word is cut: nobody types it, and some boards put whole files into a text.
WORD_CHARACTERS = 64
#: Stands between two tags or skills, so that no phrase reaches from one into the next. No token
#: of a text can be this.
BARRIER = "="


class Words(Struct, frozen=True, kw_only=True, gc=False):
    """The words of a posting, in order, in the four parts that weigh differently."""

    title: tuple[str, ...]
    company: tuple[str, ...]
    more: tuple[str, ...]  #: skills, tags, the place line
    text: tuple[str, ...]


def cut(text: str) -> tuple[str, ...]:
    """Return the words of `text`, in order.

    >>> cut("C++, C#/.NET & Node.js (ASP.NET) in Zürich_West: back-end, 10+ years.")
    ('c++', 'c#', '.net', 'node.js', 'asp', '.net', 'in', 'zurich', 'west', 'back', 'end', \
'10', 'years')
    >>> cut("東京 dev")
    ('東', '京', 'dev')
    """
    plain = folded(text)
    signed = any(sign in plain for sign in _SIGNS)
    if signed:
        plain = _SIGNED.sub(_marked, plain.translate(_NO_MARKS))
    if plain.isascii():  # nearly all are, and this way is four times as quick
        words = plain.translate(_PARTED_BUT_SIGNS if signed else _PARTED).split()
    elif signed:
        words = [word.translate(_TO_SIGNS) for word in _MARKED_RUN.findall(plain)]
    else:
        words = _RUN.findall(plain)
    if words and len(max(words, key=len)) > WORD_CHARACTERS:
        return tuple(word[:WORD_CHARACTERS] for word in words)
    return tuple(words)


def folded(text: str) -> str:
    """Return `text` without case and accents; signs beyond ASCII are blanks, as between words."""
    if text.isascii():
        return text.lower()
    return _FOREIGN.sub(lambda found: _foreign(found[0]), text).lower()


@lru_cache(maxsize=65_536)
def _foreign(run: str) -> str:
    """Fold letters beyond ASCII: few different runs of them make up most texts."""
    return "".join(map(_letter, fold(run)))


def _letter(letter: str) -> str:
    if not letter.isalnum():
        return letter if letter.isascii() else " "
    return f" {letter} " if _UNSPACED_LETTER.match(letter) else letter


def _marked(found: re.Match[str]) -> str:
    """Return a sign of a word as marks, parted from what begins or ends there."""
    return (
        f" {found[0].translate(_TO_MARKS)}"
        if found[0] == ".net"
        else (f"{found[0].translate(_TO_MARKS)} ")
    )


def words_of(posting: Posting) -> Words:
    """Return the words by which a posting is found."""
    tagged = (*posting.tags, *(label.value for label in posting.skills))
    more: list[str] = []
    for part in (*dict.fromkeys(tagged), posting.location_text or ""):
        found = cut(part[:TEXT_CHARACTERS])
        more += [*([BARRIER] if more and found else []), *found]
    return Words(
        title=title_words(posting),
        company=company_words(posting),
        more=tuple(more),
        text=cut(posting.text[:TEXT_CHARACTERS]),
    )


def title_words(posting: Posting) -> tuple[str, ...]:
    """Return the words of the title alone."""
    return cut(posting.title[:TEXT_CHARACTERS])


def company_words(posting: Posting) -> tuple[str, ...]:
    """Return the words of the employer's name alone."""
    return cut((posting.hiring_organization or "")[:TEXT_CHARACTERS])


def says(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Return whether `wanted` (at least one word) stands in `words`, in a row."""
    first, size = wanted[0], len(wanted)
    if size == 1:
        return first in words
    at = -1
    while True:
        try:
            at = words.index(first, at + 1)
        except ValueError:
            return False
        if words[at : at + size] == wanted:
            return True
