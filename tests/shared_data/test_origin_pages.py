"""Every page of the project that started this one is read, row by row."""

import contextlib
import csv
import gzip
import html
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from jobtide.model import Board, Posting, Reject
from jobtide.sources import board_of, jobpage, read

SHARED = Path(__file__).resolve().parents[3] / "shared"
ORIGIN = SHARED / "origin"
#: The boards that the expectations name; any other site is "other" there.
NAMED = ("remoteok", "weworkremotely", "remotive", "greenhouse", "lever", "ashby", "workable")

pytestmark = pytest.mark.shared


def pages():
    """Return the lines of the index, by file name."""
    if not ORIGIN.is_dir():
        return []
    with (ORIGIN / "index.csv").open(encoding="utf-8", newline="") as lines:
        return [pytest.param(line, id=Path(line["file"]).name) for line in csv.DictReader(lines)]


def expectations():
    """Return the lines of the index whose rows were written down by hand."""
    return [page for page in pages() if expected_of(page.values[0]).exists()]


def expected_of(line):
    return ORIGIN / "expected" / f"{Path(line['file']).name.split('.md')[0]}.jsonl"


def records_of(line):
    body = (ORIGIN / line["file"]).read_bytes()
    body = gzip.decompress(body) if line["file"].endswith(".gz") else body
    return jobpage.read_page(body, date.fromisoformat(line["commit_date"][:10]), line["page"])


def repaired(text):
    """Return `text` as it was meant, well enough to compare names by."""
    with contextlib.suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return " ".join(html.unescape(html.unescape(text)).split())


def letters(text):
    """Return the ASCII letters and digits: what no broken encoding has touched."""
    plain = re.sub(r"(?s)<(script|style|iframe)\b.*?</\1\s*>|<[^>]*>", " ", text)
    plain = re.sub(r"<[^>]*>", " ", html.unescape(html.unescape(plain)))
    return re.sub(r"[^A-Za-z0-9]", "", plain)


@pytest.mark.parametrize("line", pages())
def test_every_page_gives_its_rows(shared, line):
    """No layout loses a row or finds one too many, and each row is a posting or says why not."""
    del shared
    page = records_of(line)
    results = list(read(jobpage.SOURCE, page, Board(source="jobpage", token=line["page"])))

    assert len(page.records) == len(results) == int(line["rows"])
    assert all(result.reason in ("no_title", "not_a_job") for result in rejects(results))
    assert not rejects(results) or line["layout"][:2] in ("L2", "L3", "L7")


@pytest.mark.parametrize("line", expectations())
def test_rows_come_out_as_written_down(shared, line):
    """Company, title, tags, date, link, logo, board and text agree with what a person read."""
    del shared
    expected = [json.loads(row) for row in expected_of(line).read_text("utf-8").splitlines()]
    page = records_of(line)
    board = Board(source="jobpage", token=line["page"])
    results = list(read(jobpage.SOURCE, page, board))

    for row in expected:
        record, result = page.records[row["row"] - 1], results[row["row"] - 1]
        assert record["row"] == row["row"]
        assert repaired(record["company"] or "") == (row["company"] or "")
        assert repaired(record["title"] or "") == (row["title"] or "")
        assert record["tags"] == row["tags"]
        assert (record["age_text"] or "undefined") == row["age_text"]
        assert record["apply_url"] == row["apply_url"]
        assert record["logo_url"] == row["logo_url"]
        assert named_board(record["apply_url"]) == row["source_board"]
        text = letters(record["description_html"] or "")
        assert text.startswith(letters(row["description_text_first_200"] or "")[:150])
        check_result(row, result)


def check_result(row, result):
    if row.get("broken") or row["title"] is None:
        assert isinstance(result, Reject)
        return
    assert isinstance(result, Posting)
    assert result.url == row["apply_url"]
    stated = row["posted_on"] or row.get("posted_on_recoverable")
    if stated is None:
        assert result.date_posted is None
    else:
        off = result.date_posted.date() - date.fromisoformat(stated)
        assert abs(off) <= timedelta(days=1)


def named_board(url):
    found = board_of(url) if url else None
    return (found if found in NAMED else "other") if url else None


def rejects(results):
    return [result for result in results if isinstance(result, Reject)]
