"""
Write what a recorded case must give: `python -m tests.contract.write_expected SOURCE/CASE ...`.

Then read expected.jsonl as an applicant would: it is right because you say so.
"""

import sys

from tests.contract.recorded import PAYLOADS, Recorded, requests_text, results_text


def main(names):
    """Write requests.txt and expected.jsonl of each case, and say how many records it has."""
    for name in names:
        case = Recorded(PAYLOADS / name)
        requests, _pages = case.play()
        results = case.results()
        (case.folder / "requests.txt").write_text(requests_text(requests), encoding="utf-8")
        (case.folder / "expected.jsonl").write_bytes(results_text(results))
        print(f"{name}: {len(requests)} requests, {len(results)} results")  # noqa: T201


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
