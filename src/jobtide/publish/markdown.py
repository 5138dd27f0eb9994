"""
Words of a posting, made safe to stand in a page: in HTML, in Markdown, and as an address.

Everything a posting says passes through here before it meets a template. Two places, two rules:
inside a raw HTML block Markdown is asleep, so `html` is enough; in running Markdown, `md` also
puts every character that could start a construct as a numeric reference, which CommonMark 0.31
(section 2.5) never reads as structure.
"""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from minijinja import safe

from jobtide.text import squeeze

#: What no reader can see or what turns the line around: C0 and C1 controls except white space,
#: bidirectional embeddings and overrides (Unicode TR9), zero-width marks, the byte-order mark,
#: lone surrogates (they cannot be written as UTF-8) and U+FFFD. ZWJ and ZWNJ stay: scripts need
#: them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060"
    "\u2066-\u2069\ufeff\ufffd\ud800-\udfff]"
)

#: White space that a line of a `pre` cannot hold as it is.
_ODD_SPACE = re.compile("[\x0b\x0c\r\x85]")

#: Text of these characters alone means itself everywhere but in Markdown: the fast way.
_PLAIN = re.compile(r"[A-Za-z0-9,.()/+–—é-]+(?: [A-Za-z0-9,.()/+–—é-]+)*")

#: GitHub turns @name into a link, :name: into a picture and $...$ into a formula AFTER the HTML
#: is made, so no reference protects them; an empty element splits the text node and all stay as
#: written (html-pipeline's MentionFilter and EmojiFilter look at one text node at a time; for
#: "$" GitHub's own advice is an element around it, "Writing mathematical expressions").
BREAK = "<b></b>"
_MENTION = re.compile(r"(?<![\w/])&#64;(?=\w)")
_SHORTCODE = re.compile(r":(?=[a-z0-9+_-]+:)")

#: A reference that the posting wrote out would read as escaped twice ("&amp;amp;"): &#38; it is.
_REFERENCE = re.compile(r"&(?=#?\w{1,31};)")

#: The characters of HTML; backticks and brackets, for pages are also read by tools that see
#: Markdown only; braces, for GitHub Pages runs Liquid over every page before Markdown.
_HTML: dict[int, str] = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "`": "&#96;",
        "@": "&#64;",
        "{": "&#123;",
        "}": "&#125;",
        "[": "&#91;",
        "]": "&#93;",
        "\0": "&#38;",
    }
)
#: Of these, what `text_node` writes so as well, beside "&", "<", ">" and "@".
_MARKS = ("`", "{", "}", "[", "]")
#: The same and all ASCII punctuation that can begin or end a construct of CommonMark or of
#: GitHub's additions (strikethrough, tables, mathematics, issue numbers).
_MARKDOWN = _HTML | {ord(mark): f"&#{ord(mark)};" for mark in "\\*_|~#!^="}
_AUTOLINK = re.compile(r"(?i)\b(www(?=\.)|[a-z][a-z0-9+.-]{0,31}:(?=/))")

#: An address in which nothing needs a second look: the fast way.
_PLAIN_URL = re.compile(
    r"https?://[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*(?:/[A-Za-z0-9._~%/:@!$&*+,;=-]*)?"
    r"(?:\?[A-Za-z0-9._~%/:?@!$&*+,;=-]*)?"
)

#: Longest address shown as a link; RFC 9110 section 4.1 asks for 8,000, and no board comes near
#: this one. Longer ones are attacks on the size of the page.
MAX_URL = 2_000


def visible(text: str) -> str:
    """Return `text` on one line, without what no reader can see."""
    if text.isprintable() and "  " not in text and "\ufffd" not in text:
        return text.strip()
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    return squeeze(text)


def preformatted(text: str) -> str:
    """Return `text` for a `pre` element, its blanks kept, its line feeds as references.

    A blank line in the page would end the HTML block around it (CommonMark 0.31, section 4.6).
    """
    seen = _ODD_SPACE.sub(" ", _UNSEEN.sub("", text.replace("\r\n", "\n")))
    return escaped(seen).replace("\n", "&#10;")


