"""
The fast way: HTML as `clean` leaves it, cut with a handful of searches over the whole of it.

Nearly all descriptions are paragraphs, headings and flat lists with a few inline elements in
them. Those are cut here, with the very result that `writer` gives; of anything else this module
says that it cannot (None), and `writer`, which can read any HTML, does the work.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from html import unescape
from itertools import accumulate

from jobtide.publish.cut.ends import (
    LEAST_BLOCK,
    LEAST_SENTENCE,
    Cut,
    ends_sentence,
    is_good_end,
    last_sentence,
)
from jobtide.publish.cut.grammar import BEGINNING
from jobtide.publish.markdown import href_text, is_special, text_node, url

_PIECES = re.compile(r"(<[^<>]*>)")
_LINK = re.compile(r'<a href="([^"<>]*)"[^<>]*>')
_HEADING = re.compile(r"<(?:h[1-6]>(?:<(?:strong|b)>)?|(?:(?:/strong|/b)><)?(/)h[1-6]>)")
#: What is no reference that `clean` writes, or one that a posting wrote out in letters.
_OTHER_REFERENCE = re.compile(r"&(?!(?:lt|gt);|amp;(?!#?\w{1,31};))")

#: A description of so many visible characters is mostly this much longer with its tags; where it
#: is not enough, more is read, and at last all.
_REACH = (1.3, 2.6)
#: A blank behind one of these shows nothing.
_EDGES = ("<p>", "</p>", "<li>", "</li>", "<ul>", "</ul>", "<ol>", "</ol>", "<br>")
_AFTER_EDGE = re.compile(r"(</?(?:p|li|ul|ol)>|<br>) ")
_BREAKS = re.compile(r"<br>(?:<br>)++")
_STYLES = ("<strong>", "<em>", "<code>")
_ENDS = frozenset(("</p>", "</li>", "</ul>", "</ol>"))


def cut_settled(source: str, limit: int) -> Cut | None:
    """Return what `writer.cut_any` would, or None for HTML of another kind than `clean` makes."""
    for reach in _REACH:
        end = source.find("<", int(limit * reach) + 60)
        if end < 0:
            break
        pieces = _PIECES.split(source[:end])
        at, before = _reached(pieces, limit)
        if at < len(pieces):
            return _cut(pieces, at, before, limit)
    pieces = _PIECES.split(source)
    at, before = _reached(pieces, limit)
    if at < len(pieces):
        return _cut(pieces, at, before, limit)
    written = _normal(source)
    found = BEGINNING.fullmatch(written) if written is not None else None
    whole = written is not None and found is not None and not found.lastgroup
    return Cut(_escaped(written), True) if whole and written is not None else None


def _reached(pieces: list[str], limit: int) -> tuple[int, int]:
    """Return which piece passes the limit, and how many visible characters stand before it."""
    words = map(str.strip, pieces[::2])
    lengths = list(accumulate([len(unescape(one)) if "&" in one else len(one) for one in words]))
    at = bisect_right(lengths, limit)
    return 2 * at, lengths[at - 1] if at else 0


def _cut(pieces: list[str], at: int, length: int, limit: int) -> Cut | None:
    """End within the limit: at a sentence, at the last good place, or at a word."""
    written = _normal("".join(pieces[:at]))
    found = BEGINNING.fullmatch(written) if written is not None else None
    if written is None or found is None or not found.lastgroup:
        return None
    ends = _open(found)
    words = pieces[at]
    bare = unescape(words).strip()
    if ends is None or not bare.isprintable() or "  " in bare or "\ufffd" in bare:
        return None
    if words[0] == " " and written[-1] != " " and not written.endswith(_EDGES):
        if written.endswith((*_STYLES, '">')):
            return None
        written += " "
    room = limit - length
    end = last_sentence(bare, room)
    if end and length + end >= limit * LEAST_SENTENCE:
        return Cut(f"{_escaped(written)}{text_node(bare[:end])}{ends}", False)
    kept = _until_stop(written, length, ends, limit)
    if kept is not None:
        return Cut(kept, False)
    whole = bare[:room].rpartition(" ")[0] or ("" if length else bare[:room])
    return Cut(f"{_escaped(written)}{text_node(whole)}…{ends}", False)


def _normal(html: str) -> str | None:
    """Return HTML of `clean` with the elements a page has; None for some of what it never makes.

    What is left to see is that it is balanced: the grammar does.
    """
    if not html.isprintable() or "  " in html or "\ufffd" in html:
        return None
    if "&" in html and _OTHER_REFERENCE.search(html):
        return None
    if "<h" in html:
        html = _HEADING.sub(_bold, html)
    if "<b>" in html:
        html = html.replace("<b>", "<strong>").replace("</b>", "</strong>")
    if "<i>" in html:
        html = html.replace("<i>", "<em>").replace("</i>", "</em>")
    if "<a " in html:
        html = _LINK.sub(_link, html)
    if "> " in html:
        html = _AFTER_EDGE.sub(r"\1", html)
    if "<br><br>" in html:
        html = _BREAKS.sub("<br>", html)
    return html


def _bold(heading: re.Match[str]) -> str:
    return "</strong></p>" if heading[1] else "<p><strong>"


def _link(tag: re.Match[str]) -> str:
    return _written_link(tag[1])


@lru_cache(maxsize=4096)
def _written_link(address: str) -> str:
    """Return a link as a page writes it; what leads nowhere is something the grammar refuses."""
    found = url(unescape(address))
    return f'<a href="{href_text(found)}">' if found else "<a>"


def _open(found: re.Match[str]) -> str | None:
    """Return what ends all that is open; None for one element within another of its name."""
    outer, inner = found["outer"], found["inner"]
    if outer and (outer == inner or f"<{outer}" in found.string[found.end("outer") :]):
        return None
    blocks = f"</li></{found['list']}>" if found["list"] else "</p>"
    return "".join(f"</{name}>" for name in (inner, outer) if name) + blocks


def _escaped(html: str) -> str:
    """Return HTML with what GitHub would make alive parted or written as references."""
    if not is_special(html):
        return html
    return "".join(
        [
            piece if piece[:1] == "<" else _escaped_words(piece)
            for piece in _PIECES.split(html)
            if piece
        ]
    )


def _escaped_words(words: str) -> str:
    shown = text_node(unescape(words))
    return f"{' ' * (words[0] == ' ')}{shown}{' ' * (words[-1] == ' ' and shown != '')}"


def _until_stop(html: str, length: int, ends: str, limit: int) -> str | None:
    """Return all up to the last good place to stop; None when there is none, or too early."""
    pieces = [piece for piece in _PIECES.split(html) if piece]
    opened = [f"{end}>" for end in ends.split(">")[:-1]]  # innermost first
    for at in range(len(pieces) - 1, -1, -1):
        if length < limit * LEAST_BLOCK:
            return None
        piece = pieces[at]
        if piece[0] != "<":
            bare = piece.strip()
            size = len(unescape(bare))
            end = ends_sentence(bare) if bare else 0
            if end:
                stop = len(piece) - len(piece.lstrip()) + end
                length += len(unescape(bare[:end])) - size
                if length < limit * LEAST_BLOCK:
                    return None
                return f"{_escaped(''.join([*pieces[:at], piece[:stop]]))}{''.join(opened)}"
            length -= size
        elif piece[1] == "/":
            if piece in _ENDS and _is_good_block(pieces, at):
                return f"{_escaped(''.join(pieces[: at + 1]))}{''.join(opened)}"
            opened.insert(0, piece)
        elif piece != "<br>":
            opened.pop(0)
    return None


def _is_good_block(pieces: list[str], at: int) -> bool:
    """Say whether a text may end with the block that ends at `at`."""
    last = next((piece for piece in reversed(pieces[:at]) if piece[0] != "<"), "")
    return is_good_end(last, heading=pieces[at - 1 : at + 1] == ["</strong>", "</p>"])
