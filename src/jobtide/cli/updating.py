"""`serve --update-every`: read the boards on schedule, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from logging import WARNING
from threading import Lock

from jobtide.cli import logs, options

#: What runs each time, in this order; 3 is "some boards or channels failed", which is told.
COMMANDS = (("update", "--quiet"), ("alerts", "send", "--quiet"))
_ENDED_WELL = (0, 3)
#: Seconds a command that is told to end may take.
_END_S = 5


@contextmanager
def updating(
    minutes: int | None, arguments: Sequence[str], database: str, *, quiet: bool
) -> Iterator[None]:
    """Read the boards that are due every so often while the block runs; None: never."""
    if minutes is None:
        yield
        return
    from apscheduler.schedulers.background import BackgroundScheduler

    updates = Updates(arguments, database, quiet=quiet)
    scheduler = BackgroundScheduler(timezone="UTC")
    # One at a time; a run that was missed (a laptop asleep) is made up for once.
    scheduler.add_job(
        updates.run,
        "interval",
        minutes=minutes,
        next_run_time=options.now(),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
        jitter=min(60, minutes * 6),
    )
    scheduler.start()
    try:
        yield
    finally:
        updates.stop()
        scheduler.shutdown(wait=False)


class Updates:
    """
    Runs the commands one after the other.

    In processes of their own: reading a thousand boards takes minutes of a processor, which pages
    must not wait for, and it can be ended at any moment, since the store keeps all or nothing.
    """

    def __init__(self, arguments: Sequence[str], database: str, *, quiet: bool) -> None:
        """Take the arguments that every command gets, and the store all work on.

        Its address goes by the environment: it may hold a password, which the list of processes
        would show to everybody.
        """
        self.arguments, self.quiet = list(arguments), quiet
        self.environment = os.environ | {"JOBTIDE_DATABASE": database}
        self._lock = Lock()
        self._running: subprocess.Popen[str] | None = None
        self._stopped = False

    def run(self) -> None:
        """Run the commands; what goes wrong is said, and tried again next time."""
        for command in COMMANDS:
            if not self._run([sys.executable, "-m", "jobtide", *command, *self.arguments]):
                return
        if not self.quiet:
            logs.say("updated", f"{options.now():%H:%M} UTC: updated")

    def _run(self, command: list[str]) -> bool:
        with self._lock:
            if self._stopped:
                return False
            self._running = subprocess.Popen(  # noqa: S603 - our own program, our own arguments
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                env=self.environment,
            )
        _, said = self._running.communicate()
        status = self._running.returncode
        if status not in _ENDED_WELL and not self._stopped:
            last = said.strip().splitlines()[-1:] or [f"exit status {status}"]
            logs.say("update failed", f"the update failed: {last[0]}", WARNING, error=last[0])
        return status in _ENDED_WELL

    def stop(self) -> None:
        """End what runs; nothing is started any more."""
        with self._lock:
            self._stopped = True
            running = self._running
        if running is None or running.poll() is not None:
            return
        running.terminate()
        try:
            running.wait(_END_S)
        except subprocess.TimeoutExpired:
            running.kill()
