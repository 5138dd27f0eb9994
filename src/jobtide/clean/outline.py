"""
The short way for a description that is tidy, as nineteen of twenty are: no parser is needed.

The tags are read as one letter each, the texts between them laid aside. On this outline, a
twentieth as long as the HTML, the rules of `markup` are cheap: a paragraph is ended where a parser
would end it; empty elements and needless breaks go; and a grammar tells whether the rest is
balanced and of allowed elements alone. Then HTML and plain text are written from the outline: of
the tags listed here, of links that hold an address and nothing else, and of escaped texts. Nothing
of the source passes that was not read, so this is as safe as the parser, and it gives the same.
"""

import html
import re
from functools import cache, lru_cache
from typing import NamedTuple

from jobtide.clean.markup import LINK_REL
from jobtide.clean.plain import in_lines, without_tags
from jobtide.clean.rewriting import COMMENT, TAG, renamed

#: The letter of each element; that of its end is the capital. "t" is a text.
_LETTERS = {
    "p": "p", "li": "l", "ul": "u", "ol": "o", "h3": "w", "h4": "x", "h5": "y", "h6": "z",
    "blockquote": "q", "strong": "s", "b": "b", "em": "e", "i": "i", "code": "c", "a": "a",
}  # fmt: skip
_WRITTEN = {
    **{letter: f"<{name}>" for name, letter in _LETTERS.items()},
    **{letter.upper(): f"</{name}>" for name, letter in _LETTERS.items()},
    "n": "<br>",
    "_": " ",
}
#: What `renamed` makes of a tag, as a letter; "" is a wrapper.
_READ = {tag: letter for letter, tag in _WRITTEN.items()} | {"</br>": "n", "": ""}
_IMAGE, _UNKNOWN = "k", "!"

#: Tags that stand together, with the blanks between them and the one behind them.
_RUN = re.compile("(<(?:[^<>]*+>(?: ?<[^<>]*+>)*+ ?)?)")
_PART = re.compile("<([^<>]*+)>| ")
#: An address that any parser of addresses takes as it is.
_ADDRESS = re.compile(
    r"(?:https?://(?:(?!xn--)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,12}"
    r"(?::\d{2,4})?(?:[/?#][!#-%'-;=?-Z_a-z~]*(?:&(?:amp;|(?=\w+=))[!#-%'-;=?-Z_a-z~]*)*)?"
    r"|mailto:[\w.+-]+@[\w.-]+)",
    re.ASCII,
)
_BARE_AND = re.compile("&(?!amp;)")
#: References that end with ";" in all of HTML, and a "&" that begins none.
_REFERENCE = re.compile(
    r"&(?:(?:amp|[lg]t|quot|apos|#39|#x2[1-9a-fA-F]|[lr][sd]quo|[nm]dash|bull|hellip|middot|euro|pound"
    r"|[a-zA-Z](?:acute|grave|circ|uml|tilde|cedil)|szlig);|(?![#a-zA-Z]|\Z))"
)


class Tidied(NamedTuple):
    """A description as clean HTML and as plain text."""

    html: str
    text: str
    images: bool  #: whether the source may hold an image


def tidied(source: str) -> Tidied | None:
    """Return a description in clean HTML and plain text; None when a parser must read it.

    The HTML is what `markup.sanitise` makes of `source`, the text what `plain.plain_text` makes of
    that.
    """
    pieces = _RUN.split(_blanks(source))
    texts, runs = pieces[::2], pieces[1::2]
    read = {run: _remembered(run) if len(run) <= _LONGEST else _read(run) for run in set(runs)}
    pieces[1::2] = [read[run].letters for run in runs]
    pieces[::2] = ["t_" if one[-1:] == " " else "t" if one else "" for one in texts]
    outline = "".join(pieces)
    texts = [one[:-1] if one[-1:] == " " else one for one in texts if one]
    settled = _settled(outline)
    if settled is None:
        return None
    escaped = texts.copy()
    for at, one in enumerate(texts):
        if "&" in one or ">" in one:
            if "&" in _REFERENCE.sub("", one):
                return None
            texts[at] = html.unescape(one)
            escaped[at] = html.escape(texts[at], quote=False)
    links = [link for run in runs for link in read[run].links] if "a" in settled else []
    return Tidied(*_written(settled, texts, escaped, links), _IMAGE in outline)


