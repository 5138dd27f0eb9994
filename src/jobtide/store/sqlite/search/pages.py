"""One page of an answer: walk down the index, stop as soon as nothing better can follow."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from jobtide.model import Found
from jobtide.query import Query
from jobtide.query.cursor import Key, unseal
from jobtide.query.order import ALL_IN_TITLE, tie
from jobtide.store.scanning import COUNTED_TO, page
from jobtide.store.sqlite.search.document import PAY_STEPS, pay_step, pay_token
from jobtide.store.sqlite.search.expression import Plan, plan
from jobtide.store.sqlite.search.loading import load
from jobtide.store.sqlite.search.phrases import levels
from jobtide.store.sqlite.search.place import place
from jobtide.store.sqlite.search.statistics import Statistics

#: Openings that are sorted by pay as a whole: quicker than one step of pay after another.
_FEW = 3_000


def search(
    db: sqlite3.Connection, wanted: Query, now: datetime, *, limit: int, cursor: str | None
) -> Found:
    """Return one page of the openings that answer a query; see `Store.search`."""
    after = unseal(wanted, cursor) if cursor is not None else None
    asked = plan(wanted, now, Statistics(db))
    walk = _Walk()
    keys = _keys(db, wanted, asked, after, limit + 1, walk)
    total = _count(db, asked, walk if after is None and wanted.sort == "new" else _Walk())
    found = load(db, [key[-1] for key in keys[:limit]])
    shown = [(key, found[key[-1]]) for key in keys[:limit]]
    return page(shown, wanted, total, more=len(keys) > limit)


class _Walk(Struct):
    """How far a walk from the newest came: counting goes on from there."""

    met: int = 0  #: hits so far
    least: int | None = None  #: the lowest docid of them; None: it did not walk
    ended: bool = False  #: there are no more


def _count(db: sqlite3.Connection, asked: Plan, walk: _Walk) -> int:
    """Return how many there are, counting no further than one beyond what is told."""
    if walk.ended or walk.met > COUNTED_TO:
        return walk.met
    rest = asked if walk.least is None else replace(asked, most=walk.least - 1)
    (more,) = db.execute(
        f"SELECT count(*) FROM (SELECT 1 {rest.source} LIMIT ?)",  # noqa: S608 - names of ours
        (*rest.values, COUNTED_TO + 1 - walk.met),
    ).fetchone()
    return walk.met + int(more)


def _keys(
    db: sqlite3.Connection,
    wanted: Query,
    asked: Plan,
    after: Key | None,
    need: int,
    walk: _Walk,
) -> list[Key]:
    """Return the keys of the page in order, at most `need`."""
    keys: list[Key] = []
    if wanted.sort == "pay":
        everything = _by_pay(db, asked, _FEW + 1)
        if len(everything) <= _FEW:
            return [key for key in everything if after is None or key > after][:need]
    for lead, part in _parts(wanted, asked, after):
        still = need - len(keys)
        if lead is None:
            found = _by_pay(db, part, -1)
            keys += [key for key in found if after is None or key > after][:still]
        else:
            keys += _newest(db, part, lead, after, still, walk)
        if len(keys) >= need:
            break
    return keys


def _parts(wanted: Query, asked: Plan, after: Key | None) -> Iterator[tuple[int | None, Plan]]:
    """Yield the answer in parts, the first of the order first; each with the lead of its keys.

    A part without a lead holds pays of one step, to be sorted by pay.
    """
    if wanted.sort == "pay":
        top = len(PAY_STEPS) - 1 if after is None else pay_step(-after[0])
        for step in range(top, -1, -1):
            above = f' NOT "{pay_token(step + 1)}"' if step + 1 < len(PAY_STEPS) else ""
            yield None, asked.narrowed(f'AND "{pay_token(step)}"{above}')
        yield 0, asked.narrowed(f'NOT "{pay_token(0)}"')
    elif wanted.sort == "relevance":
        for level, test in enumerate(levels(wanted)):
            lead = level - ALL_IN_TITLE
            if after is None or lead >= after[0]:
                yield lead, asked.narrowed(test) if test else asked
    else:
        yield 0, asked


def _newest(
    db: sqlite3.Connection, part: Plan, lead: int, after: Key | None, need: int, walk: _Walk
) -> list[Key]:
    """Return the first keys of a part, walking down from the newest or from where a page ended.

    A row may stand above its place by its `shift`, never below: what has not been met when the
    walk is at a docid has its place below that.
    """
    if after is not None and after[0] == lead:
        (shift,) = db.execute(
            "SELECT coalesce(max(shift), 0) FROM search_doc WHERE shift > 0"
        ).fetchone()
        part = replace(part, most=min(part.most, place(-after[1], -after[2]) + shift))
    found: list[Key] = []
    floor = None  #: the place of the last of the page, once there are enough
    for docid, posted, name in db.execute(_rows(part, "posted, opening"), part.values):
        if floor is not None and docid < floor:
            break
        walk.met, walk.least = walk.met + 1, docid
        key = (lead, -posted, -tie(name), name)
        if after is None or key > after:
            found.append(key)
            if len(found) >= need:
                found.sort()
                last = found[need - 1]
                floor = place(-last[1], -last[2])
    else:
        walk.ended = True
    return sorted(found)[:need]


def _by_pay(db: sqlite3.Connection, part: Plan, most: int) -> list[Key]:
    """Return the keys of a part in order; of at most `most` openings, -1: of all."""
    return sorted(
        (-pay, -posted, -tie(name), name)
        for _, pay, posted, name in db.execute(
            f"{_rows(part, 'pay, posted, opening')} LIMIT ?", (*part.values, most)
        )
    )


def _rows(part: Plan, columns: str) -> str:
    """Return the statement that walks down a part."""
    names = ", ".join(f"doc.{name}" for name in columns.split(", "))
    return f"SELECT search_words.rowid, {names} {part.joined} ORDER BY search_words.rowid DESC"
