"""A run with alerts that dies at a chosen moment: `python -m ... FOLDER WEBHOOK MOMENTS`.

Each run reads a board three times, a new job each time, and sends alerts after each. For every
moment a fresh store is made, a process is killed at that moment, and another one does the rest.
What the store then holds is printed, one JSON object a moment.
"""

import json
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from secrets import token_hex

from jobtide.alert.channels import webhook
from jobtide.config import Config, FetchConfig
from jobtide.model import Label, Posting, Subscription
from jobtide.run.alerting import Sender, send_alerts
from jobtide.run.openings import refresh_openings
from jobtide.store import Reading, open_store
from jobtide.store.sqlite import SqliteStore, alerts

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
ROUNDS = 3
WORDS = ("anvil", "bridge", "copper", "dynamo")


def work(database, hook):
    """Do everything that is not done yet."""
    with open_store(database, create=True) as store:
        if not store.subscriptions():
            read(store, 0)
            store.add_subscription(
                Subscription(
                    id="s1", query="anvil OR bridge OR copper OR dynamo", to=hook, key="k" * 32,
                    created_at=START, every="change", position=store.last_change(),
                )
            )  # fmt: skip
        for number in range(1, ROUNDS + 1):
            read(store, number)
            results = send_alerts(store, sender(START + timedelta(days=number)))
            assert results is not None
            assert not any(one.error for one in results), results


def read(store, number):
    """Let the board list one job more than the day before."""
    listed = [
        Posting(
            source="lever", board="acme", identifier=word, url=f"https://jobs.example/{word}",
            title=f"{word} engineer", hiring_organization=word, text=f"The {word} of {word}.",
            arrangement=Label(value="remote", rule="r"),
        )
        for word in WORDS[: number + 1]
    ]  # fmt: skip
    read_at = START + timedelta(days=number)
    store.save_reading(
        Reading(source="lever", board="acme", read_at=read_at, complete=True), listed
    )
    refresh_openings(store)


def sender(now):
    fetch = FetchConfig(allow_private_hosts=("127.0.0.1",), retries=0)
    return Sender(config=Config(fetch=fetch), clock=lambda: now, random=Random(1), fresh=token_hex)


def deadly(moment):
    """Let the process be killed when it crosses the given moment, counted from 1."""
    left = [moment]

    def cross():
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(call):
        def crossed(*values, **named):
            cross()
            result = call(*values, **named)
            cross()
            return result

        return crossed

    for name in ("save_reading", "save_told", "save_messages", "mark_sent"):
        setattr(SqliteStore, name, around(getattr(SqliteStore, name)))
    alerts._insert = around(alerts._insert)  # inside a transaction
    webhook.send = around(webhook.send)


def run(database, hook, moment=None):
    """Do the work in a process of its own; return whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            if moment is not None:
                deadly(moment)
            work(database, hook)
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


def main(folder, hook, moments):
    for moment in range(1, int(moments) + 1):
        database, own = str(Path(folder) / f"{moment}.db"), f"{hook}/{moment}"
        killed = run(database, own, moment)
        if not killed:
            break
        assert not run(database, own)
        with open_store(database) as store:
            told = store.tallies()["s1"].told
            rows = sorted((row[2], row[3]) for row in store.alert_rows()["outbox"])
            waiting = [*store.waiting("s1"), *store.unsent("s1")]
            sound = store.check() == [] and not waiting
        said = {"moment": moment, "rows": rows, "told": told, "sound": sound}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
