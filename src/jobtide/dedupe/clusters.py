"""Edges -> clusters: union-find, in an order that does not depend on the order of the edges."""

from collections.abc import Iterable, Iterator

from msgspec import Struct


class Edge(Struct, frozen=True, kw_only=True):
    """Two postings that are one opening."""

    one: str
    other: str
    reasons: tuple[str, ...]


def clusters(edges: Iterable[Edge]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield (ids, reasons) of every connected set of postings; both sorted."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    said: dict[tuple[str, str], str] = {}
    for edge in edges:
        low, high = sorted((root(edge.one), root(edge.other)))
        parent[high] = low
        said[(edge.one, edge.other)] = f"{edge.one} = {edge.other}: {'; '.join(edge.reasons)}"
    members: dict[str, list[str]] = {}
    for node in parent:
        members.setdefault(root(node), []).append(node)
    reasons: dict[str, list[str]] = {}
    for (one, _), sentence in said.items():
        reasons.setdefault(root(one), []).append(sentence)
    for top in sorted(members):
        yield tuple(sorted(members[top])), tuple(sorted(reasons[top]))
