"""
The promise of an engine: four verbs, and what each may rely on.

An engine is one module of this package and one line in the list of tests/contract/test_engines.py:
that body of tests says whether it gives the same answers as `local`. What holds processes or
connections is a context manager besides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

Data = TypeVar("Data")


class Engine(Protocol[Data]):
    """Run functions over a data set that may not fit on one machine."""

    def load(self, read: Callable[[str], Iterable[Any]], paths: Sequence[str]) -> Data:
        """Return the items of every path; one path is one partition.

        `read` is sent to where the work is done, as `work` of `map` is. A path is any word that
        `read` understands: a file, a shard's number.
        """

    def map(self, work: Callable[[Iterable[Any]], Iterable[Any]], data: Data) -> Data:
        """Return what `work` makes of each partition.

        `work` may be called on any machine, in any order, and again after a failure: it must be
        pure, and importable there (a module-level function, or a partial of one). It sees the
        items of one partition once, one after the other.
        """

    def group(self, data: Data) -> Data:
        """Turn (key, value) pairs into one (key, [values]) a key: a shuffle.

        Keys are ints of 63 bits (see `text.stable_hash`): Python salts the hash of str in each
        process, so workers would disagree about where a str belongs. The values of a key come in
        no promised order.
        """

    def collect(self, data: Data) -> Iterator[Any]:
        """Bring the items here, in no promised order.

        Items are equal to those that `work` made, perhaps other objects. What `work` raised is
        raised here at the latest: as it was, or as a JobtideError with its words.
        """
