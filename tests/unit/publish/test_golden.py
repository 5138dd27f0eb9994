"""The pages of the invented snapshot, kept byte for byte: a change of look is seen in review."""

from pathlib import Path

import pytest

from jobtide.publish.readme import render
from tests.unit.publish import builders as make

GOLDEN = Path(__file__).parents[2] / "golden" / "readme"
CASES = {
    "cards": {},
    "list": {"layout": "list", "age": "date", "home": "https://larkspur.example/jobs"},
}


@pytest.mark.parametrize("case", CASES)
def test_pages_are_as_kept(case):
    """Every file is as it was when someone last looked at it (see write_golden.py)."""
    rendered = {
        file.path: file.body for file in render(make.example(), make.settings(**CASES[case]))
    }
    folder = GOLDEN / case
    kept = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }

    assert rendered == kept
