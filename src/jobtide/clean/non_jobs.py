"""Refuse what is surely no job. Every doubt keeps the posting: junk can be labelled later."""

import re

from jobtide.model import Posting, Reject
from jobtide.text import fold, squeeze

#: Titles programs write when they have none.
_NO_TITLE = frozenset(
    ("", "undefined", "null", "none", "nan", "n/a", "[object object]", "untitled", "no title")
)
#: A template that was never filled in: "<<ENTER DISPLAY JOB TITLE>>", "{{title}}", "[JOB TITLE]".
_TEMPLATE = re.compile(
    r"<<[^<>]*>>|\{\{[^{}]*\}\}|\$\{[^{}]*\}|%%[^%]*%%"
    r"|[\[<{(](?:enter|insert|your|add)?\s*(?:display\s*)?(?:job|position|role)?\s*title[\]>})]"
    r"|(?:enter|insert|add)\s+(?:(?:the|a|your|display)\s+)*(?:job|position|role)\s+title\s*(?:here)?",
    re.IGNORECASE,
)
#: Words of a page's navigation that scrapers take for an entry.
_NAVIGATION = frozenset(
    (
        "menu", "main menu", "home", "blog", "our blog", "about", "about us", "contact",
        "contact us", "login", "log in", "sign in", "sign up", "register", "search", "next",
        "previous", "read more", "load more", "see more", "show more", "view all", "view more",
        "see all jobs", "view all jobs", "all jobs", "faq", "faqs", "privacy", "privacy policy",
        "cookie policy", "terms", "terms of service", "terms and conditions", "newsletter",
        "page not found", "404", "404 not found", "access denied", "just a moment...", "subscribe",
        "share", "careers", "jobs", "skip to content", "skip to main content", "navigation",
    )
)  # fmt: skip


def refuse_non_jobs(posting: Posting) -> Posting | Reject:
    """Refuse a posting that has no title, a template as title, or is an entry of a menu."""
    title = squeeze(posting.title)
    key = fold(title)
    if key in _NO_TITLE:
        return _reject(posting, "no_title", title)
    if _TEMPLATE.fullmatch(title.strip("\"' -")):
        return _reject(posting, "template_title", title)
    if key in _NAVIGATION:
        return _reject(posting, "not_a_job", f"a word of navigation: {title}")
    return posting


def _reject(posting: Posting, reason: str, detail: str) -> Reject:
    """Return the `Reject` of a posting."""
    return Reject(
        source=posting.source,
        board=posting.board,
        identifier=posting.identifier,
        step="refuse_non_jobs",
        reason=reason,
        detail=detail[:200],
    )
