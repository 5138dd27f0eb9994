"""
How long search takes, and what keeping its index in step costs: `python -m benchmarks.searching`.

    python -m benchmarks.searching FOLDER --openings 1000000

The store of made-up openings is built in FOLDER when it is not there, in steps, so that an
interrupted build goes on; about 7 kB of disk an opening. Times are CPU time of one process, after
one run to warm up; the queries are the same at every size.
"""

import argparse
import random
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from jobtide import query
from jobtide.classify.skills.vocabulary import by_spelling
from jobtide.model import (
    CATEGORIES,
    Eligibility,
    History,
    Label,
    Place,
    Posting,
    Salary,
    Tracked,
    UnitText,
)
from jobtide.places.table import countries
from jobtide.run.searching import FACETS
from jobtide.store import open_store

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
#: Openings of one step of building, which is one transaction.
STEP = 5_000
#: Words of one description: 3 kB, as the recorded ones have on average.
WORDS = 430
#: Skills that every category asks for: as common in the made-up texts as "python" in real ones.
_USUAL = {
    "backend": "python java go postgresql docker kubernetes aws node.js c# .net",
    "frontend": "javascript typescript react css vue.js",
    "data": "python sql spark airflow dbt tableau",
    "ml": "python pytorch tensorflow machine learning",
    "devops": "kubernetes terraform aws docker linux ansible",
    "security": "linux python siem",
    "mobile": "swift kotlin flutter react native",
}
_LEVELS = ("", "", "", "senior", "junior", "lead", "staff")
_SOURCES = ("greenhouse", "lever", "ashby", "remotive", "remoteok", "workable", "himalayas")
_PLACES = (
    "US",
    "US",
    "US",
    "US",
    "GB",
    "DE",
    "DE",
    "CA",
    "IN",
    "PL",
    "FR",
    "NL",
    "ES",
    "BR",
    "PT",
)


def _label(value, rule="made.up"):
    return Label(value=value, rule=rule, evidence=value, field="text", start=120)


class Maker:
    """Openings by chance, the same for the same number."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.numpy = np.random.default_rng(seed)
        size = 60_000
        share = 1 / np.arange(2, size + 2) ** 1.02
        self.share = np.cumsum(share / share.sum())
        self.words = WORD_LIST
        self.categories = list(CATEGORIES)
        self.weights = [1 / (place + 2) for place in range(len(self.categories))]
        self.skills = sorted({one for one in by_spelling().values() if len(one) > 2})
        self.countries = sorted(countries())

    def step(self, first, count):
        """Return `count` postings with their histories, numbered from `first`."""
        drawn = np.searchsorted(self.share, self.numpy.random((count, WORDS)))
        return [self.one(first + at, drawn[at]) for at in range(count)]

    def one(self, number, drawn):
        chance = self.chance
        category = chance.choices(self.categories, self.weights)[0]
        usual = _USUAL.get(category, "excel communication").split()
        skills = chance.sample(usual, min(len(usual), chance.randint(1, 4)))
        skills += chance.sample(self.skills[:400], chance.randint(0, 5))
        text = [self.words[one] for one in drawn]
        for skill in skills:
            for _ in range(chance.randint(1, 3)):
                text[chance.randrange(len(text))] = skill
        for at in range(12, len(text), 14):
            text[at] += "."
        level = chance.choice(_LEVELS)
        title = f"{level} {skills[0]} {category} {chance.choice(('engineer', 'specialist'))}"
        employer = int(20_000 * chance.random() ** 3)
        place = chance.choice(_PLACES)
        seen = NOW - timedelta(days=120 * chance.random() ** 1.5, seconds=1)
        posted = seen - timedelta(hours=chance.expovariate(1 / 30))
        if chance.random() < 0.4:
            posted = posted.replace(hour=0, minute=0, second=0, microsecond=0)
        closed = chance.random() < 0.3
        source = chance.choice(_SOURCES)
        posting = Posting(
            source=source,
            board=f"made{number // STEP}",
            identifier=str(number),
            url=f"https://jobs.example/{number}",
            title=title.strip().title(),
            hiring_organization=f"{self.words[employer].title()} {self.words[employer % 97]}",
            text=" ".join(text),
            tags=tuple(skills[:2]),
            location_text=f"Remote, {place}",
            date_posted=posted.replace(microsecond=0),
            category=_label(category),
            seniority=_label(level) if level else None,
            employment_type=(_label("full_time"),) if chance.random() < 0.7 else (),
            arrangement=_label(chance.choice(("remote", "remote", "remote", "hybrid", "on_site"))),
            job_location=(Place(country=place, city=None, text=place),),
            eligibility=self._eligibility(place),
            base_salary=self._pay(),
            skills=tuple(map(_label, dict.fromkeys(skills))),
            language=_label("en" if chance.random() < 0.9 else "de"),
        )
        history = History(
            first_seen_at=seen,
            last_seen_at=NOW if not closed else seen + (NOW - seen) * chance.random(),
            status="closed" if closed else "open",
            closed_at=NOW - timedelta(days=1) if closed else None,
            closed_reason="absent" if closed else None,
        )
        return Tracked(posting=posting, history=history)

    def _eligibility(self, place):
        draw = self.chance.random()
        if draw < 0.25:
            return Eligibility(anywhere=_label("yes"))
        if draw < 0.4:
            return Eligibility(regions=(_label(self.chance.choice(("europe", "latam", "emea"))),))
        return Eligibility(countries=(_label(place),)) if draw < 0.8 else None

    def _pay(self):
        if self.chance.random() > 0.35:
            return ()
        least = 1000.0 * self.chance.randint(30, 220)
        currency = self.chance.choice(("USD", "USD", "EUR", "GBP"))
        pay = Salary(
            currency=currency, min_value=least, max_value=least * 1.3, unit_text=UnitText.YEAR
        )
        return (pay,)


def _words(size):
    """Return made-up words, the commonest shortest."""
    letters = "etaoinshrdlucmfwypvbgkqjxz"
    chance, found = random.Random(7), {}
    while len(found) < size:
        length = 2 + min(9, int(len(found) ** 0.2) + chance.randint(0, 3))
        found["".join(chance.choices(letters, range(len(letters), 0, -1), k=length))] = None
    return list(found)


def build(path, number, seed=1, tell=lambda text: print(text, file=sys.stderr, flush=True)):
    """Build the store at `path` of `number` made-up openings, or go on with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_store(str(path), create=True) as store:
        done = sum(1 for _ in store.opening_ids())
        began, cpu, start = time.monotonic(), _cpu(), done
        while done < number:
            count = min(STEP, number - done)
            store.restore(Maker(seed + done).step(done, count))
            done += count
            rate = (done - start) / (_cpu() - cpu)
            tell(f"{done:,} openings; {rate:,.0f} a CPU-second, {time.monotonic() - began:.0f} s")


