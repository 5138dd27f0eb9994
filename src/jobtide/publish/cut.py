"""
Descriptions, cut at a sentence to the length a page has room for, with every element closed.

What comes in is the HTML that `clean` made; what goes out holds only elements that this module
writes itself, on one line, so neither a stray `</table>` nor a blank line can break the page.
"""

import re
from functools import lru_cache
from html import unescape

from msgspec import Struct

from jobtide.publish.markdown import href, html, preformatted, url, visible

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>"
    r"|([^<]+|<)",
    re.DOTALL,
)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)

#: Written as they are, or as their modern twin; all are kept by both models of GitHub's
#: sanitiser (html-pipeline 2.14, hast-util-sanitize 5).
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "code": "code", "a": "a"}
_BLOCK = frozenset(["p", "ul", "ol", "li", "pre", "blockquote"])
#: A heading of a description is no heading of our page: a strong paragraph.
_HEADING = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
#: Their text is kept, and begins a new paragraph.
_PARAGRAPH = frozenset(
    re.findall(
        r"\w+",
        "div section article header footer aside main nav address figure figcaption table thead "
        "tbody tfoot tr caption dl dt dd fieldset form center hr details summary",
    )
)
#: Their content is never words of the posting.
_DROPPED = frozenset(
    re.findall(
        r"\w+",
        "script style template noscript iframe object embed svg math textarea title select head",
    )
)
#: The end of a sentence, when what follows does not go on in lower case ("e.g. three").
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+[^\sa-z]|\s*\Z)")

#: Deeper nesting than this is no text but an attack; further openings are ignored.
_MAX_DEPTH = 12


class Cut(Struct, frozen=True):
    """A description that fits: HTML on one line, balanced."""

    html: str
    complete: bool  #: False: there is more where this comes from


@lru_cache(maxsize=16_384)
def cut_html(source: str, limit: int) -> Cut:
    """Return at most `limit` visible characters of `source`, ending with a sentence if it can.

    A sentence end in the last seven tenths is taken; else the end of the last paragraph or
    list item in the second half; else the last whole word and "…".
    """
    writer = _Writer(limit)
    dropping = ""
    for match in _TOKEN.finditer(source):
        closing, name, attributes, text = match.groups()
        name = name.lower() if name else ""
        if dropping:
            if closing and name == dropping:
                dropping = ""
        elif text is not None:
            if not writer.text(unescape(text)):
                return Cut("".join(writer.out), False)
        elif name in _DROPPED:
            dropping = "" if closing or attributes.endswith("/") else name
        elif closing:
            writer.close(name)
        elif name:
            writer.open(name, attributes)
    writer.close_to(0)
    return Cut("".join(writer.out), True)


