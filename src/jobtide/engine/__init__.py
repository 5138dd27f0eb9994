"""
The seam for engines: where work runs. Four verbs are enough.

An engine never sees a posting's fields; a step never sees an engine. `Data` is the engine's own
lazy collection (an iterator, a list of shards, a Spark RDD): code above passes it on and never
looks inside, so nothing but `collect` brings data back to the machine that started the run.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

Data = TypeVar("Data")


class Engine(Protocol[Data]):
    """Run functions over a data set that may not fit on one machine."""

    def load(self, read: Callable[[str], Iterable[Any]], paths: Sequence[str]) -> Data:
        """Return the items of every path; one path is one partition."""

    def map(self, work: Callable[[Iterable[Any]], Iterable[Any]], data: Data) -> Data:
        """Return what `work` makes of each partition.

        `work` may be called on any machine, in any order, and again after a failure: it must be
        pure, and importable there (a module-level function).
        """

    def group(self, data: Data) -> Data:
        """Turn (key, value) pairs into one (key, [values]) a key: a shuffle.

        Keys are ints (see `text.stable_hash`): Python salts the hash of str in each process, so
        workers would disagree about where a str belongs.
        """

    def collect(self, data: Data) -> Iterator[Any]:
        """Bring the items here, in no promised order."""
