"""Read boards beside other workers: hosts are leased, so all of them keep each host's pace."""

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from msgspec import Struct

from jobtide.config import Config
from jobtide.errors import ConfigError, JobtideError, SourceError, Throttled
from jobtide.fetch import Capture, read_boards
from jobtide.model import Board, Posting, Reject, Response
from jobtide.run.boards import host_of_board, interval
from jobtide.run.collect import BoardLine, Reader, fetch_settings, keep, to_ask
from jobtide.run.summary import Summary
from jobtide.store import Counts, Reading, Store
from jobtide.store.leases import Due, Lease, Leases

#: Seconds a lease lives without being renewed: longer than any pause between two requests, so
#: that a host whose worker died is not asked too soon either.
LEASE_S = 60.0

#: Renewed three times in that time: one renewal that comes late loses nothing.
RENEW_S = LEASE_S / 3

#: Boards one worker reads at a time; more of them want more workers, not more threads.
THREADS = 16

#: Longest sleep of an idle worker, after which it looks again.
IDLE_S = 2.0


class LeasingStore(Store, Leases, Protocol):
    """A store that several workers may share."""


class Shift(Struct, frozen=True, kw_only=True):
    """What a worker needs beside a `Reader`."""

    holder: str  #: names this worker, for people
    stop: threading.Event  #: set by whoever wants it to end after its present boards
    once: bool = False  #: end when nothing is due any more
    lease_s: float = LEASE_S


def schedule(store: Leases, boards: Iterable[Board], config: Config, known: Store) -> None:
    """Write the schedule: which board is asked at which host, and when a new one is due."""
    states = known.board_states()
    rows = []
    for board in boards:
        host = host_of_board(board)
        if host is None:
            continue  # cannot be asked as it is set up; `update` and `doctor` say why
        state = states.get((board.source, board.token))
        read_at = state.read_at if state else None
        due_at = read_at + interval(board.source, config) if read_at else None
        rows.append(Due(source=board.source, board=board.token, host=host, due_at=due_at))
    store.plan(rows)


def work(store: LeasingStore, reader: Reader, boards: Sequence[Board], shift: Shift) -> Summary:
    """Read boards as leases can be had, until told to stop; return what this worker did.

    Raises:
        StoreError: the database refused. One board that fails is counted, never raised.
    """
    known = {(board.source, board.token): board for board in boards}
    schedule(store, boards, reader.config, store)
    run = store.start_run("worker", reader.clock())
    crew = _Crew(store, reader, known, shift, run)
    crew.work(min(reader.config.fetch.concurrency, THREADS))
    store.finish_run(run, reader.clock(), crew.summary.for_log())
    return crew.summary


class _Crew:
    """The threads of one worker: each takes a lease, reads its board, and takes the next."""

    def __init__(
        self,
        store: LeasingStore,
        reader: Reader,
        known: dict[tuple[str, str], Board],
        shift: Shift,
        run: int,
    ) -> None:
        self.store, self.reader, self.known, self.shift, self.run = (
            store, reader, known, shift, run,
        )  # fmt: skip
        self.summary = Summary()
        self._held: dict[str, Lease] = {}
        self._lock = threading.Lock()  #: guards summary, held and the watcher
        self._over = threading.Event()

    def work(self, threads: int) -> None:
        """Work until the end; raise what a thread raised."""
        renewing = threading.Thread(target=self._renew, name="jobtide leases", daemon=True)
        renewing.start()
        try:
            with ThreadPoolExecutor(threads, thread_name_prefix="jobtide board") as pool:
                for ending in [pool.submit(self._serve) for _ in range(threads)]:
                    ending.result()
        finally:
            self._over.set()
            renewing.join()

    def _renew(self) -> None:
        while not self._over.wait(min(RENEW_S, self.shift.lease_s / 3)):
            with self._lock:
                held = list(self._held.values())
            try:
                self.store.renew(held, self.shift.lease_s)
            except JobtideError:
                continue  # the threads meet it themselves; a lease that ends is taken by another

    def _serve(self) -> None:
        try:
            while not self.shift.stop.is_set():
                lease = self.store.claim(self.shift.holder, self.shift.lease_s)
                if lease is not None:
                    self._read(lease)
                elif self._is_over():
                    return
        except BaseException:
            self.shift.stop.set()  # the others end as well, and the first error is told
            raise

    def _is_over(self) -> bool:
        """Return whether this worker is done; else sleep until there may be something."""
        wait = self.store.waiting_s()
        if self.shift.once and not self.store.due_count():
            return True
        return self.shift.stop.wait(IDLE_S if wait is None else max(0.01, min(wait, IDLE_S)))

    def _read(self, lease: Lease) -> None:
        with self._lock:
            self._held[lease.host] = lease
        try:
            board = self.known.get((lease.source, lease.board))
            if board is None:  # another worker's settings know it; ours do not
                self.store.release(lease, 0.0, IDLE_S)
                return
            self._keep(board, lease)
        finally:
            with self._lock:
                self._held.pop(lease.host, None)

    def _keep(self, board: Board, lease: Lease) -> None:
        reader, again = self.reader, interval(board.source, self.reader.config)
        try:
            errand = to_ask(board, reader.config, self.store)
        except (ConfigError, SourceError) as wrong:
            self.store.release(lease, 0.0, again.total_seconds())
            self._tell(BoardLine(board=board, error=str(wrong)), _failed(board, str(wrong)))
            return
        settings = fetch_settings(reader.config)
        (capture,) = read_boards([errand], settings, clock=reader.clock, random=reader.random)
        pause = max(settings.host_delay_s, errand.min_delay_s or 0.0, _asked_for(capture))
        saving = _Fenced(self.store, lease, pause, again.total_seconds())
        mine = Summary()
        counts = keep(saving, reader, capture, self.run, mine)
        if saving.lost:
            return
        error = str(capture.error) if capture.error else None
        if error:
            mine.errors.append(error)
        self._tell(BoardLine(board=board, counts=counts, error=error), mine)

    def _tell(self, line: BoardLine, mine: Summary) -> None:
        with self._lock:
            self.summary.include(mine)
            self.reader.watch(line)


class _Fenced:
    """Saves one reading under a lease; `lost` when the lease was no longer valid."""

    def __init__(self, store: Leases, lease: Lease, pause_s: float, again_s: float) -> None:
        self.store, self.lease, self.pause_s, self.again_s = store, lease, pause_s, again_s
        self.lost = False

    def save_reading(
        self,
        reading: Reading,
        postings: Sequence[Posting],
        rejects: Sequence[Reject] = (),
        responses: Sequence[Response] = (),
    ) -> Counts:
        """Save it, or nothing at all."""
        counts = self.store.save_leased(
            self.lease,
            reading,
            postings,
            rejects,
            responses,
            pause_s=self.pause_s,
            again_s=self.again_s,
        )
        self.lost = counts is None
        return counts or Counts()


def _asked_for(capture: Capture) -> float:
    """Return the seconds for which the host asked to be left alone."""
    return (capture.error.retry_after_s or 0.0) if isinstance(capture.error, Throttled) else 0.0


def _failed(board: Board, error: str) -> Summary:
    summary = Summary()
    summary.add(board.source, boards=1, failed=1)
    summary.errors.append(error)
    return summary
