"""How an employer's name is compared: one key for its spellings, and which names are related."""

import re
from functools import lru_cache

from jobtide.text import company_key, fold, tokens

#: What stands in brackets behind a name: "Lorne (YC W24)", "Lorne (formerly Pell)".
_BRACKETS = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]")
#: What boards and recruiting teams add to an employer's name, at its end: "Lorne Careers".
_HANGERS_ON = frozenset(
    "careers career jobs hiring recruiting recruitment talent company companies group".split()
)
#: The domain of a name that is an address: "Lorne.com" and "Lorne" are one employer. Others stay:
#: in "Lemon.io" and "Cal.com" the ending may be the brand, but only ".com" is left out in writing.
_DOMAIN = re.compile(r"\.com$", re.IGNORECASE)
#: What stands where a name should: two of these are not one employer. From recorded postings and
#: the wordings of recruiters' boards.
_UNNAMED = frozenset(
    """
    confidential undisclosed stealth stealthstartup stealthmodestartup anonymous private
    privateadvertiser client ourclient hidden na none unknown various notspecified unspecified
    startup employer confidencial empresaconfidencial vertraulich confidentiel
    """.split()
)
#: Shorter first words are shared by too many names ("Go", "One", "The").
_TELLING = 4


@lru_cache(maxsize=65536)
def employer_key(name: str) -> str:
    """Return what the spellings of one employer's name share; "" for no name ("Confidential").

    No case, punctuation, legal form, article, bracket, ".com" or "Careers".

    >>> {employer_key(name) for name in ("Lorne", "The Lorne Company", "LORNE, Inc. (YC W24)")}
    {'lorne'}
    """
    plain = _DOMAIN.sub("", _BRACKETS.sub(" ", name).strip()) or name
    words = [word for word in plain.split() if fold(word) != "the"] or plain.split()
    before = None
    while len(words) > 1 and words != before:
        before = list(words)
        words = _without_end(words)
    key = company_key(" ".join(words)) if words else ""
    return "" if key in _UNNAMED or not tokens(key) else key


def _without_end(words: list[str]) -> list[str]:
    """Return the words without one legal form or hanger-on at the end."""
    if tokens(words[-1]) and tokens(words[-1])[0] in _HANGERS_ON:
        return words[:-1]
    whole = company_key(" ".join(words))
    shorter = words[:-1]
    return shorter if company_key(" ".join(shorter)) == whole else words


def related(one: str, other: str) -> bool:
    """Say whether one key goes on where the other ends: "grafana" and "grafanalabs".

    Both are made by `employer_key`. A hint, no proof: it counts only beside the same text.
    """
    short, long = sorted((one, other), key=len)
    return len(short) >= _TELLING and long.startswith(short)
