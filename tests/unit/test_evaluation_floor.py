"""What we measure on our own labelled sets may only rise."""

import json
from pathlib import Path

import pytest

from jobtide.evaluate import SETS, evaluate_dir

FOLDER = Path(__file__).resolve().parents[2] / "evaluation"
FLOOR = json.loads((FOLDER / "floor.json").read_text("utf-8"))
LEAST_RECORDS = 150


@pytest.fixture(scope="module")
def scores():
    """Score our own sets once."""
    return evaluate_dir(FOLDER)[0]


@pytest.mark.parametrize(
    ("name", "figure"), [(name, figure) for name, floor in FLOOR.items() for figure in floor]
)
def test_no_figure_falls_below_its_floor(scores, name, figure):
    """Each figure is at least what it was; when it has risen for good, raise the floor."""
    assert scores[name][figure] >= FLOOR[name][figure]


def test_every_set_is_here_has_a_floor_and_is_large_enough(scores):
    """All six sets exist with 150 records and more, and none is without a floor."""
    assert set(scores) == set(SETS) == set(FLOOR)
    assert all(figures["n"] >= LEAST_RECORDS for figures in scores.values())


@pytest.mark.parametrize("name", SETS)
def test_ids_are_unique_and_sorted(name):
    """Each record has an id of its own, and the file is sorted by it."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    ids = [json.loads(line)["id"] for line in lines]

    assert ids == sorted(set(ids))


def test_every_accepted_label_is_a_category():
    """The set of categories uses the labels the program uses, and all of them."""
    from jobtide.classify.category import LABELS

    records = [
        json.loads(line) for line in (FOLDER / "category.jsonl").read_text("utf-8").splitlines()
    ]

    assert {record["label"] for record in records} == set(LABELS)
    assert all(set(record["accept"]) <= set(LABELS) for record in records)
    assert all(record["label"] in record["accept"] for record in records)
