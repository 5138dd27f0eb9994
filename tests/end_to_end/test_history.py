"""Openings over time, through the command line's own functions."""

import json
import sqlite3
from datetime import UTC, datetime
from random import Random

import msgspec
import pytest

from jobtide import query, sources
from jobtide.config import Config
from jobtide.demo.replay import read_manifest, replay
from jobtide.errors import UsageError
from jobtide.fetch import Capture
from jobtide.model import Board, Request, Response
from jobtide.run.collect import Reader, keep
from jobtide.run.exports import export
from jobtide.run.news import news
from jobtide.run.openings import refresh_openings
from jobtide.run.rebuild import rebuild
from jobtide.run.summary import Summary
from jobtide.store import open_store
from tests.end_to_end.test_replay import LAST, manifest  # noqa: F401 - a fixture

ANY = query.parse("")


@pytest.fixture
def played(manifest, tmp_path):  # noqa: F811 - the fixture above
    """Return the file of a store that has seen three days of two boards."""
    path = tmp_path / "played.db"
    with open_store(str(path), create=True) as store:
        replay(store, Config(), read_manifest(manifest))
    return path


def test_reprocessing_all_captures_gives_the_same_store(played):
    """Raw answers hold all that is known: read again, they tell the same history."""
    with open_store(str(played)) as store:
        known = store.content_hash()

    done = rebuild(played, Config(), {})

    with open_store(str(played)) as store:
        assert store.content_hash() == known
        assert store.check() == []
    assert done == 6


def test_a_board_that_left_the_settings_is_read_again_all_the_same(tmp_path):
    """A page found by its address was asked at one: its answers need no settings."""
    path, at = tmp_path / "page.db", datetime(2026, 11, 24, tzinfo=UTC)
    url = "https://acme.example/careers/9"
    markup = {"@type": "JobPosting", "title": "Cooper", "description": "<p>Barrels.</p>"}
    body = f'<script type="application/ld+json">{json.dumps(markup)}</script>'.encode()
    board = Board(source="jsonld", token="acme", url=url)
    response = Response(request=Request(url=url), body=body, fetched_at=at)
    page = sources.load("jsonld").split(response, board)
    capture = Capture(board=board, responses=(response,), pages=(page,))
    with open_store(str(path), create=True) as store:
        reader = Reader(config=Config(), clock=lambda: at, random=Random(1))
        keep(store, reader, capture, store.start_run("update", at), Summary())
        refresh_openings(store)
        known = store.content_hash()
        assert sum(1 for _ in store.openings()) == 1

    rebuild(path, Config(), {})

    with open_store(str(path)) as store:
        assert store.content_hash() == known


@pytest.mark.parametrize("stop_after", [1, 2, 3, 4, 5])
def test_an_interrupted_rebuild_goes_on_where_it_stopped(played, stop_after):
    """Until the new store is whole the old one stays; what was done is not done again."""
    with open_store(str(played)) as store:
        known = store.content_hash()
    seen = []

    def stop(reading):
        seen.append(reading)
        if len(seen) == stop_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(played, Config(), {}, stop)
    rest = rebuild(played, Config(), {})

    with open_store(str(played)) as store:
        assert store.content_hash() == known
    assert rest == 6 - stop_after


def test_news_name_what_changed_and_how(played):
    """A title that changed is news with both titles, and only of openings that are asked for."""
    with open_store(str(played)) as store:
        told = list(news(store, datetime(2026, 11, 24, tzinfo=UTC), ANY, LAST))
        halyard = query.parse("company:halyard")
        few = list(news(store, datetime(2026, 11, 24, tzinfo=UTC), halyard, LAST))

    titles = [one for one in told if one.kind == "title changed"]
    assert {(one.earlier, one.now) for one in titles} == {
        ("Senior Java Engineer", "Senior Java Engineer (Streaming)")
    }
    assert {one.kind for one in told} >= {"new", "title changed"}
    assert {one.hiring_organization for one in few} == {"Halyard"}


def test_an_export_states_the_history_of_every_posting(played, tmp_path):
    """One opening a line, closed ones too; times are UTC, silence is null."""
    with open_store(str(played)) as store:
        number = export(store, tmp_path / "all.jsonl", everything=True)
        count = sum(1 for _ in store.openings())
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    postings = [one for line in lines for one in line["postings"]]

    assert number == count == len(lines)
    assert {one["status"] for one in postings} == {"open", "missing"}
    assert all(one["first_seen_at"].endswith("Z") for one in postings)


def test_an_export_carries_the_terms_of_each_row(played, tmp_path):
    """Remotive's text may not be passed on, and its name must be."""
    with open_store(str(played)) as store:
        export(store, tmp_path / "all.jsonl", everything=True)
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    remotive = [line for line in lines if line["attribution"] == "Remotive"]

    assert remotive
    assert all(line["description"] is None and not line["syndication"] for line in remotive)
    assert all(line["attribution_url"].startswith("https://remotive.com/") for line in remotive)


def test_an_unknown_suffix_names_the_known_ones(played, tmp_path):
    """The message says what can be written."""
    with open_store(str(played)) as store, pytest.raises(UsageError, match=r"\.jsonl"):
        export(store, tmp_path / "all.doc", everything=True)


@pytest.mark.shared
def test_the_recorded_history_of_five_boards_comes_out_exactly(shared, tmp_path):
    """First and last seen, missing, closed and reopened: every line as expected."""
    path = tmp_path / "history.db"
    with open_store(str(path), create=True) as store:
        lines = read_manifest(shared / "replay/manifest.csv", only=["greenhouse", "lever"])
        replay(store, Config(), lines)
        export(store, tmp_path / "all.jsonl", everything=True)
    found = {}
    for line in (tmp_path / "all.jsonl").read_bytes().splitlines():
        for one in json.loads(line)["postings"]:
            found[one["source"], one["board"], one["identifier"]] = one

    for line in (shared / "replay/expected_history.jsonl").read_bytes().splitlines():
        wanted = msgspec.json.decode(line)
        one = found[wanted["source"], wanted["board"], wanted["identifier"]]
        assert (one["status"], one["first_seen_at"], one["last_seen_at"]) == (
            wanted["status"], wanted["first_seen"], wanted["last_seen"]
        )  # fmt: skip
        assert one["missing_since"] == wanted["missing_since"]
        assert one["closed_at"] == wanted["closed_at"]
        assert len(one["reopened"]) == len(wanted["reopened"])


def test_the_store_is_plain_sqlite(played):
    """Anyone may open the file with other tools."""
    with sqlite3.connect(played) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
