"""`jobtide stats`: numbers as tables, as JSON, and as a picture."""

import json
from typing import NamedTuple

import pytest
from lxml import etree

from jobtide.cli import main
from jobtide.cli.demonstration import demonstrate


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """Return the store of the demonstration."""
    folder = tmp_path_factory.mktemp("stats")
    demonstrate(folder, quiet=True)
    return folder / "jobtide.db"


@pytest.fixture
def stats(database, tmp_path, monkeypatch, capsys):
    """Return a function that runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*arguments):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["stats", "--db", str(database), *arguments])
        return Done(ended.value.code, *capsys.readouterr())

    return run


def test_tables_and_json_say_the_same(stats):
    """Four tables for a person, one object for a program."""
    told, numbers = stats(), json.loads(stats("--json").stdout)

    assert told.returncode == 0
    for title in ("over time", "by category", "by category and level", "by source"):
        assert title in told.stdout
    assert f"{numbers['open']} open jobs" in told.stdout
    assert sum(count for _, count in numbers["categories"]) == numbers["open"] > 50


def test_a_search_narrows_what_is_counted(stats):
    """The search language chooses; a search that cannot be understood says so."""
    everything, backend = (
        json.loads(stats(*query, "--json").stdout)["open"] for query in ([], ["category:backend"])
    )

    assert 0 < backend < everything
    assert stats("catgory:backend").returncode == 2


def test_a_picture_is_drawn_of_all_or_of_one(stats, tmp_path):
    """One file; its suffix says which kind; nothing goes to standard output."""
    drawn = stats("--plot", "all.svg", "--theme", "dark")
    one = stats("--plot", "pay.svg", "--picture", "pay")

    assert (drawn.returncode, drawn.stdout, one.returncode) == (0, "", 0)
    heights = [
        int(etree.parse(str(tmp_path / name)).getroot().get("height"))
        for name in ("all.svg", "pay.svg")
    ]
    assert heights[0] > heights[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--plot", "a.gif"], ".svg or .png"),
        (["--theme", "sepia", "--plot", "a.svg"], "light or dark"),
        (["--picture", "moon"], "over-time"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_known(stats, arguments, words):
    """Wrong usage ends with status 2 and one line."""
    done = stats(*arguments)

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
