"""Faults of categories that others met do not happen here."""

import json

import pytest

from jobtide.classify.category import categories

#: The words of the recorded cases, said in our labels; "general" software is backend, inferred.
_OURS = {
    "backend": {"backend"},
    "frontend": {"frontend"},
    "backend or software engineering": {"backend"},
}


def cases(shared, identifier):
    found = json.loads((shared / "cases" / "bugs.json").read_text("utf-8"))
    return next(case for case in found if case["id"] == identifier)


@pytest.mark.shared
def test_titles_in_other_languages_have_a_category(shared):
    """Russian, Portuguese and German titles are read like English ones."""
    case = cases(shared, "BL090")

    for title, wanted in zip(case["input"]["titles"], case["expected"]["categories"], strict=True):
        assert categories(title)[0].value in _OURS[wanted], title


@pytest.mark.shared
def test_a_plain_software_engineer_is_marked_as_concluded(shared):
    """The guide counts general software as backend; the label says that nobody wrote so."""
    case = cases(shared, "BL088")

    [label] = categories(case["input"]["title"], (), case["input"]["description"])

    assert label.inferred
    assert label.rule.endswith("head: software")
