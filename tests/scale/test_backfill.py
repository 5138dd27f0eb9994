"""A backfill gives the same openings on every engine, and goes on where it broke off."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest
import zstandard

from benchmarks.vacancies import vacancies
from jobtide.dedupe import dedupe
from jobtide.engine.local import LocalEngine
from jobtide.engine.processes import ProcessesEngine
from jobtide.errors import UsageError
from jobtide.run import shards
from jobtide.run.backfill import FINISHED, Backfill, Opened, processed

pyarrow = pytest.importorskip("pyarrow", reason="pip install 'jobtide[export]'")

MANY = 600


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """Return a folder of postings in three files, one of them compressed, with planted copies."""
    folder = tmp_path_factory.mktemp("postings")
    made = [posting for posting, _ in vacancies(MANY)]
    for number in range(3):
        lines = b"\n".join(msgspec.json.encode(one) for one in made[number::3])
        if number:
            (folder / f"{number}.jsonl").write_bytes(lines)
        else:
            (folder / "0.jsonl.zst").write_bytes(zstandard.compress(lines))
    return folder


@pytest.fixture(scope="module")
def expected(origin, tmp_path_factory):
    """Return the openings of the local engine."""
    output = tmp_path_factory.mktemp("local")
    Backfill(LocalEngine(), origin, output).run()
    return openings(output)


def openings(output):
    found = [one for file in shards.files_in(output / "openings") for one in _read(file)]
    return sorted(found, key=lambda one: one.id)


def _read(file):
    return shards.read(file, Opened)


def test_openings_are_those_of_dedupe(origin, expected):
    """Stage by stage or all at once: the same clusters, and no posting is lost."""
    postings = [
        posting
        for file in shards.files_in(origin, shards.SUFFIXES)
        for posting in shards.read_postings(file)
    ]
    whole = {one.posting_ids for one in dedupe(LocalEngine(), processed(postings))}

    assert {
        tuple(sorted(one.posting_ids)) for one in expected if len(one.posting_ids) > 1
    } == whole
    assert sum(len(one.posting_ids) for one in expected) == len({one.id for one in postings})
    assert len(whole) > MANY / 20


def test_worker_processes_give_the_same(origin, expected, tmp_path):
    """Two processes, files between them."""
    with ProcessesEngine(2) as engine:
        Backfill(engine, origin, tmp_path).run()

    assert openings(tmp_path) == expected


@pytest.mark.scale
@pytest.mark.timeout(400)
def test_spark_gives_the_same(origin, expected, tmp_path):
    """Spark in this machine, with two threads."""
    pytest.importorskip("pyspark", reason="pip install 'jobtide[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java; on Debian: apt-get install default-jre-headless")
    from jobtide.engine.spark import SparkEngine
    from jobtide.run.spark import spark_context

    with spark_context("local[2]", {}) as context:
        Backfill(SparkEngine(context, 3), origin, tmp_path).run()

    assert openings(tmp_path) == expected


def test_a_run_that_broke_off_goes_on(origin, expected, tmp_path):
    """Finished stages are kept; one without its marker, whatever lies in it, is made anew."""
    Backfill(LocalEngine(), origin, tmp_path).run()
    shutil.rmtree(tmp_path / "openings")
    (tmp_path / "clusters" / FINISHED).unlink()
    (tmp_path / "clusters" / "broken.parquet").write_bytes(b"half a file")
    told = {}

    Backfill(
        LocalEngine(), origin, tmp_path, lambda name, rows, anew: told.update({name: anew})
    ).run()

    assert told == {
        "postings": False,
        "edges": False,
        "components": False,
        "clusters": True,
        "openings": True,
    }
    assert openings(tmp_path) == expected


def test_other_input_begins_anew(origin, tmp_path):
    """Stages of other files are not taken for these."""
    again = tmp_path / "input"
    shutil.copytree(origin, again)
    Backfill(LocalEngine(), again, tmp_path / "out").run()
    (again / "1.jsonl").unlink()
    told = {}

    done = Backfill(
        LocalEngine(), again, tmp_path / "out", lambda name, rows, anew: told.update({name: anew})
    ).run()

    assert all(told.values())
    assert done["postings"] == MANY * 2 / 3


def test_a_line_that_is_no_posting_is_named(tmp_path):
    """File, line, and what is wrong; an empty folder says what belongs into it."""
    with pytest.raises(UsageError, match=r"jsonl\.zst"):
        Backfill(LocalEngine(), tmp_path, tmp_path / "out")
    (tmp_path / "a.jsonl").write_text('\n{"title": 7}\n')

    with pytest.raises(UsageError, match=r"a\.jsonl, line 2"):
        Backfill(LocalEngine(), tmp_path, tmp_path / "out").run()


def test_columns_can_be_read_by_other_programs(origin, tmp_path):
    """Titles, categories and the ids of all postings stand in columns of their own."""
    import pyarrow.parquet as pq

    Backfill(LocalEngine(), origin, tmp_path).run()
    table = pq.read_table(next(iter(shards.files_in(tmp_path / "openings"))))

    assert {"id", "title", "category", "url", "posting_ids", "date_posted"} <= set(
        table.column_names
    )
    marker = json.loads(Path(tmp_path / "openings" / FINISHED).read_text())
    assert marker["rows"] == table.num_rows
