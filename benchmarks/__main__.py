"""
`make bench`: postings per CPU-second, ours and a peer pipeline side by side, in one run.

CPU time (user + system of this process) is counted, not wall time, so that a busy machine does not
change the figures much. Each measure is the best of three rounds over the same postings, where
nothing else is said.
"""

import argparse
import json
import platform
import sys

from benchmarks import deduping, engines, processing, publishing

MEASURES = {
    "process": processing.measure,
    "publish": publishing.measure,
    "dedupe": deduping.measure,
    "engines": engines.measure,
}
#: Those that take a size: the made-up corpus may be as large as one likes.
SIZED = ("dedupe", "engines")
MOST = 50_000


def main() -> int:
    """Run the chosen measures; print one line a figure as it is known, or one JSON object."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(MEASURES)}")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--most",
        type=int,
        default=MOST,
        help=f"postings of the largest corpus made up ({' and '.join(SIZED)}); {MOST:,};"
        " duplicates among 500000 take a quarter of an hour and 4 GB",
    )
    chosen = parser.parse_args()
    figures = {}
    for name in chosen.names or MEASURES:
        figures[name] = MEASURES[name](chosen.most) if name in SIZED else MEASURES[name]()
        _show(name, figures[name], quiet=chosen.json)
    figures["machine"] = {"python": platform.python_version(), "machine": platform.machine()}
    _show("machine", figures["machine"], quiet=chosen.json)
    if chosen.json:
        print(json.dumps(figures))
    return 0


def _show(name, rows, *, quiet):
    for key, value in ({} if quiet else rows).items():
        digits = 4 if isinstance(value, float) and abs(value) < 10 else 1
        shown = f"{value:,.{digits}f}" if isinstance(value, float) else str(value)
        print(f"{name:<10} {key:<54} {shown:>14}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
