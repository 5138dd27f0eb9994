"""
Engines: all steps and the duplicates of one corpus, here and in two worker processes.

Wall time, each engine in turn, best of the rounds: it means something on a machine that does
nothing else. CPU-seconds tell on any machine what sending things to workers costs: what this
process does itself is not shared out, the rest is. The postings lie in files; to read them is part
of the measure. The answers must be equal.
"""

import math
import os
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import msgspec
from msgspec.structs import replace

from benchmarks.vacancies import vacancies
from jobtide import pipeline
from jobtide.dedupe import dedupe
from jobtide.engine.local import LocalEngine
from jobtide.engine.processes import ProcessesEngine
from jobtide.model import Posting

SIZE = 200_000
PARTS = 40
WORKERS = 2


def measure(most=SIZE, rounds=2):
    """Return seconds of each engine, and how many times faster the processes are."""
    size = min(most, SIZE)
    best = dict.fromkeys(("local", "processes"), (math.inf, math.inf, math.inf))
    answers = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(size, Path(folder))
        for _ in range(rounds):
            for name in best:
                before = _clocks()
                answers[name] = _run(name, paths)
                spent = (now - then for now, then in zip(_clocks(), before, strict=True))
                best[name] = tuple(map(min, best[name], spent))
    if answers["local"] != answers["processes"]:
        raise AssertionError("the engines disagree")
    (here, alone, _), (there, own, workers) = best.values()
    return {
        "postings": size,
        "clusters": len(answers["local"]),
        "cores": os.cpu_count(),
        "local: seconds": here,
        "local: CPU-seconds": alone,
        "processes: seconds": there,
        "processes: CPU-seconds of this process": own,
        f"processes: CPU-seconds of {WORKERS} workers": workers,
        f"{WORKERS} processes, times the speed of local": here / there,
        "the same by CPU-seconds": alone / (own + workers / WORKERS),
    }


def _clocks():
    """Return wall time, CPU time of this process, and that of processes it has seen end."""
    spent = os.times()
    return (
        time.perf_counter(),
        spent.user + spent.system,
        spent.children_user + spent.children_system,
    )


def _run(name, paths):
    started = nullcontext(LocalEngine()) if name == "local" else ProcessesEngine(WORKERS)
    with started as engine:
        return dedupe(
            engine, engine.map(_kept, engine.map(pipeline.process, engine.load(_read, paths)))
        )


def _kept(results):
    """Yield the postings; what is refused is no duplicate of anything."""
    return (one for one in results if isinstance(one, Posting))


def _read(path):
    """Yield the postings of a file."""
    yield from msgspec.msgpack.decode(Path(path).read_bytes(), type=list[Posting])


def _written(size, folder):
    """Write the postings as boards send them, text as HTML, in PARTS files; return their paths."""
    paths, made = [], vacancies(size)
    for part in range(PARTS):
        share = size // PARTS + (part < size % PARTS)
        sent = [_as_sent(next(made)[0]) for _ in range(share)]
        paths.append(str(folder / f"{part}.msgpack"))
        Path(paths[-1]).write_bytes(msgspec.msgpack.encode(sent))
    return paths


def _as_sent(posting):
    words = posting.text.split()
    lines = (" ".join(words[at : at + 60]) for at in range(0, len(words), 60))
    place = "" if posting.location_text else posting.job_location[0].city
    return replace(
        posting,
        text="",
        description="".join(f"<p>{line}.</p>" for line in lines),
        location_text=posting.location_text or place,
    )
