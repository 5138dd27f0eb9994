"""
The grammar of the descriptions that `settled` can cut.

Possessive all through ("*+"), so that no text, however odd, is looked at twice (Python 3.11, re).
"""

import re

#: Words follow, or an element: neither the end of this one nor what shows nothing.
_FULL = "(?!</| |<br>)"
_WORDS = "[^<]*+(?:<br>[^<]*+)*+"
_STYLES = ("strong", "em", "code")
_LINK = 'a href="[^"<>]*"'


def _element(tag: str, line: str) -> str:
    return f"<{tag}>{_FULL}{line}</{tag.partition(' ')[0]}>"


def _line(elements: list[str]) -> str:
    """Return the pattern of words with elements among them."""
    return f"{_WORDS}(?:(?:{'|'.join(elements)}){_WORDS})*+"


def _beginning() -> re.Pattern[str]:
    """Return the pattern; its groups are what is open at the end: see `BEGINNING`."""
    tags = (*_STYLES, _LINK)
    simple = {tag: _element(tag, _WORDS) for tag in tags}
    nested = [
        _element(tag, _line([simple[other] for other in tags if other != tag])) for tag in tags
    ]
    line = f"{_FULL}{_line(nested)}"
    item = f"<li>{line}</li>"
    block = f"<p>{line}</p>|<ul>(?:{item})++</ul>|<ol>(?:{item})++</ol>"
    name = "|".join(_STYLES)
    inner = f'<(?P<inner>{name}|a(?= ))(?:>| href="[^"<>]*">)(?:{_FULL}{_WORDS})?+'
    within = f"(?:{_FULL}{_line(list(simple.values()))})?+"
    outer = f'<(?P<outer>{name}|a(?= ))(?:>| href="[^"<>]*">){within}(?:{inner})?+'
    opened = f"<(?P<block>p|(?P<list>[uo]l)>(?:{item})*+<li)>(?:{line})?+(?:{outer})?+"
    return re.compile(f"(?:{block})*+(?:{opened})?+")


#: The beginning of a description, up to some words. Its groups are what is open there:
#: "block" (in a "list", whose item it is), and the inline elements "outer" and "inner".
BEGINNING = _beginning()
