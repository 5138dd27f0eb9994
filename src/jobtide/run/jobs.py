"""
What is done beside reading boards when many workers share one PostgreSQL: as Procrastinate jobs.

Procrastinate (https://procrastinate.readthedocs.io) keeps jobs in the store's own database, so
nothing more has to run. A job's queueing lock is its idempotency key: while one of its name waits,
another is not added. All of them may run twice without harm: openings are computed from what
is stored, only bytes that differ are published, and a message keeps its id from try to try. A
job whose worker died is found by its missing heartbeat and done again.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import procrastinate
import psycopg
from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued

from jobtide.errors import StoreError

#: Name -> what it does. The order is that in which one pass does them.
Chores = dict[str, Callable[[], object]]

#: A chore that failed is done again after 4, 16, 64 and 256 seconds, then given up until the next
#: pass defers it anew.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)

#: A worker that has not been heard of for so long is taken for dead, its jobs done by others.
#: Procrastinate's workers say every ten seconds that they live.
STALLED_S = 30

#: When the stalled are looked for, off the full minute.
STALLED_CRON = "* * * * * */20"


def app_of(url: str, chores: Chores, cron: str) -> App:
    """
    Return Procrastinate's app with one task a chore, and one that defers them all at `cron`.

    `cron` has five fields, or six of which the last is seconds. `url` is the store's address.
    """
    app = App(connector=PsycopgConnector(conninfo=url))
    for name, chore in chores.items():
        _add(app, name, chore)

    @app.periodic(cron=cron)
    @app.task(name="pass", queueing_lock="pass", pass_context=False)
    async def begin(timestamp: int) -> None:
        for name in chores:
            await defer(app, name)

    @app.periodic(cron=STALLED_CRON)
    @app.task(name="stalled", queueing_lock="stalled", pass_context=True)
    async def stalled(context: procrastinate.JobContext, timestamp: int) -> None:
        manager = context.app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
            await manager.retry_job(job)

    return app


def _add(app: App, name: str, chore: Callable[[], object]) -> None:
    # `lock`: one at a time over all workers; `queueing_lock`: one waiting is enough.
    @app.task(name=name, lock=name, queueing_lock=name, retry=RETRY)
    def run() -> None:
        chore()


async def defer(app: App, name: str) -> bool:
    """Ask for a chore to be done; False: it waits already."""
    try:
        await app.configure_task(name, lock=name, queueing_lock=name).defer_async()
    except AlreadyEnqueued:
        return False
    return True


def waiting_jobs(url: str) -> dict[str, int]:
    """Return chore -> how many of its jobs wait, or are to be tried again; none: left out.

    Raises:
        StoreError: the server does not answer.
    """
    try:
        with psycopg.connect(url, connect_timeout=5) as db:
            there = db.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
            if there is None or there[0] is None:  # no worker has run yet
                return {}
            return dict(
                db.execute(
                    "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'todo'"
                    " GROUP BY task_name ORDER BY task_name"
                ).fetchall()
            )
    except psycopg.Error as error:
        raise StoreError(f"the jobs cannot be counted: {type(error).__name__}") from None


async def prepare(app: App) -> None:
    """Make Procrastinate's tables when they are not there."""
    if not await app.check_connection_async():
        with suppress(procrastinate.exceptions.ConnectorException):  # another one was quicker
            await app.schema_manager.apply_schema_async()


def do_once(app: App, chores: Iterable[str], name: str) -> None:
    """Defer these chores, and do what waits until nothing does."""

    async def work() -> None:
        async with app.open_async():
            await prepare(app)
            for chore in chores:
                await defer(app, chore)
            await app.run_worker_async(
                name=name, wait=False, install_signal_handlers=False, concurrency=4
            )

    asyncio.run(work())


class JobThread:
    """Procrastinate's worker in a thread of its own; use it as a context."""

    def __init__(self, app: App, name: str) -> None:
        self._app, self._name = app, name
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobtide jobs", daemon=True)
        self.error: BaseException | None = None

    def __enter__(self) -> "JobThread":
        """Start the thread; jobs are done from now on."""
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        """Let the present jobs end, and stop."""
        if self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._work())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # told when the context ends
            self.error = error
        finally:
            self._ready.set()

    async def _work(self) -> None:
        async with self._app.open_async():
            await prepare(self._app)
            self._task = asyncio.create_task(self._serve())
            self._ready.set()
            await self._task

    async def _serve(self) -> None:
        settings: dict[str, Any] = {"name": self._name, "install_signal_handlers": False}
        await self._app.run_worker_async(concurrency=4, **settings)