def html(text: str) -> str:
    """Return `text` as HTML that reads the same between two tags.

    >>> str(html('C# <b>"Dev"</b>'))
    'C# &lt;b&gt;&quot;Dev&quot;&lt;/b&gt;'
    """
    return safe(html_text(text))


@lru_cache(maxsize=16_384)
def html_text(text: str) -> str:
    """Return what `html` does, as a plain string: for what no template escapes again."""
    if _PLAIN.fullmatch(text):
        return text
    return _split(escaped(visible(text)))


def is_special(text: str) -> bool:
    """Say whether `text_node` would write some visible text in another way, "<>&" left aside.

    It may be HTML: its tags hold none of these but in addresses.
    """
    return (
        "@" in text
        or text.count("$") > 1
        or any([mark in text for mark in _MARKS])
        or (":" in text and _SHORTCODE.search(text) is not None)
    )


def text_node(text: str) -> str:
    """Return `text` as HTML between two tags, its quotes as they are: they mean nothing there.

    >>> text_node("We're <here>")
    "We're &lt;here&gt;"
    """
    shown = visible(text)
    if "&" in shown:
        shown = _REFERENCE.sub("\0", shown).replace("&", "&amp;").replace("\0", "&#38;")
    if "<" in shown:
        shown = shown.replace("<", "&lt;")
    if ">" in shown:
        shown = shown.replace(">", "&gt;")
    if is_special(shown):
        for mark in _MARKS:
            shown = shown.replace(mark, _HTML[ord(mark)])
        shown = _split(shown.replace("@", "&#64;"))
    return shown


def attribute(text: str) -> str:
    """Return `text` for a quoted attribute, where no element may stand."""
    return safe(attribute_text(text))


@lru_cache(maxsize=16_384)
def attribute_text(text: str) -> str:
    """Return what `attribute` does, as a plain string."""
    return text if _PLAIN.fullmatch(text) else escaped(visible(text))


def md(text: str) -> str:
    """Return `text` as Markdown that reads the same anywhere in a line.

    >>> str(md("*Star* [x](y)"))
    '&#42;Star&#42; &#91;x&#93;(y)'
    """
    return safe(md_text(text))


@lru_cache(maxsize=16_384)
def md_text(text: str) -> str:
    """Return what `md` does, as a plain string."""
    if _PLAIN.fullmatch(text) and "www." not in text.lower():
        return text
    shown = _REFERENCE.sub("\0", visible(text)).translate(_MARKDOWN)
    if "&#64;" in shown:
        # GitHub links e-mail addresses in running text, whatever stands before the sign.
        shown = shown.replace("&#64;", f"&#64;{BREAK}")
    return _split(_AUTOLINK.sub(rf"\1{BREAK}", shown))


def url(address: str | None) -> str | None:
    """Return an http(s) address safe in a quoted attribute and in `[text](...)`, or None.

    What could end the attribute or the link is percent-encoded (RFC 3986 section 2.1); an
    existing "%" is kept. Anything that is no http(s) address with a host, or is longer than
    `MAX_URL` characters, is None: no link is better than a harmful one.
    """
    if not address or len(address) > MAX_URL:
        return None
    if _PLAIN_URL.fullmatch(address):
        return address
    address = _UNSEEN.sub("", address).strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    return quote(address, safe="%/:?#@!$&*+,;=~-._'")


def href(address: str) -> str:
    """Return an address that `url` allowed, escaped for a quoted attribute."""
    return safe(href_text(address))


def href_text(address: str) -> str:
    """Return what `href` does, as a plain string."""
    return address.replace("&", "&amp;").replace("'", "&#39;")


def escaped(text: str) -> str:
    """Return `text` with everything that has a meaning in HTML as references."""
    return _REFERENCE.sub("\0", text).translate(_HTML)


def _split(escaped: str) -> str:
    """Part the text nodes that GitHub would turn into mentions, formulas and emoji."""
    if "&#64;" in escaped:
        escaped = _MENTION.sub(f"&#64;{BREAK}", escaped)
    if escaped.count("$") > 1:
        escaped = escaped.replace("$", f"${BREAK}")
    if ":" in escaped:
        escaped = _SHORTCODE.sub(f":{BREAK}", escaped)
    return escaped
