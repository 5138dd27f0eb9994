"""
The words of the program: what every other module takes and returns.

Field names are schema.org's JobPosting names in snake case (https://schema.org/JobPosting).
`None` and `()` always mean "not stated", never "no". Every datetime is aware and in UTC; every
money amount is in whole currency units per stated period; `_s` is seconds, `_at` a moment,
`_text` the words as the board wrote them. Everything here is a frozen value.

`gc=False`: a frozen tree of values holds no cycle, so the collector need not look at it; with
hundreds of thousands of labels alive that is a fifth of the time.
"""

from jobtide.model.alerts import (
    ALERT_KINDS,
    EVERY,
    USUAL_KINDS,
    Credit,
    Item,
    Message,
    Subscription,
    Told,
)
from jobtide.model.boards import Board, BoardHealth, Page, Request, Response, Terms
from jobtide.model.labels import CATEGORIES, Eligibility, Label, Place, Salary, UnitText
from jobtide.model.openings import File, Found, History, Opening, Reopening, Snapshot, Tracked
from jobtide.model.postings import Posting, Reject

__all__ = [
    "ALERT_KINDS",
    "CATEGORIES",
    "EVERY",
    "USUAL_KINDS",
    "Board",
    "BoardHealth",
    "Credit",
    "Eligibility",
    "File",
    "Found",
    "History",
    "Item",
    "Label",
    "Message",
    "Opening",
    "Page",
    "Place",
    "Posting",
    "Reject",
    "Reopening",
    "Request",
    "Response",
    "Salary",
    "Snapshot",
    "Subscription",
    "Terms",
    "Told",
    "Tracked",
    "UnitText",
]
