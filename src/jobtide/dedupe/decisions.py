"""
What people decided: these postings are one opening, those are not. Honoured for ever.

```toml
[[merge]]
postings = ["remoteok:main:1", "greenhouse:lorne:9"]
reason = "the agency confirmed it"

[[apart]]
postings = ["greenhouse:lorne:9", "greenhouse:lorne:10"]
reason = "two teams"
```
"""

import tomllib
from functools import cached_property
from itertools import combinations

import msgspec
from msgspec import Struct

from jobtide.errors import ConfigError


class Decision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two or more postings, by their ids (an opening's id is one too), and why."""

    postings: tuple[str, ...]
    reason: str


class Decisions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """All decisions; each pair of one decision counts."""

    merge: tuple[Decision, ...] = ()
    apart: tuple[Decision, ...] = ()

    @cached_property
    def merged(self) -> dict[frozenset[str], str]:
        """Each pair that is one opening -> why."""
        return _pairs(self.merge)

    @cached_property
    def parted(self) -> dict[frozenset[str], str]:
        """Each pair that is not -> why."""
        return _pairs(self.apart)

    @cached_property
    def named(self) -> frozenset[str]:
        """Every posting that a decision names."""
        return frozenset(one for row in (*self.merge, *self.apart) for one in row.postings)

    @cached_property
    def unions(self) -> dict[str, int]:
        """Each posting that must be merged -> the number of the set it belongs to."""
        union: dict[str, int] = {}
        for number, row in enumerate(self.merge):
            joined = {union[one] for one in row.postings if one in union}
            union |= dict.fromkeys(row.postings, number)
            union = {one: number if own in joined else own for one, own in union.items()}
        return union


NO_DECISIONS = Decisions()


def _pairs(rows: tuple[Decision, ...]) -> dict[frozenset[str], str]:
    return {frozenset(pair): row.reason for row in rows for pair in combinations(row.postings, 2)}


def parse_decisions(text: str, name: str = "decisions.toml") -> Decisions:
    """Return the decisions a file holds; `name` is what errors call it.

    Raises:
        ConfigError: no TOML, an unknown key, fewer than two postings, no reason, or two
            decisions that contradict each other.
    """
    try:
        found = msgspec.convert(tomllib.loads(text), Decisions)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: no TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise ConfigError(f"{name}: {error}") from None
    for kind, rows in (("merge", found.merge), ("apart", found.apart)):
        for number, row in enumerate(rows, 1):
            if len(set(row.postings)) < 2 or len(set(row.postings)) < len(row.postings):
                raise ConfigError(f"{name}: {kind} {number} must name two different postings")
            if not row.reason.strip():
                raise ConfigError(f"{name}: {kind} {number} needs a reason")
    for pair in sorted(map(sorted, found.parted)):
        sets = {found.unions.get(one, one) for one in pair}
        if len(sets) == 1:
            raise ConfigError(f"{name}: {pair[0]} and {pair[1]} are both merged and kept apart")
    return found
