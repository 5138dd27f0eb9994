"""The way that reads any HTML: one token after the other, with every element kept track of."""

import re
from html import unescape

from jobtide.publish.cut.ends import (
    LEAST_BLOCK,
    LEAST_SENTENCE,
    Cut,
    ends_sentence,
    is_good_end,
    last_sentence,
)
from jobtide.publish.markdown import href_text, preformatted, text_node, url, visible

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
_LIST = frozenset(["ul", "ol"])
#: Words never stand directly in these.
_HOLDER = _LIST | {"blockquote"}
#: After these no blank is written.
_EDGE = frozenset(f"<{slash}{name}>" for name in _BLOCK for slash in ("", "/"))
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

#: Deeper nesting than this is no text but an attack; further openings are ignored.
_MAX_DEPTH = 12


def cut_any(source: str, limit: int) -> Cut:
    """Return at most `limit` visible characters of any HTML; see `cut_html`."""
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
        self.names: list[str] = []  #: the elements that are open, innermost last
        self.tags: list[str] = []  #: their opening tags
        self.written = 0  #: how many of them have their opening tag in `out`
        self.stop: tuple[int, list[str], int] | None = None  #: (len(out), names, length)

    def open(self, name: str, attributes: str) -> None:
        """Open an element, closing first what cannot hold it."""
        if name in _INLINE:
            self._open_inline(_INLINE[name], attributes)
        elif name == "br":
            self._break()
        elif name == "li":
            self._open_item()
        elif name in _BLOCK or name in _HEADING or name in _PARAGRAPH:
            self._end_paragraph()
            inside = "li" in self.names or "pre" in self.names
            if name in _HEADING and not inside:
                self._push("p")
                self._push("strong")
            elif name in _BLOCK and (name in _LIST or not inside):
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
        if element not in self.names:
            return
        at = len(self.names) - 1
        while self.names[at] != element:
            if element in _INLINE and self.names[at] in _BLOCK:
                return
            at -= 1
        self.close_to(at)
        if element in _BLOCK:
            self._mark_block()

    def text(self, text: str) -> bool:
        """Write words; False when they did not fit and the end was written instead."""
        words = visible(text)
        if "pre" in self.names:
            words = text.strip("\r\n") if words else ""
            if not words:
                return True
        elif not words:
            self._space()
            return True
        elif text[0].isspace():
            self._space()
        if self.written < len(self.names) or not self.names or self.names[-1] in _HOLDER:
            self._settle()
        if self.length + len(words) > self.limit:
            self._finish(words)
            return False
        self._write(words)
        if text[-1].isspace():
            self._space()
        return True

    def close_to(self, depth: int) -> None:
        """Close every element from the innermost down to position `depth`."""
        while len(self.names) > depth:
            element = self.names.pop()
            self.tags.pop()
            if len(self.names) < self.written:
                self.out.append(f"</{element}>")
                self.written = len(self.names)

    def _push(self, element: str, tag: str | None = None) -> None:
        if len(self.names) < _MAX_DEPTH:
            self.names.append(element)
            self.tags.append(tag or f"<{element}>")

    def _open_inline(self, element: str, attributes: str) -> None:
        if element in self.names or "pre" in self.names:
            return
        if self.names and self.names[-1] in _LIST:
            self._push("li")
        if element != "a":
            self._push(element)
            return
        found = _HREF.search(attributes)
        address = url(unescape(found[1] or found[2] or "")) if found else None
        if address:
            self._push("a", f'<a href="{href_text(address)}">')

    def _open_item(self) -> None:
        """An item belongs to the nearest list; without one it begins a list."""
        at = len(self.names) - 1
        while at >= 0 and self.names[at] not in _LIST:
            at -= 1
        if at >= 0:
            self.close_to(at + 1)
        else:
            self._end_paragraph()
            self._push("ul")
        self._push("li")

    def _end_paragraph(self) -> None:
        """Close the paragraph that is open, or the inline elements of a list item."""
        if "p" in self.names:
            at = self.names.index("p")
            self.close_to(at)
            self._mark_block()
            return
        while self.names and self.names[-1] not in _BLOCK:
            self.close_to(len(self.names) - 1)

    def _settle(self) -> None:
        """Give words a home: a paragraph at the top, an item in a list; write pending tags."""
        at = len(self.names) - 1
        while at >= 0 and self.names[at] not in _BLOCK:
            at -= 1
        if at < 0 or self.names[at] == "blockquote":
            names, tags = self.names[at + 1 :], self.tags[at + 1 :]
            self.close_to(at + 1)
            self._push("p")
            self.names += names
            self.tags += tags
        elif self.names[at] in _LIST:
            self._push("li")
        self.out += self.tags[self.written :]
        self.written = len(self.names)

    def _space(self) -> None:
        """One blank between words, none at the edge of a block."""
        if self.out and self.written:
            last = self.out[-1]
            if last[-1] != " " and last != "<br>" and last not in _EDGE:
                self.out.append(" ")

    def _break(self) -> None:
        if self.written and self.out[-1] != "<br>" and "pre" not in self.names:
            self.out.append("<br>")

    def _write(self, words: str) -> None:
        """Write words that fit, marking the last sentence end among them."""
        at = ends_sentence(words)
        if at:
            self._append(words[:at])
            self._mark()
        if at < len(words):
            self._append(words[at:])

    def _append(self, words: str) -> None:
        self.length += len(words)
        if "pre" in self.names:
            self.out.append(preformatted(words))
        else:
            shown = text_node(words)
            self.out.append(f" {shown}" if words[:1] == " " else shown)

    def _mark_block(self) -> None:
        """A block's end is a good place to stop, but for a heading and for "You will:"."""
        last = next((piece for piece in reversed(self.out) if piece[0] != "<"), "")
        if is_good_end(last, heading=self.out[-2:] == ["</strong>", "</p>"]):
            self._mark()

    def _mark(self) -> None:
        self.stop = (len(self.out), self.names[: self.written], self.length)

    def _finish(self, words: str) -> None:
        """End within the limit: at a sentence, at the last good place, or at a word."""
        room = max(self.limit - self.length, 0)
        end = last_sentence(words, room)
        if end and self.length + end >= self.limit * LEAST_SENTENCE:
            self._append(words[:end])
        elif self.stop is not None and self.stop[2] >= self.limit * LEAST_BLOCK:
            count, self.names, self.length = self.stop
            del self.out[count:]
            self.tags = [""] * len(self.names)
            self.written = len(self.names)
        else:
            whole = words[:room].rpartition(" ")[0]
            self._append(whole or ("" if self.length else words[:room]))
            self.out.append("…")
        self.close_to(0)