def _blanks(source: str) -> str:
    """Return `source` with white space as single blanks, none at its ends."""
    for mark in ("&nbsp;", "\xa0", "\n", "\t", "\r"):
        source = source.replace(mark, " ")
    while "  " in source:
        source = source.replace("  ", " ")
    return source.strip(" ")


class _Run(NamedTuple):
    letters: str
    links: tuple[str, ...]


#: Longest run of tags that is remembered, in characters. Boards write the same few all the time:
#: a text has 39 runs, 12 different ones, one of which is new.
_LONGEST = 600


def _read(run: str) -> _Run:
    """Return the letters of tags that stand together, and the addresses of links among them."""
    if run == "<":
        return _Run(_UNKNOWN, ())
    letters: list[str] = []
    links: list[str] = []
    for part in _PART.finditer(run):
        letter, link = _read_tag(part[1]) if part[1] is not None else ("_", ())
        letters.append(letter)
        links += link
    return _Run(_squeezed("".join(letters)), tuple(links))


_remembered = lru_cache(maxsize=4096)(_read)


def _read_tag(inside: str) -> tuple[str, tuple[str, ...]]:
    """Return the letter of a tag, and its address when it is a link."""
    tag = TAG.fullmatch(f"<{inside}>")
    if tag is None:
        return "" if COMMENT.fullmatch(f"<{inside}>") else _UNKNOWN, ()
    written = renamed(tag)
    if written.startswith("<a "):
        address = written[9:-2].replace("&#x2F;", "/")
        if not _ADDRESS.fullmatch(address):
            return _UNKNOWN, ()
        return "a", (_BARE_AND.sub("&amp;", address),)
    if tag[2].lower() == "img":
        return _IMAGE, ()
    return _READ.get(written, _UNKNOWN), ()


def _squeezed(outline: str) -> str:
    while "__" in outline:
        outline = outline.replace("__", "_")
    return outline


#: Longer outlines are made to be slow: the longest recorded has 2,600 letters.
_LONGEST_OUTLINE = 16 * 1024
#: Rounds in which what stands inside another is taken away.
_ROUNDS = 8
#: Blocks that a description may begin with; with anything else a paragraph begins.
_FIRST = "puowxyzql"
#: A paragraph as far as a parser has it: to its end, or to the block that ends it; or a lone end.
_PARAGRAPH = re.compile("p([^PpuolwxyzqLUOQ]*+)P?|P")
#: An item that the next one ends, or the end of its list.
_ITEM = re.compile("l([^lLuUoO]*+)(?=[lUO])")
_LINK = re.compile("(a[^A]*+A)|A")
_NO_BLOCK = re.compile("[^lLuUoOqQ]++")
_PAIR = re.compile("lL|uU|oO|qQ")
_EMPTY = re.compile("([a-mo-su-z])[_n]*+([A-Z])")
#: The needless breaks of `markup`.
_NEEDLESS = re.compile("n(?:(?:(?<=nnn)|(?<=pn)|(?<=[luowxyz]n))n*+|n*+(?=[PLWXYZQ]))")


def _settled(outline: str) -> str | None:
    """Return an outline in the normal form of `markup`; None when that cannot be told here."""
    if _UNKNOWN in outline or len(outline) > _LONGEST_OUTLINE:
        return None
    outline = _squeezed(outline.replace(_IMAGE, "")).strip("_")
    if outline[:1] not in _FIRST:
        outline = f"p{outline}"
    if outline.count("A") > outline.count("a"):
        outline = _LINK.sub(r"\1", outline)
    outline = _squeezed(_PARAGRAPH.sub(_ended, outline)).strip("_")
    outline = outline.removeprefix("pP").removeprefix("p_P")
    if outline.count("l") != outline.count("L"):
        outline = _ITEM.sub(r"l\1L", outline)
        outline += _missing_ends(outline)
    outline = _normal(outline)
    return outline if _is_settled(outline) else None


