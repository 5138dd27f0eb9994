"""
The search language: text -> `Query`, once, for command line, page, API, feeds, alerts and pages.

    python "machine learning" -senior category:backend from:PL salary:>60000EUR since:3d

Words and phrases must all occur; `-` excludes; `OR` between two conditions asks for either. The
same field named again asks for either value, save `salary`, `since`, `posted` and `is`, where all
must hold (`salary:>50kEUR salary:<90kEUR`). Different fields must all hold. An unknown field or
value is an error that names the nearest one: nothing is silently ignored.

A word is found as a whole word, without regard to case and accents; `c++`, `c#`, `.net` and
`node.js` are words. A word with other signs in it (`back-end`, `ci/cd`) is a phrase. Signs alone
(`&`, `-`) say nothing. Scripts without blanks between words are found inside a sentence.

`sort:new` (the usual one) puts the newest date first. `sort:pay` puts the best comparable yearly
pay first, and what states none last. `sort:relevance` puts first what has all words in the title,
then what has them in title, employer, skills, tags or place, then what has some in the title, then
the rest; the newest first in each.
"""

from jobtide.query.again import age_note, bumps, open_since, posted, repost_count, reposts
from jobtide.query.fields import FIELDS, Field, QueryError
from jobtide.query.match import Context, matches
from jobtide.query.parse import Query, Term, parse
from jobtide.query.values import FACETS, counted

__all__ = [
    "FACETS",
    "FIELDS",
    "Context",
    "Field",
    "Query",
    "QueryError",
    "Term",
    "age_note",
    "bumps",
    "counted",
    "matches",
    "open_since",
    "parse",
    "posted",
    "repost_count",
    "reposts",
]
