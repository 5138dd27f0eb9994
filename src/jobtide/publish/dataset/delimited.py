"""CSV that a spreadsheet opens without running it (RFC 4180, UTF-8)."""

import csv
import re
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

from jobtide.publish.dataset.columns import COLUMNS, Value
from jobtide.publish.dataset.row import Row

#: A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection"); the wide forms
#: are too, in East Asian versions. Blanks before it are skipped by some.
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

#: Excel takes a file for UTF-8 only when it begins with this mark.
BOM = b"\xef\xbb\xbf"


def delimited(rows: Iterable[Row], *, bom: bool = False) -> bytes:
    """Return the rows as CSV, texts quoted, numbers bare, lists joined by "; "."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([column.name for column in COLUMNS])
    for row in rows:
        writer.writerow([_cell(column.read(row)) for column in COLUMNS])
    return (BOM if bom else b"") + stream.getvalue().encode()


def _cell(value: Value) -> str | float:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return int(value) if value == int(value) else value
    return guarded(written(value))


def written(value: Value) -> str:
    """Return a value that is no number as the text of a cell, without control characters."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    return _CONTROLS.sub("", text)


def guarded(text: str) -> str:
    """Return `text` with an apostrophe before it where a spreadsheet would run it.

    >>> guarded("=1+1"), guarded("-5"), guarded("C++ = fun")
    ("'=1+1", '-5', 'C++ = fun')
    """
    return f"'{text}" if looks_like_formula(text) else text


def looks_like_formula(text: str) -> bool:
    """Say whether a spreadsheet would run a cell with this text; a negative number is none."""
    return _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None
