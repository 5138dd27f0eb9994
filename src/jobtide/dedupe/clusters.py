"""
Edges -> clusters that are sound as a whole, whatever the order the edges come in.

The best edge first, two clusters become one when no posting of the one contradicts a posting of
the other (complete-link on contradictions): "anywhere" may be Berlin or London, but never ties the
two together. Clusters of postings that no edges connect have no influence on each other, so a part
of the whole can be computed alone.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from jobtide.dedupe.compare import Verdict, judge
from jobtide.dedupe.decisions import NO_DECISIONS, Decisions
from jobtide.dedupe.facts import Facts


class Edge(Struct, frozen=True, kw_only=True, gc=False):
    """Two postings that are one opening, the smaller id first."""

    one: Facts
    other: Facts
    score: float
    reasons: tuple[str, ...]


class Merged(Struct, frozen=True, kw_only=True):
    """The postings of one opening, by id, and one sentence for each link that was made."""

    members: tuple[Facts, ...]
    reasons: tuple[str, ...]


def decide(one: Facts, other: Facts, decisions: Decisions = NO_DECISIONS) -> Verdict:
    """Return `judge`'s verdict, or what people decided on this pair."""
    pair = frozenset((one.id, other.id))
    if why := decisions.parted.get(pair):
        said = (f"kept apart by decision: {why}",)
        return Verdict(same=False, reasons=said, against=said)
    if why := decisions.merged.get(pair):
        return Verdict(same=True, reasons=(f"merged by decision: {why}",), score=1.0)
    return judge(one, other)


def clusters(edges: Iterable[Edge], decisions: Decisions = NO_DECISIONS) -> Iterator[Merged]:
    """Yield what the edges make of their postings, in the order of ids; none stands alone.

    The same edge may come several times.
    """
    unique = {(edge.one.id, edge.other.id): edge for edge in edges}
    made = _Clusters(decisions)
    for edge in sorted(unique.values(), key=_best_first):
        made.join(edge)
    yield from made.merged()


def _best_first(edge: Edge) -> tuple[float, str, str]:
    return -edge.score, edge.one.id, edge.other.id


class _Clusters:
    """Clusters that grow while edges come, the best first."""

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._home: dict[str, list[Facts]] = {}
        self._reasons: dict[int, list[str]] = {}

    def join(self, edge: Edge) -> None:
        """Make one cluster of two, unless they contradict each other."""
        here = self._home.setdefault(edge.one.id, [edge.one])
        there = self._home.setdefault(edge.other.id, [edge.other])
        pair_alone = len(here) == len(there) == 1
        if here is there or (not pair_alone and self._contradict(here, there)):
            return
        reasons = self._reasons.pop(id(here), []) + self._reasons.pop(id(there), [])
        said = "; ".join(edge.reasons)
        reasons.append(f"{edge.one.id} = {edge.other.id}: {said} (score {edge.score:.2f})")
        if len(here) < len(there):
            here, there = there, here
        here += there
        self._home.update((one.id, here) for one in there)
        self._reasons[id(here)] = reasons

    def _contradict(self, here: list[Facts], there: list[Facts]) -> bool:
        """Say whether any two contradict; what people merged speaks with one voice.

        Of a merged set it is enough that one does not contradict: the others were told to be
        the same, however much they differ.
        """
        parted, unions = self._decisions.parted, self._decisions.unions
        if parted and any(
            frozenset((one.id, other.id)) in parted for one in here for other in there
        ):
            return True
        if not unions:
            return any(judge(one, other).against for one in here for other in there)
        for left in _units(here, unions):
            for right in _units(there, unions):
                if _same_set(left[0], right[0], unions):
                    continue
                if all(judge(one, other).against for one in left for other in right):
                    return True
        return False

    def merged(self) -> Iterator[Merged]:
        """Yield the clusters of two and more."""
        seen: set[int] = set()
        for name in sorted(self._home):
            members = self._home[name]
            if len(members) > 1 and id(members) not in seen:
                seen.add(id(members))
                yield Merged(
                    members=tuple(sorted(members, key=lambda one: one.id)),
                    reasons=tuple(sorted(self._reasons[id(members)])),
                )


def _units(members: list[Facts], unions: dict[str, int]) -> Iterator[list[Facts]]:
    """Yield the members, those that people merged together."""
    units: dict[object, list[Facts]] = {}
    for one in members:
        units.setdefault(unions.get(one.id, one.id), []).append(one)
    yield from units.values()


def _same_set(one: Facts, other: Facts, unions: dict[str, int]) -> bool:
    return one.id in unions and unions[one.id] == unions.get(other.id)
