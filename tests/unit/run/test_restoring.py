"""Export files read back: what comes out again is the same, byte for byte."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest

from jobtide.errors import UsageError
from jobtide.model import Label, Posting, Salary
from jobtide.run.exports import export
from jobtide.run.openings import refresh_openings
from jobtide.run.restoring import import_exports, is_export, read_rows
from jobtide.store import Reading, open_store

DAY = timedelta(days=1)
START = datetime(2026, 11, 1, 8, 30, 0, 123456, tzinfo=UTC)
TEXT = "<p>" + " ".join(f"Word {number} of a text that is long enough." for number in range(40))


def made(identifier, source="greenhouse", board="larkspur", **words):
    """Return a made-up posting."""
    given = {
        "url": f"https://{source}.example/{identifier}",
        "title": f"Engineer {identifier}",
        "hiring_organization": "Larkspur",
        "description": f"{TEXT}</p>",
        "text": TEXT.removeprefix("<p>"),
        "category": Label(value="backend", rule="made.up", evidence="Engineer", field="title"),
        "base_salary": (Salary(currency="EUR", min_value=60000.0, max_value=80000.5),),
        "tags": ("=1+1", "R&D"),
        "date_posted": START - DAY,
    }
    return Posting(source=source, board=board, identifier=str(identifier), **(given | words))


def read(store, day, postings, source="greenhouse", board="larkspur"):
    """Save one whole reading of a board."""
    reading = Reading(source=source, board=board, read_at=START + day * DAY, complete=True)
    store.save_reading(reading, postings)


@pytest.fixture
def old(tmp_path):
    """Return a store in which postings were merged, changed, closed, reopened and reused."""
    with open_store(str(tmp_path / "old.db"), create=True) as store:
        read(store, 0, [made(number) for number in range(5)])
        read(store, 1, [made(0), made(1, title="Lead Engineer"), made(3)])
        read(store, 2, [made(0), made(1, title="Lead Engineer")])
        read(store, 3, [made(number) for number in (0, 1, 2)])
        read(store, 4, [made(0, title="Nurse", hiring_organization="Birch"), made(1), made(2)])
        again = made(
            "r1", source="remotive", board="main", title="Engineer 1", logo_url="https://x"
        )
        read(store, 4, [again], "remotive", "main")
        refresh_openings(store)
        yield store


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
@pytest.mark.parametrize("everything", [True, False])
def test_a_round_trip_loses_nothing(old, tmp_path, suffix, everything):
    """Export, import into an empty store, export: the same bytes, and a sound store."""
    export(old, tmp_path / f"first{suffix}", everything=everything)
    export(old, tmp_path / "first.jsonl", everything=everything)
    with open_store(str(tmp_path / "new.db"), create=True) as new:
        done = import_exports(new, [tmp_path / f"first{suffix}"], START + 9 * DAY)
        export(new, tmp_path / "second.jsonl", everything=everything)
        again = import_exports(new, [tmp_path / f"first{suffix}"], START + 9 * DAY)
        assert new.check() == []

    first, second = ((tmp_path / name).read_bytes() for name in ("first.jsonl", "second.jsonl"))
    assert first == second
    assert done.openings == len(first.splitlines())
    assert (done.added, again.added) == (done.postings, 0)


def test_histories_groups_and_evidence_are_in_the_file(old, tmp_path):
    """What the round trip rests on: nothing of it is left to be guessed."""
    export(old, tmp_path / "all.jsonl", everything=True)
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    postings = [one for line in lines for one in line["postings"]]

    assert {one["status"] for one in postings} >= {"open", "closed"}
    assert any(one["reopened"] for one in postings)
    assert any(one["changed_at"] for one in postings)
    assert any(one["identifier"] == "0~2" for one in postings)
    assert any(len(line["postings"]) == 2 and line["reasons"] for line in lines)
    assert all(one["posting"]["category"]["evidence"] == "Engineer" for one in postings)


def test_a_store_in_use_keeps_what_it_knows(old, tmp_path):
    """An import adds; its own postings stay, and openings are found anew over both."""
    export(old, tmp_path / "all.jsonl", everything=True)
    with open_store(str(tmp_path / "new.db"), create=True) as new:
        read(new, 20, [made(1, title="My own title")])
        import_exports(new, [tmp_path / "all.jsonl"], START + 21 * DAY)

        assert new.get("greenhouse:larkspur:1").posting.title == "My own title"
        assert new.get("greenhouse:larkspur:3").history.status == "closed"


def test_a_zipped_file_is_read_as_well(old, tmp_path):
    """`gzip openings.jsonl` needs no unpacking."""
    export(old, tmp_path / "all.jsonl", everything=True)
    packed = tmp_path / "all.jsonl.gz"
    packed.write_bytes(gzip.compress((tmp_path / "all.jsonl").read_bytes()))

    assert list(read_rows(packed)) == list(read_rows(tmp_path / "all.jsonl"))


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.jsonl", b'{"id": 1}\n', "row 1: no row of an export"),
        ("a.jsonl", b"\xff\xfe\n", "row 1: no row of an export"),
        ("a.jsonl.gz", b"not zipped", "cannot be read"),
        ("a.parquet", b"no parquet", "cannot be read as Parquet"),
        ("missing.jsonl", None, "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, name, body, words):
    """The message names the file and the line; nothing is stored."""
    path = tmp_path / name
    if body is not None:
        path.write_bytes(body)
    with open_store(str(tmp_path / "new.db"), create=True) as store:
        with pytest.raises(UsageError, match=words):
            import_exports(store, [path], START)
        assert store.opening_ids() == {}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda row: row.update(id="greenhouse:larkspur:none"), "none of its postings"),
        (lambda row: row["postings"][0]["posting"].update(source="nowhere"), "none of its|source"),
        (lambda row: row["postings"][0].update(first_seen_at="2026-01-01T00:00:00"), "time zone"),
    ],
)
def test_a_row_that_would_break_the_store_is_refused(old, tmp_path, change, words):
    """Ids that lead nowhere, sources nobody knows, times that mean nothing."""
    export(old, tmp_path / "all.jsonl", everything=True)
    row = json.loads((tmp_path / "all.jsonl").read_bytes().splitlines()[0])
    change(row)
    (tmp_path / "bad.jsonl").write_text(json.dumps(row), encoding="utf-8")

    with pytest.raises(UsageError, match=words):
        list(read_rows(tmp_path / "bad.jsonl"))


def test_only_export_files_are_taken_for_exports(tmp_path):
    """A job page stays a job page."""
    assert is_export(tmp_path / "openings.jsonl.gz")
    assert not is_export(tmp_path / "backend-jobs.md.gz")
