"""
The engine for all cores of one machine: worker processes, and files between them.

A partition is read, worked on and written by one worker; only `collect` brings items here. What a
`group` shuffles goes through files of a temporary folder, one for each pair of partition and
shard, so this process never holds it and a worker that dies costs no more than its partition.
"""

import multiprocessing
import os
import struct
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import reduce
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Self

from jobtide.engine.local import LocalEngine
from jobtide.engine.wire import Pairs, pack, unpack, unpack_pairs
from jobtide.errors import JobtideError

Work = Callable[[Iterable[Any]], Iterable[Any]]

#: Pairs written to one shard at once: some megabytes of postings' facts.
CHUNK = 20_000
#: Times a partition is tried when workers die under it.
TRIES = 3
_SIZE = struct.Struct("<Q")


class Part(NamedTuple):
    """One partition that is still to be read and worked on."""

    read: Callable[[Any], Iterable[Any]]
    where: Any  #: what `read` is given
    works: tuple[Work, ...] = ()

    def items(self) -> Iterable[Any]:
        """Read it and do the work."""
        return reduce(lambda items, work: work(items), self.works, self.read(self.where))


class ProcessesEngine:
    """Lazy up to `group` and `collect`; those send each partition to a worker.

    A context manager: leaving it ends the workers and removes the files. Scripts that use it need
    `if __name__ == "__main__":`, because workers import them.
    """

    def __init__(self, workers: int | None = None) -> None:
        """Use `workers` processes, by default one for each core."""
        self.workers = workers or os.cpu_count() or 1
        self._folder = tempfile.TemporaryDirectory(prefix="jobtide-")
        self._pool: ProcessPoolExecutor | None = None
        self._stages = 0

    def __enter__(self) -> Self:
        """Return the engine."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers, remove the files."""
        self._stop()
        self._folder.cleanup()

    def load(self, read: Callable[[str], Iterable[Any]], paths: Sequence[str]) -> list[Part]:
        """Return one part a path; workers read them."""
        return [Part(read, path) for path in paths]

    def map(self, work: Work, data: list[Part]) -> list[Part]:
        """Note the work; it is done where the part is read."""
        return [part._replace(works=(*part.works, work)) for part in data]

    def group(self, data: list[Part]) -> list[Part]:
        """Let workers write the pairs of each part into one file a shard.

        As many shards as workers: a value under several keys is written once a shard.
        """
        self._stages += 1
        files = [
            tuple(
                str(Path(self._folder.name) / f"{self._stages}-{number}-{shard}")
                for shard in range(self.workers)
            )
            for number, _ in enumerate(data)
        ]
        for _ in self._done(_scatter, list(zip(data, files, strict=True))):
            pass
        return [Part(_gathered, tuple(of_part)) for of_part in zip(*files, strict=True)]

    def collect(self, data: list[Part]) -> Iterator[Any]:
        """Yield the items of one part after the other."""
        for packed in self._done(_packed, [(part,) for part in data]):
            yield from unpack(packed)

    def _done(
        self, task: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]
    ) -> Iterator[Any]:
        """Yield the results in order; a few tasks ahead of what was taken, no more."""
        waiting = deque(enumerate(arguments))
        running: deque[tuple[int, tuple[Any, ...], Future[Any]]] = deque()
        tried = [0] * len(arguments)
        try:
            while waiting or running:
                while waiting and len(running) < 2 * self.workers:
                    number, given = waiting.popleft()
                    running.append((number, given, self._submit(task, given)))
                number, _, future = running[0]
                try:
                    result = future.result()
                except BrokenProcessPool:
                    tried[number] += 1
                    if tried[number] == TRIES:
                        raise JobtideError(_ENDED) from None
                    self._stop()  # all that ran is lost
                    waiting.extendleft((n, given) for n, given, _ in reversed(running))
                    running.clear()
                    continue
                running.popleft()
                yield result
        finally:
            for _, _, future in running:
                future.cancel()

    def _submit(self, task: Callable[..., Any], given: tuple[Any, ...]) -> Future[Any]:
        for _ in range(TRIES):
            if self._pool is None:
                # Each starts afresh: a fork would take along threads' locks as they happen to be.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self.workers, mp_context=context)
            try:
                return self._pool.submit(task, *given)
            except BrokenProcessPool:
                self._stop()
        raise JobtideError(_ENDED)

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


_ENDED = (
    f"worker processes ended {TRIES} times over the same work: is there too little memory? "
    "fewer processes, or smaller parts, need less"
)


def _scatter(part: Part, files: tuple[str, ...]) -> None:
    """Write the (key, value) pairs of a part, each into the file of its key's shard."""
    with ExitStack() as opened:
        shards = [opened.enter_context(Path(file).open("wb")) for file in files]
        held = [Pairs() for _ in shards]
        for key, value in part.items():
            shard = key % len(shards)
            held[shard].add(key, value)
            if len(held[shard]) == CHUNK:
                _write(shards[shard], held[shard])
                held[shard] = Pairs()
        for file, rest in zip(shards, held, strict=True):
            _write(file, rest)


def _write(file: BinaryIO, pairs: Pairs) -> None:
    packed = pairs.pack()
    file.write(_SIZE.pack(len(packed)))
    file.write(packed)


def _gathered(files: Iterable[str]) -> Iterator[tuple[int, list[Any]]]:
    """Yield the groups of one shard, from what every part has written for it."""
    return LocalEngine().group(chain.from_iterable(map(_read, files)))


def _read(name: str) -> Iterator[tuple[int, Any]]:
    with Path(name).open("rb") as file:
        while size := file.read(_SIZE.size):
            yield from unpack_pairs(file.read(*_SIZE.unpack(size)))


def _packed(part: Part) -> bytes:
    return pack(part.items())
