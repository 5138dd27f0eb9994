"""The tables of employers: every line can be read, found again and asked."""

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from jobtide import sources
from jobtide.model import Board
from jobtide.run.adding import csv_with
from jobtide.run.boards import listed_boards
from jobtide.sources.recognise import board_behind

TABLES = sorted((Path(__file__).resolve().parents[2] / "boards").glob("*.csv"))
COLUMNS = ["token", "organization", "homepage"]
#: The page for people at which each system shows a board.
PAGES = {
    "ashby": "https://jobs.ashbyhq.com/{}",
    "bamboohr": "https://{}.bamboohr.com",
    "breezy": "https://{}.breezy.hr",
    "greenhouse": "https://job-boards.greenhouse.io/{}",
    "lever": "https://jobs.lever.co/{}",
    "personio": "https://{}.jobs.personio.de",
    "pinpoint": "https://{}.pinpointhq.com",
    "recruitee": "https://{}.recruitee.com",
    "rippling": "https://ats.rippling.com/{}",
    "smartrecruiters": "https://jobs.smartrecruiters.com/{}",
    "teamtailor": "https://{}.teamtailor.com",
    "workable": "https://apply.workable.com/{}",
    "workday": "https://{}.myworkdayjobs.com/{}",
}
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)


def rows_of(table):
    """Return the lines of a table below its head, each a list of cells."""
    return list(csv.reader(table.read_text(encoding="utf-8").splitlines()))[1:]


def test_many_employers_are_listed():
    """A first run reads hundreds of employers, at more than ten systems."""
    assert sum(len(rows_of(table)) for table in TABLES) >= 400
    assert len([table for table in TABLES if rows_of(table)]) > 10


@each_table
def test_a_table_belongs_to_a_source(table):
    """Every table is named after a source we ship, or nobody would read it."""
    assert table.stem in sources.NAMES
    assert table.stem in PAGES, "say above at which page the system shows a board"


@each_table
def test_a_table_is_plain(table):
    """UTF-8 without a mark, LF at every end of line, the three columns, none with outer blanks."""
    body = table.read_bytes()
    assert not body.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in body
    assert body.endswith(b"\n")
    assert not body.endswith(b"\n\n")
    lines = list(csv.reader(body.decode("utf-8").splitlines()))
    assert lines[0] == COLUMNS
    for line in lines[1:]:
        assert len(line) == len(COLUMNS), line
        assert [cell.strip() for cell in line] == line
        assert line[0], line
        assert line[1], line


@each_table
def test_lines_stand_in_order_and_once(table):
    """Sorted by token whatever its case, so two people adding one employer meet in one line."""
    tokens = [row[0].casefold() for row in rows_of(table)]
    assert tokens == sorted(tokens)
    assert len(tokens) == len(set(tokens))


@each_table
def test_homepages_are_sites(table):
    """A homepage is the employer's own site by https, never its board; few are not stated."""
    homepages = [row[2] for row in rows_of(table)]
    assert homepages.count("") <= max(1, len(homepages) // 20)
    for homepage in filter(None, homepages):
        parts = urlsplit(homepage)
        assert parts.scheme == "https", homepage
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc), homepage
        assert (parts.path, parts.query, parts.fragment) == ("", "", ""), homepage
        assert board_behind(homepage) is None, homepage


@each_table
def test_tokens_are_found_again(table):
    """The board's page for people leads to the very same board, so its token is well formed."""
    for token, *_ in rows_of(table):
        parts = token.split("/") if table.stem == "workday" else [token]
        found = board_behind(PAGES[table.stem].format(*parts))
        assert found == Board(source=table.stem, token=token)


@each_table
def test_boards_are_asked_at_their_system(table):
    """Every line becomes a board whose first request goes to its system by https."""
    boards = list(listed_boards(table.stem))
    assert [board.token for board in boards] == [row[0] for row in rows_of(table)]
    start = sources.load(table.stem).start
    for board in boards:
        request = start(board)
        assert request.url.startswith("https://"), board.key
        assert sources.board_of(request.url) == table.stem, board.key


@each_table
def test_adding_one_changes_one_line(table):
    """What `sources add` writes is the same table with one more line."""
    text = table.read_text(encoding="utf-8")
    added = csv_with(text, Board(source=table.stem, token="mmm.wd1/one", organization="M, Inc."))
    assert set(added.splitlines()) - set(text.splitlines()) == {'mmm.wd1/one,"M, Inc.",'}
    assert len(added.splitlines()) == len(text.splitlines()) + 1
