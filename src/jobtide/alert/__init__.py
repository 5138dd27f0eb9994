"""
Who is told: what happened to an opening, whom it concerns, and what it looks like when sent.

Pure, save `channels`, which sends. A change is news once an opening: the job that appears on a
second board is not new, one that leaves a board while it stands on another is not closed, and a
posting whose date was moved says nothing.
"""

from jobtide.alert.address import Address, read_address
from jobtide.alert.happened import Event, Happening, happened
from jobtide.alert.matching import Search, told_of
from jobtide.alert.schedule import due, quiet, retry_after

__all__ = [
    "Address",
    "Event",
    "Happening",
    "Search",
    "due",
    "happened",
    "quiet",
    "read_address",
    "retry_after",
    "told_of",
]
