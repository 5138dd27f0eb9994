"""`jobtide search` as it is typed into a shell."""

import json
import sys

import pytest

from jobtide import cli
from jobtide.cli.asking import asked
from jobtide.store import Reading, open_store
from tests.unit.openings import NOW, label, opening

TITLES = ("Python Developer", "Senior Python Developer", "PHP Developer", "Machine Learning Lead")


@pytest.fixture
def search(tmp_path, monkeypatch, capsys):
    """Return a function that searches a small store: (status, standard output, error output)."""
    monkeypatch.chdir(tmp_path)
    made = [
        opening(identifier=str(at), title=title, text="", arrangement=label("remote")).posting
        for at, title in enumerate(TITLES)
    ]
    with open_store("jobs.db", create=True) as store:
        store.save_reading(Reading(source="remotive", board="main", read_at=NOW), made)

    def run(*arguments):
        with pytest.raises(SystemExit) as end:
            cli.main(["search", *arguments, "--db", "jobs.db"])
        printed = capsys.readouterr()
        return end.value.code, printed.out, printed.err

    return run


def titles(answer):
    status, out, _ = answer
    assert status == 0
    return {job["posting"]["title"] for job in json.loads(out)["jobs"]}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["python", "-senior"], {TITLES[0]}),
        (["python -senior"], {TITLES[0]}),
        (["-php", "developer"], {TITLES[0], TITLES[1]}),
        (["machine learning", "lead"], {TITLES[3]}),
        (["learning machine", "lead"], set()),
        (["title:python developer", "-category:backend"], {TITLES[0], TITLES[1]}),
        (["php", "OR", "-developer"], {TITLES[2], TITLES[3]}),
        (["\u2212developer"], {TITLES[3]}),
    ],
)
def test_a_query_survives_the_shell(search, arguments, expected):
    """What is excluded is no option, and what stood in quotes is a phrase."""
    assert titles(search("--json", *arguments)) == expected


def test_a_wrong_option_stays_an_error(search):
    """An option that is none is not taken for a word to exclude."""
    status, _, error = search("python", "--lmit", "3")

    assert status == 2
    assert "--limit" in error


def test_pages_go_on_where_they_ended(search):
    """Each page names the next, and together they show everything once."""
    cursor, seen = None, []
    while True:
        more = ["--cursor", cursor] if cursor else []
        _, out, _ = search("--json", "--limit", "3", *more)
        page = json.loads(out)
        assert (page["total"], page["at_least"]) == (4, False)
        seen += [job["id"] for job in page["jobs"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 4

    status, _, error = search("other words", "--cursor", "x")
    assert (status, "not one that a page gave" in error) == (2, True)


def test_only_what_is_open_is_shown_unless_the_state_is_asked_for(search):
    """Asked for what is reposted, the closed ones stay away; asked for closed ones, they come."""
    assert "is:reposted arrangement:remote is:open" in search("is:reposted")[2]
    assert "is:open" not in search("is:closed")[2]
    assert "arrangement:remote" not in search("--all", "python")[2]


def test_a_single_argument_is_the_query_itself():
    """Who quotes the whole query keeps the quotes inside it."""
    assert asked(['"machine learning" -senior']) == '"machine learning" -senior'
    assert asked([]) == asked(None) == ""
    assert sys.modules["jobtide.cli.asking"]._shielded("-h") == "-h"
