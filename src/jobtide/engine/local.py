"""The default engine: this process, one item at a time, nothing to install."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

#: Groups turned from arrays into lists at once: one by one takes twice the time, all at once
#: several times the memory.
_AT_ONCE = 10_000


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
        """Group in memory; keys come in ascending order, values in the order they came.

        Sorting an array of keys takes a sixth of the memory of a dictionary of lists, in which
        most lists would hold one value. Keys have at most 63 bits.
        """
        import numpy as np

        keys = array("q")
        values: list[Any] = []
        for key, value in data:
            keys.append(key)
            values.append(value)
        if not values:
            return
        column = np.frombuffer(keys, dtype=np.int64)
        order = column.argsort(kind="stable")
        column = column[order]
        starts = np.concatenate(([0], np.flatnonzero(column[1:] != column[:-1]) + 1))
        for first in range(0, len(starts), _AT_ONCE):
            some = starts[first : first + _AT_ONCE + 1].tolist()
            if len(some) <= _AT_ONCE:
                some.append(len(column))
            here = order[some[0] : some[-1]].tolist()
            names = column[some[:-1]].tolist()
            for name, (start, end) in zip(names, pairwise(some), strict=True):
                yield name, [values[at] for at in here[start - some[0] : end - some[0]]]

    def collect(self, data: Iterable[Any]) -> Iterator[Any]:
        """Return the data: it is here already."""
        return iter(data)
