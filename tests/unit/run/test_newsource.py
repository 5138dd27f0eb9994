"""A new source, written by `jobtide sources new`."""

import subprocess
import sys

import pytest

from jobtide.errors import UsageError
from jobtide.run.newsource import write_source


@pytest.fixture
def project(tmp_path):
    """Return a folder that looks like the project, with an empty list of sources."""
    package = tmp_path / "src" / "jobtide" / "sources"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('NAMES = (\n    "lever",\n)\n', encoding="utf-8")
    return tmp_path


def test_module_case_and_name_are_written(project):
    """Three places know of a source; all three are written at once, the list stays in order."""
    paths = write_source("beacon", project)

    assert all(path.exists() for path in paths)
    text = (project / "src/jobtide/sources/__init__.py").read_text("utf-8")
    assert text == 'NAMES = (\n    "beacon",\n    "lever",\n)\n'


def test_the_new_source_reads_its_first_case(project):
    """What is written runs at once, so that it can be changed step by step."""
    write_source("beacon", project)
    code = (
        "import sys, msgspec; sys.path.insert(0, sys.argv[1]);"
        "import beacon; from datetime import datetime, UTC;"
        "from jobtide.model import Board, Response;"
        "board = Board(source='beacon', token='acme', organization='Acme');"
        "body = open(sys.argv[2], 'rb').read();"
        "answer = Response(request=beacon.start(board), body=body, fetched_at=datetime.now(UTC));"
        "print([beacon.posting(one, board).title for one in beacon.split(answer, board).records])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(project / "src/jobtide/sources"),
         str(project / "tests/payloads/beacon/one_job/1.json")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout == "['Harbour Pilot']\n", done.stderr


@pytest.mark.parametrize("name", ["Beacon", "be-acon", "", "../x", "lever"])
def test_a_name_that_cannot_be_is_refused(project, name):
    """A name is a module's name, and not taken."""
    (project / "src/jobtide/sources/lever.py").write_text("", encoding="utf-8")

    with pytest.raises(UsageError):
        write_source(name, project)


def test_a_folder_that_is_not_the_project_is_refused(tmp_path):
    """Nothing is written where it would not be found."""
    with pytest.raises(UsageError, match="--root"):
        write_source("beacon", tmp_path)
