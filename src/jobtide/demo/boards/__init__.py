"""
The sample boards: one table of invented jobs, played by a writer for each board's format.

`jobs.psv` says which job stands on which board (`r` Remote OK, `m` Remotive, `w` We Work Remotely)
on which of the three days, and with which fault. Everything in it is invented.
"""

import csv
from functools import cache
from importlib.resources import files

from msgspec import Struct

from jobtide.text import stable_hash

#: Days of captures the demonstration plays, oldest first.
DAYS = (1, 2, 3)


class Job(Struct, frozen=True, kw_only=True):
    """One invented job, as the employer would state it."""

    company: str
    title: str
    tags: tuple[str, ...]
    place: str
    pay: str
    type: str
    category: str
    boards: str  #: letters of the boards it stands on
    days: str  #: days it stands there: "123"
    fault: str  #: what is wrong with it: "moji", "absurd", "nonjob", ... or ""
    lead: str

    def number(self, board: str, day: int) -> int:
        """Return its number on a board; a reposted job has another one on the third day."""
        again = "again" if self.fault == "repost" and day == DAYS[-1] else ""
        return 1_200_000 + stable_hash(f"{board}{self.company}{self.title}{again}") % 700_000

    def title_on(self, day: int) -> str:
        """Return its title; one employer changes it on the second day."""
        return f"{self.title} (Streaming)" if self.fault == "retitle" and day > 1 else self.title

    def age_h(self, day: int) -> int:
        """Return how many hours before the capture of a day it was posted."""
        return 6 + stable_hash(self.title) % 200 + 24 * (day - 1)


def jobs(board: str, day: int) -> list[Job]:
    """Return what stands on a board (its letter) on a day, in the order of the table."""
    return [job for job in table() if board in job.boards and str(day) in job.days]


def employed(company: str, day: int) -> list[Job]:
    """Return what an employer lists on its own board on a day."""
    return [job for job in table() if job.company == company and str(day) in job.days]


def shared(letter: str, day: int) -> list[Job]:
    """Return what another aggregator took over: every fourth job or so, each its own quarter."""
    return [
        job
        for job in table()
        if str(day) in job.days
        and job.fault not in ("nonjob", "template")
        and stable_hash(letter + job.title) % 4 == 0
    ]


@cache
def table() -> tuple[Job, ...]:
    """Return every invented job, in the order of the table."""
    listed = files("jobtide.demo.boards") / "jobs.psv"
    rows = csv.DictReader(listed.read_text(encoding="utf-8").splitlines(), delimiter="|")
    return tuple(map(_job, rows))


def _job(row: dict[str, str]) -> Job:
    return Job(
        company=row["company"],
        title=row["title"],
        tags=tuple(filter(None, row["tags"].split(","))),
        place=row["place"],
        pay=row["pay"],
        type=row["type"],
        category=row["category"],
        boards=row["on"],
        days=row["days"],
        fault=row["faults"],
        lead=row["lead"],
    )
