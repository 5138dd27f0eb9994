"""
How good the reading is: labelled sets scored through the very functions the pipeline uses.

`evaluate_dir` scores what a folder holds, `report` says it to people. The format of the sets, what
counts as right, and how far to trust it: docs/explanation/how-quality-is-measured.md.
"""

from pathlib import Path
from typing import Any

from jobtide.errors import UsageError
from jobtide.evaluate import labels, location, pairs, salary
from jobtide.evaluate.records import (
    CategoryRecord,
    EmploymentRecord,
    LocationRecord,
    Miss,
    PairRecord,
    SalaryRecord,
    Scores,
    SeniorityRecord,
    load,
)
from jobtide.evaluate.report import report

__all__ = ("SETS", "Miss", "Scores", "evaluate_dir", "report")

#: Every set: its file is called after it, with ".jsonl". A record's type, and who scores it.
SETS: dict[str, tuple[type[Any], Any]] = {
    "category": (CategoryRecord, labels.score_category),
    "salary": (SalaryRecord, salary.score),
    "location": (LocationRecord, location.score),
    "seniority": (SeniorityRecord, labels.score_seniority),
    "employment": (EmploymentRecord, labels.score_employment),
    "duplicates": (PairRecord, pairs.score),
}


def evaluate_dir(path: Path) -> tuple[Scores, list[Miss]]:
    """Score the sets in `path`; a set that is not there is skipped.

    Returns the figures by set, and every miss with the words that misled us. Raises UsageError
    when the folder holds none of the sets, or a line cannot be read.
    """
    scores: Scores = {}
    misses: list[Miss] = []
    for name, (kind, score) in SETS.items():
        file = path / f"{name}.jsonl"
        if file.is_file():
            scores[name], missed = score(load(file, kind))
            misses += missed
    if not scores:
        wanted = ", ".join(f"{name}.jsonl" for name in SETS)
        raise UsageError(f"{path}: no labelled set is here; one of {wanted} is wanted")
    return scores, misses
