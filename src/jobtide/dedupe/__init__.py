"""
Which postings are one opening? Keys, then comparisons, then clusters.

Only postings that share a blocking key are compared (`keys`); a pair that is the same opening is
an edge with its score and reasons (`compare`); edges become clusters that are sound as a whole
(`clusters`). `dedupe` does this for a whole corpus on any engine, `neighbourhood` for what
changed, with the same result. How and why: docs/explanation/how-duplicates-are-found.md.
"""

from collections.abc import Iterable
from functools import partial

from msgspec import Struct

from jobtide.dedupe.blocks import MAX_BLOCK, edges, keyed
from jobtide.dedupe.clusters import Edge, Merged, clusters
from jobtide.dedupe.decisions import NO_DECISIONS, Decisions, parse_decisions
from jobtide.dedupe.facts import Facts
from jobtide.dedupe.groups import role_key
from jobtide.dedupe.reading import facts_of, facts_of_each
from jobtide.engine import Data, Engine

__all__ = (
    "MAX_BLOCK",
    "NO_DECISIONS",
    "Cluster",
    "Decisions",
    "Edge",
    "Facts",
    "Merged",
    "dedupe",
    "edges",
    "facts_of",
    "facts_of_each",
    "keyed",
    "merged",
    "parse_decisions",
)


class Cluster(Struct, frozen=True, kw_only=True):
    """The postings of one opening, ids sorted, and one sentence a merged pair."""

    posting_ids: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    group: str | None = None  #: employer and role: openings of one group may be shown together


def dedupe(
    engine: Engine[Data], postings: Data, decisions: Decisions = NO_DECISIONS
) -> list[Cluster]:
    """Return the clusters of two and more postings; all other postings stand alone.

    `postings` holds `Posting`, `Tracked` (its history tells what was posted again) or `Facts`.
    Only the matching pairs come back to this machine. The result does not depend on order or
    partitions.
    """
    return [
        Cluster(
            posting_ids=tuple(one.id for one in found.members),
            reasons=found.reasons,
            group=next(filter(None, map(role_key, found.members)), None),
        )
        for found in merged(engine, postings, decisions)
    ]


def merged(
    engine: Engine[Data], postings: Data, decisions: Decisions = NO_DECISIONS
) -> list[Merged]:
    """Return what `dedupe` does, with the facts of each posting."""
    blocks = engine.group(engine.map(partial(keyed, decisions=decisions), postings))
    found: Iterable[Edge] = engine.collect(engine.map(partial(edges, decisions=decisions), blocks))
    return list(clusters(found, decisions))
