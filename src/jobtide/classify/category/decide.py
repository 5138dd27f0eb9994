"""Which label a title supports: trade, subject and head noun, in the order of the guide."""

from itertools import pairwise
from typing import NamedTuple

from jobtide.classify.category.title import CONNECTORS, Match, Title

#: Labels of the technical trades: a software head beside any other label is still software.
TECHNICAL = frozenset(
    {"backend", "frontend", "fullstack", "mobile", "devops", "data", "ml", "security", "qa"}
)
_BINDERS = frozenset("de da do di del des du d der den von ds".split())
_CONJUNCTIONS = frozenset("and / und et e y en i och oraz".split())


class Finding(NamedTuple):
    """A label and the words that support it."""

    label: str
    match: Match
    rule: str  #: "trade" | "subject" | "head"
    inferred: bool


class Part(NamedTuple):
    """One segment of a title: its words and what is known of them."""

    first: int
    last: int
    subjects: list[Match]
    heads: list[Match]


def parts(title: Title) -> list[Part]:
    """Cut a title into its segments that hold any known word."""
    found: list[Part] = []
    by_segment: dict[int, Part] = {}
    for number, word in enumerate(title.words):
        part = by_segment.get(word.segment)
        if part is None:
            by_segment[word.segment] = Part(number, number, [], [])
        else:
            by_segment[word.segment] = part._replace(last=number)
    for match in title.subjects:
        by_segment[title.words[match.first].segment].subjects.append(match)
    for match in title.heads:
        by_segment[title.words[match.first].segment].heads.append(match)
    found = [part for part in by_segment.values() if part.subjects or part.heads]
    return found


def meaning(match: Match, family: str) -> str:
    """Return what a subject means beside a head of `family`; "-" for nothing."""
    group = match.entry.group
    if group.kind == "role":
        return group.label
    return group.by_family.get(family or "alone", group.label)


def _nucleus(title: Title, part: Part) -> int:
    """Return the last word before the segment turns to product, place or customer."""
    for at in range(part.first + 1, part.last + 1):
        if title.words[at].text not in CONNECTORS:
            continue
        before = [head for head in part.heads if head.last < at]
        if title.words[at].text in ("of", "for") and before and before[-1].last == at - 1:
            if before[-1].entry.group.family in ("mgr", "staff", "learner", "analyst") and not any(
                s.last < at for s in part.subjects
            ):
                continue  # "Head of Marketing"
        if before or any(s.last < at for s in part.subjects):
            return at - 1
    return part.last


def _head(title: Title, heads: list[Match]) -> Match | None:
    """Return the head noun: the last one, or the first where "de" binds what follows."""
    heads = [head for head in heads if head.entry.group.family != "learner"] or heads
    if not heads:
        return None
    if len(heads) > 1:
        after = heads[0].last + 1
        if after < len(title.words) and title.words[after].text in _BINDERS:
            return heads[0]
    return heads[-1]


def _trade(title: Title, roles: list[Match]) -> Match:
    """Of several trades the last decides ("Nurse Recruiter"), of "A and B" the first."""
    for left, right in pairwise(roles):
        between = title.words[left.last + 1 : right.first]
        if any(word.text in _CONJUNCTIONS for word in between):
            shared = right.entry.complete and not right.entry.generic
            if left.entry.complete or not shared:
                return left  # "Marketing and Event Manager", but "Brand and Creative Designer"
    whole = [role for role in roles if role.entry.complete]
    return (whole or roles)[-1]


def segment(title: Title, part: Part) -> Finding | None:
    """Return what one segment says; a head alone is inferred."""
    end = _nucleus(title, part)
    subjects = [m for m in part.subjects if m.last <= end]
    head = _head(title, [m for m in part.heads if m.last <= end])
    roles = [m for m in subjects if m.entry.group.kind == "role"]
    for role in roles:
        if role.entry.group.top:
            return Finding(role.entry.group.label, role, "trade", False)
    family = head.entry.group.family if head else ""
    if roles:
        role = _trade(title, roles)
        if not _software_beside(role, head, family):
            return Finding(role.entry.group.label, role, "trade", False)
        roles = []
    fields = [m for m in subjects if m.entry.group.kind == "field"]
    chosen = _nearest(fields, head, family)
    if chosen is not None:
        return chosen
    if head is None:
        return None
    return Finding(head.entry.group.label, head, "head", True)


def _software_beside(role: Match, head: Match | None, family: str) -> bool:
    """Tell whether a software head stands after a trade of another kind: then it is software."""
    if head is None or head.first <= role.last:
        return False
    if family == "dev":
        return role.entry.group.label not in TECHNICAL
    return family == "eng" and role.entry.group.label not in TECHNICAL | {"other"}


def _nearest(fields: list[Match], head: Match | None, family: str) -> Finding | None:
    """Return the subject that decides: nearest before the head, then nearest after it."""
    if head is None:
        for weak in (False, True):
            for field in fields:
                if field.entry.group.weak is weak and meaning(field, "") != "-":
                    return Finding(meaning(field, ""), field, "subject", True)
        return None
    before = [m for m in reversed(fields) if m.first <= head.first]
    after = [m for m in fields if m.first > head.first]
    for weak in (False, True):
        for field in before + after:
            label = meaning(field, family)
            if field.entry.group.weak is weak and label != "-":
                return Finding(label, field, "subject", False)
    return None


def decide(title: Title) -> list[Finding]:
    """Return the findings of a title, the deciding one first; empty when nothing is known."""
    found: list[Finding] = []
    for part in parts(title):
        finding = segment(title, part)
        if finding is not None:
            found.append(finding)
    if not found:
        return []
    first = _deciding(title, found)
    return [first, *(f for f in found if f is not first)]


def _deciding(title: Title, found: list[Finding]) -> Finding:
    """Of the segments' findings the first that names a trade; else a head takes what follows."""
    first = found[0]
    for finding in found:
        if finding.rule == "trade" and finding.match.entry.group.top:
            return finding
    if first.rule == "trade" or (first.rule == "subject" and not first.inferred):
        return first
    family = first.match.entry.group.family if first.rule == "head" else ""
    later = found[1:]
    if family == "dev":
        for finding in later:
            if finding.match.entry.group.reach:
                return finding
        return first
    for finding in later:
        if finding.rule == "trade" or (finding.rule == "subject" and not finding.inferred):
            return finding
    if family:
        for finding in later:
            if finding.rule == "subject":
                label = meaning(finding.match, family)
                if label != "-":
                    return finding._replace(label=label, inferred=False)
    if first.rule == "head" and family == "learner" and later:
        return later[0]
    return first
