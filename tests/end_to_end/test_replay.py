"""Recorded answers, played back through the ordinary collector."""

import csv
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec
import pytest

from jobtide.config import Config
from jobtide.demo.boards import DAYS, remoteok, remotive
from jobtide.demo.replay import read_manifest, replay
from jobtide.errors import UsageError
from jobtide.store import open_store

COLUMNS = (
    "captured_on", "captured_at", "source", "board", "file", "host", "request_path",
    "content_type", "wire", "complete",
)  # fmt: skip
LAST = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def manifest(tmp_path):
    """Write three days of two sample boards as files, with the manifest that lists them."""
    folder = tmp_path / "recorded"
    (folder / "replay").mkdir(parents=True)
    rows = []
    for day in DAYS:
        moment = LAST - timedelta(days=DAYS[-1] - day)
        for name, host, path, body, complete in (
            ("remoteok", "remoteok.com", "/api", remoteok.answer(day, moment), "no"),
            ("remotive", "remotive.com", "/api/remote-jobs", remotive.answer(day, moment), "yes"),
        ):
            file = f"{name}-{day}.json"
            (folder / file).write_bytes(body)
            rows.append(
                (moment.date(), moment.isoformat(), name, "main", file, host, path,
                 "application/json", "raw", complete)
            )  # fmt: skip
    path = folder / "replay" / "manifest.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows])
    return path


def play(manifest, database, lines=None):
    with open_store(str(database), create=True) as store:
        summary = replay(store, Config(), lines or read_manifest(manifest))
        return summary, store.content_hash()


def test_a_second_replay_writes_nothing(manifest, tmp_path):
    """What is known already is not written again, although the clock starts anew."""
    first, known = play(manifest, tmp_path / "a.db")
    second, still_known = play(manifest, tmp_path / "a.db")

    assert first.rows_written > 100
    assert second.rows_written == 0
    assert known == still_known
    assert second.sources["remotive"]["new"] == 0


def test_an_escaped_sign_in_a_recorded_path_is_no_other_path(manifest, tmp_path):
    """A client may ask for ":" where the record has "%3a"; the answer is the same."""
    lines = [
        msgspec.structs.replace(line, request_path="/api%2fremote-jobs%3a1")
        for line in read_manifest(manifest, only=["remotive"])
    ]

    summary, _ = play(manifest, tmp_path / "a.db", lines)

    assert summary.failed == 0
    assert summary.sources["remotive"]["read"] > 0


def test_a_replay_in_two_parts_knows_what_one_in_one_part_knows(manifest, tmp_path):
    """Stopping after any day and going on later changes nothing."""
    lines = read_manifest(manifest)
    _, whole = play(manifest, tmp_path / "whole.db")

    for cut in range(1, len(lines)):
        database = tmp_path / f"parts-{cut}.db"
        play(manifest, database, lines[:cut])
        _, parts = play(manifest, database)
        assert parts == whole


def test_only_complete_captures_miss_postings(manifest, tmp_path):
    """A rolling window closes nothing; a whole board that no longer lists a job misses it."""
    summary, _ = play(manifest, tmp_path / "a.db")

    assert summary.sources["remoteok"]["missing"] == 0
    assert summary.sources["remotive"]["missing"] == 4


def test_lines_come_in_the_order_of_their_moments(manifest):
    """The file may list them in any order; the clock never runs backwards."""
    text = manifest.read_text(encoding="utf-8").splitlines()
    shuffled = text[1:]
    Random(3).shuffle(shuffled)
    manifest.write_text("\n".join([text[0], *shuffled]), encoding="utf-8")

    moments = [line.moment for line in read_manifest(manifest)]

    assert moments == sorted(moments)
    assert len(read_manifest(manifest, only=["remotive"])) == 3
    assert len(read_manifest(manifest, until=LAST.date() - timedelta(days=1))) == 4


def test_a_file_that_is_no_manifest_is_refused(tmp_path):
    """The message names the columns that are missing."""
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(UsageError, match="request_path"):
        read_manifest(path)


@pytest.mark.shared
def test_all_recorded_captures_of_the_three_boards_give_faultless_pages(shared, tmp_path):
    """Each record is a posting or a reject, a second replay writes 0 rows, the linter finds 0."""
    database = tmp_path / "replay.db"
    names = ("remoteok", "weworkremotely", "remotive")
    arguments = [shared / "replay/manifest.csv", "--db", database, "--json", "--quiet"]
    for name in names:
        arguments += ["--source", name]

    first = json.loads(jobtide("replay", *arguments))
    second = json.loads(jobtide("replay", *arguments))
    jobtide("publish", "readme", "--out", tmp_path / "pages", "--db", database)
    lint = subprocess.run(
        [sys.executable, str(shared / "tools/lint_pages.py"), str(tmp_path / "pages")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert sum(counts["failed"] for counts in first["sources"].values()) == 0
    assert sum(counts["read"] for counts in first["sources"].values()) == 1095
    assert sum(first["rejects"].values()) == sum(
        counts["rejected"] for counts in first["sources"].values()
    )
    assert not any("step_failed" in reason for reason in first["rejects"])
    assert second["rows_written"] == 0
    assert lint.returncode == 0, lint.stdout


def jobtide(*arguments):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "jobtide", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
