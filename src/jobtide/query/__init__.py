"""
The search language: text -> `Query`, once, for command line, page, API, feeds, alerts and pages.

    python "machine learning" -senior category:backend from:PL salary:>60000EUR since:3d

Words and phrases must all occur; `-` excludes; `OR` between two terms asks for either; the same
field named again asks for either value; different fields must all hold. An unknown field or value
is an error that names the nearest one: nothing is silently ignored.
"""

from jobtide.query.again import age_note, bumps, open_since, posted, repost_count, reposts
from jobtide.query.fields import FIELDS, Field, QueryError
from jobtide.query.match import Context, matches
from jobtide.query.parse import Query, Term, parse

__all__ = [
    "FIELDS",
    "Context",
    "Field",
    "Query",
    "QueryError",
    "Term",
    "age_note",
    "bumps",
    "matches",
    "open_since",
    "parse",
    "posted",
    "repost_count",
    "reposts",
]
