"""
Tag soup to a small, balanced, safe HTML.

`rewrite` goes once over the tags, in linear time: it renames what has an equal among the allowed
elements, drops attributes and wrappers, and caps depth; so the parser gets little to do and cannot
be made slow. Then nh3 (ammonia, html5ever) parses and sanitises; nothing is trusted before it.
"""

import re
from functools import cache

import nh3

#: Longest HTML read and made, in characters: above nh3 takes long (64,000 attributes: 245 ms).
#: The longest description on file has 60,000.
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
#: Tags that do not go to the parser as they are, which are few.
_CHANGED = re.compile(r"<(?!/?(?:p|li|ul|ol|br|strong|b|em|h[3-6]|i)>)" + _REST)
#: Every tag, and every "<" that may begin something else for a parser.
_EVERY = re.compile(rf"<(?:{_REST}|!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)|[!?][^<>]*>|)")
_HREF = re.compile(r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE)

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

#: How HTML begins that is in a block from the start.
_STARTS = ("<p>", "<ul>", "<ol>", "<h3>", "<h4>", "<blockquote>", "<pre>", "<table>", "<li>")

_EMPTY = re.compile(r"<([a-z0-9]++)(?: [^<>]*+)?>(?:[ \n]|<br>)*+</\1>")
_DEAD_LINK = re.compile(r"<a rel=\"[^\"]*\">(.*?)</a>", re.DOTALL)
_LAST_BREAKS = re.compile(r"<br>(?:<br>)*(?=</(?:p|li|h[3-6]|blockquote|td|th)>)")
_FIRST_BREAKS = re.compile(r"<(p|li|h[3-6]|ul|ol)>(?:<br>)+")
_MANY_BREAKS = re.compile(r"<br><br>(?:<br>)+")
_FIRST_LINES = re.compile(r"<pre>\n+")


#: Depth of inline elements and of lists the grammar knows: 98 % of recorded descriptions have no
#: more, and each level doubles the pattern.
_NESTED = 2


@cache
def _settled() -> re.Pattern[str]:
    """Return the pattern of HTML that reads the same when written and read again.

    nh3's output is balanced, but a tree may change when what was written of it is read again: a
    heading inside bold, a list item right inside another. Here inline elements stand inside
    blocks, paragraphs and headings hold only those, and nothing is empty.
    """
    full = "(?! ?</| ?<br>)"
    text = "[^<]*+"
    broken = "(?<! )<br>(?:<br>)?(?! |<br>|</(?:p|li|h[3-6]|blockquote|td|th)>)"
    line = f"{text}(?:{broken}{text})*+"
    filled = "(?!(?: |<br>)*+</)"
    inline = linked = line  # `linked` stands inside a link, so it holds no other link
    for _ in range(_NESTED):
        styled = f"<(?:strong|b|em|i|code)>{filled}"
        link = f"<a href=[^<>]*+>{filled}{linked}</a>"
        inline = f"{line}(?:(?:{styled}{inline}</[a-z]+>|{link}){line})*+"
        linked = f"{line}(?:{styled}{linked}</[a-z]+>{line})*+"
    leaf = f"<(?:p|h[3-6])>{full}{inline}</(?:p|h[3-6])>"
    inside = leaf
    for _ in range(_NESTED):
        item = f"<li>{full}{inline}(?:(?:{inside}){inline})*+</li>"
        nested = f"|{inside}" if inside is not leaf else ""
        inside = f"{leaf}|<[uo]l>{full} ?(?:(?:{item}{nested}) ?)*+</[uo]l>"
    quote = f"<blockquote>{full} ?(?:(?:{leaf}) ?)*+</blockquote>"
    return re.compile(f"(?:(?:{inside}|{item}|{quote}){inline})*+")


#: Rounds of reading and writing after which even hostile HTML changed no more.
_ROUNDS = 8


def sanitise(html: str) -> str:
    """Return `html` with only allowed elements, balanced, and the same when sanitised again."""
    limit = MAX_CHARS
    while True:
        safe = _settle(_CLEANER.clean(_in_a_block(rewrite(html[:limit]))))
        if len(safe) <= MAX_CHARS:
            return safe
        limit //= 2


def _in_a_block(html: str) -> str:
    """Return `html` with a paragraph begun, unless it begins with a block by itself."""
    html = html.lstrip()
    return html if html.startswith(_STARTS) else f"<p>{html}"


def _settle(safe: str) -> str:
    """Return sanitised HTML in its normal form."""
    safe = _squeeze(safe).removeprefix("<p></p>").removeprefix("<p> </p>")
    for _ in range(_ROUNDS):
        if _settled().fullmatch(safe):
            break
        normal = _normal(safe)
        if normal != safe and _settled().fullmatch(normal):
            return normal
        again = _squeeze(_CLEANER.clean(_in_a_block(normal)))
        if again == safe:
            break
        safe = again
    return safe


def _squeeze(safe: str) -> str:
    """Return sanitised HTML with white space as single blanks, except where there is `<pre>`."""
    if "&" in safe:
        safe = safe.replace("&nbsp;", " ")
    if ("\n" in safe or "\t" in safe) and "<pre>" not in safe:
        safe = safe.replace("\n", " ").replace("\t", " ")
    while "  " in safe and "<pre>" not in safe:
        safe = safe.replace("  ", " ")
    return safe


def _normal(safe: str) -> str:
    """Take out what is empty, needless breaks, and links that lead nowhere."""
    if "<a rel=" in safe:
        safe = _DEAD_LINK.sub(r"\1", safe)
    removed = 1
    while removed:
        safe, removed = _EMPTY.subn("", safe)
    safe = _squeeze(safe)
    if "<br>" in safe:
        safe = safe.replace("<br> ", "<br>").replace(" <br>", "<br>")
        safe = _MANY_BREAKS.sub("<br><br>", _FIRST_BREAKS.sub(r"<\1>", _LAST_BREAKS.sub("", safe)))
    if "<pre>" in safe:
        safe = _FIRST_LINES.sub("<pre>", safe)
    return safe.strip()


#: Longest HTML whose tags need no counting: it cannot be deep, nor hold many attributes.
_SHORT = 32 * 1024


def rewrite(html: str) -> str:
    """Return `html` with its tags renamed, bare (links keep theirs) and at most MAX_DEPTH deep."""
    if len(html) <= _SHORT and html.count("<") <= MAX_DEPTH:
        return _CHANGED.sub(_renamed, html)
    return _EVERY.sub(_Counter().tag, html)


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
        written = _renamed(match)
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


def _renamed(match: re.Match[str]) -> str:
    """Return one tag as it goes to the parser; nothing for a wrapper."""
    name = match[2].lower()
    name = _RENAMED.get(name, name)
    if name == "a" and not match[1]:
        link = _HREF.search(match[3])
        address = (link[1] or link[2] or link[3] or "") if link else ""
        address = address.replace('"', "&quot;").replace("<", "%3C").replace(">", "%3E")
        return f'<a href="{address}">'
    return f"<{match[1]}{name}>" if name in ALLOWED or name in DROPPED else ""
