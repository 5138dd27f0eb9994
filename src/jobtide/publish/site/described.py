"""
Descriptions on the page of a job: whole where the board allows it, below our own headings.

Most descriptions come from `clean` in a form that is valid HTML as it stands; a pattern knows
those. The others go through the writer of `cut`, which only writes elements it opened itself.
"""

import re
from functools import cache

from minijinja import safe

from jobtide.publish.cut import cut_html
from jobtide.publish.site.links import address

#: More characters than any description has (256 Ki, `clean.markup`): nothing is cut.
_WHOLE = 1 << 20

_HEADING = re.compile(r"<(/?)h[3-6]>")
_HREF = re.compile(r'href="([^"]*)"')
_PIECES = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_LISTS = ("ul", "ol")
#: A list with something else than an item in it.
_ODD_LIST = re.compile(r"<[uo]l>\s*+(?!<li>)|</li>\s*+(?!<li>|</[uo]l>)")
#: What may stand in front of the words of a heading that `cut` wrote as a paragraph.
_STRONG_LINE = re.compile(r"<p><strong>([^<]{2,120})</strong></p>(?=<(?:p|ul|ol|pre|blockquote)>)")


def whole(description: str) -> str:
    """Return a whole description as valid HTML; its headings are of the third level."""
    if _valid().fullmatch(description):
        return safe(_HEADING.sub(r"<\1h3>", description))
    written = _HREF.sub(_exact, _lists_hold_items(cut_html(description, _WHOLE).html))
    return safe(_STRONG_LINE.sub(r"<h3>\1</h3>", written))


def excerpt(description: str, limit: int) -> str:
    """Return the beginning of a description, ending with a sentence if it can."""
    return safe(_HREF.sub(_exact, _lists_hold_items(cut_html(description, limit).html)))


def _lists_hold_items(html: str) -> str:
    """Put what stands right in a list, and is no item, into an item of its own."""
    if not _ODD_LIST.search(html):
        return html
    out: list[str] = []
    open_now = [""]  #: elements, innermost last; "*" is an item of ours
    for piece in _PIECES.split(html):
        tag = _NAME.match(piece)
        name = tag[2] if tag else ""
        inside = open_now[-1]
        if tag and tag[1]:
            if inside == "*" and name in _LISTS:
                out.append("</li>")
                open_now.pop()
            if len(open_now) > 1:
                open_now.pop()
        elif inside == "*" and name == "li":
            out.append("</li>")
            open_now[-1] = "li"
        elif inside in _LISTS and name == "br":
            continue
        elif inside in _LISTS and name != "li" and piece.strip():
            out.append("<li>")
            open_now += ["*", name] if tag else ["*"]
        elif tag and name != "br":
            open_now.append(name)
        out.append(piece)
    return "".join(out)


def _exact(match: re.Match[str]) -> str:
    found = address(match[1].replace("&amp;", "&").replace("&#39;", "'"))
    return f'href="{found or "#"}"'


@cache
def _valid() -> re.Pattern[str]:
    """Return the pattern of descriptions that are valid HTML as they are.

    Blocks hold lines, lists hold items, items hold lines and blocks, two lists deep; links are
    plain http(s) addresses. Possessive throughout, so it takes linear time.
    """
    text = "[^<]*+(?:<br>[^<]*+)*+"
    link = (
        r'<a href="https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/:@!$+,;=-]*+)?'
        r'(?:\?(?:[A-Za-z0-9._~/:?@!$+,;=-]|&amp;)*+)?(?:#[A-Za-z0-9._~/=-]*+)?"'
        r'(?: rel="[a-z ]+")?>'
    )
    style = "(?:strong|b|em|i|code)>"
    plain = f"{text}(?:<{style}{text}</{style}{text})*+"
    linked = f"{link}{plain}</a>"
    deep = f"{text}(?:(?:<{style}{text}</{style}|{linked}){text})*+"
    line = f"{text}(?:(?:<{style}{deep}</{style}|{linked}){text})*+"
    leaf = f"(?:<p>{line}</p>|<h[3-6]>{line}</h[3-6]>)"
    item = f"<li>{line}(?:{leaf}{line})*+</li>"
    nest = f"<[uo]l>[ \n]*+(?:{item}[ \n]*+)++</[uo]l>"
    outer = f"<li>{line}(?:(?:{leaf}|{nest}){line})*+</li>"
    many = f"<[uo]l>[ \n]*+(?:{outer}[ \n]*+)++</[uo]l>"
    return re.compile(f"{line}(?:(?:{leaf}|{many}){line})*+")
