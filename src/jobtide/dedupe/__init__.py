"""
Which postings are one opening? Keys, then comparisons, then clusters.

Only postings that share a blocking key are compared; a pair that is the same opening is an edge
with its reason; the postings that edges connect are one opening, when they agree as a whole.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from msgspec import Struct

from jobtide.dedupe.clusters import Edge, clusters
from jobtide.dedupe.compare import compare
from jobtide.dedupe.keys import blocking_keys
from jobtide.engine import Data, Engine
from jobtide.model import Posting
from jobtide.text import stable_hash

#: A block larger than this is a text everybody copies, not one job: it would cost its square.
MAX_BLOCK = 200


class Cluster(Struct, frozen=True, kw_only=True):
    """The postings of one opening, ids sorted, and one sentence a merged pair."""

    posting_ids: tuple[str, ...]
    reasons: tuple[str, ...] = ()


def keyed(postings: Iterable[Posting]) -> Iterator[tuple[int, Posting]]:
    """Yield each posting under each of its blocking keys; only postings that share one meet."""
    for posting in postings:
        for key in blocking_keys(posting):
            yield stable_hash(key), posting


def edges(blocks: Iterable[tuple[int, list[Posting]]]) -> Iterator[Edge]:
    """Yield each pair of a block that is the same opening, with the reasons."""
    for _, block in blocks:
        if len(block) > MAX_BLOCK:
            continue
        for one, other in combinations(sorted(block, key=lambda posting: posting.id), 2):
            verdict = compare(one, other)
            if verdict.same:
                yield Edge(one=one.id, other=other.id, reasons=verdict.reasons)


def dedupe(engine: Engine[Data], postings: Data) -> list[Cluster]:
    """Return the clusters of two and more postings; all other postings stand alone.

    Only the matching pairs come back to this machine: two ids each, with the reasons.
    """
    blocks = engine.group(engine.map(keyed, postings))
    found: Iterable[Edge] = engine.collect(engine.map(edges, blocks))
    return [Cluster(posting_ids=ids, reasons=reasons) for ids, reasons in clusters(found)]
