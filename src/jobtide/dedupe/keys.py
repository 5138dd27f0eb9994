"""Blocking keys: postings that share none of them are never compared."""

import re

from jobtide.model import Posting
from jobtide.text import company_key, fold, tokens

#: Marks in brackets that say nothing about the role: gender marks, work mode, contract words.
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_GENDER = re.compile(r"\b[mwfhdx](?:\s*[/|*]\s*[mwfhdx]){1,3}\b")
#: Words that boards add to a title to decorate it.
_DECORATION = frozenset(
    (
        "remote", "remoto", "remota", "telecommute", "wfh", "anywhere", "worldwide", "hiring",
        "urgent", "new", "fulltime", "parttime", "permanent", "contract",
        "m", "f", "d", "w", "x", "h",
    )
)  # fmt: skip


def title_key(title: str) -> str:
    """Return the words of a title that name the role, in order, without decoration.

    >>> title_key("Senior Back-End Engineer (m/f/d) - Remote")
    'senior backend engineer'
    """
    plain = _GENDER.sub(" ", _BRACKETS.sub(" ", fold(title)))
    plain = re.sub(r"\b(back|front|full)[ -](end|stack)\b", r"\1\2", plain)
    words = [word for word in tokens(plain) if word not in _DECORATION]
    return " ".join(words) or " ".join(tokens(title))


def blocking_keys(posting: Posting) -> list[str]:
    """Return the keys of a posting, each with its kind before the bar."""
    keys = [f"link|{link}" for link in links(posting)]
    company = company_key(posting.hiring_organization or "")
    if company:
        keys.append(f"role|{company}|{title_key(posting.title)}")
    return keys


def links(posting: Posting) -> list[str]:
    """Return the links of a posting that name it, scheme and host spelling left out."""
    found = dict.fromkeys(link for link in (posting.url, posting.apply_url) if link)
    return [re.sub(r"^https?://(?:www\.)?", "", link).rstrip("/").lower() for link in found]
