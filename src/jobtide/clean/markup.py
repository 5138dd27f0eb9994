"""
Tag soup to a small, balanced, safe HTML.

`rewriting` gets the tags ready, then nh3 (ammonia, html5ever) parses and sanitises; nothing is
trusted before it. What nh3 gives is brought into a normal form.
"""

import re
from functools import cache

import nh3

from jobtide.clean.rewriting import ALLOWED, DROPPED, rewrite

#: Longest HTML read and made, in characters: above nh3 takes long (64,000 attributes: 245 ms).
#: The longest description on file has 60,000.
MAX_CHARS = 256 * 1024

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
_STARTS = (
    "<p>", "<ul>", "<ol>", "<h3>", "<h4>", "<h5>", "<h6>", "<blockquote>", "<pre>", "<table>",
    "<li>",
)  # fmt: skip

_EMPTY = re.compile(r"<([a-z0-9]++)(?: [^<>]*+)?>(?:[ \n]|<br>)*+</\1>")
_DEAD_LINK = re.compile(r"<a rel=\"[^\"]*\">(.*?)</a>", re.DOTALL)
#: Breaks that show nothing: behind two others, the first of a block, the last of one. Written
#: from the break on, so that the search goes from one "<br>" to the next.
_NEEDLESS_BREAKS = re.compile(
    r"<br>(?:(?:(?<=<br><br><br>)|(?<=<p><br>)|(?<=<(?:li|ul|ol|h[3-6])><br>))(?:<br>)*+"
    r"|(?:<br>)*+(?=</(?:p|li|h[3-6]|blockquote|td|th)>))"
)
_FIRST_LINES = re.compile(r"<pre>\n+")
_BLANKS = re.compile("  +")


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
    html = html.replace("&nbsp;", " ").replace("\xa0", " ").strip(" \n\t\r")
    return html if html.startswith(_STARTS) else f"<p>{html}"


def _settle(safe: str) -> str:
    """Return sanitised HTML in its normal form."""
    safe = _squeeze(safe).strip(" ").removeprefix("<p></p>").removeprefix("<p> </p>")
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
    if "  " in safe and "<pre>" not in safe:
        safe = _BLANKS.sub(" ", safe)
    return safe


def _normal(safe: str) -> str:
    """Take out what is empty, needless breaks, and links that lead nowhere."""
    before = len(safe)
    if "<a rel=" in safe:
        safe = _DEAD_LINK.sub(r"\1", safe)
    removed = 1
    while removed:
        safe, removed = _EMPTY.subn("", safe)
    if len(safe) < before:
        safe = _squeeze(safe)  # two blanks may have come together
    if "<br>" in safe:
        safe = safe.replace("<br> ", "<br>").replace(" <br>", "<br>")
        safe = _NEEDLESS_BREAKS.sub("", safe)
    if "<pre>" in safe:
        safe = _FIRST_LINES.sub("<pre>", safe)
    return safe.strip(" \n")
