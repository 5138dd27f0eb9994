"""Duplicates: whether two postings are one vacancy."""

from collections.abc import Sequence
from typing import Any

from jobtide.dedupe.compare import compare
from jobtide.evaluate.records import Miss, PairRecord, Side
from jobtide.model import Posting, Reject
from jobtide.pipeline import apply


def score(records: Sequence[PairRecord]) -> tuple[dict[str, Any], list[Miss]]:
    """Return n, precision, recall, f1, accuracy, the same without made-up pairs, and cities.

    `other_location_merged`: of the pairs that are one role in two places, how many we merged.
    """
    answers: list[tuple[PairRecord, bool]] = []
    misses: list[Miss] = []
    for record in records:
        verdict = compare(posting(record, "a"), posting(record, "b"))
        answers.append((record, verdict.same))
        if verdict.same != record.same:
            misses.append(_miss(record, verdict.same, verdict.reasons))
    natural = [(record, got) for record, got in answers if not record.synthetic]
    return {
        **figures([(record.same, got) for record, got in answers]),
        "natural": figures([(record.same, got) for record, got in natural]),
        "other_location": sum(r.same_role_other_location for r, _ in answers),
        "other_location_merged": sum(r.same_role_other_location and got for r, got in answers),
    }, misses


def figures(answers: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    """Return the figures of (is one vacancy, we said so) pairs; None where nothing counts."""
    both = sum(same and got for same, got in answers)
    said = sum(got for _, got in answers)
    true = sum(same for same, _ in answers)
    right = sum(same == got for same, got in answers)
    return {
        "n": len(answers),
        "precision": round(both / said, 4) if said else None,
        "recall": round(both / true, 4) if true else None,
        "f1": round(2 * both / (said + true), 4) if said + true else None,
        "accuracy": round(right / len(answers), 4) if answers else None,
    }


def posting(record: PairRecord, name: str) -> Posting:
    """Return one side as the pipeline would have it.

    The sets name the capture a posting was found in, not the board's list it stood on: the two
    sides are taken to come from two lists.
    """
    side: Side = getattr(record, name)
    raw = Posting(
        source=side.board or "evaluation",
        board=name,
        identifier=record.id,
        url=f"https://{name}.example/{record.id}",
        title=side.title,
        hiring_organization=side.company or None,
        location_text=side.location or None,
        description=side.description_snippet,
        description_complete=False,
    )
    result = apply(raw)
    return raw if isinstance(result, Reject) else result


def _miss(record: PairRecord, got: bool, reasons: tuple[str, ...]) -> Miss:
    sides = [f"{s.title} | {s.company} | {s.location} | {s.board}" for s in (record.a, record.b)]
    return Miss(
        set="duplicates",
        id=record.id,
        input="  <>  ".join(sides),
        expected=record.same,
        got=got,
        evidence="; ".join(reasons),
    )
