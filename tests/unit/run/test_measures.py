"""The numbers of a worker and of its store, as Prometheus gets them."""

from datetime import timedelta
from urllib.request import urlopen

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from jobtide.cli import worker
from jobtide.errors import UsageError
from jobtide.model import Board
from jobtide.run.collect import BoardLine
from jobtide.run.measures import KEPT, StoreMeasures
from jobtide.store import Counts, open_store
from tests.contract.test_store import START, at, made


@pytest.fixture
def store(tmp_path):
    """Return a store with one posting."""
    with open_store(f"sqlite:{tmp_path / 'jobs.db'}", create=True) as opened:
        opened.save_reading(at(0), [made(1)])
        yield opened


def asked(port):
    """Return (name, values of its labels) -> number of what the port answers."""
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        text = answer.read().decode()
    return {
        (one.name, *(value for _, value in sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_a_worker_counts_what_it_reads(store, capsys):
    """Boards by outcome and postings by what happened to them, on this machine's own address."""
    board = Board(source="lever", token="acme")
    with worker._measured(store, 0) as told:
        port = int(capsys.readouterr().err.rsplit(":", 1)[1].split("/")[0])
        told(BoardLine(board=board, counts=Counts(new=3, seen=2)))
        told(BoardLine(board=board, error="refused"))
        found = asked(port)

        assert found["jobtide_worker_boards_total", "ok", "lever"] == 1
        assert found["jobtide_worker_boards_total", "failed", "lever"] == 1
        assert found["jobtide_worker_postings_total", "new"] == 3
        assert found["jobtide_openings", "open"] == 1
        with pytest.raises(UsageError, match="another port"), worker._measured(store, port):
            pass


def test_a_store_is_not_counted_at_every_question(store):
    """Whoever asks ten times a second costs one count; later the numbers are new ones."""
    moment = [START + timedelta(hours=1)]
    measures = StoreMeasures(store, lambda: moment[0])
    registry = CollectorRegistry()
    registry.register(measures)

    def open_now():
        return registry.get_sample_value("jobtide_openings", {"status": "open"})

    assert open_now() == 1
    store.save_reading(at(1), [made(1), made(2)])
    assert open_now() == 1
    moment[0] += KEPT
    assert open_now() == 2
    assert registry.get_sample_value("jobtide_source_age_seconds", {"source": "lever"}) == 0


def test_waiting_jobs_and_due_boards_are_told_where_there_are_workers(postgres_database):
    """None before the first worker ran, then those that wait, by their task."""
    import asyncio

    from jobtide.run import jobs
    from jobtide.store.leases import Due

    url = postgres_database()
    with open_store(url, create=True) as store:
        store.plan([Due(source="lever", board="acme", host="jobs.example")])
        assert jobs.waiting_jobs(url) == {}
        app = jobs.app_of(url, {"merge": lambda: None}, "0 0 1 1 *")

        async def ask():
            async with app.open_async():
                await jobs.prepare(app)
                await jobs.defer(app, "merge")

        asyncio.run(ask())
        registry = CollectorRegistry()
        registry.register(StoreMeasures(store, lambda: START))

        assert registry.get_sample_value("jobtide_boards_due") == 1
        assert registry.get_sample_value("jobtide_jobs_waiting", {"task": "merge"}) == 1
