"""What a run tells in Markdown."""

from jobtide.run import Summary
from tests.unit.publish.sanitiser import lost, rendered


def test_a_run_is_a_table_with_a_sum():
    """One row a source, and one for all of them."""
    summary = Summary()
    summary.add("lever", boards=2, read=10, kept=9, rejected=1)
    summary.add("ashby", boards=1, read=5, kept=5)
    lines = summary.as_markdown().splitlines()

    assert lines[4].startswith("| ashby | 1 | 5 | 5 | 0 |")
    assert lines[6].startswith("| **all** | 3 | 15 | 14 | 1 |")
    assert len({line.count("|") for line in lines[2:7]}) == 1


def test_what_failed_and_what_was_refused_is_named():
    """Each with its number in the heading; what is fine is not mentioned."""
    summary = Summary()
    summary.errors += [f"lever/b{number}: timed out" for number in range(60)]
    summary.rejects["lever/refuse_non_jobs/not_a_job"] = 3
    told = summary.as_markdown()

    assert "Boards that could not be read: 60</summary>" in told
    assert "- and 10 more" in told
    assert "3 lever/refuse" in told.replace("&#95;", "_")
    assert "need a look" not in told


def test_what_a_board_says_is_no_markup():
    """An error may quote an answer: it stays text, on its own line."""
    summary = Summary()
    summary.errors.append("x: <img src=//evil.example/a> | [a](b)\n# heading")
    tree = rendered(summary.as_markdown())

    assert not lost(tree)
    assert tree.find(".//img") is None
    assert tree.find(".//h1") is None
    assert tree.find(".//a") is None
