"""What every store promises that several workers may share."""

import threading
import time
from itertools import count

import pytest

from jobtide.store import open_store
from jobtide.store.leases import Due
from tests.contract.test_store import at, made

LONG = 60.0


@pytest.fixture(params=["postgres"])
def store(request):
    """Return an empty store of each kind that several workers may share."""
    with open_store(request.getfixturevalue("postgres_database")(), create=True) as opened:
        yield opened


def due(board="acme", host="api.example", **changes):
    return Due(source="lever", board=board, host=host, **changes)


def test_one_board_a_host_is_leased(store):
    """While one board of a host is leased no other of that host is; other hosts are free."""
    store.plan([due("a"), due("b"), due("c", host="other.example")])

    leases = [store.claim("w", LONG) for _ in range(3)]

    assert {one.host for one in leases if one} == {"api.example", "other.example"}
    assert leases[2] is None
    assert store.due_count() == 3


def test_the_pause_runs_from_the_end_of_a_lease(store):
    """A host that was just asked is not free before its pause is over."""
    store.plan([due("a"), due("b")])
    first = store.claim("w", LONG)

    assert store.release(first, pause_s=0.3, again_s=LONG)
    assert store.claim("w", LONG) is None
    assert 0 < store.waiting_s() <= 0.3
    time.sleep(0.31)
    assert store.claim("w", LONG).board == "b"


def test_a_reading_under_a_valid_lease_is_saved_and_ends_it(store):
    """Reading and end are one transaction; the board is due again later."""
    store.plan([due()])
    lease = store.claim("w", LONG)

    counts = store.save_leased(lease, at(0), [made(1)], pause_s=0, again_s=LONG)

    assert counts.new == 1
    assert store.claim("w", LONG) is None
    assert store.due_count() == 0
    assert 50 < store.waiting_s() <= LONG


def test_a_stale_lease_changes_nothing(store):
    """A worker that slept through its lease writes nothing, neither words nor schedule."""
    store.plan([due()])
    slow = store.claim("slow", 0.05)
    time.sleep(0.06)
    quick = store.claim("quick", LONG)
    before = store.content_hash()

    assert store.save_leased(slow, at(0), [made(1)], pause_s=0, again_s=LONG) is None
    assert store.renew([slow], LONG) == [slow]
    assert not store.release(slow, 0, LONG)

    assert store.content_hash() == before
    assert quick.fence == slow.fence + 1
    assert store.save_leased(quick, at(0), [made(1)], pause_s=0, again_s=LONG).new == 1
    assert store.save_leased(quick, at(1), [made(2)], pause_s=0, again_s=LONG) is None


def test_a_renewed_lease_lives_on(store):
    """Renewal keeps others away after the first time is over."""
    store.plan([due()])
    lease = store.claim("w", 0.1)

    assert store.renew([lease], LONG) == []
    time.sleep(0.11)
    assert store.claim("other", LONG) is None


def test_the_schedule_follows_the_settings(store):
    """A board that left the settings is not read; one that is planned again keeps its time."""
    store.plan([due("a"), due("b")])
    lease = store.claim("w", LONG)
    store.release(lease, 0, LONG)

    store.plan([due("a")])

    assert store.due_count() == (0 if lease.board == "a" else 1)
    store.plan([])
    assert store.waiting_s() is None
    assert store.claim("w", LONG) is None


def test_many_at_once_never_share_a_host(store):
    """Eight threads that claim as fast as they can never hold one host twice."""
    store.plan(
        [due(f"{host}-{board}", host=f"h{host}") for host in range(4) for board in range(6)]
    )
    held, wrong, done, numbers = set(), [], [], count()
    lock = threading.Lock()

    def work():
        while next(numbers) < 2_000:
            lease = store.claim("w", LONG)
            if lease is None:
                if len(done) == 24:
                    return
                continue
            with lock:
                wrong.extend([lease.host] if lease.host in held else [])
                held.add(lease.host)
            with lock:
                held.discard(lease.host)
                done.append(lease.board)
            store.release(lease, 0, LONG)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not wrong
    assert len(done) == len(set(done)) == 24
