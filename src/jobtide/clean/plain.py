"""The plain text of clean HTML: one line a block, a bullet before an item."""

import html
import re

_BLOCK = r"</?(?:p|li|[uo]l|br|h[3-6]|blockquote|pre|table|thead|tbody|tr)>"
#: Elements that end a line of the text, as many as stand together.
_END = re.compile(f"{_BLOCK}(?:{_BLOCK})*+")
_ANY = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[^\S\n]+")


def plain_text(clean: str) -> str:
    r"""Return the text of sanitised HTML: one line a block, "• " before an item.

    >>> plain_text("<p>Ship &amp; own</p><ul><li>Go</li></ul>")
    'Ship & own\n• Go'
    """
    text = without_tags(clean)
    if "&" in text:
        text = html.unescape(text)
    if "<pre>" in clean:
        text = _BLANKS.sub(" ", text)
    return in_lines(text)


def without_tags(clean: str) -> str:
    """Return sanitised HTML without its tags: a line break, a bullet or nothing in their place."""
    text = _END.sub("\n", clean.replace("<li>", "<li>• "))
    if "<" in text:
        if "</t" in text:
            text = text.replace("</td>", " ").replace("</th>", " ")
        text = _ANY.sub("", text)
    return text


def in_lines(text: str) -> str:
    """Return `text` without blanks around its lines, and without lines that say nothing."""
    lines = map(str.strip, text.split("\n"))
    return "\n".join([line for line in lines if line and line != "•"])
