"""
The tags of tag soup, before a parser sees them.

`rewrite` goes once over the tags, in linear time: it renames what has an equal among the allowed
elements, drops attributes and wrappers, and caps depth; so the parser gets little to do and cannot
be made slow.
"""

import re
from functools import lru_cache

#: Deepest nesting read. nh3 is quadratic in it: 1,000 / 4,000 / 8,000 `<div>` take
#: 2 / 32 / 138 ms.
MAX_DEPTH = 256

BLOCKS = ("p", "ul", "ol", "li", "pre", "h3", "h4", "h5", "h6", "blockquote")
TABLE = ("table", "thead", "tbody", "tr", "td", "th")
INLINE = ("br", "strong", "b", "em", "i", "code", "a")
ALLOWED = frozenset((*BLOCKS, *TABLE, *INLINE))

#: Elements whose content is no text of the posting.
DROPPED = frozenset(
    (
        "script", "style", "svg", "math", "iframe", "object", "embed", "noscript", "noembed",
        "noframes", "template", "title", "textarea", "select", "button", "audio", "video",
        "canvas", "head", "xmp", "plaintext",
    )
)  # fmt: skip

#: Elements that become an allowed one of the same meaning.
_RENAMED = {
    **dict.fromkeys(
        (
            "div", "section", "article", "header", "footer", "main", "aside", "nav", "figure",
            "figcaption", "address", "center", "dl", "dt", "dd", "fieldset", "form", "details",
            "summary", "hgroup", "caption", "hr",
        ),
        "p",
    ),
    "h1": "h3", "h2": "h3", "tt": "code", "kbd": "code", "samp": "code", "menu": "ul",
    "dir": "ul", "tfoot": "tbody", "cite": "em", "dfn": "em", "listing": "pre",
}  # fmt: skip
#: Deepest nesting of inline elements in a long HTML; people use two.
_MAX_INLINE = 16
#: Elements that end the one of their kind before them, or have no content: they do not nest.
_FLAT = frozenset(("p", "li", "tr", "td", "th", "tbody", "thead", "br"))

_ATTRIBUTES = r"([^<>\"']*+(?:\"[^\"]*+\"[^<>\"']*+|'[^']*+'[^<>\"']*+)*+)"
_REST = rf"(/?)([a-zA-Z][a-zA-Z0-9:_-]*+){_ATTRIBUTES}>"
TAG = re.compile(f"<{_REST}")
#: A comment that every parser reads as one.
COMMENT = re.compile("<!--(?!-?>)(?:(?!--)[^<>])*+-->")
#: Tags that do not go to the parser as they are: each one a group, so that `split` gives them.
_CHANGED = re.compile(
    r"(</?(?!(?:p|li|[uo]l|br|strong|b|em|h[3-6]|i)>)[a-zA-Z][a-zA-Z0-9:_-]*+"
    + _ATTRIBUTES.replace("(", "(?:", 1)
    + ">)"
)
#: Every tag, and every "<" that may begin something else for a parser.
_EVERY = re.compile(rf"<(?:{_REST}|!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)|[!?][^<>]*>|)")
_HREF = re.compile(r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE)

#: Longest HTML whose tags need no counting when they are few or tidy: it cannot be deep, nor hold
#: many attributes.
_SHORT = 64 * 1024
#: Tidy: inline elements end in the block they begin in and hold no others than those in turn.
_NAMES = "(strong|b|em|i|code|a)(?: [^<>]*+)?>"
_TIDY = re.compile(
    rf"(?:[^<]++|<(?!/?(?:strong|b|em|i|code|a)[ >])[^<>]*+>"
    rf"|<{_NAMES}(?:[^<]++|<br>|<{_NAMES}(?:[^<]++|<br>)*+</\2>)*+</\1>)*+"
)
#: A start that makes what follows deeper. Headings and what is in `_FLAT` end one another.
_DEEPER = re.compile(r"<(?!/|(?:p|li|br|h[3-6]|t[rdh]|tbody|thead)>)")


def rewrite(html: str) -> str:
    """Return `html` with its tags renamed, bare (links keep theirs) and at most MAX_DEPTH deep."""
    if "<!--" in html:
        html = COMMENT.sub("", html)
    if len(html) <= _SHORT:
        bare = _bare(html)
        if html.count("<") <= MAX_DEPTH or (
            len(_DEEPER.findall(bare)) <= MAX_DEPTH and _TIDY.fullmatch(bare)
        ):
            return bare
    return _EVERY.sub(_Counter().tag, html)


def _bare(html: str) -> str:
    """Return `html` with its tags renamed: a posting has few different ones, so each is once."""
    pieces = _CHANGED.split(html)
    written = {tag: _written(tag) for tag in set(pieces[1::2])}
    pieces[1::2] = map(written.__getitem__, pieces[1::2])
    return "".join(pieces)


#: Longest tag whose new form is remembered, in characters.
_LONGEST_KEPT = 200


def _written(tag: str) -> str:
    """Return one tag as it goes to the parser; boards repeat theirs from posting to posting."""
    return _remembered(tag) if len(tag) <= _LONGEST_KEPT else _rewritten(tag)


def _rewritten(tag: str) -> str:
    match = TAG.fullmatch(tag)
    return renamed(match) if match else tag


_remembered = lru_cache(maxsize=256)(_rewritten)


class _Counter:
    """Rewrites the tags of one long HTML, keeping count of what is open."""

    def __init__(self) -> None:
        self.depth = 0
        self.skipped = 0  # starts beyond MAX_DEPTH, whose ends must go as well
        self.inline: list[str] = []  # open inline elements, the innermost last

    def tag(self, match: re.Match[str]) -> str:
        """Return one tag as it goes to the parser."""
        if match[2] is None:
            return "&lt;" if len(match[0]) == 1 else ""  # a lone "<"; a comment
        written = renamed(match)
        if not written:
            return ""
        end = written[1] == "/"
        name = written[1 + end :].partition(" ")[0].rstrip(">")
        if name == "br":
            return written
        if name in INLINE:
            return self._inline(name, end, written)
        # Parsers open inline elements again in each block that follows: 15 open ones and 50,000
        # paragraphs would be 750,000 elements. So they end with their block here.
        ends = "".join(f"</{one}>" for one in reversed(self.inline))
        self.inline.clear()
        return ends + (written if name in _FLAT or self._counted(end) else "")

    def _inline(self, name: str, end: bool, written: str) -> str:
        """Return the tag of an inline element; nothing for an end without a start, or too deep."""
        if end:
            if name not in self.inline:
                return ""
            while self.inline.pop() != name:
                pass
        elif len(self.inline) >= _MAX_INLINE:
            return ""
        else:
            self.inline.append(name)
        return written

    def _counted(self, end: bool) -> bool:
        """Count the start or end of a block; say whether it is within MAX_DEPTH."""
        if end and self.skipped:
            self.skipped -= 1
        elif end:
            self.depth = max(0, self.depth - 1)
            return True
        elif self.depth >= MAX_DEPTH:
            self.skipped += 1
        else:
            self.depth += 1
            return True
        return False


def renamed(match: re.Match[str]) -> str:
    """Return one tag as it goes to the parser; nothing for a wrapper."""
    name = match[2].lower()
    name = _RENAMED.get(name, name)
    if name == "a" and not match[1]:
        link = _HREF.search(match[3])
        address = (link[1] or link[2] or link[3] or "") if link else ""
        address = address.replace('"', "&quot;").replace("<", "%3C").replace(">", "%3E")
        return f'<a href="{address}">'
    return f"<{match[1]}{name}>" if name in ALLOWED or name in DROPPED else ""
