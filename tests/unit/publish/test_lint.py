"""The faults of the pages that started the project are counted on ours: none must be there."""

import subprocess
import sys

import pytest
from msgspec.structs import replace

from jobtide.publish.readme import render
from jobtide.publish.write import write_files
from tests.unit.publish import builders as make
from tests.unit.publish.test_markdown import NASTY


def nasty():
    """Return a snapshot whose every text is a trick, with the example's openings beside them."""
    openings = []
    for number, text in enumerate(NASTY):
        for field in ("title", "hiring_organization", "location_text", "description"):
            fields = {field: text} if field != "description" else {"description": f"<p>{text}"}
            posting = make.posting(
                f"{number}-{field}",
                url=f"https://remoteok.com/jobs/{number}/{field}",
                tags=(text, "undefined", " , "),
                requisition=text,
                **({"title": f"Engineer {number}"} | fields),
            )
            openings.append(make.opening(posting))
    example = make.example()
    return make.snapshot(*example.openings, *openings, health=example.health)


@pytest.mark.shared
@pytest.mark.parametrize("layout", ["cards", "list"])
def test_no_fault_is_found(shared, tmp_path, layout):
    """The fault counter finds nothing, neither in the pages of the example nor in nasty ones."""
    settings = make.settings(layout=layout, soft_bytes=20_000)
    write_files(tmp_path, render(nasty(), settings))
    command = [sys.executable, str(shared / "tools" / "lint_pages.py"), str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "clean" in result.stdout


@pytest.mark.shared
@pytest.mark.parametrize("layout", ["cards", "list"])
def test_no_fault_is_found_in_all_kinds_of_pages(shared, tmp_path, layout):
    """Nor in pages by employer and country, and archives of ended jobs of one look."""
    snapshot = nasty()
    closed = tuple(
        replace(one, id=f"{one.id}-{number}", status="closed", closed_at=make.NOW)
        for one in snapshot.openings
        for number in range(2)
    )
    settings = make.settings(layout=layout, companies=1, countries=1, closed=closed)
    write_files(tmp_path, render(snapshot, settings))
    command = [sys.executable, str(shared / "tools" / "lint_pages.py"), str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (tmp_path / "archive" / "2026-11.md").is_file()
    assert (tmp_path / "countries" / "README.md").is_file()
    assert result.returncode == 0, result.stdout + result.stderr
