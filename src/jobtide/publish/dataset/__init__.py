"""
The data itself, as files: one row an opening, under the terms of its boards.

`FORMATS` says how each is written; what needs a package that is not installed raises ConfigError.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec

from msgspec import Struct, field

from jobtide.model import File, Snapshot
from jobtide.publish.dataset.about import entry, manifest, page, schema
from jobtide.publish.dataset.columnar import columnar, read_columnar
from jobtide.publish.dataset.delimited import delimited
from jobtide.publish.dataset.lines import lines
from jobtide.publish.dataset.row import PostingRow, Row, restored, row
from jobtide.publish.dataset.workbook import workbook
from jobtide.publish.terms import reader

__all__ = [
    "FORMATS",
    "DatasetSettings",
    "Format",
    "PostingRow",
    "Row",
    "delimited",
    "read_columnar",
    "render",
    "restored",
    "row",
]


class Format(Struct, frozen=True):
    """One kind of file."""

    about: str
    write: Callable[[Sequence[Row]], bytes]
    package: str | None = None  #: of the extra `export`, as it is imported

    @property
    def ready(self) -> bool:
        """Say whether the package it needs is installed."""
        return self.package is None or find_spec(self.package) is not None


#: Suffix -> how it is written.
FORMATS = {
    ".jsonl": Format("JSON Lines, one opening a line, with every posting and its history", lines),
    ".csv": Format("CSV, for spreadsheets", delimited),
    ".parquet": Format("Parquet, for DuckDB, Polars and pandas", columnar, "pyarrow"),
    ".xlsx": Format("workbook, for Excel and LibreOffice", workbook, "xlsxwriter"),
}


class DatasetSettings(Struct, frozen=True, kw_only=True):
    """All that `render` must be told beside the snapshot."""

    title: str = "Remote jobs"
    formats: dict[str, Format] = field(default_factory=lambda: dict(FORMATS))


def render(snapshot: Snapshot, settings: DatasetSettings) -> Iterator[File]:
    """Yield the data in every format, its schema, its manifest and a page about it.

    Raises ConfigError for a format whose package is not installed.
    """
    terms_of = reader()
    going = [opening for opening in snapshot.openings if opening.status == "open"]
    rows = [row(opening, terms_of) for opening in sorted(going, key=lambda one: one.id)]
    entries = []
    for suffix, kind in settings.formats.items():
        file = File(path=f"openings{suffix}", body=kind.write(rows))
        entries.append(entry(file, kind.about))
        yield file
    file = File(path="openings.schema.json", body=schema())
    entries.append(entry(file, "JSON Schema of a line of JSON Lines"))
    yield file
    yield File(path="manifest.json", body=manifest(rows, entries))
    yield File(path="README.md", body=page(rows, entries, settings.title))
