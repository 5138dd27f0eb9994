"""
Duplicates: speed, growth, memory and correctness on made-up vacancies, and cost of a change.

What is measured: `dedupe` of all postings with the local engine (best of three rounds, one at
500,000), and, in a SQLite store, the openings after 1,000 new postings beside those of everything.
"""

import gc
import math
import multiprocessing
import resource
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from benchmarks.vacancies import COPIES, MOMENT, vacancies
from jobtide.dedupe import dedupe
from jobtide.dedupe.title import role_of
from jobtide.engine.local import LocalEngine
from jobtide.run.openings import refresh_openings
from jobtide.store import Reading, SqliteStore

SIZES = (5_000, 50_000, 500_000)
NEW = 1_000
BATCH = 10_000


def measure(most=SIZES[-1]):
    """Return the figures, of corpora of up to `most` postings."""
    sizes = [size for size in SIZES if size <= most] or [most]
    figures = {"share of copies": COPIES}
    rates = {}
    for size in sizes:
        found = _apart(_whole, size)
        rates[size] = found["postings per CPU-second"]
        figures |= {f"{size:,}: {name}": value for name, value in found.items()}
    if len(sizes) > 1:
        low, high = sizes[0], sizes[-1]
        grown = math.log(rates[low] / rates[high]) / math.log(high / low) + 1
        figures["cost grows with postings to the power of"] = round(grown, 3)
    return figures | _apart(_change, sizes[-1])


def _apart(work, size):
    """Do it in a process of its own: the most memory a process ever had is never given back."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (size,))


def _peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _whole(size):
    made = list(vacancies(size))
    vacancy = {posting.id: number for posting, number in made}
    postings = [posting for posting, _ in made]
    del made
    dedupe(LocalEngine(), iter(postings[:50]))  # tables are read, once
    gc.freeze()  # the collector need not walk through our postings again and again
    before, spent = _peak_mb(), math.inf
    for _ in range(3 if size <= 50_000 else 1):
        role_of.cache_clear()
        start = time.process_time()
        clusters = dedupe(LocalEngine(), iter(postings))
        spent = min(spent, time.process_time() - start)
    return {
        "postings per CPU-second": size / spent,
        "CPU-seconds": spent,
        "peak memory beside the postings, MB": _peak_mb() - before,
        **_correctness(vacancy, [one.posting_ids for one in clusters]),
    }


def _correctness(vacancy, clusters):
    """Return precision and recall of pairs of postings."""
    true = sum(_pairs(number) for number in Counter(vacancy.values()).values())
    said = sum(_pairs(len(ids)) for ids in clusters)
    right = sum(
        _pairs(number)
        for ids in clusters
        for number in Counter(vacancy[name] for name in ids).values()
    )
    return {"precision": round(right / said, 4), "recall": round(right / true, 4)}


def _pairs(number):
    return number * (number - 1) // 2


def _change(size):
    """Return what NEW postings cost in a store of `size`, beside computing everything."""
    corpus = (posting for posting, _ in vacancies(size + NEW))
    with (
        tempfile.TemporaryDirectory() as folder,
        SqliteStore(Path(folder) / "jobs.db", create=True) as store,
    ):
        for hours in range(-(-size // BATCH)):
            _save(store, [next(corpus) for _ in range(min(BATCH, size - hours * BATCH))], hours)
        first = _spent(store)
        whole = _spent(store, full=True)
        _save(store, corpus, hours + 1)
        some = _spent(store)
        size_mb = (Path(folder) / "jobs.db").stat().st_size / 2**20
    return {
        f"store of {size:,}: everything, the first time, CPU-seconds": first,
        f"store of {size:,}: everything again": whole,
        f"store of {size:,}: {NEW:,} new postings": some,
        f"store of {size:,}: new, percent of everything": 100 * some / whole,
        f"store of {size:,}: size, MB": size_mb,
    }


def _save(store, postings, hours):
    """Save postings as boards of their own: a board that is read again would be judged anew."""
    boards = {}
    for one in postings:
        board = f"{one.board}-{hours}"
        boards.setdefault((one.source, board), []).append(replace(one, board=board))
    for (source, board), listed in boards.items():
        moment = MOMENT + timedelta(hours=hours)
        store.save_reading(Reading(source=source, board=board, read_at=moment), listed)


def _spent(store, **how):
    start = time.process_time()
    refresh_openings(store, **how)
    return time.process_time() - start
