"""The recorded payloads beside the project are read to the last record."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobtide import sources
from jobtide.model import Board, Posting, Reject, Response

SHARED = Path(__file__).resolve().parents[3] / "shared"
MANIFEST = SHARED / "replay" / "manifest.csv"
SOURCES = ("remoteok", "remotive", "weworkremotely")

pytestmark = pytest.mark.shared


def recorded():
    """Return the lines of the manifest that hold a board's own answer, by file name."""
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        found = [line for line in csv.DictReader(lines) if line["wire"] == "raw"]
    return [pytest.param(line, id=line["file"]) for line in found if line["source"] in SOURCES]


def read(shared, line):
    source = sources.load(line["source"])
    board = Board(source=source.name, token=line["board"])
    body = (shared / line["file"]).read_bytes()
    response = Response(
        request=source.start(board), body=body, fetched_at=datetime(2026, 9, 1, tzinfo=UTC)
    )
    page = source.split(response, board)
    return page, list(sources.read(source, page, board))


def test_the_manifest_names_every_source(shared):
    """Each source of the list has recorded answers, so that the next test tests it."""
    del shared

    assert {line.values[0]["source"] for line in recorded()} == set(SOURCES)


@pytest.mark.parametrize("line", recorded())
def test_every_record_is_a_posting_or_a_reject_with_a_reason(shared, line):
    """As many records are read as the manifest counts, none silently lost, none half read."""
    page, results = read(shared, line)
    postings = [result for result in results if isinstance(result, Posting)]

    assert len(page.records) == len(results) == int(line["postings"])
    assert all(result.reason for result in results if isinstance(result, Reject))
    assert len(postings) >= len(results) - 1  # two files hold one row without a title
    assert len({posting.id for posting in postings}) == len(postings)
    assert all(posting.date_posted for posting in postings)
    assert all(posting.hiring_organization for posting in postings)
    assert all(posting.url.startswith("http") for posting in postings)


@pytest.mark.parametrize("line", recorded())
def test_only_whole_answers_count_as_complete(shared, line):
    """An answer that says itself that it holds only a part may never close a posting."""
    page, _results = read(shared, line)

    if line["complete"] == "yes":
        assert page.complete
    if "job-count says" in line["note"]:
        assert not page.complete
