"""The default engine: this process, one item at a time, nothing to install."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any


class LocalEngine:
    """Lazy and ordered: the answer the other engines must agree with."""

    def load(self, read: Callable[[str], Iterable[Any]], paths: Sequence[str]) -> Iterator[Any]:
        """Read one path after another."""
        return chain.from_iterable(map(read, paths))

    def map(
        self, work: Callable[[Iterable[Any]], Iterable[Any]], data: Iterable[Any]
    ) -> Iterator[Any]:
        """Call `work` once, on everything."""
        return iter(work(data))

    def group(self, data: Iterable[Any]) -> Iterator[Any]:
        """Group in memory; keys come in the order first seen."""
        groups: defaultdict[int, list[Any]] = defaultdict(list)
        for key, value in data:
            groups[key].append(value)
        return iter(groups.items())

    def collect(self, data: Iterable[Any]) -> Iterator[Any]:
        """Return the data: it is here already."""
        return iter(data)
