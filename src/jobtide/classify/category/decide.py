"""Which label a title supports: trade, subject and head noun, in the order of the guide."""

from typing import NamedTuple

from jobtide.classify.category.title import CONNECTORS, Match, Title

#: Labels of the technical trades: a software head beside any other label is still software.
TECHNICAL = frozenset(
    {"backend", "frontend", "fullstack", "mobile", "devops", "data", "ml", "security", "qa"}
)
#: Subjects that keep an engineer: sales and support engineers, engineers of things.
_ENGINEERED = TECHNICAL | {"other", "sales", "support"}
_LED = frozenset({"dev", "eng", "sci", "analyst"})
_BINDERS = frozenset("de da do di del des du d der den von ds".split())
_CONJUNCTIONS = frozenset("and / und et e y en i och oraz".split())


class Finding(NamedTuple):
    """A label and the words that support it."""

    label: str
    match: Match
    rule: str  #: "trade" | "subject" | "head"
    inferred: bool


class Part(NamedTuple):
    """Some words of a title in one segment, and what is known of them."""

    first: int
    last: int
    subjects: list[Match]
    heads: list[Match]


def parts(title: Title) -> list[Part]:
    """Cut a title into its segments that hold any known word."""
    by_segment: dict[int, Part] = {}
    words = title.words
    matches = [(match, True) for match in title.subjects]
    matches += [(match, False) for match in title.heads]
    for match, is_subject in matches:
        number = words[match.first].segment
        part = by_segment.get(number)
        if part is None:
            here = [at for at, word in enumerate(words) if word.segment == number]
            part = by_segment[number] = Part(here[0], here[-1], [], [])
        (part.subjects if is_subject else part.heads).append(match)
    return [by_segment[number] for number in sorted(by_segment)]


def meaning(match: Match, family: str) -> str:
    """Return what a subject means beside a head of `family`; "-" for nothing."""
    group = match.entry.group
    label = group.by_family.get(family or "alone", group.label)
    if group.kind == "role":
        if family == "dev" and label not in TECHNICAL:
            return "-"
        if family == "eng" and label not in _ENGINEERED:
            return "-"
    return label


def is_trade(match: Match) -> bool:
    """Tell whether words name a worker by themselves: "data analyst", not "data analytics"."""
    group = match.entry.group
    return group.kind == "role" and (match.entry.complete or group.top)


def _nucleus(title: Title, part: Part) -> Part:
    """Return the part before the segment turns to product, place or customer.

    "Accountant at a bank" turns there, "Head of Marketing" and "Praktikum im Einkauf" do not.
    """
    for at in range(part.first + 1, part.last + 1):
        if title.words[at].text in CONNECTORS:
            named = any(s.last < at for s in part.subjects)
            if named or any(h.last < at and h.entry.group.family == "dev" for h in part.heads):
                return _cut(part, part.first, at - 1)
    return part


def _cut(part: Part, first: int, last: int) -> Part:
    return Part(
        first,
        last,
        [m for m in part.subjects if first <= m.first and m.last <= last],
        [m for m in part.heads if first <= m.first and m.last <= last],
    )


def _head(title: Title, heads: list[Match]) -> Match | None:
    """Return the head noun: the last one, or the first where "de" binds what follows."""
    heads = [head for head in heads if head.entry.group.family != "learner"] or heads
    if not heads:
        return None
    if len(heads) > 1:
        after = heads[0].last + 1
        if after < len(title.words) and title.words[after].text in _BINDERS:
            return heads[0]
        if heads[-1].entry.group.family == "lead" and heads[-2].entry.group.family in _LED:
            return heads[-2]  # "Systems Engineer Lead"
    return heads[-1]


def segment(title: Title, part: Part, carried: Match | None = None) -> Finding | None:
    """Return what one segment says; a head alone is inferred.

    `carried` is the head of an earlier segment that still lacks its subject: "Manager, Tax".
    """
    part = _nucleus(title, part)
    for role in part.subjects:
        if role.entry.group.top:
            return Finding(role.entry.group.label, role, "trade", False)
    for at in range(part.first + 1, part.last):
        if title.words[at].text in _CONJUNCTIONS:
            first = _simple(title, _cut(part, part.first, at - 1), None)
            if first is not None and not first.inferred and not _is_faint(first, part):
                return first
    return _simple(title, part, carried)


def _is_faint(finding: Finding, part: Part) -> bool:
    """Tell whether the first of two choices is a subject too weak to decide alone."""
    if finding.rule != "subject":
        return False
    family = part.heads[0].entry.group.family if part.heads else ""
    return _is_weak(finding.match, family)


def _simple(title: Title, part: Part, carried: Match | None) -> Finding | None:
    """Return what words without a choice in them say."""
    trades = [m for m in part.subjects if is_trade(m)]
    head = _head(title, part.heads)
    family = head.entry.group.family if head else ""
    if trades:
        trade = trades[-1]
        if not (head and head.first > trade.last and meaning(trade, family) == "-"):
            shared = _sharing(title, part, trade)
            if shared is not None:
                return Finding(shared.entry.group.label, shared, "subject", False)
            return Finding(trade.entry.group.label, trade, "trade", False)
    subjects = [m for m in part.subjects if not is_trade(m)]
    if head is None and carried is not None:
        family = carried.entry.group.family
    chosen = _nearest(title, subjects, head, family)
    if chosen is not None:
        return chosen
    if head is None:
        return None
    return Finding(head.entry.group.label, head, "head", True)


