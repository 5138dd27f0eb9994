"""A workbook (XLSX): real dates and numbers, links, a frozen header with filters."""

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from jobtide.errors import ConfigError
from jobtide.publish.dataset.columns import COLUMNS, Column, Value
from jobtide.publish.dataset.delimited import looks_like_formula, written
from jobtide.publish.dataset.row import Row
from jobtide.publish.markdown import url

#: "Excel specifications and limits": characters of a cell, rows and links of a sheet; the longest
#: link is XlsxWriter's, from Excel 2015.
MAX_CELL = 32_767
MAX_ROWS = 1_048_576
MAX_LINKS = 65_530
MAX_LINK = 2_079

#: Excel's calendar begins here; an earlier moment stays text.
_FIRST_DAY = datetime(1900, 3, 1, tzinfo=UTC)

#: Characters wide; everything else has the usual width.
_WIDTHS = {"title": 40, "hiring_organization": 24, "location_text": 24, "url": 30, "apply_url": 30}


def workbook(rows: Iterable[Row]) -> bytes:
    """Return the rows as a workbook; ConfigError when XlsxWriter is not installed."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise missing("XlsxWriter") from None
    stream = BytesIO()
    book = Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    # Without it the file would hold the moment it was made.
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - XlsxWriter has no zones
    sheets = _Sheets(book)
    for row in rows:
        sheets.add(row)
    sheets.finish()
    book.close()
    return stream.getvalue()


def missing(package: str) -> ConfigError:
    """Return the error for a package of the extra `export` that is not installed."""
    return ConfigError(f"this needs {package}: pip install 'jobtide[export]'")


class _Sheets:
    """The sheet that is being filled; a full one is followed by another."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self.book = book
        self.plain = book.add_format({"text_wrap": False})
        self.quoted = book.add_format({"quote_prefix": True})
        self.bold = book.add_format({"bold": True})
        self.date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.number = 0
        self._begin()

    def _begin(self) -> None:
        self.number += 1
        name = "openings" if self.number == 1 else f"openings {self.number}"
        self.sheet = self.book.add_worksheet(name)
        self.line = 0
        self.links = 0
        self.sheet.freeze_panes(1, 2)
        for at, column in enumerate(COLUMNS):
            self.sheet.set_column(at, at, _WIDTHS.get(column.name, 16))
            self.sheet.write_string(0, at, column.name, self.bold)

    def add(self, row: Row) -> None:
        """Write one row."""
        if self.line + 1 == MAX_ROWS:
            self.finish()
            self._begin()
        self.line += 1
        for at, column in enumerate(COLUMNS):
            self._cell(at, column, column.read(row))

    def finish(self) -> None:
        """Put the filters over the rows that are there."""
        self.sheet.autofilter(0, 0, max(self.line, 1), len(COLUMNS) - 1)

    def _cell(self, at: int, column: Column, value: Value) -> None:
        if value is None or value == () or value == "":
            return
        if isinstance(value, bool):
            self.sheet.write_boolean(self.line, at, value)
        elif isinstance(value, int | float):
            self.sheet.write_number(self.line, at, value)
        elif isinstance(value, datetime) and value >= _FIRST_DAY:
            self.sheet.write_datetime(self.line, at, value, self.date)
        else:
            self._text(at, written(value)[:MAX_CELL], link=column.kind == "link")

    def _text(self, at: int, text: str, *, link: bool) -> None:
        """Write a text, which is never run; as a link when it is one and there is room."""
        address = url(text) if link else None
        if address and len(address) <= MAX_LINK and self.links < MAX_LINKS:
            self.links += 1
            self.sheet.write_url(self.line, at, address, None, address[:MAX_CELL])
            return
        style = self.quoted if looks_like_formula(text) else None
        self.sheet.write_string(self.line, at, text, style)
