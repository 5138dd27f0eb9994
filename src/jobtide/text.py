"""Words and letters, with no domain in them: fold, squeeze, tokens, shingles, phrase books."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import ahocorasick_rs
import xxhash

_P = ParamSpec("_P")
_T = TypeVar("_T")

_TOKEN = re.compile(r"[^\W_]+")

#: Byte-order marks, longest first (Unicode Standard, 23.8).
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
#: The encodings a page may be in besides UTF-8 (https://encoding.spec.whatwg.org, labels).
_ENCODINGS = re.compile(
    r"(?:iso-?8859-(?:[2-9]|1[0-6])|latin-?[2-9]|windows-?\d{3,4}|cp\d{3,4}|koi8-[ru]|macintosh|big5"
    r"|gb2312|gbk|gb18030|euc-(?:jp|kr)|shift[_-]jis|tis-620)",
    re.IGNORECASE,
)
_NOT_ASCII = bytes(range(128, 256))


def decoded(body: bytes, declared: tuple[str | None, ...] = ()) -> str:
    r"""Return the text of `body`, whatever the encodings that were declared for it.

    A byte-order mark is believed first, then UTF-8 where the bytes are UTF-8 (other text hardly
    ever is, so a wrong declaration costs nothing), then what is declared, then Windows-1252, which
    is also what pages mean by Latin-1 (https://encoding.spec.whatwg.org). Never raises.

    >>> decoded(b"it\x92s", ("utf-8",)), decoded("Zürich".encode(), ("iso-8859-1",))
    ('it’s', 'Zürich')
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    ascii_letters = len(body.translate(None, _NOT_ASCII))
    if broken * 2 <= len(text) - ascii_letters - broken:  # UTF-8 with a few bytes lost on the way
        return text
    for name in declared:
        if name and _ENCODINGS.fullmatch(name):
            try:
                return body.decode(name)
            except (ValueError, LookupError):
                continue
    return body.decode("cp1252", "replace")


def squeeze(text: str) -> str:
    r"""Return `text` with every run of white space as one blank, and none at the ends.

    >>> squeeze("  Senior\u00a0 Engineer ")
    'Senior Engineer'
    """
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return `text` for comparing: no case, no accents, compatibility forms resolved.

    >>> fold("Zürich Straße ﬁx")
    'zurich strasse fix'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """Return the folded words of `text`, in order; digits count, punctuation does not.

    >>> tokens("Senior Back-End Engineer (m/f/d)")
    ['senior', 'back', 'end', 'engineer', 'm', 'f', 'd']
    """
    return _TOKEN.findall(fold(text))


def holds(text: str, words: str) -> bool:
    """Return whether `text` holds `words`, whole and in a row, whatever their case and accents.

    >>> holds("Austin, TX", "us"), holds("Remote - US", "us"), holds("x", " ")
    (False, True, False)
    """
    return f" {' '.join(tokens(words))} " in f" {' '.join(tokens(text))} "


def shingles(words: list[str], size: int = 3) -> set[str]:
    """Return every run of `size` words; a shorter list gives one run.

    >>> sorted(shingles(["a", "b", "c", "d"]))
    ['a b c', 'b c d']
    """
    if len(words) <= size:
        return {" ".join(words)} if words else set()
    return {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)}


#: Texts whose readings are remembered: a board read again, or the copies of an aggregator, come
#: within some 150 postings of each other. More found no more repetitions in the benchmark.
REMEMBERED = 256
#: Longest text that is remembered, in characters: 99 of 100 descriptions. It bounds the memory:
#: usually 7 MB for all that is remembered of descriptions, at most 60 MB.
_LONGEST_REMEMBERED = 16 * 1024


def remembered(
    function: Callable[Concatenate[str, _P], _T],
) -> Callable[Concatenate[str, _P], _T]:
    """Remember what a pure function made of the last `REMEMBERED` texts.

    Boards serve the same descriptions again and again, aggregators those of boards. The other
    arguments must be hashable, the result must not be changed by who gets it.
    """
    known = lru_cache(maxsize=REMEMBERED)(function)

    @wraps(function)
    def recalled(text: str, /, *args: _P.args, **rest: _P.kwargs) -> _T:
        if len(text) > _LONGEST_REMEMBERED:
            return function(text, *args, **rest)
        return known(text, *args, **rest)  # type: ignore[arg-type]  # hashable: see above

    return recalled


def stable_hash(text: str) -> int:
    """Return 64 bits that are the same in every process: Python salts `hash(str)`."""
    return xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"))


#: Legal forms at the end of a company's name, folded and without dots. Source: ISO 20275 "Entity
#: legal forms" (https://www.gleif.org/en/about-lei/code-lists), the common ones.
LEGAL_FORMS = (
    *"""
    inc incorporated corp corporation co company ltd limited llc llp lp plc pllc pbc gmbh ggmbh
    mbh ag kg kgaa ohg gbr ug ek ev eg se sa sas sasu sarl snc scop srl srls spa sro spol as ab
    asa oy oyj aps bv nv vof cvba bvba sprl sl slu sau slp lda ltda eireli sc sab cv sapi doo dd
    ad ood eood ead kft zrt nyrt bt spzoo spj spk uab sia ou ehf hf pty pte pvt private bhd
    sdn kk gk yk tbk jsc pjsc ooo zao oao pao tov
    """.split(),
    "s a", "s l", "s r l", "l l c", "b v", "n v", "a s", "e v", "s r o", "k k", "p l c",
    "sp z oo", "sp z o o", "społka z oo", "społka z o o", "sa de cv", "s a de cv", "s de rl de cv",
)  # fmt: skip
_LEGAL_END = re.compile(f"(?: (?:{'|'.join(LEGAL_FORMS)}))+$")


