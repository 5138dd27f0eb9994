"""
A PostgreSQL store of many openings on loopback: `make bench-scale`, or

    python -m benchmarks.scaling --openings 1000000 [--folder FOLDER]

Prints how fast made-up openings are saved, that saving the same again changes no row, and how long
filtered searches take, on a server that is started for it. Times of searches are wall time seen by
the client, because the server works for it; all other figures count the CPU of this process and
the wall time. With FOLDER the server's files stay, and a second run only asks.
"""

import argparse
import platform
import shutil
import tempfile
import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import psycopg

from benchmarks.searching import NOW, STEP, Maker, _cpu, queries
from jobtide import query
from jobtide.run.searching import FACETS
from jobtide.store import Reading, open_store
from tools.postgres_cluster import cluster

#: A quarter of the machine this was first measured on (24 GiB) would be 6 GB; others run here too.
SERVER = {"shared_buffers": "2GB", "maintenance_work_mem": "512MB", "work_mem": "32MB"}


def steps(openings):
    """Yield readings with their postings: every board of a step, window or not, once."""
    for done in range(0, openings, STEP):
        boards = defaultdict(list)
        for one in Maker(1 + done).step(done, min(STEP, openings - done)):
            boards[one.posting.source, one.posting.board].append(one.posting)
        for (source, board), postings in boards.items():
            yield source, board, postings


def load(store, openings, at):
    """Save all readings; return postings, rows written, wall and CPU seconds."""
    began, cpu, many, rows = time.monotonic(), _cpu(), 0, 0
    for source, board, postings in steps(openings):
        reading = Reading(source=source, board=board, read_at=at, complete=True)
        rows += store.save_reading(reading, postings).rows_written
        many += len(postings)
    return many, rows, time.monotonic() - began, _cpu() - cpu


def ask(store, kind, number):
    """Print the wall time of queries of one kind."""
    times, totals = [], []
    for text in queries(kind, number):
        wanted = query.parse(text)
        start = time.perf_counter()
        totals.append(store.search(wanted, NOW).total)
        times.append(time.perf_counter() - start)
    times.sort()
    middle, high = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(
        f"| {kind} | {middle * 1e3:.1f} | {high * 1e3:.1f} |"
        f" median total {sorted(totals)[len(totals) // 2]:,} |",
        flush=True,
    )


def measure(url, openings, number):
    """Load when the store is empty, then ask."""
    with psycopg.connect(url) as server:
        version = server.execute("SHOW server_version").fetchone()[0]
    print(f"PostgreSQL {version}, Python {platform.python_version()}, {platform.machine()}")
    with open_store(url, create=True) as store:
        if not store.unmerged().total:
            many, rows, wall, cpu = load(store, openings, NOW - timedelta(hours=2))
            print(
                f"saved {many:,} postings, {rows:,} rows, in {wall:,.0f} s: {many / wall:,.0f}/s"
            )
            print(f"  of that {cpu:,.0f} s CPU of this process, made-up texts included")
            many, rows, wall, _ = load(store, openings, NOW - timedelta(hours=1))
            print(f"the same again: {rows} rows written, in {wall:,.0f} s: {many / wall:,.0f}/s")
            with psycopg.connect(url, autocommit=True) as server:
                server.execute("VACUUM ANALYZE")
        with psycopg.connect(url) as server:
            size = server.execute("SELECT pg_database_size(current_database())").fetchone()[0]
        print(f"{size / 1e6:,.0f} MB, {size / max(1, store.unmerged().total):,.0f} bytes each")
        print("| query | p50 ms | p99 ms | |\n| --- | ---: | ---: | --- |")
        for kind in queries(""):
            ask(store, kind, number)
        start = time.perf_counter()
        store.facets(query.parse(queries("one word", 1)[0]), NOW, FACETS)
        print(f"| 8 facets of one word | {(time.perf_counter() - start) * 1e3:.0f} | | once |")


def main():
    """Start a server, measure, end it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--openings", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=100)
    wanted = parser.parse_args()
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="jobtide-scale-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    try:
        with cluster(folder / "cluster", **SERVER) as url:
            measure(url, wanted.openings, wanted.queries)
    finally:
        if wanted.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
