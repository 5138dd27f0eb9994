"""Faults of skills that others met do not happen here."""

import json

import pytest

from jobtide.classify.skills import skills


@pytest.mark.shared
def test_recorded_faults_of_skills(shared):
    """Each text names the technology exactly where the case says so."""
    cases = json.loads((shared / "cases" / "bugs.json").read_text("utf-8"))
    wanted = [case for case in cases if case["kind"] == "skills"]
    assert wanted
    for case in wanted:
        for name, answers in case["expected"].items():
            for text, answer in zip(case["input"]["texts"], answers, strict=True):
                found = {label.value for label in skills("", (), text)}
                assert (name in found) is answer, case["id"]
