"""
What a posting is: one of 23 categories, with the words that say so.

`categories` reads the title first, then the board's tags, then the first sentences of the text;
what comes later only fills what came earlier left open (docs/explanation).
"""

from collections import Counter
from functools import lru_cache

from msgspec.structs import replace

from jobtide.classify.category.decide import Finding, decide
from jobtide.classify.category.introduction import named_in
from jobtide.classify.category.title import Title, cut, read, unglue
from jobtide.classify.category.words import LABELS
from jobtide.model import Label, Posting
from jobtide.text import remembered

__all__ = ("LABELS", "categories", "label_category")

_NONE = Label(value="other", rule="category.none", inferred=True)
_MAX_OTHERS = 2


@remembered
def categories(
    title: str,
    tags: tuple[str, ...] = (),
    text: str = "",
    occupational_category: tuple[str, ...] = (),
) -> tuple[Label, ...]:
    """Return the categories of a posting, the primary one first; never empty.

    `text` is the plain description; only its beginning is read. Nothing found: "other", rule
    "category.none", inferred.
    """
    whole = read(unglue(title))
    findings = decide(whole)
    if not findings and " " not in title:
        whole = read(cut(title))
        findings = decide(whole)
    found = [_label(finding, whole, "title") for finding in findings]
    if not findings or _open(findings[0]):
        found = _hints(tags, occupational_category) + _introduced(text) + found
    labels: dict[str, Label] = {}
    for label in found:
        labels.setdefault(label.value, label)
    return tuple(labels.values())[: 1 + _MAX_OTHERS] or (_NONE,)


def _open(finding: Finding) -> bool:
    """Tell whether a head noun stood alone, so that the subject is still to be found."""
    return finding.rule == "head" and finding.match.entry.group.family not in ("dev", "worker")


def _hints(tags: tuple[str, ...], departments: tuple[str, ...]) -> list[Label]:
    """Read the board's words one by one; a label that most of them support is a hint.

    Boards that tag everything contradict themselves: that says nothing.
    """
    for field, words in (("occupational_category", departments), ("tags", tags)):
        found = [label for word in words for label in _hint(word, field)]
        counts = Counter(label.value for label in found)
        for label in found:
            if counts[label.value] * 2 > len(words):
                return [replace(label, inferred=True)]
    return []


@lru_cache(maxsize=256)  # the tags of a board come again and again
def _hint(word: str, field: str) -> tuple[Label, ...]:
    """Return the label one of the board's words supports, if any."""
    title = read(word)
    return tuple(_label(f, title, field) for f in decide(title)[:1] if not _is_faint(f))


def _introduced(text: str) -> list[Label]:
    """Read what the first sentences say is looked for."""
    for start, words in named_in(text):
        title = read(words)
        for finding in decide(title)[:1]:
            if not _is_faint(finding) and not (finding.rule == "subject" and finding.inferred):
                label = _label(finding, title, "text")
                return [replace(label, start=start + (label.start or 0), inferred=True)]
    return []


def _is_faint(finding: Finding) -> bool:
    """Tell whether a finding is too weak to fill what the title left open."""
    group = finding.match.entry.group
    return group.weak or (finding.rule == "head" and group.family not in ("dev", "sci"))


def _label(finding: Finding, title: Title, field: str) -> Label:
    evidence, start = title.evidence(finding.match)
    return Label(
        value=finding.label,
        rule=f"category.{field}.{finding.rule}: {finding.match.entry.group.name}",
        evidence=evidence,
        field=field,
        start=start,
        inferred=finding.inferred,
    )


def label_category(posting: Posting) -> Posting:
    """Step: fill `category` and `other_categories`."""
    primary, *others = categories(
        posting.title, posting.tags, posting.text, posting.occupational_category
    )
    return replace(posting, category=primary, other_categories=tuple(others))
