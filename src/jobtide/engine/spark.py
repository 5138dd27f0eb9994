"""
The engine for many machines: Apache Spark, by its RDDs.

A partition is a task; what a `group` shuffles is written to the disks of the workers, and computed
again when one of them is lost. The driver, this process, only sees what `collect` brings.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from jobtide.errors import JobtideError

if TYPE_CHECKING:
    from pyspark import SparkContext
    from pyspark.rdd import RDD


class SparkEngine:
    """Lazy up to `collect`, which runs the job."""

    def __init__(self, context: "SparkContext", partitions: int | None = None) -> None:
        """Work in `context`; a `group` has `partitions` parts, by default Spark's own number."""
        self._context = context
        self._partitions = partitions or context.defaultParallelism

    def load(self, read: Callable[[str], Iterable[Any]], paths: Sequence[str]) -> "RDD[Any]":
        """Return the items of every path; one path is one partition."""
        return self._context.parallelize(list(paths), max(1, len(paths))).flatMap(read)

    def map(self, work: Callable[[Iterable[Any]], Iterable[Any]], data: "RDD[Any]") -> "RDD[Any]":
        """Call `work` on each partition, on whatever machine has it."""
        return data.mapPartitions(work)

    def group(self, data: "RDD[Any]") -> "RDD[Any]":
        """Shuffle; the values of a key come in no promised order."""
        return data.groupByKey(self._partitions).mapValues(list)

    def collect(self, data: "RDD[Any]") -> Iterator[Any]:
        """Run the job and bring the items here.

        Raises:
            JobtideError: the work raised, or the cluster failed; the message is the cause's.
        """
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            yield from data.collect()
        except (Py4JError, PySparkException) as error:
            raise JobtideError(f"Spark: {_cause(str(error))}") from error


def _cause(words: str) -> str:
    """Return the line of a Java trace that says what went wrong in Python, else its first."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    python = [line for line in lines if line.split(":")[0].endswith(("Error", "Exception"))]
    return (python or lines or ["it gave no reason"])[0][:300]