def _cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


WORD_LIST = _words(60_000)
USUAL = "is:open arrangement:remote"


def queries(kind, number=200):
    """Return texts of one kind."""
    chance = random.Random(kind)
    skills = [one for usual in _USUAL.values() for one in usual.split()]
    words = WORD_LIST
    categories = [one for one in CATEGORIES if one in _USUAL]

    def word():
        if chance.random() < 0.6:
            return chance.choice(skills)
        return words[int(10 ** chance.uniform(1.5, 4.3))]

    made = {
        "words, category, country, newest 20": lambda: (
            f"{word()} {word() if chance.random() < 0.5 else ''}"
            f" category:{chance.choice(categories)} country:{chance.choice(_PLACES)} {USUAL}"
        ),
        "one word": lambda: f"{word()} {USUAL}",
        "nothing but the usual": lambda: USUAL,
        "from a country, since a week": lambda: f"from:{chance.choice(_PLACES)} since:7d {USUAL}",
        "words, pay": lambda: f"{word()} salary:>{chance.choice((60, 90, 120))}kEUR {USUAL}",
        "phrase": lambda: f'"{words[chance.randint(50, 900)]} {word()}" {USUAL}',
        "by pay": lambda: f"{word()} {USUAL} sort:pay",
        "by relevance": lambda: f"{word()} {word()} {USUAL} sort:relevance",
        "excluded": lambda: f"{word()} -{word()} -title:senior {USUAL}",
    }
    return [made[kind]() for _ in range(number)] if kind else list(made)


def measure(store, kind, number):
    """Print the CPU time of queries of one kind."""
    asked = [query.parse(text) for text in queries(kind, number)]
    times, totals = [], []
    for wanted in asked:
        store.search(wanted, NOW)
        start = _cpu()
        page = store.search(wanted, NOW)
        times.append(_cpu() - start)
        totals.append(page.total)
    _print(kind, times, f"median total {sorted(totals)[len(totals) // 2]:,}")


def measure_facets(store, kind, number):
    """Print the CPU time of counting eight facets."""
    times = []
    for text in queries(kind, number):
        wanted = query.parse(text)
        start = _cpu()
        store.facets(wanted, NOW, FACETS)
        times.append(_cpu() - start)
    _print(f"8 facets of: {kind}", times[1:], f"first {times[0] * 1e3:.0f} ms")


def _print(name, times, more):
    times = sorted(times)
    middle, high = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"| {name} | {middle * 1e3:.1f} | {high * 1e3:.1f} | {more} |", flush=True)


def main():
    """Build, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--openings", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    wanted = parser.parse_args()
    path = wanted.folder / f"search-{wanted.openings}.db"
    build(path, wanted.openings)
    size = path.stat().st_size
    each = size / wanted.openings
    print(f"{wanted.openings:,} openings, {size / 1e6:,.0f} MB, {each:,.0f} bytes each")
    print("| query | p50 ms | p99 ms | |\n| --- | ---: | ---: | --- |")
    with open_store(str(path)) as store:
        store.facets(query.parse(""), NOW, FACETS)
        for kind in queries(""):
            measure(store, kind, wanted.queries)
        for kind in ("nothing but the usual", "words, category, country, newest 20", "one word"):
            measure_facets(store, kind, max(10, wanted.queries // 5))


if __name__ == "__main__":
    main()
