"""
Connected components by the verbs of an engine, so that no machine has to hold all edges.

Alternating stars: R. Kiveris, S. Lattanzi, V. Mirrokni, V. Rastogi, S. Vassilvitskii, "Connected
Components in MapReduce and Beyond", SoCC 2014. A node is the hash of a posting's id. Each round
ties every node to the smallest node it knows of, until nothing changes: then that is the name of
its component. Rounds grow with the logarithm of the longest chain, and chains of copies are short.
"""

from collections.abc import Iterable, Iterator

from jobtide.dedupe.clusters import Edge
from jobtide.text import stable_hash

Pair = tuple[int, int]


def node(posting_id: str) -> int:
    """Return the number of a posting: 63 bits, the same in every process."""
    return stable_hash(posting_id) >> 1


def links(edges: Iterable[Edge]) -> Iterator[Pair]:
    """Yield the two postings of each edge as (larger node, smaller node)."""
    for edge in edges:
        one, other = node(edge.one.id), node(edge.other.id)
        if one != other:
            yield max(one, other), min(one, other)


def both_ways(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield each pair and its mirror: what a large star is grouped from."""
    for one, other in pairs:
        yield one, other
        yield other, one


def large_star(groups: Iterable[tuple[int, list[int]]]) -> Iterator[Pair]:
    """Tie the larger neighbours of each node to the smallest one it knows."""
    for center, neighbours in groups:
        least = min(center, *neighbours)
        for one in set(neighbours):
            if one > center:
                yield one, least


def downward(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield the pairs from the larger node to the smaller: what a small star is grouped from."""
    for one, other in pairs:
        if one != other:
            yield max(one, other), min(one, other)


def small_star(groups: Iterable[tuple[int, list[int]]]) -> Iterator[Pair]:
    """Tie each node and its smaller neighbours to the smallest of them."""
    for center, neighbours in groups:
        smaller = set(neighbours)
        least = min(smaller)
        for one in smaller | {center}:
            if one != least:
                yield one, least


def fingerprint(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """
    Yield (how many, digest) of a partition; both add up to those of all pairs.

    A round makes the same pairs, as often each, of the same set of pairs: so two rounds with the
    same sums have come to the end.
    """
    count = digest = 0
    for one, other in pairs:
        count += 1
        digest += stable_hash(f"{one}>{other}")
    yield count, digest


def by_node(edges: Iterable[Edge]) -> Iterator[tuple[int, Edge]]:
    """Yield each edge under the node of its first posting."""
    for edge in edges:
        yield node(edge.one.id), edge


def named(groups: Iterable[tuple[int, list[Edge | int]]]) -> Iterator[tuple[int, Edge]]:
    """Yield each edge under the name of its component; without a name a node is its own."""
    for center, found in groups:
        names = [one for one in found if isinstance(one, int)]
        name = min(names) if names else center
        for one in found:
            if isinstance(one, Edge):
                yield name, one