def _ended(match: re.Match[str]) -> str:
    """Return a paragraph with its end; nothing for an end alone, which is an empty paragraph."""
    return "" if match[1] is None else f"p{match[1]}P"


def _missing_ends(outline: str) -> str:
    """Return the ends of the lists that a text cut off left open."""
    opened = _NO_BLOCK.sub("", outline)
    for _ in range(_ROUNDS):
        opened = _PAIR.sub("", opened)
    return opened[::-1].upper() if opened.islower() else ""


def _normal(outline: str) -> str:
    """Return an outline without what is empty, needless breaks, and blanks beside breaks."""
    for _ in range(_ROUNDS):
        shorter = _EMPTY.sub(_emptied, outline)
        if shorter == outline:
            break
        outline = _squeezed(shorter)
    if "n" in outline:
        outline = _NEEDLESS.sub("", outline.replace("n_", "n").replace("_n", "n"))
    return outline.strip("_")


def _emptied(match: re.Match[str]) -> str:
    """Return nothing for an empty element; a link's address is laid aside, so a link stays."""
    return "" if match[1] == match[2].lower() != "a" else match[0]


#: What stands in one line: as in `markup`, at most two breaks, none beside a blank or an end.
_LINE = "[t_]*+(?:(?<!_)nn?(?![_nPLWXYZQ])[t_]*+)*+"
_FULL = "(?!_?[A-Z]|_?n)"
_APART = "(?:_|nn?(?![_n]))?"
_INLINE = re.compile("|".join(f"{one}(?![_n]*+[A-Z]){_LINE}{one.upper()}" for one in "sbeica"))
_NESTED_LINK = re.compile("a[^A]*a")
#: Depth of inline elements and of lists that is read here; people use two.
_DEPTH = 2


@cache
def _grammar() -> re.Pattern[str]:
    """Return the pattern of an outline without inline elements that reads the same when reread."""
    leaf = "|".join(f"{one}{_FULL}{_LINE}{one.upper()}" for one in "pwxyz")
    inside = leaf
    for _ in range(_DEPTH):
        item = f"l{_FULL}{_LINE}(?:(?:{inside}){_LINE})*+L"
        nested = f"|{inside}" if inside is not leaf else ""
        listed = f"{_FULL}_?(?:(?:{item}{nested}){_APART})*+"
        lists = f"u{listed}U|o{listed}O"
        inside = f"{leaf}|{lists}"
    quote = f"q{_FULL}_?(?:(?:{leaf})_?)*+Q"
    return re.compile(f"(?:(?:{inside}|{item}|{quote}){_LINE})*+")


def _is_settled(outline: str) -> bool:
    """Say whether the HTML of an outline is balanced, allowed, and the same when read again."""
    if "a" in outline and _NESTED_LINK.search(outline):
        return False
    for _ in range(_ROUNDS):
        outline, found = _INLINE.subn("t", outline)
        if not found:
            break
    return _grammar().fullmatch(outline) is not None


@lru_cache(maxsize=2048)
def _gap(letters: str) -> tuple[str, str]:
    """Return what stands between two texts, as HTML and as plain text."""
    clean = "".join([_WRITTEN[letter] for letter in letters])
    return clean, without_tags(clean)


def _written(
    outline: str, texts: list[str], escaped: list[str], links: list[str]
) -> tuple[str, str]:
    """Write HTML and plain text: the texts, and what the outline has between them."""
    tags, breaks = zip(*map(_gap, outline.split("t")), strict=True)
    parts = [""] * (2 * len(texts) + 1)
    parts[1::2], parts[::2] = escaped, tags
    clean = "".join(parts)
    if links:
        opened = [f'<a href="{link}" rel="{LINK_REL}">' for link in links]
        before, *behind = clean.split("<a>")
        clean = before + "".join(map("".join, zip(opened, behind, strict=True)))
    parts[1::2], parts[::2] = texts, breaks
    return clean, in_lines("".join(parts))
