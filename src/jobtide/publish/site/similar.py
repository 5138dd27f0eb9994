"""
What stands beside an opening: the same role in other places, and openings like it.

Neighbours in the order of their days, not the newest of all: a new opening then changes the pages
of the few next to it and leaves the thousands of others as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from jobtide.model import Opening


class Beside:
    """Finds what stands beside each of many openings."""

    def __init__(self, going: Sequence[Opening]) -> None:
        """Sort openings, given newest first, into rows of like ones."""
        self.groups: dict[str, list[Opening]] = defaultdict(list)
        self._rows: dict[tuple[str, ...], list[Opening]] = defaultdict(list)
        self._at: dict[tuple[tuple[str, ...], str], int] = {}
        for opening in going:
            if opening.group:
                self.groups[opening.group].append(opening)
            for key in _keys(opening):
                self._at[key, opening.id] = len(self._rows[key])
                self._rows[key].append(opening)

    def places(self, opening: Opening) -> list[Opening]:
        """Return the openings of the same role in other places, newest first."""
        return [one for one in self.groups.get(opening.group or "", ()) if one.id != opening.id]

    def similar(self, opening: Opening, most: int) -> list[Opening]:
        """Return openings of the same kind, those of the nearest kind first; each role once."""
        found: dict[str, Opening] = {}
        own = opening.group or opening.id
        for key in _keys(opening):
            row = self._rows[key]
            at = self._at.get((key, opening.id), 0)
            for one in _around(row, at, _FAR):
                role = one.group or one.id
                if role != own:
                    found.setdefault(role, one)
                if len(found) >= most:
                    return list(found.values())
        return list(found.values())


#: Neighbours looked at on each side: many may be one role in other places.
_FAR = 40


def _keys(opening: Opening) -> list[tuple[str, ...]]:
    """Return the rows an opening stands in, the narrowest first."""
    posting = opening.posting
    if posting.category is None:
        return []
    category = posting.category.value
    level = posting.seniority.value if posting.seniority else "-"
    skill = posting.skills[0].value if posting.skills else "-"
    return [(category, skill, level), (category, skill), (category,)]


def _around(row: Sequence[Opening], at: int, most: int) -> Iterator[Opening]:
    """Yield the neighbours of a place in a row, the nearest first, `most` on each side."""
    for step in range(1, most + 1):
        for place in (at + step, at - step):
            if 0 <= place < len(row):
                yield row[place]


def folded(openings: Iterable[Opening]) -> Iterator[Opening]:
    """Yield openings, of each role that is open in several places only the first."""
    seen: set[str] = set()
    for one in openings:
        role = one.group or one.id
        if role not in seen:
            seen.add(role)
            yield one
