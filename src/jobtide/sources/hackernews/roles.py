"""
The roles of a comment: those a list in its text names, else those of its header.

A line counts as a role only when it plainly is one: it begins with the name of a role, and what
follows is set off. One such line is no list.
"""

import re
from typing import Final

from msgspec import Struct

from jobtide.places import read
from jobtide.sources.hackernews.comment import Line
from jobtide.sources.hackernews.parts import read_part, workplace
from jobtide.sources.hackernews.words import WORKPLACE, is_role

MOST_ROLES = 40  #: in one comment; the longest list met has about twenty
_LONGEST_TITLE = 90
_MOST_WORDS = 11


class Role(Struct, frozen=True, kw_only=True):
    """One role of a comment, in its own words; `()` and None: the header's words hold."""

    title: str
    links: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    workplace: str | None = None
    employment: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()


_BULLET: Final = re.compile(r"\s*(?:[-*•·+–—→>#◦▪●]+|\d{1,2}[.)](?!\d)|\(\d\))\s*")
#: What introduces a role on its own line.
_LABEL: Final = re.compile(
    r"(?:now |we(?:'|’)re |currently )?(?:hiring|open (?:role|position)s?|(?:role|position)s?"
    r"|job(?: title)?|title)\s*:\s+",
    re.IGNORECASE,
)
#: What sets the name of a role off from what is said of it.
_OFF: Final = re.compile(
    r"(?<![\dkK])\s+[-–—~]+>?(?:\s+|$)|\s+[-–—~]+>?\s+(?![$€£]?\d)"  # not "$120k - $140k"
    r"|\s*[-–—]{2,}>?\s*|\s*[|;→]\s*|:\s+|:$|-$"
)
_PAY_BEHIND: Final = re.compile(r"\s+(?=[$€£]\s?\d)")  #: "Support Engineer £30k–£55k"
#: A remark in brackets right behind the name.
_REMARK: Final = re.compile(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]*)[)\]](?=\W|$)\s*(.*)")
#: Words of sentences and of biographies: no name of a role holds one.
_SENTENCE: Final = re.compile(
    r"\b(?:we|we're|you|your|our|us|they|who|that|is|are|will|have|has|help|work|join|looking|need"
    r"|want|seeking|love|i|i'm|my|me|if|be|can|do|not|no|as|their|this|these|other|more|any"
    r"|experience|years?|yrs|former|reach|contact|email|apply|about|thanks?|tech stack|skills)\b"
    r"|^(?:co-?)?founders?$",
    re.IGNORECASE,
)
#: "Open roles: ...", "we're hiring: ...", and then several on the same line.
_INLINE: Final = re.compile(
    r"(?:\b(?:roles|positions|openings|jobs)\b[^:]{0,30}|\bhiring(?: for)?\b[^:.]{0,20})"
    r":\s*(?=\S)",
    re.IGNORECASE,
)


def listed_roles(found: list[Line]) -> list[Role]:
    """Return the roles that lines of a comment name, in order; the header is not one of them."""
    lines = _with_links_below(found)
    roles = [role for line in lines for role in (_item(line) or _inline(line.text))]
    return roles[:MOST_ROLES]


def _with_links_below(found: list[Line]) -> list[Line]:
    """Return the lines, links that stand alone below a line belonging to it."""
    lines: list[Line] = []
    for line in found:
        if lines and not line.text.strip(" -–—→>:.*"):
            lines[-1] = Line(lines[-1].text, (*lines[-1].links, *line.links))
        else:
            lines.append(line)
    return lines


def _item(line: Line) -> list[Role]:
    """Return the role a line is about, if it is about one."""
    bullet = _BULLET.match(line.text)
    text = line.text[bullet.end() :] if bullet else line.text
    text = _LABEL.sub("", text, count=1).strip(" *_")
    title, *rest = _OFF.split(text, maxsplit=1)
    if pay := _PAY_BEHIND.split(title, maxsplit=1)[1:]:
        title, rest = title[: -len(pay[0])].rstrip(), [*pay, *rest]
    remark = _REMARK.match(text)
    if remark and len(remark[1]) <= len(title):
        title, rest = remark[1], [f"({remark[2]})", remark[3]]
    set_off = bullet or line.links or any(rest) or len(text) <= _LONGEST_TITLE
    title = title.strip(" *_,.:–—-")
    if not set_off or not _is_title(title):
        return []
    pieces = [piece for part in rest for off in _set_off(part) for piece in _opened(off)]
    if pieces and (quality := _quality(pieces[0])):
        title, pieces = f"{title} {quality}", pieces[1:]
    return [_role(title, pieces, line.links)]


