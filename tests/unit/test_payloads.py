"""`make payloads`: every record of a recording is counted, as a posting or as a reject."""

import csv
import json

import pytest

from benchmarks.payloads import main

JOB = {
    "id": 1,
    "url": "https://remotive.com/remote-jobs/1",
    "title": "Platform Engineer",
    "company_name": "Acme",
    "category": "Software Development",
    "tags": [],
    "job_type": "full_time",
    "publication_date": "2026-01-02T03:04:05",
    "candidate_required_location": "Europe",
    "salary": "",
    "description": "<p>Build the thing.</p>",
}
COLUMNS = (
    "captured_on", "captured_at", "source", "board", "file", "host", "request_path", "wire",
    "content_type",
)  # fmt: skip


@pytest.fixture
def recordings(tmp_path):
    """Return a folder with one answer of three jobs, one of them broken, and one of no shape."""
    rows = []
    bodies = {
        "jobs.json": json.dumps({"jobs": [JOB, JOB | {"id": 2, "title": ""}, {"id": "x"}]}),
        "page.html": "<html><title>Log in</title></html>",
    }
    for name, body in bodies.items():
        (tmp_path / name).write_text(body)
        values = ("2026-01-03", "", "remotive", "main", name, "remotive.com", "/api/remote-jobs")
        rows.append((*values, "raw", "application/json"))
    rows.append((*rows[0][:7], "derived", "application/json"))
    rows.append(("2026-01-03", "", "unheard_of", *rows[0][3:]))
    (tmp_path / "replay").mkdir()
    with (tmp_path / "replay/manifest.csv").open("w", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *rows])
    return tmp_path


def test_every_record_is_counted(recordings, capsys):
    """Records are postings or rejects with a reason; an answer of no shape is named."""
    assert main(["--shared", str(recordings), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["remotive"]

    assert (found["answers"], found["records"], found["postings"]) == (2, 3, 1)
    assert sum(found["rejects"].values()) == 2
    assert "page.html" in found["unreadable answers"][0]
    assert (found["fill"]["title"], found["fill"]["pay"]) == (1.0, 0.0)


def test_the_table_ends_with_the_totals(recordings, capsys):
    """One row a source, one row a source and field, and the totals."""
    assert main(["--shared", str(recordings)]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert any(line.startswith("remotive") and "100" in line for line in lines)
    assert lines[-1] == (
        "2 answers of 1 sources (1 unreadable): 3 records, 1 postings, 2 rejects; "
        "100.0% of the records became one or the other"
    )


def test_without_recordings_one_sentence_and_all_is_well(tmp_path, capsys):
    """The project stands alone: nothing to read is no fault."""
    assert main(["--shared", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("There are no recorded payloads")
