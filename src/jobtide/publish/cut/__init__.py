"""
Descriptions, cut at a sentence to the length a page has room for, with every element closed.

What comes in is the HTML that `clean` made; what goes out holds only elements that this package
writes itself, on one line, so neither a stray `</table>` nor a blank line can break the page.
`writer` reads any HTML; `settled` gives the same for what `clean` nearly always makes, and fast.
"""

from functools import lru_cache

from jobtide.publish.cut.ends import Cut
from jobtide.publish.cut.settled import cut_settled
from jobtide.publish.cut.writer import cut_any

__all__ = ["Cut", "cut_html"]


@lru_cache(maxsize=16_384)
def cut_html(source: str, limit: int) -> Cut:
    """Return at most `limit` visible characters of `source`, ending with a sentence if it can.

    A sentence end in the last seven tenths is taken; else the end of the last paragraph or
    list item in the second half; else the last whole word and "…".
    """
    return cut_settled(source, limit) or cut_any(source, limit)
