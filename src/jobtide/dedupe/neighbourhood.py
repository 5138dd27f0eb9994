"""
What a change means for its surroundings: the same clusters as from everything, from a little.

Clusters depend only on postings that edges connect, so it is enough to follow the edges from what
changed until they end. What is compared is then what shares a block with those few: the cost grows
with the change, not with the corpus.
"""

from collections.abc import Collection, Iterable
from typing import Protocol

from msgspec import Struct

from jobtide.dedupe.blocks import MAX_BLOCK, edge, keys_of
from jobtide.dedupe.clusters import Edge, Merged, clusters
from jobtide.dedupe.decisions import NO_DECISIONS, Decisions
from jobtide.dedupe.facts import Facts


class Corpus(Protocol):
    """The postings as they are now, most of them on disk."""

    def blocks(self, keys: Collection[int]) -> dict[int, frozenset[str]]:
        """Return the ids of the postings under each key."""
        ...

    def facts(self, ids: Collection[str]) -> dict[str, Facts]:
        """Return the facts of those of the postings that exist."""
        ...

    def companions(self, ids: Collection[str]) -> set[str]:
        """Return the postings that share an opening with one of these, as it was until now."""
        ...


class Outcome(Struct, frozen=True):
    """What became of the surroundings of a change."""

    merged: tuple[Merged, ...]
    alone: tuple[Facts, ...]  #: reached, and one opening each


def outcome(corpus: Corpus, seeds: Iterable[str], decisions: Decisions = NO_DECISIONS) -> Outcome:
    """Return the clusters of every posting that edges connect with one of the seeds.

    Seeds are the postings that changed, whatever was in one opening with them, and the blocks
    that grew beyond MAX_BLOCK or fell below (`crossed`).
    """
    walk = _Walk(corpus, decisions)
    todo = set(seeds)
    while todo:
        walk.reach(todo)
        todo = corpus.companions(walk.reached.keys()) - walk.reached.keys()
    merged = tuple(clusters(walk.edges, decisions))
    together = {one.id for found in merged for one in found.members}
    alone = tuple(facts for name, facts in walk.reached.items() if name not in together)
    return Outcome(merged, alone)


def crossed(before: dict[int, frozenset[str]], now: dict[int, frozenset[str]]) -> set[str]:
    """Return the postings of blocks that became too large to compare, or no longer are."""
    return {
        name
        for key, members in now.items()
        if (len(members) > MAX_BLOCK) != (len(before.get(key, ())) > MAX_BLOCK)
        for name in members
    }


class _Walk:
    """The postings reached so far, and the edges between them."""

    def __init__(self, corpus: Corpus, decisions: Decisions) -> None:
        self.reached: dict[str, Facts] = {}
        self.edges: list[Edge] = []
        self._corpus = corpus
        self._decisions = decisions
        self._known: dict[str, Facts] = {}
        self._seen: set[tuple[str, str]] = set()

    def reach(self, names: set[str]) -> None:
        """Follow the edges from these postings to their ends."""
        while names:
            self._learn(names)
            here = {name: self._known[name] for name in sorted(names) if name in self._known}
            self.reached |= here
            names = self._meet(here)

    def _meet(self, here: dict[str, Facts]) -> set[str]:
        """Compare postings with those of their blocks; return the new ones that match."""
        keys = {name: keys_of(facts, self._decisions) for name, facts in here.items()}
        blocks = self._corpus.blocks({key for own in keys.values() for key in own})
        near = {
            name: {
                other
                for key in own
                if len(blocks.get(key, ())) <= MAX_BLOCK
                for other in blocks.get(key, ())
            }
            for name, own in keys.items()
        }
        self._learn({other for others in near.values() for other in others})
        matched: set[str] = set()
        for name, others in near.items():
            for other in sorted(others - {name}):
                if other not in self._known:
                    continue
                found = edge(here[name], self._known[other], self._seen, self._decisions)
                if found:
                    self.edges.append(found)
                    matched.add(other)
        return matched - self.reached.keys()

    def _learn(self, names: Collection[str]) -> None:
        missing = [name for name in names if name not in self._known]
        if missing:
            self._known |= self._corpus.facts(missing)
