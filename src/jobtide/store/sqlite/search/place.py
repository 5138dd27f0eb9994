"""
Where an opening stands in the index of words: numbers that rise with its place in the order.

So the newest twenty of a million are found by walking from the top. A number is the day in the
high bits, below it the second and a part of `query.order.tie`; exactly midnight has more room,
since boards that write only a day all meet there. Two openings may want the same number: the
second takes the next one that is free, always upwards and never into another day, and `shift` says
by how much. Who walks down knows from that when nothing better can follow.
"""

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from jobtide.query.order import TIE_BITS

DAY_S = 86_400
DAY_BITS = 29
#: Room for openings of one second: 2**12, and 2**20 at midnight (2**20 + 86400 * 2**12 < 2**29).
SECOND_BITS = 12


def place(second: int, tie: int) -> int:
    """Return the number an opening wants; of two, never the smaller for the later in order."""
    day, clock = divmod(second, DAY_S)
    start = day << DAY_BITS
    if clock == 0:
        return start + tie
    return start + (1 << TIE_BITS) + (clock << SECOND_BITS) + (tie >> (TIE_BITS - SECOND_BITS))


def day_range(first: int, last: int) -> tuple[int, int]:
    """Return the least and greatest number of the days (since 1970) from `first` to `last`."""
    return first << DAY_BITS, ((last + 1) << DAY_BITS) - 1


def free_places(db: sqlite3.Connection, wanted: Iterable[int]) -> Iterator[int]:
    """Yield for each wanted number, which must ascend, the next one that is free."""
    last = None
    taken: list[int] = []
    for number in wanted:
        found = number if last is None else max(number, last + 1)
        at = bisect_left(taken, found)
        while True:
            if at == len(taken):
                taken, at = _from(db, found), 0
                if not taken:
                    break
            if taken[at] != found:
                break
            found, at = found + 1, at + 1
        last = found
        yield found


def _from(db: sqlite3.Connection, number: int) -> list[int]:
    """Return some of the numbers that are taken, from `number` on, ascending."""
    return [
        docid
        for (docid,) in db.execute(
            "SELECT docid FROM search_doc WHERE docid >= ? ORDER BY docid LIMIT 256", (number,)
        )
    ]