class _Writer:
    """The elements that are open, what was written, and the last good place to stop."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.length = 0  #: visible characters written
        self.out: list[str] = []
        self.stack: list[tuple[str, str]] = []  #: (element, its opening tag)
        self.written = 0  #: how many of `stack` have their opening tag in `out`
        self.stop: tuple[int, tuple[str, ...], int] | None = None  #: (len(out), open, length)

    def open(self, name: str, attributes: str) -> None:
        """Open an element, closing first what cannot hold it."""
        if name == "br":
            self._break()
        elif name in _INLINE:
            self._open_inline(_INLINE[name], attributes)
        elif name == "li":
            self._open_item()
        elif name in _BLOCK or name in _HEADING or name in _PARAGRAPH:
            self._end_paragraph()
            inside = any(element in ("li", "pre") for element, _ in self.stack)
            if name in _HEADING and not inside:
                self._push("p")
                self._push("strong")
            elif name in _BLOCK and not (inside and name not in ("ul", "ol")):
                self._push(name)
            elif inside:
                self._space()
        elif name in ("td", "th"):
            self._space()

    def close(self, name: str) -> None:
        """Close an element, and all that is open inside it; an unknown closing tag is nothing."""
        if name in _HEADING or name in _PARAGRAPH:
            self._end_paragraph()
            return
        element = _INLINE.get(name, name)
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at][0] == element:
                self.close_to(at)
                break
            if element in _INLINE and self.stack[at][0] in _BLOCK:
                break
        else:
            return
        if element in ("p", "li", "ul", "ol", "pre", "blockquote"):
            self._mark()

    def text(self, text: str) -> bool:
        """Write words; False when they did not fit and the end was written instead."""
        if not self._in("pre"):
            words = visible(text)
            if not words:
                self._space()
                return True
            if text[0].isspace():
                self._space()
        else:
            words = text.strip("\r\n") if visible(text) else ""
            if not words:
                return True
        self._settle()
        if self.length + len(words) > self.limit:
            self._finish(words)
            return False
        self._write(words)
        if text[-1:].isspace():
            self._space()
        return True

    def close_to(self, depth: int) -> None:
        """Close every element from the innermost down to position `depth` of the stack."""
        while len(self.stack) > depth:
            element, _ = self.stack.pop()
            if len(self.stack) < self.written:
                self.out.append(f"</{element}>")
                self.written = len(self.stack)

    def _push(self, element: str, tag: str | None = None) -> None:
        if len(self.stack) < _MAX_DEPTH:
            self.stack.append((element, tag or f"<{element}>"))

    def _in(self, element: str) -> bool:
        return any(element == name for name, _ in self.stack)

    def _open_inline(self, element: str, attributes: str) -> None:
        if self._in(element) or self._in("pre"):
            return
        if self.stack and self.stack[-1][0] in ("ul", "ol"):
            self._push("li")
        if element != "a":
            self._push(element)
            return
        found = _HREF.search(attributes)
        address = url(unescape(found[1] or found[2] or "")) if found else None
        if address:
            self._push("a", f'<a href="{href(address)}">')

    def _open_item(self) -> None:
        """An item belongs to the nearest list; without one it begins a list."""
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at][0] in ("ul", "ol"):
                self.close_to(at + 1)
                break
        else:
            self._end_paragraph()
            self._push("ul")
        self._push("li")

    def _end_paragraph(self) -> None:
        """Close the paragraph that is open, or the inline elements of a list item."""
        for at, (element, _) in enumerate(self.stack):
            if element == "p":
                heading = at + 1 < len(self.stack) and self.stack[at + 1][0] == "strong"
                self.close_to(at)
                if not heading:
                    self._mark()
                return
        while self.stack and self.stack[-1][0] not in _BLOCK:
            self.close_to(len(self.stack) - 1)

    def _settle(self) -> None:
        """Give words a home: a paragraph at the top, an item in a list; write pending tags."""
        block = next((e for e, _ in reversed(self.stack) if e in _BLOCK), None)
        if block in (None, "blockquote"):
            inline = [pair for pair in self.stack if pair[0] not in _BLOCK]
            self.close_to(len(self.stack) - len(inline))
            self._push("p")
            self.stack.extend(inline)
        elif block in ("ul", "ol"):
            self._push("li")
        for _, tag in self.stack[self.written :]:
            self.out.append(tag)
        self.written = len(self.stack)

    def _space(self) -> None:
        """One blank between words, none at the edge of a block."""
        if self.out and self.written and not self.out[-1].endswith((" ", "<br>")):
            last = self.out[-1]
            if not (last.startswith("<") and last[1:-1].strip("/") in _BLOCK):
                self.out.append(" ")

    def _break(self) -> None:
        if self.written and self.out[-1] != "<br>" and not self._in("pre"):
            self.out.append("<br>")

    def _write(self, words: str) -> None:
        """Write words that fit, marking the last sentence end among them."""
        ends = list(_SENTENCE.finditer(words))
        at = ends[-1].end() if ends else 0
        if at:
            self._append(words[:at])
            self._mark()
        self._append(words[at:])

    def _append(self, words: str) -> None:
        if not words:
            return
        self.length += len(words)
        if self._in("pre"):
            self.out.append(preformatted(words))
            return
        lead = " " if words[0] == " " else ""
        self.out.append(lead + html(words))

    def _mark(self) -> None:
        open_now = tuple(element for element, _ in self.stack[: self.written])
        self.stop = (len(self.out), open_now, self.length)

    def _finish(self, words: str) -> None:
        """End within the limit: at a sentence, at the last good place, or at a word."""
        room = max(self.limit - self.length, 0)
        ends = [end.end() for end in _SENTENCE.finditer(words) if end.end() <= room]
        if ends and self.length + ends[-1] >= self.limit * 0.3:
            self._append(words[: ends[-1]])
        elif self.stop is not None and self.stop[2] >= self.limit * 0.5:
            count, open_then, self.length = self.stop
            del self.out[count:]
            self.stack = [(element, "") for element in open_then]
            self.written = len(self.stack)
        else:
            whole = words[:room].rpartition(" ")[0]
            self._append(whole or ("" if self.length else words[:room]))
            self.out.append("…")
        self.close_to(0)
