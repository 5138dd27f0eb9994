"""What Prometheus is told of a store, and of a worker: numbers only, no title and no address."""

import threading
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from jobtide.errors import JobtideError
from jobtide.model import BoardHealth
from jobtide.run.collect import BoardLine
from jobtide.store import Store

#: Counting a million openings takes a second, so a number may be so old.
KEPT = timedelta(seconds=30)

#: Every status is told, also when no opening has it: a series that is absent alarms nobody.
_STATUSES = ("open", "closed", "expired")


class StoreMeasures(Collector):
    """The numbers of a store, counted when they are asked for, but not more often than `KEPT`."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        """Measure `store`; `clock` returns the present moment."""
        self._store, self._clock = store, clock
        self._lock = threading.Lock()
        self._at: datetime | None = None
        self._kept: list[GaugeMetricFamily] = []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the numbers; of a store that does not answer only that."""
        with self._lock:
            now = self._clock()
            if self._at is None or not timedelta(0) <= now - self._at < KEPT:
                self._kept, self._at = self._counted(now), now
            yield from self._kept

    def _counted(self, now: datetime) -> list[GaugeMetricFamily]:
        up = GaugeMetricFamily("jobtide_store_up", "1 when the store answered, else 0.")
        try:
            found = [*_openings(self._store), *_boards(self._store.health(), now)]
            found += _waiting(self._store)
        except JobtideError:
            up.add_metric([], 0)
            return [up]
        up.add_metric([], 1)
        return [up, *found]


def _openings(store: Store) -> Iterator[GaugeMetricFamily]:
    counts = store.opening_counts()
    family = GaugeMetricFamily("jobtide_openings", "Openings by status.", labels=["status"])
    for status in _STATUSES:
        family.add_metric([status], counts.get(status, 0))
    yield family


def _boards(health: tuple[BoardHealth, ...], now: datetime) -> Iterator[GaugeMetricFamily]:
    """Yield boards and failing ones by source, and the age of the last good reading."""
    known: Tally[str] = Tally(one.source for one in health)
    failing: Tally[str] = Tally(one.source for one in health if one.error)
    read: dict[str, datetime] = {}
    for one in health:
        if one.read_at is not None:
            read[one.source] = max(one.read_at, read.get(one.source, one.read_at))
    boards = GaugeMetricFamily("jobtide_boards", "Boards ever tried.", labels=["source"])
    broken = GaugeMetricFamily(
        "jobtide_boards_failing", "Boards whose last reading failed.", labels=["source"]
    )
    ages = GaugeMetricFamily(
        "jobtide_source_age_seconds", "Since the last good reading.", labels=["source"]
    )
    for source in sorted(known):
        boards.add_metric([source], known[source])
        broken.add_metric([source], failing[source])
    for source, at in sorted(read.items()):
        ages.add_metric([source], max(0.0, (now - at).total_seconds()))
    yield from (boards, broken, ages)


def _waiting(store: Store) -> Iterator[GaugeMetricFamily]:
    """Yield what waits for workers, where there may be any."""
    try:
        from jobtide.run.jobs import waiting_jobs
        from jobtide.store.postgres import PostgresStore
    except ImportError:  # without the extra `postgres` there are none
        return
    if not isinstance(store, PostgresStore):
        return
    due = GaugeMetricFamily("jobtide_boards_due", "Boards that are due to be read.")
    due.add_metric([], store.due_count())
    jobs = GaugeMetricFamily("jobtide_jobs_waiting", "Jobs that wait.", labels=["task"])
    for task, number in waiting_jobs(store.url).items():
        jobs.add_metric([task], number)
    yield from (due, jobs)


class WorkMeasures:
    """What one worker did since it started, and the numbers of its store."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        """Begin to count."""
        self.registry = CollectorRegistry()
        self.registry.register(StoreMeasures(store, clock))
        self._boards = Counter(
            "jobtide_worker_boards", "Boards read.", ["source", "outcome"], registry=self.registry
        )
        self._postings = Counter(
            "jobtide_worker_postings", "Postings read.", ["what"], registry=self.registry
        )

    def add(self, line: BoardLine) -> None:
        """Count one board."""
        outcome = "failed" if line.error or line.counts is None else "ok"
        self._boards.labels(line.board.source, outcome).inc()
        for what in ("new", "changed", "seen", "closed", "rejected") if line.counts else ():
            self._postings.labels(what).inc(getattr(line.counts, what))