def company_key(name: str) -> str:
    """Return what two spellings of one company's name share: no legal form, case or punctuation.

    >>> {company_key(name) for name in ("Lorne", "Lorne, Inc.", "LORNE  LTD", "Lorne S.A.")}
    {'lorne'}
    >>> company_key("Pell & Co. s.r.o.")
    'pell'
    """
    words = tokens(name.replace(".", "").replace("/", "")) or tokens(name)
    kept = [word for word in words if word != "and"] or words
    return _LEGAL_END.sub("", " ".join(kept)).replace(" ", "") or squeeze(fold(name))


#: What reads alike; one letter for one letter, so that positions stay those of the text.
_ALIKE = (*((mark, " ") for mark in "-‐‑–—_\u00a0\u202f\u2009·"), ("’", "'"))


#: How far a word may go on where a rule says so: keeps the work linear on text without blanks.
_LONGEST_WORD = 40


class Hit(NamedTuple):
    """A word of a `Phrasebook` that was found, and the table that holds it."""

    start: int
    end: int
    table: dict[str, Any]


class Phrasebook:
    """The words of several tables of rules, ready to be looked for, whole words only.

    In a word a blank also stands for a hyphen, an underscore or a no-break space, and "*" at an
    end says that the word may go on there ("*praktikant*"). Longer words win over the shorter
    ones they hold, so a phrase that means something else silences the word inside it.
    """

    def __init__(self, tables: list[dict[str, Any]]) -> None:
        """Take tables with a list `words` each; the first table that holds a word keeps it."""
        owner: dict[str, tuple[dict[str, Any], bool, bool]] = {}
        for table in tables:
            for word in table["words"]:
                key = alike(word.strip("*"))
                kept, left, right = owner.get(key, (table, False, False))
                if kept is table:
                    owner[key] = (table, left or word[0] == "*", right or word[-1] == "*")
        self._words = list(owner)
        self._owners = list(owner.values())
        self._search = ahocorasick_rs.AhoCorasick(
            self._words, implementation=ahocorasick_rs.Implementation.DFA
        )

    @cached_property
    def _coarse(self) -> tuple[ahocorasick_rs.BytesAhoCorasick, list[list[int]]]:
        """Return what finds the words in `coarse` text, and which words each pattern may be."""
        which: dict[bytes, list[int]] = {}
        for at, word in enumerate(self._words):
            which.setdefault(coarse(word), []).append(at)
        search = ahocorasick_rs.BytesAhoCorasick(
            list(which), implementation=ahocorasick_rs.Implementation.DFA
        )
        return search, list(which.values())

    def _found(self, text: str) -> Iterable[tuple[int, int, int]]:
        """Yield every word that stands in `text`, whole or not: which, from where, to where."""
        if len(text) < _LONG:
            yield from self._search.find_matches_as_indexes(alike(text), overlapping=True)
            return
        search, which = self._coarse
        for pattern, start, end in search.find_matches_as_indexes(coarse(text), overlapping=True):
            words = alike(text[start:end])
            yield from ((at, start, end) for at in which[pattern] if self._words[at] == words)

    def find(self, text: str) -> list[Hit]:
        """Return the words found in `text`, in order, none inside another one."""
        hits: list[Hit] = []
        for which, start, end in self._found(text):
            table, loose_left, loose_right = self._owners[which]
            if not loose_left and start and text[start - 1].isalnum() and text[start].isalnum():
                continue
            stop = max(0, start - _LONGEST_WORD) if loose_left else start
            while start > stop and text[start - 1].isalnum():
                start -= 1
            if end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
                if not loose_right:
                    continue
                stop = min(len(text), end + _LONGEST_WORD)
                while end < stop and text[end].isalnum():
                    end += 1
            while hits and start <= hits[-1].start:
                hits.pop()  # found earlier because it ends earlier, but this one holds it
            if not hits or start >= hits[-1].end:
                hits.append(Hit(start, end, table))
        return hits


#: Texts of this many characters are searched as `coarse` bytes: that takes half the time.
_LONG = 200


def coarse(text: str) -> bytes:
    r"""Return one byte for each letter of `text`: what is `alike` is the same, and some more is.

    >>> coarse("Full–Time, żółw")
    b'full time,  \xf3 w'
    """
    return text.encode("latin-1", "replace").translate(_COARSE)


def alike(text: str) -> str:
    """Return `text` in lower case, hyphens and odd blanks as blanks, letter for letter.

    >>> alike("Full-Time")
    'full time'
    """
    lower = text.lower()
    if len(lower) != len(text):  # "İ" becomes two letters
        lower = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    for mark, plain in _ALIKE:
        if mark in lower:
            lower = lower.replace(mark, plain)
    return lower


def _coarse_table() -> bytes:
    """Return the small letter of each of Latin-1; a blank for marks that may read alike.

    The question mark is among them: it stands for all beyond Latin-1.
    """
    letters = (alike(chr(code)) for code in range(256))
    return bytes(
        ord(" ") if letter in "'?" or ord(letter) > 255 else ord(letter) for letter in letters
    )


_COARSE = _coarse_table()
