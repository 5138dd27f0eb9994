"""A thread with an event loop in it: coroutines in, results out, and a clean end."""

import asyncio
import threading
from collections.abc import Coroutine
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class Crew(Generic[Result]):
    """Runs coroutines in a thread of its own; use it as a context.

    Leaving the context cancels what still runs and waits for its end.
    """

    def __init__(self) -> None:
        self._results: SimpleQueue[Result | _Crash] = SimpleQueue()
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="jobtide fetch", daemon=True)

    def __enter__(self) -> "Crew[Result]":
        """Start the thread and its loop."""
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Cancel what runs, and wait until all is closed."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def submit(self, work: Coroutine[Any, Any, Result]) -> None:
        """Run `work` in the loop; its result comes out of `take`."""
        self._loop.call_soon_threadsafe(self._begin, work)

    def take(self) -> Result:
        """Wait for the next result, in order of ending; raise what the work raised."""
        result = self._results.get()
        if isinstance(result, _Crash):
            raise result.error
        return result

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:  # whoever waits in `take` must hear of it
            self._results.put(_Crash(error))
        finally:
            self._started.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._started.set()
        await self._stop.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, Result]) -> None:
        if self._stop.is_set():
            work.close()
            return
        task = asyncio.create_task(self._finish(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _finish(self, work: Coroutine[Any, Any, Result]) -> None:
        try:
            self._results.put(await work)
        except Exception as error:
            self._results.put(_Crash(error))


class _Crash:
    """An exception on its way to the thread that waits."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
