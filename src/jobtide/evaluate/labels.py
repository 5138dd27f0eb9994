"""Sets with one label a record: category, seniority, employment."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from jobtide.classify.category import label_category
from jobtide.classify.employment import employment_types
from jobtide.classify.seniority import seniority
from jobtide.clean.encoding import repair_encoding
from jobtide.clean.entities import unescape_entities
from jobtide.clean.tags import tidy_tags
from jobtide.clean.title import tidy_title
from jobtide.evaluate.records import CategoryRecord, EmploymentRecord, Miss, SeniorityRecord
from jobtide.model import Label, Posting

_UNSPECIFIED = "unspecified"
_MOST_CONFUSED = 8


class Labelled(Protocol):
    """A record with a first choice and all the labels that can be defended."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def accept(self) -> tuple[str, ...]: ...


class Pair(NamedTuple):
    """What was expected and what was said."""

    label: str
    accept: tuple[str, ...]
    got: str


def figures(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return n, strict, lenient, macro_f1 and the pairs most often confused.

    strict: the first choice. lenient: any label that can be defended. macro_f1: the mean over the
    labels of F1, an answer that can be defended counting as the truth.
    """
    hits: Counter[str] = Counter()
    said: Counter[str] = Counter()
    true: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for label, accept, got in pairs:
        truth = got if got in accept else label
        said[got] += 1
        true[truth] += 1
        hits[got] += truth == got
        if truth != got:
            confused[truth, got] += 1
    each = [2 * hits[name] / (said[name] + true[name]) for name in said | true]
    n = len(pairs)
    return {
        "n": n,
        "strict": round(sum(pair.got == pair.label for pair in pairs) / n, 4),
        "lenient": round(sum(pair.got in pair.accept for pair in pairs) / n, 4),
        "macro_f1": round(sum(each) / len(each), 4),
        "confused": [[*names, count] for names, count in confused.most_common(_MOST_CONFUSED)],
    }


def score_labels(
    name: str, records: Iterable[Labelled], said: Callable[[Any], Label | None]
) -> tuple[dict[str, Any], list[Miss]]:
    """Score any set of labels through `said`, which answers for one record."""
    pairs: list[Pair] = []
    misses: list[Miss] = []
    for record in records:
        answer = said(record)
        got = answer.value if answer else _UNSPECIFIED
        pairs.append(Pair(record.label, record.accept, got))
        if got not in record.accept:
            misses.append(
                Miss(
                    set=name,
                    id=record.id,
                    input=record.title,
                    expected=list(record.accept),
                    got=got,
                    rule=answer.rule if answer else "",
                    evidence=answer.evidence if answer else "",
                )
            )
    return figures(pairs), misses


def score_category(records: Sequence[CategoryRecord]) -> tuple[dict[str, Any], list[Miss]]:
    """Score categories: title and tags cleaned as the pipeline does, then labelled."""
    return score_labels("category", records, _category)


def _category(record: CategoryRecord) -> Label | None:
    posting = Posting(
        source="evaluation",
        board="main",
        identifier=record.id,
        url="",
        title=record.title,
        tags=record.tags,
        text=record.description_snippet,
    )
    for step in (repair_encoding, unescape_entities, tidy_title, tidy_tags, label_category):
        posting = step(posting)
    return posting.category


def score_seniority(records: Sequence[SeniorityRecord]) -> tuple[dict[str, Any], list[Miss]]:
    """Score levels read from titles."""
    return score_labels("seniority", records, lambda record: seniority(record.title))


def score_employment(records: Sequence[EmploymentRecord]) -> tuple[dict[str, Any], list[Miss]]:
    """Score the first of the kinds of employment that were read."""
    return score_labels("employment", records, _employment)


def _employment(record: EmploymentRecord) -> Label | None:
    found = employment_types(record.type_field or None, record.title, record.snippet)
    return found[0] if found else None