def _set_off(text: str) -> list[str]:
    """Return the pieces of a text; what stands in brackets is never torn apart."""
    held: list[str] = re.findall(r"\([^()]*\)", text)
    marked = re.sub(r"\([^()]*\)", "\x00", text.replace("\x00", ""))
    kept = iter(held)
    return [re.sub("\x00", lambda _: next(kept), piece) for piece in _OFF.split(marked)]


def _opened(text: str) -> list[str]:
    """Return a piece, and apart from it what it says in brackets, unless both name places."""
    text = text.strip(" *_,")
    opened = re.fullmatch(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]", text)
    if opened and not _is_place(opened[1]):
        return [opened[1], f"({opened[2]})"]
    return [text] if text else []


def _is_title(text: str) -> bool:
    """Tell whether a text is the name of a role and nothing more."""
    words = text.split()
    return (
        0 < len(words) <= _MOST_WORDS
        and len(text) <= _LONGEST_TITLE
        and (words[0][0].isupper() or words[0][0].isdigit() or words[0][0] in ".i")
        and not _SENTENCE.search(text)
        and not text.endswith((".", "!", "?"))
        and is_role(text.partition(",")[0])  # a person's office follows a name and a comma
    )


def _quality(text: str) -> str:
    """Return what tells a role from its neighbours: "(Embedded)", "- Backend"; else nothing."""
    plain = _bare(text)
    short = 0 < len(plain.split()) <= 5 and not re.search(r"\d", plain)
    if not short or not plain[0].isupper() or _SENTENCE.search(plain) or plain.endswith("."):
        return ""
    if re.search(r"\b(?:jobs?|postings?|details|link|here)\b", plain, re.IGNORECASE):
        return ""
    if not read_part(plain).unknown and not is_role(plain):
        return ""
    return f"({plain})" if text.startswith(("(", "[")) else f"- {plain}"


def _bare(text: str) -> str:
    """Return what stands in a pair of brackets, or the text."""
    inside = re.fullmatch(r"\s*[(\[]([^()\[\]]*)[)\]]\s*", text)
    return (inside[1] if inside else text).strip()


def _role(title: str, pieces: list[str], links: tuple[str, ...]) -> Role:
    """Return the role with what the rest of its line states; prose states nothing here."""
    parts = [read_part(_bare(piece)) for piece in pieces if len(piece) <= _LONGEST_TITLE]
    places = tuple(part.place for part in parts if part.place and _is_place(part.place))
    return Role(
        title=title,
        links=links,
        places=places,
        workplace=workplace(" ".join(places)),
        employment=tuple(part.employment for part in parts if part.employment),
        pay=tuple(part.pay for part in parts if part.pay),
    )


def _is_place(text: str) -> bool:
    """Tell whether a text is nothing but places: "CI" is a country's code, and a habit."""
    if WORKPLACE.search(text):
        return True
    names = [name for name in re.split(r"\s*(?:[,/&;()]|\bor\b|\band\b)\s*", text) if name]
    return all(
        bool(read(name).places) and (len(name) > 2 or at > 0 or name in _CODES)
        for at, name in enumerate(names)
    )


#: Places that are written with two letters and mean nothing else.
_CODES: Final = frozenset(("US", "UK", "EU", "SF", "NY", "LA", "DC"))


def _inline(text: str) -> list[Role]:
    """Return the roles a line lists after "Open roles:" or the like, when it lists several."""
    lead = _INLINE.search(text)
    if lead is None:
        return []
    listed = re.split(r"(?<=[a-z)])\.\s", text[lead.end() :])[0]
    for mark in (r"\s*[•·]\s*", r"(?:^|\s+)[-–—*]\s+", r"\s*;\s*", r",\s+(?:and\s+)?|\s+and\s+"):
        names = [name.strip(" .") for name in re.split(mark, listed) if name.strip(" .")]
        roles = [name for name in names if is_role(name) and not _SENTENCE.search(name)]
        if len(roles) > 1 and 3 * len(roles) >= 2 * len(names):
            items = (_item(Line(f"- {name}")) or [Role(title=name)] for name in roles)
            return [item[0] for item in items if len(item[0].title) <= _LONGEST_TITLE]
    return []
