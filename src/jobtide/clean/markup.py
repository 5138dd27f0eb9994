"""
Tag soup to a small, balanced, safe HTML.

`rewrite` goes once over the tags: it renames what has an equal among the allowed elements, drops
attributes and wrappers, and caps depth; so the parser gets little to do and cannot be made slow.
Then nh3 (ammonia, html5ever) parses and sanitises; nothing is trusted before it.
"""

import re

import nh3

#: Longest description read, in characters. nh3 takes 245 ms for 64,000 attributes; the longest
#: description on file has 60,000 characters.
MAX_CHARS = 256 * 1024
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
            "summary", "hgroup", "caption", "tt", "hr",
        ),
        "p",
    ),
    "h1": "h3", "h2": "h3", "tt": "code", "kbd": "code", "samp": "code", "menu": "ul",
    "dir": "ul", "tfoot": "tbody", "cite": "em", "dfn": "em", "listing": "pre",
}  # fmt: skip
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "wbr", "area", "col", "base"))
#: Elements that end the one of their kind before them, so that they do not nest by themselves.
_SIBLINGS = frozenset(("p", "li", "tr", "td", "th", "tbody", "thead"))

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")

#: What a link keeps: search engines do not follow it, the page it leads to learns nothing.
LINK_REL = "nofollow noopener noreferrer ugc"

_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    clean_content_tags=set(DROPPED),
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=LINK_REL,
)

_EMPTY = re.compile(
    r"<(p|li|ul|ol|strong|b|em|i|code|pre|h3|h4|h5|h6|blockquote|a|table|thead|tbody|tr)\b[^<>]*>"
    r"(?:\s|&nbsp;|<br>)*</\1>"
)
_DEAD_LINK = re.compile(r"<a rel=\"[^\"]*\">(.*?)</a>", re.DOTALL)


def sanitise(html: str) -> str:
    """Return `html` (tags and text, not longer than MAX_CHARS) with only allowed elements."""
    safe = _CLEANER.clean(rewrite(html))
    for _ in range(4):
        before = safe
        safe = _CLEANER.clean(_normal(safe))
        if safe == before:
            break
    return safe


def _normal(safe: str) -> str:
    """Take out what is empty, and links that lead nowhere."""
    if "<a rel=" in safe:
        safe = _DEAD_LINK.sub(r"\1", safe)
    for _ in range(MAX_DEPTH):
        shorter = _EMPTY.sub("", safe)
        if shorter == safe:
            break
        safe = shorter
    return safe


def rewrite(html: str) -> str:
    """Return `html` with its tags renamed, bare (links keep theirs) and at most MAX_DEPTH deep."""
    depth = skipped = 0

    def tag(match: re.Match[str]) -> str:
        nonlocal depth, skipped
        name = match[2].lower()
        if name in DROPPED:
            return f"<{match[1]}{name}>"
        name = _RENAMED.get(name, name)
        if name not in ALLOWED:
            return ""
        if name in _VOID:
            return f"<{name}>"
        if name not in _SIBLINGS:
            if match[1]:
                if skipped:
                    skipped -= 1
                    return ""
                depth = max(0, depth - 1)
            elif depth >= MAX_DEPTH:
                skipped += 1
                return ""
            else:
                depth += 1
        return f"<{match[1]}{name}{match[3] if name == 'a' else ''}>"

    return _TAG.sub(tag, html)
