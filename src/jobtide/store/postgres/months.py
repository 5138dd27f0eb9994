"""The table of events is kept in one partition a month, made when it is first needed."""

from collections.abc import Iterable
from datetime import date, datetime

from psycopg import sql

from jobtide.store.postgres.server import Session


def make_months(db: Session, moments: Iterable[datetime]) -> None:
    """Make the partitions that events at these moments need."""
    wanted = {date(moment.year, moment.month, 1) for moment in moments}
    names = {f"event_{month:%Y_%m}": month for month in wanted}
    there = {
        name
        for (name,) in db.ask(
            "SELECT child.relname FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid"
            " WHERE inhparent = 'event'::regclass AND child.relname = ANY(%s)",
            (list(names),),
        )
    }
    for name, month in sorted(names.items()):
        if name not in there:
            make = sql.SQL(
                "CREATE TABLE {} PARTITION OF event FOR VALUES FROM ({}) TO ({})"
            ).format(sql.Identifier(name), f"{month} 00:00Z", f"{_next(month)} 00:00Z")
            db.connection.execute(make)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
