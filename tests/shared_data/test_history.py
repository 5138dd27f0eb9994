"""The recorded captures of five boards must give exactly the recorded histories."""

import csv
import json
from collections import defaultdict
from datetime import UTC, datetime

import pytest

from jobtide.model import Posting
from jobtide.store import Reading, open_store

pytestmark = pytest.mark.shared


def _moment(value):
    return datetime.fromisoformat(value)


def _text(moment):
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _captures(shared, boards):
    """Return (source, board) -> its complete captures as (moment, identifiers), in time order."""
    found = defaultdict(dict)
    with (shared / "replay" / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            key = row["source"], row["board"]
            if key in boards and row["complete"] == "yes" and row["captured_at"]:
                data = json.loads((shared / row["file"]).read_text(encoding="utf-8"))
                records = data["jobs"] if row["source"] == "greenhouse" else data
                found[key][_moment(row["captured_at"])] = [str(one["id"]) for one in records]
    return {key: sorted(captures.items()) for key, captures in found.items()}


def _expected(shared):
    path = shared / "replay" / "expected_history.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _line(tracked):
    posting, history = tracked.posting, tracked.history
    return {
        "source": posting.source,
        "board": posting.board,
        "identifier": posting.identifier,
        "first_seen": _text(history.first_seen_at),
        "last_seen": _text(history.last_seen_at),
        "status": history.status,
        "missing_since": _text(history.missing_since),
        "closed_at": _text(history.closed_at),
        "reopened": [{"at": _text(one.at), "after": one.was} for one in history.reopened],
    }


def test_captures_give_the_expected_histories(shared, tmp_path):
    """Fed through save_reading, every line of expected_history.jsonl comes out exactly."""
    expected = _expected(shared)
    boards = {(line["source"], line["board"]) for line in expected}
    with open_store(f"sqlite:{tmp_path / 'jobs.db'}", create=True) as store:
        for (source, board), captures in _captures(shared, boards).items():
            for read_at, identifiers in captures:
                postings = [
                    Posting(
                        source=source,
                        board=board,
                        identifier=identifier,
                        url=f"https://jobs.example/{identifier}",
                        title="Engineer",
                    )
                    for identifier in identifiers
                ]
                reading = Reading(source=source, board=board, read_at=read_at, complete=True)
                store.save_reading(reading, postings)
        actual = {one.posting.id: _line(one) for one in store.tracked()}

    ids = [":".join((line["source"], line["board"], line["identifier"])) for line in expected]

    assert {key: actual.get(key) for key in ids} == dict(zip(ids, expected, strict=True))
    assert len(actual) == len(expected) == 370
