"""Pages of an answer, and counts of its values."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jobtide.model import Found
from jobtide.places.table import countries
from jobtide.query import Query
from jobtide.query.cursor import Key, unseal
from jobtide.query.order import ALL_IN_TITLE
from jobtide.store.postgres.search.expression import Test, levels, tests
from jobtide.store.postgres.search.keeping import load
from jobtide.store.postgres.server import Session
from jobtide.store.scanning import COUNTED_TO, commonest, page, refuse_strange


def search(db: Session, wanted: Query, now: datetime, *, limit: int, cursor: str | None) -> Found:
    """Return one page of the openings that answer a query; see `Store.search`."""
    if limit < 1:
        raise ValueError(f"limit {limit}: at least 1")
    after = unseal(wanted, cursor) if cursor is not None else None
    asked = tests(wanted, now)
    keys: list[Key] = []
    for lead, part in _parts(wanted, asked, after):
        keys += _first(db, part, lead, after, limit + 1 - len(keys))
        if len(keys) > limit:
            break
    total = len(keys) if after is None and len(keys) <= limit else _count(db, asked)
    found = load(db, [key[-1] for key in keys[:limit]])
    shown = [(key, found[key[-1]]) for key in keys[:limit]]
    return page(shown, wanted, total, more=len(keys) > limit)


def _parts(
    wanted: Query, asked: list[Test], after: Key | None
) -> list[tuple[int | None, list[Test]]]:
    """Return the answer in parts, the first of the order first; without a lead it is the pay."""
    if wanted.sort == "pay":
        return [(None, asked)]
    if wanted.sort != "relevance":
        return [(0, asked)]
    found: list[tuple[int | None, list[Test]]] = []
    for level, test in enumerate(levels(wanted)):
        lead = level - ALL_IN_TITLE
        if after is None or lead >= after[0]:
            found.append((lead, [*asked, test] if test else asked))
    return found


def _first(
    db: Session, part: list[Test], lead: int | None, after: Key | None, need: int
) -> list[Key]:
    """Return the first keys of a part, or the first behind `after`."""
    first = "-pay" if lead is None else str(lead)
    conditions = list(part)
    if after is not None:
        conditions.append(Test(f"({first}, -posted, -tie, opening) > (%s, %s, %s, %s)", after))
        if lead is None or lead == after[0]:  # lets the index begin where the page ended
            bound = Test("pay <= %s", (-after[0],)) if lead is None else None
            conditions.append(bound or Test("posted <= %s", (-after[1],)))
    order = "pay DESC, posted DESC" if lead is None else "posted DESC"
    sql, values = _where(conditions)
    rows = db.ask(
        f"SELECT {first}, -posted, -tie, opening FROM search_doc{sql}"  # noqa: S608 - names of ours
        f" ORDER BY {order}, tie DESC, opening LIMIT %s",
        (*values, need),
    )
    return [(int(row[0]), int(row[1]), int(row[2]), str(row[3])) for row in rows]


def _where(conditions: Sequence[Test]) -> tuple[str, list[Any]]:
    if not conditions:
        return "", []
    values = [value for one in conditions for value in one.values]
    return f" WHERE {' AND '.join(one.sql for one in conditions)}", values


def _count(db: Session, asked: list[Test]) -> int:
    """Return how many there are, counting no further than one beyond what is told."""
    sql, values = _where(asked)
    return db.count(
        f"SELECT count(*) FROM (SELECT 1 FROM search_doc{sql} LIMIT %s) AS some_of",  # noqa: S608 - names of ours
        (*values, COUNTED_TO + 1),
    )


def facets(
    db: Session, wanted: Query, now: datetime, names: Sequence[str]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the counts of each facet; see `Store.facets`."""
    refuse_strange(names)
    fields = [*names, *(("from_any", "not_from") if "from" in names else ())]
    sql, values = _where(
        [*tests(wanted, now), Test("split_part(val, '=', 1) = ANY(%s)", (fields,))]
    )
    counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
    for value, number in db.ask(
        f"SELECT val, count(*) FROM search_doc CROSS JOIN LATERAL unnest(vals) AS val{sql}"  # noqa: S608 - names of ours
        " GROUP BY val",
        values,
    ):
        field, _, word = value.partition("=")
        counts[field][word] += number
    if "from" in names:
        anywhere = counts["from_any"]["1"]
        for code in countries() if anywhere else ():
            counts["from"][code] += anywhere - counts["not_from"][code]
        counts["from"] = +counts["from"]
    return {name: commonest(counts[name]) for name in names}
