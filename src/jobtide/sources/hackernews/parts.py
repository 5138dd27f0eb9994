"""One part of a header line, taken apart by its words."""

import re
from typing import Final

from msgspec import Struct

from jobtide.places import read
from jobtide.sources.hackernews.words import (
    EMPLOYMENT,
    FIELDS,
    OTHER,
    PAY,
    WORKPLACE,
    is_generic,
    is_role,
)

LONGEST_PART = 100  #: a longer one may hold the beginning of the text, on the same line
_LONGEST_LINE = 250  #: longer is surely a text
_LONGEST_EMPLOYMENT = 40
#: Where a text begins: "Kelp is building ...", "We are ...", or after the end of a sentence.
_SENTENCE: Final = re.compile(
    r"(?:^|\s)(?=(?:[A-Z][\w.]*\s){1,3}(?:is|are|was|builds|makes|processes|provides|has|helps)\b)"
    r"|(?<=[.!?])\s+(?=[A-Z])"
)


class Part(Struct, kw_only=True):
    """One part of the line, taken apart by its words."""

    text: str
    role: str = ""
    generic: str = ""
    place: str = ""
    employment: str = ""
    pay: str = ""
    other: bool = False

    @property
    def unknown(self) -> bool:
        return bool(self.text) and not (
            self.role or self.generic or self.place or self.employment or self.pay or self.other
        )


def split_parts(text: str, marks: str = "|") -> list[str]:
    """Return the parts of a line between bars; bars in brackets part nothing.

    >>> split_parts("Acme (a | b) | Engineer|Remote")
    ['Acme (a | b)', 'Engineer', 'Remote']
    """
    parts, depth = [""], 0
    for letter in text:
        depth = max(0, depth + (letter in "([") - (letter in ")]"))
        if letter in marks and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def read_part(text: str) -> Part:
    """Take one part of a header line apart.

    >>> read_part("Hybrid (Boston, MA)").place, read_part("$120k - $140k").pay
    ('Hybrid (Boston, MA)', '$120k - $140k')
    """
    text = text.strip(" *_#√-–—•·")
    if len(text) > LONGEST_PART and (begun := _SENTENCE.search(text)):
        # The text begins on the same line; what leads to it is still a part.
        lead = EMPLOYMENT.match(text)
        text = lead[0] if lead else text[: begun.start()].strip(" -–—,")
    part = Part(text=text)
    if len(text) > _LONGEST_LINE:
        part.other = True
        return part
    bare = WORKPLACE.split(text)[0].strip(" ,(-–—/[")
    if bare and is_role(bare) and not _only_employment(bare) and not FIELDS.fullmatch(bare):
        _role(part, bare)
    else:
        _fact(part)
    if part.role or part.place or len(part.employment) > _LONGEST_EMPLOYMENT:
        part.employment = ", ".join(dict.fromkeys(EMPLOYMENT.findall(text)))
    return part


def _fact(part: Part) -> None:
    """Note what a part that names no role is about."""
    text = part.text
    if WORKPLACE.search(text):
        _place(part)
    elif PAY.search(text):
        part.pay = text
    elif OTHER.search(re.sub(r"\([^()]*\)", "", text)):
        part.other = True
    elif read(text).places or read(text).anywhere:
        _place(part)
    elif EMPLOYMENT.search(text):
        part.employment = text
    elif is_generic(text):
        part.generic = text
    else:
        part.other = bool(re.fullmatch(r"\S+\.[a-z]{2,10}/?", text))  # its address


def _only_employment(text: str) -> bool:
    """Tell whether nothing but kinds of employment stands there: "Full-time, Interns (paid)"."""
    return not EMPLOYMENT.sub("", re.sub(r"\([^()]*\)", "", text)).strip(" ,/&+-")


def _role(part: Part, bare: str) -> None:
    """Note a role, and a place that follows it: "Engineer (Python) Boston, MA (hybrid)"."""
    whole = part.text.strip(" ,(-–—/[")
    cut = re.match(r"([^()]+\([^()]*\))\s+(?=[A-Z\d])(.+)", part.text)
    if cut and is_role(cut[1]) and (read(cut[2]).places or WORKPLACE.search(cut[2])):
        part.role, part.place = cut[1], cut[2]
    elif bare != whole:
        part.role, part.place = bare, part.text[len(bare) :].strip(" ,)-–—/]")
    else:
        part.role = part.text


def _place(part: Part) -> None:
    """Note a place; "Multiple roles in Berlin" also says that there are several roles."""
    part.text = re.sub(r"^location:?\s+", "", part.text, flags=re.I)
    if pay := PAY.search(part.text):  # "hybrid, $200,000 - $250,000"
        part.pay, part.text = part.text[pay.start() :], part.text[: pay.start()].rstrip(" ,(-–—+")
    lead = re.match(
        r"(.{0,40}\b(?:roles|positions|openings))\s+(?:in|across|at)?\s*(.+)", part.text
    )
    if lead and is_generic(lead[1]):
        part.generic, part.place = lead[1], lead[2]
    else:
        part.place = part.text


def workplace(text: str) -> str | None:
    """Return the words for the way of working, when they are of one kind."""
    words = WORKPLACE.findall(text)
    kinds = {re.sub(r"\W|ly$", "", word.lower()) for word in words}
    return words[0] if len(kinds) == 1 else None