def _sharing(title: Title, part: Part, trade: Match) -> Match | None:
    """Return the subject that shares the head of a trade: "Security and DevOps Engineer".

    "Brand and Creative Designer" shares none: a designer is a trade by itself.
    """
    joint = trade.first - 1
    if not trade.entry.generic or joint < 0 or title.words[joint].text not in _CONJUNCTIONS:
        return None
    for subject in reversed(part.subjects):
        strong = not _is_weak(subject, "staff") and meaning(subject, "staff") != "-"
        if subject is not trade and subject.first < joint and strong:
            return subject
    return None


def _nearest(
    title: Title, subjects: list[Match], head: Match | None, family: str
) -> Finding | None:
    """Return the subject that decides: nearest before the head, then nearest after it."""
    if head is None:
        ordered, inferred = _from_the_end(title, subjects), not family
    else:
        before = _first_of_choices(title, [m for m in subjects if m.first <= head.first])
        after = [m for m in subjects if m.first > head.first]
        if family == "dev":
            after = [m for m in after if _reaches(title, m) or m.first == head.last + 1]
        ordered, inferred = before + after, False
    if family in ("dev", "eng", "") and _both_sides(ordered, family):
        return Finding("fullstack", ordered[0], "subject", inferred)
    for weak in (False, True):
        for subject in ordered:
            label = meaning(subject, family)
            if _is_weak(subject, family) is weak and label != "-":
                return Finding(label, subject, "subject", inferred)
    return None


def _reaches(title: Title, match: Match) -> bool:
    """Tell whether a subject behind a software trade is the work and not the product."""
    reach = match.entry.group.reach
    if reach != "first":
        return bool(reach)
    return title.words[match.first - 1].segment != title.words[match.first].segment


def _is_weak(subject: Match, family: str) -> bool:
    group = subject.entry.group
    return group.weak or (family or "alone") in group.weak_beside


def _both_sides(subjects: list[Match], family: str) -> bool:
    """Tell whether server and browser are both named: that is full stack."""
    named = {meaning(m, family) for m in subjects if not m.entry.group.weak}
    return {"backend", "frontend"} <= named <= {"backend", "frontend", "-"}


def _from_the_end(title: Title, subjects: list[Match]) -> list[Match]:
    """Order the subjects of words without a head: "e-commerce analytics" is analytics.

    Where "de" binds, or one thing and another are named, it is the first.
    """
    ordered: list[Match] = []
    for match in subjects:
        joint = title.words[match.first - 1].text if ordered and match.first else ""
        if joint in _CONJUNCTIONS or joint in _BINDERS:
            ordered.append(match)
        else:
            ordered.insert(0, match)
    return ordered


def _first_of_choices(title: Title, before: list[Match]) -> list[Match]:
    """Order subjects from the head outwards, but "sales and marketing" as it was said."""
    ordered: list[Match] = []
    for match in before:
        joint = match.first - 1
        if ordered and joint == ordered[0].last + 1 and title.words[joint].text in _CONJUNCTIONS:
            ordered.insert(1, match)
        else:
            ordered.insert(0, match)
    return ordered


def decide(title: Title) -> list[Finding]:
    """Return the findings of a title, the deciding one first; empty when nothing is known."""
    found: list[Finding] = []
    for part in parts(title):
        first = found[0] if found else None
        open_head = first and first.rule == "head" and not first.match.entry.group.settled
        carried = first.match if first and open_head else None
        finding = segment(title, part, carried)
        if finding is not None:
            found.append(finding)
    if not found:
        return []
    first = _deciding(title, found)
    return [first, *(f for f in found if f is not first)]


def _deciding(title: Title, found: list[Finding]) -> Finding:
    """Of the segments' findings the first that names a trade; else a head takes what follows."""
    for finding in found:
        if finding.rule == "trade" and finding.match.entry.group.top:
            return finding
    first, later = found[0], found[1:]
    if _is_named(first) or not later:
        return first
    family = first.match.entry.group.family if first.rule == "head" else ""
    if family == "dev":
        return next((f for f in later if _reaches(title, f.match)), first)
    if first.match.entry.group.settled:
        return next((f for f in later if f.rule == "trade" and f.label in TECHNICAL), first)
    if family == "learner":
        return next(filter(_is_named, later), later[0])
    return next(filter(_is_named, later), None) or _stronger(first, later)


def _stronger(first: Finding, later: list[Finding]) -> Finding:
    """Of findings that all lack something the first, unless it is weak and another is not."""
    if not _is_weak(first.match, "") and first.rule != "head":
        return first
    for finding in later:
        if finding.rule != "head" and not _is_weak(finding.match, ""):
            return finding
        if finding.match.entry.group.family in _LED and first.rule != "head":
            return finding
    return first


def _is_named(finding: Finding) -> bool:
    """Tell whether a finding needs no other: a trade, or a subject with its head."""
    return not finding.inferred and not (
        finding.match.entry.group.weak and finding.match.entry.group.kind == "role"
    )
