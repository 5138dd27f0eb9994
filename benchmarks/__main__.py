"""
`make bench`: postings per CPU-second, ours and a peer pipeline side by side, in one run.

CPU time (user + system of this process) is counted, not wall time, so that a busy machine does not
change the figures much. Each measure is the best of three rounds over the same postings.
"""

import argparse
import json
import platform
import sys

from benchmarks import processing, publishing

MEASURES = {"process": processing.measure, "publish": publishing.measure}


def main() -> int:
    """Run the chosen measures and print one line a figure, or one JSON object."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(MEASURES)}")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    figures = {name: MEASURES[name]() for name in chosen.names or MEASURES}
    figures["machine"] = {"python": platform.python_version(), "machine": platform.machine()}
    if chosen.json:
        print(json.dumps(figures))
        return 0
    for name, rows in figures.items():
        for key, value in rows.items():
            shown = f"{value:,.1f}" if isinstance(value, float) else str(value)
            print(f"{name:<10} {key:<44} {shown:>14}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
