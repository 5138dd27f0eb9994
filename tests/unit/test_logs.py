"""The log of `serve` and `worker` as JSON: one object a line, no secrets or controls."""

import json
import logging
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide import cli
from jobtide.cli import logs
from jobtide.config import Config, LogConfig, load
from jobtide.errors import ConfigError, StoreError
from jobtide.model import Board
from jobtide.run.collect import BoardLine
from jobtide.store import Counts

JSON = Config(log=LogConfig(format="json"))


def record(message, *arguments, fields=None, error=None):
    """Return a record of the logging module."""
    made = logging.LogRecord("jobtide", logging.INFO, "", 0, message, arguments, error)
    made.fields = fields or {}
    return made


def line_of(message, *arguments, hidden=(), **more):
    return logs.JsonLines(hidden).format(record(message, *arguments, **more))


def test_a_line_is_one_object():
    """Time in UTC, level, logger, event and the fields of the event, numbers as numbers."""
    line = json.loads(line_of("read %s", "acme", fields={"new": 3, "note": None, "ok": True}))

    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info", "logger": "jobtide", "event": "read acme", "new": 3, "ok": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "cannot reach postgresql://jobs:hunter22@db.example/jobs",
        "GET https://api.example/v1?app_key=hunter22&page=2",
        "GET https://api.example/v1?access_token=hunter22",
        "host=db.example password=hunter22 dbname=jobs",
        "Authorization: Bearer hunter22hunter22",
        "the key hunter22 was refused",
    ],
)
@pytest.mark.parametrize("where", ["message", "field", "nested", "error"])
def test_no_secret_is_in_a_line(text, where):
    """What looks like one and what is known to be one is hidden, wherever it stands."""
    if where == "message":
        line = line_of(text, hidden=["hunter22"])
    elif where == "error":
        try:
            raise ValueError(text)
        except ValueError:
            line = line_of("broke", error=sys.exc_info(), hidden=["hunter22"])
    else:
        value = {"field": text, "nested": {"of": [text]}}[where]
        line = line_of("broke", fields={"why": value}, hidden=["hunter22"])

    assert "hunter22" not in line
    assert "***" in line


def test_patterns_hide_what_is_not_known_to_be_secret():
    """An address keeps its user and host, a parameter its name."""
    line = line_of("postgresql://jobs:hunter22@db.example/jobs?api_key=hunter22")

    assert "postgresql://jobs:***@db.example/jobs?api_key=***" in line


@given(st.text(), st.dictionaries(st.text(), st.text() | st.integers() | st.floats()))
def test_any_text_is_one_line_without_control_characters(text, fields):
    """Whatever a board or an error says: one line of JSON that no terminal acts upon."""
    line = line_of("%s", text, fields={"given": fields})

    assert "\n" not in line
    assert not any(unicodedata.category(one) == "Cc" for one in line)
    decoded = json.loads(line)["event"]
    assert not any(unicodedata.category(one) == "Cc" for one in decoded)


def test_a_traceback_is_a_list_of_lines():
    """It stays readable, and holds no line break."""
    try:
        raise StoreError("the disk is\nfull\x1b[31m")
    except StoreError:
        line = json.loads(line_of("broke", error=sys.exc_info()))

    assert line["error"] == "StoreError: the disk is full [31m"
    assert len(line["traceback"]) > 2
    assert "\x1b" not in json.dumps(line, ensure_ascii=False)


def test_a_long_text_is_cut():
    """A page that somebody put into an error does not fill the disk."""
    assert len(line_of("x" * 1_000_000)) < 5_000


def test_all_packages_speak_json_while_it_is_on(capsys):
    """Ours from info on, others from warnings on; afterwards all is as before."""
    board = Board(source="lever", token="acme")
    with logs.logging_as(JSON) as as_json:
        logs.say("serving", "serving on ...", url="http://127.0.0.1:1/")
        logs.tell_board(BoardLine(board=board, counts=Counts(new=2)))
        logs.tell_board(BoardLine(board=board, error="lever/acme: refused"))
        logging.getLogger("psycopg.pool").warning("no connection")
        logging.getLogger("psycopg.pool").info("chatter")
    logs.say("ended", "for people")
    lines = capsys.readouterr().err.splitlines()
    told = [json.loads(line) for line in lines[:-1]]

    assert as_json
    assert [one["event"] for one in told] == [
        "serving", "board read", "board failed", "no connection"
    ]  # fmt: skip
    assert (told[1]["board"], told[1]["new"], told[2]["level"]) == ("lever/acme", 2, "warning")
    assert lines[-1] == "for people"


def test_quiet_leaves_warnings(capsys):
    """As with text: what goes well is not told, what fails is."""
    board = Board(source="lever", token="acme")
    with logs.logging_as(JSON, quiet=True):
        logs.tell_board(BoardLine(board=board, counts=Counts(new=2)))
        logs.tell_board(BoardLine(board=board, error="refused"))

    assert [json.loads(one)["event"] for one in capsys.readouterr().err.splitlines()] == [
        "board failed"
    ]


def test_the_error_that_ends_a_command_is_one_line_too(tmp_path, capsys, monkeypatch):
    """And it is not told a second time as text."""
    monkeypatch.setenv("JOBTIDE_LOG_FORMAT", "json")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["worker", "--once", "--db", f"sqlite:{tmp_path / 'jobs.db'}"])
    (line,) = capsys.readouterr().err.splitlines()

    assert ended.value.code == ConfigError.exit_code
    assert json.loads(line)["event"] == "ended by an error"
    assert "PostgreSQL" in json.loads(line)["error"]


def test_another_format_is_refused():
    """The message says which there are."""
    with pytest.raises(ConfigError, match="must be text or json"):
        load(None, {"JOBTIDE_LOG_FORMAT": "xml"})
