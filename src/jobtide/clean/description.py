"""
The description, parsed once: allowed HTML for showing, plain text for reading.

Boards send HTML, HTML escaped as text (once or twice), or plain text. Steps after this one only
read what it makes, so nothing unsanitised can come back.
"""

import html
import re
from typing import NamedTuple

from jobtide.clean.antibot import strip_antibot
from jobtide.clean.markup import MAX_CHARS, sanitise
from jobtide.clean.mended import mend
from jobtide.clean.outline import Tidied, tidied
from jobtide.clean.plain import plain_text
from jobtide.clean.url import strip_tracking
from jobtide.model import Posting
from jobtide.text import remembered

_NAMES = (
    "p|br|ul|ol|li|div|span|strong|b|em|i|u|a|h[1-6]|table|tbody|tr|td|th|thead|section|article"
    "|font|pre|code|blockquote|img|hr|header|footer|main|script|style|iframe|svg|math|form|small"
    "|sub|sup|dl|dt|dd|center|input|button|object|embed|meta|link|details|summary|textarea|select"
    "|template|noscript|body|html|label|video|audio|figure|address"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:[\s/][^<>]*)?>|<!--|<(?:img|iframe|svg|math)\b", re.I)
_ESCAPED_TAG = re.compile(rf"&lt;/?(?:{_NAMES})(?:[\s/]|&gt;|>)", re.IGNORECASE)
#: "&amp;nbsp;": an entity that was escaped once more.
_TWICE = re.compile(
    r"&(?:amp;)+(?=(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[nm]dash|bull|hellip|euro|pound|copy|reg"
    r"|trade|middot|[a-zA-Z](?:acute|grave|circ|uml|tilde|cedil)|szlig|#\d{1,6}|#x[0-9a-fA-F]{1,6});)"
)
#: Escaped by the page, the feed and the reader before us: more was never seen.
_LAYERS = 4

_IMAGE = re.compile(r"<[iI][mM][gG]\b[^>]*>")
#: Images made for counting: of one pixel, or by the usual names of counters.
_PIXEL = re.compile(
    r"\b(?:width|height)\s*[=:]\s*[\"']?[01](?:px)?(?![\d.])|/track/|blank\.gif|/pixel|pixel\.|1x1"
    r"|spacer\.|beacon|/open\.|/o\.(?:gif|png)|__utm|doubleclick|/imp(?:ression)?\?",
    re.IGNORECASE,
)
_HREF = re.compile(r'href="([^"?]*)\?([^"#]*)')

_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


class _Parsed(NamedTuple):
    html: str
    text: str
    words: tuple[str, ...]


def parse_description(posting: Posting) -> Posting:
    """Replace the description by allowed HTML and make `text` of it; do so once or often."""
    if not posting.description:
        return posting if not posting.text else mend(posting, [], {"text": ""})
    parsed = _parsed(posting.description)
    changes: dict[str, object] = {}
    if parsed.html != posting.description:
        changes["description"] = parsed.html
    if parsed.text != posting.text:
        changes["text"] = parsed.text
    if "cut" in parsed.words and posting.description_complete:
        changes["description_complete"] = False
    return mend(posting, list(parsed.words), changes)


@remembered
def _parsed(raw: str) -> _Parsed:
    """Return a description as HTML and text, with the words for what was mended."""
    words: list[str] = []
    if len(raw) > MAX_CHARS:
        words.append("cut")
        raw = raw[:MAX_CHARS]
    plain = strip_antibot(raw)
    if plain != raw:
        words.append("antibot")
    source, escaped = _as_html(plain)
    if escaped:
        words.append("escaped")
    tidy = _tidied(source)
    if tidy.images and any(_PIXEL.search(image) for image in _IMAGE.findall(source)):
        words.append("pixel")
    clean = tidy.html
    untracked = _HREF.sub(_untracked, clean) if "<a " in clean and "?" in clean else clean
    if untracked != clean:
        words.append("tracking")
    return _Parsed(untracked, tidy.text, tuple(words))


def _tidied(source: str) -> Tidied:
    """Return clean HTML and its text, by the short way where it leads, else by the parser."""
    tidy = tidied(source)
    if tidy is None or len(tidy.html) > MAX_CHARS or len(source) > MAX_CHARS:
        clean = sanitise(source)
        tidy = Tidied(clean, plain_text(clean), images=True)
    return tidy


def _as_html(text: str) -> tuple[str, bool]:
    """Return `text` as HTML, and whether it was HTML escaped as text."""
    escaped = False
    for _ in range(_LAYERS):
        if "&amp;" in text:
            text = _TWICE.sub("&", text)
        if "<" in text and _TAG.search(text):
            return text, escaped
        if not _ESCAPED_TAG.search(text):
            break
        text, escaped = html.unescape(text), True
    return _paragraphs(html.unescape(text)), escaped


def _paragraphs(text: str) -> str:
    """Return plain text as HTML: a blank line ends a paragraph, a line break stays one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    blocks = _PARAGRAPHS.split(html.escape(lines, quote=False))
    return "".join(f"<p>{block.strip().replace(chr(10), '<br>')}</p>" for block in blocks if block)


def _untracked(match: re.Match[str]) -> str:
    """Return the address of a link without parameters that follow the reader."""
    before = html.unescape(match[2])
    after = strip_tracking(before)
    if after == before:
        return match[0]
    query = html.escape(after, quote=False).replace('"', "&quot;")
    return f'href="{match[1]}?{query}' if query else f'href="{match[1]}'
