"""
How `jobtide serve` bears load: `python -m benchmarks.serving DATABASE`.

    python -m benchmarks.serving jobtide.db [--seconds 4] [--connections 4]

Starts the service on loopback, asks each kind of page with wrk (Debian: apt-get install wrk), and
prints the median and the 99th percentile of the time to answer, and requests per CPU-second of the
server (its user and system time: a busy machine changes it little). Exit status 1 when an answer
was an error.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

PAGES = (
    "/", "/?category=backend&me=PL", "/?q=python&from=PL&me=PL", "JOB", "/jobs.rss?q=python",
    "/api/v1/jobs?q=python", "/api/v1/facets?q=python", "/saved",
)  # fmt: skip
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Measure every page, one line each."""
    parser = argparse.ArgumentParser(prog="benchmarks.serving", description=__doc__)
    parser.add_argument("database")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--connections", type=int, default=4)
    chosen = parser.parse_args()
    if shutil.which("wrk") is None:
        print("wrk is missing: apt-get install wrk", file=sys.stderr)
        return 1
    command = [sys.executable, "-m", "jobtide", "serve", "--port", "0", "--db", chosen.database]
    server = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"JOBTIDE_WEB_RATE_PER_MINUTE": "0"},
    )
    try:
        base = re.search(r"http://[^/]+", server.stderr.readline())[0]
        bad = sum(_measured(base, page, server.pid, chosen) for page in PAGES)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
    return 1 if bad else 0


def _measured(base: str, page: str, pid: int, chosen: argparse.Namespace) -> int:
    """Print the line of one page; return how many answers were errors."""
    if page == "JOB":
        with urllib.request.urlopen(f"{base}/api/v1/jobs?limit=1") as answer:
            page = json.load(answer)["jobs"][0]["page"]
    urllib.request.urlopen(base + page).read()
    before = _cpu_s(pid)
    command = ["wrk", "-t1", f"-c{chosen.connections}", f"-d{chosen.seconds}s", "--latency"]
    command += ["-H", "Accept-Encoding: gzip", base + page]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = _cpu_s(pid) - before
    number = int(re.search(r"(\d+) requests in", said)[1])
    times = {name: re.search(rf"(?m)^\s+{name}%\s+(\S+)", said)[1] for name in ("50", "99")}
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    lost = re.search(r"Socket errors: (.+)", said)
    wrong = int(bad[1]) if bad else 0
    print(
        f"{page[:44]:<44} p50 {times['50']:>9}  p99 {times['99']:>9}"
        f"  {number / max(spent, 1 / _TICKS):>7.0f} requests a CPU-second"
        f"  errors {wrong}{' ' + lost[1] if lost else ''}"
    )
    return wrong + bool(lost)


def _cpu_s(pid: int) -> float:
    """Return the user and system time of a process, in seconds (proc(5), stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


if __name__ == "__main__":
    sys.exit(main())
