"""Postings under their blocking keys, and the pairs of a block that are one opening."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from operator import attrgetter

from jobtide.dedupe.clusters import Edge, decide
from jobtide.dedupe.compare import title_relation
from jobtide.dedupe.decisions import NO_DECISIONS, Decisions
from jobtide.dedupe.facts import Facts
from jobtide.dedupe.keys import unpack
from jobtide.dedupe.reading import facts_of_each
from jobtide.model import Posting, Tracked
from jobtide.text import stable_hash

#: A block larger than this is a text everybody copies, or an employer's role in all its cities:
#: comparing it would cost its square. In most of those the keys of the single places still bring
#: the copies together.
MAX_BLOCK = 200


def keyed(
    postings: Iterable[Posting | Tracked | Facts], decisions: Decisions = NO_DECISIONS
) -> Iterator[tuple[int, Facts]]:
    """Yield each posting's facts under each of its keys; only those that share one meet."""
    for facts in facts_of_each(postings):
        for key in keys_of(facts, decisions):
            yield key, facts


def keys_of(facts: Facts, decisions: Decisions = NO_DECISIONS) -> tuple[int, ...]:
    """Return the blocking keys of a posting, and those that people's decisions give it."""
    keys = unpack(facts.keys)
    if facts.id in decisions.named:
        keys += tuple(
            decision_key(number)
            for number, row in enumerate(decisions.merge)
            if facts.id in row.postings
        )
    return keys


def decision_key(number: int) -> int:
    """Return the key under which the postings of one decision meet."""
    return stable_hash(f"decision|{number}") >> 1


def edges(
    blocks: Iterable[tuple[int, list[Facts]]], decisions: Decisions = NO_DECISIONS
) -> Iterator[Edge]:
    """Yield each pair of a block that is the same opening, once a partition."""
    seen: set[tuple[str, str]] = set()
    for _, block in blocks:
        if 1 < len(block) <= MAX_BLOCK:
            for one, other in combinations(sorted(block, key=attrgetter("id")), 2):
                found = edge(one, other, seen, decisions)
                if found:
                    yield found


def edge(
    one: Facts,
    other: Facts,
    seen: set[tuple[str, str]],
    decisions: Decisions = NO_DECISIONS,
) -> Edge | None:
    """Return the edge of two postings that are one opening; `seen` keeps pairs from coming twice.

    Most pairs of a block differ in their titles, which is cheap to see: those are not kept.
    """
    if other.id < one.id:
        one, other = other, one
    pair = (one.id, other.id)
    if pair in seen or one.id == other.id:
        return None
    if title_relation(one, other) is None and not (
        decisions.merge and frozenset(pair) in decisions.merged
    ):
        return None
    seen.add(pair)
    verdict = decide(one, other, decisions)
    if not verdict.same:
        return None
    return Edge(one=one, other=other, score=verdict.score, reasons=verdict.reasons)
