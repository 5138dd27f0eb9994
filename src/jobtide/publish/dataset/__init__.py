"""The data itself, as files: one row an opening."""

from jobtide.publish.dataset.row import PostingRow, Row, row

__all__ = ["PostingRow", "Row", "row"]
