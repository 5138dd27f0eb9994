"""The figures of an evaluation, for people."""

from typing import Any

from jobtide.evaluate.location import PARTS
from jobtide.evaluate.records import Scores

_NAMES = {
    "strict": "first choice",
    "lenient": "defensible",
    "macro_f1": "macro-F1",
    "all_right": "all fields right",
    "pay_right": "pay found and right",
    "null_kept": "no pay, none found",
    "accuracy": "right",
}
_ORDER = (
    "strict",
    "lenient",
    "macro_f1",
    "all_right",
    "pay_right",
    "null_kept",
    *PARTS,
    "precision",
    "recall",
    "f1",
    "accuracy",
)


def report(scores: Scores) -> str:
    """Return one line a set, then what was most often confused."""
    lines = [line for name, figures in scores.items() for line in _lines(name, figures)]
    return "\n".join(lines)


def _lines(name: str, figures: dict[str, Any]) -> list[str]:
    shares = [
        f"{_NAMES.get(key, key)} {figures[key]:.1%}"
        for key in _ORDER
        if figures.get(key) is not None
    ]
    lines = [f"{name:<11} {figures['n']:>5}  {'  '.join(shares)}"]
    confused = figures.get("confused")
    if confused:
        pairs = "  ".join(f"{true} as {said} {count}" for true, said, count in confused)
        lines.append(f"{'':17}  confused: {pairs}")
    if "natural" in figures:
        lines += [f"{'':11} {line.strip()}" for line in _lines("", figures["natural"])]
        lines[-1] += "  (without made-up pairs)"
        if figures["other_location"]:
            merged, all_of = figures["other_location_merged"], figures["other_location"]
            lines.append(f"{'':17}  one role in two places: {merged} of {all_of} merged")
    return lines
