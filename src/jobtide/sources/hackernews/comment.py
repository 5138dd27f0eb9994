"""A comment of Hacker News as lines of text, each with its links."""

import html
import re

from msgspec import Struct

#: What begins a new line: HN closes no paragraph, and keeps the line ends of its writers.
_BREAK = re.compile(r"<p>|</p>|<br\s*/?>|\n", re.IGNORECASE)
_LINK = re.compile(r'<a\s[^>]*href="([^"]*)"[^>]*>.*?</a>', re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BARE_LINK = re.compile(r"https?://[^\s<>\"'|()\[\]]+")

_EMPTY = re.compile(r"[(\[][\s,;]*[)\]]")  #: what is left of "(https://...)"


class Line(Struct, frozen=True):
    """One line as a reader sees it, without its links; and those, whole."""

    text: str
    links: tuple[str, ...] = ()


def lines(body: str) -> list[Line]:
    """Return the lines of a comment that are not empty.

    >>> lines('A | B<p><a href="https:&#x2F;&#x2F;x.example&#x2F;jobs" rel="nofollow">x</a> C')
    [Line(text='A | B', links=()), Line(text='C', links=('https://x.example/jobs',))]
    """
    found = (_line(part) for part in _BREAK.split(body))
    return [line for line in found if line.text or line.links]


def _line(part: str) -> Line:
    links = [html.unescape(link) for link in _LINK.findall(part)]
    text = html.unescape(_TAG.sub("", _LINK.sub(" ", part)))
    links += _BARE_LINK.findall(text)
    text = _EMPTY.sub(" ", _BARE_LINK.sub(" ", text))
    text = " ".join(text.split())
    return Line(text, tuple(link for link in links if link.startswith(("http://", "https://"))))
