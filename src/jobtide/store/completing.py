"""An opening as it is shown and searched: what its canonical posting lacks, from the others."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from jobtide import sources
from jobtide.dedupe.merge import fill
from jobtide.model import Opening, Tracked

#: Nearness to the employer, nearest first: the canonical posting comes from there.
NEARNESS = ("employer", "ats", "aggregator", "thread", "page")


def _rank(one: Tracked) -> tuple[Any, ...]:
    posting, history = one.posting, one.history
    ended = history.status in ("closed", "expired")
    excerpt, size = not posting.description_complete, -len(posting.text)
    return ended, nearness(posting.source), excerpt, size, history.first_seen_at, posting.id


@cache
def nearness(source: str) -> int:
    """Return how near a source is to the employer, 0 nearest; a source we lack is farthest."""
    try:
        return NEARNESS.index(sources.load(source).kind)
    except KeyError:
        return len(NEARNESS)


@cache
def _may_show(source: str, field: str) -> bool:
    """Say whether a source's terms let a field of it be shown beside another source's posting."""
    try:
        terms = sources.load(source).terms
    except KeyError:
        return False
    if field == "text":
        return terms.description == "full" and terms.syndication
    return terms.logo if field == "logo_url" else True


def completed(openings: Iterable[Opening]) -> Iterator[Opening]:
    """Yield the openings, each with what its canonical posting lacks from its other postings."""
    for one in openings:
        yield fill(one, _rank, _may_show)
