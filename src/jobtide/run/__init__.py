"""The use cases: collect, process, dedupe, publish. They tie the pure middle to the world."""

from jobtide.run.boards import due_boards, known_boards
from jobtide.run.collect import Reader, update
from jobtide.run.imports import import_pages
from jobtide.run.openings import refresh_openings, snapshot
from jobtide.run.pages import publish_readme
from jobtide.run.summary import Summary

__all__ = [
    "Reader",
    "Summary",
    "due_boards",
    "import_pages",
    "known_boards",
    "publish_readme",
    "refresh_openings",
    "snapshot",
    "update",
]
