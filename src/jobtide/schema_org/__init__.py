"""
schema.org JobPosting as pages carry it: found, mended where it can be, and said in our words.

Every search engine reads this markup, so most careers pages have it, written by hundreds of
programs: JSON-LD alone or in lists and graphs, guarded by comments, escaped as HTML, with commas
and control characters that JSON does not allow. Names and meanings: https://schema.org/JobPosting
and https://developers.google.com/search/docs/appearance/structured-data/job-posting.

`job_postings(body)` returns the nodes of a page, `records` makes raw records of them, `posting`
says one in our words; `challenge` tells a page that keeps programs out.
"""

from jobtide.schema_org.blocks import challenge, page_title
from jobtide.schema_org.nodes import Found, is_posting, job_postings, named
from jobtide.schema_org.posting import Origin, bare, moment, posting
from jobtide.schema_org.records import origin_of, records

__all__ = [
    "Found", "Origin", "bare", "challenge", "is_posting", "job_postings", "moment", "named",
    "origin_of", "page_title", "posting", "records",
]  # fmt: skip
