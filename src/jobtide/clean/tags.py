"""Tidy a board's tags."""

from jobtide.clean.mended import mend
from jobtide.model import Posting
from jobtide.text import squeeze

_NOTHING = frozenset(("", "undefined", "null", "none", "nan", "n/a", "-"))


def tidy(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return `tags` squeezed, without counts, empty ones and repetitions; in their order.

    >>> tidy(("Typescript ", "", "typescript", "Remote (515)"))
    ('Typescript', 'Remote')
    """
    kept: dict[str, str] = {}
    for tag in tags:
        text = squeeze(tag).rstrip(",;| ").lstrip("#,;| ")
        # Arbeitnow writes how often a tag is used behind it: "Remote (515)".
        while (
            text.endswith(")") and text[(at := text.rfind("(")) + 1 : -1].isdecimal() and at >= 0
        ):
            text = text[:at].rstrip(",;| ")
        if text.lower() not in _NOTHING:
            kept.setdefault(text.lower(), text)
    return tuple(kept.values())


def tidy_tags(posting: Posting) -> Posting:
    """Tidy the tags and categories of the posting."""
    changes: dict[str, object] = {}
    for field in ("tags", "occupational_category"):
        before: tuple[str, ...] = getattr(posting, field)
        if before and (after := tidy(before)) != before:
            changes[field] = after
    return mend(posting, ["tags"], changes)
