"""Publishing: cards to pages, cold and again, on openings made from the measured postings."""

import gc
import time
from datetime import timedelta
from itertools import cycle, islice

from msgspec.structs import replace

from benchmarks.corpus import MOMENT, postings
from jobtide import pipeline
from jobtide.model import History, Opening, Posting, Snapshot, Tracked
from jobtide.publish import cut, facts, markdown, money, where
from jobtide.publish.cut import settled
from jobtide.publish.readme import PageSettings, ReadmeSettings, render
from jobtide.publish.site import SiteSettings, pages

CARDS = 10_000
JOBS = 20_000
ROUNDS = 5


def measure():
    """Return the figures of every publisher that is measured here."""
    return readme() | site()


def readme(cards=CARDS):
    """Return cards of README pages per CPU-second, in both layouts.

    Once with nothing remembered, as in a run of its own, and once with words and descriptions
    remembered, as when a process that goes on publishes again.
    """
    snapshot = openings(cards)
    gc.freeze()  # the collector need not walk through our openings again and again
    figures = {"cards": cards}
    for layout in ("cards", "list"):
        settings = ReadmeSettings(pages=(_everything(),), layout=layout)
        first = min(_spent(lambda: list(render(snapshot, settings))) for _ in range(ROUNDS))  # noqa: B023
        again = min(
            _spent(lambda: list(render(snapshot, settings)), forget=False)  # noqa: B023
            for _ in range(ROUNDS)
        )
        figures[f"{layout}: cards per CPU-second, first"] = cards / first
        figures[f"{layout}: cards per CPU-second, again"] = cards / again
    files = list(render(snapshot, settings))
    figures["mean bytes of a card"] = sum(len(file.body) for file in files) / cards
    return figures


def site(jobs=JOBS):
    """Return CPU-seconds of a site of so many job pages, and of a run that finds it unchanged."""
    snapshot = openings(jobs)
    settings = SiteSettings(base_url="https://jobs.example/", search=True)
    made = list(pages(snapshot, settings))
    whole = _spent(lambda: [page.make() for page in pages(snapshot, settings)])
    again = min(_spent(lambda: list(pages(snapshot, settings))) for _ in range(2))
    return {
        "site: job pages": jobs,
        "site: pages in all": len(made),
        "site: CPU-seconds to make all": whole,
        "site: CPU-seconds to find all unchanged": again,
        "site: share of a run that finds all unchanged": again / whole,
    }


def openings(size):
    """Return a snapshot of `size` openings, no two of one link, title or description."""
    found = [one for one in pipeline.process(postings()) if isinstance(one, Posting)]
    processed = list({(one.hiring_organization, one.title): one for one in found}.values())
    made = []
    for number, like in enumerate(islice(cycle(processed), size)):
        again = number // len(processed)
        one = replace(
            like,
            identifier=f"{like.identifier}-{number}",
            url=f"{like.url}?n={number}",
            title=f"{like.title} {again}" if again else like.title,
            description=f"{like.description}<p>{number}</p>" if like.description else "",
            date_posted=MOMENT - timedelta(hours=number % 1_000),
        )
        seen = MOMENT - timedelta(hours=number % 900)
        history = History(first_seen_at=seen, last_seen_at=MOMENT)
        made.append(
            Opening(
                id=one.id,
                posting=one,
                postings=(Tracked(posting=one, history=history),),
                first_seen_at=seen,
                last_seen_at=MOMENT,
            )
        )
    return Snapshot(taken_at=MOMENT, openings=tuple(made))


def _everything():
    return PageSettings(name="all", title="All", query_text="", matches=lambda _: True)


def _spent(work, *, forget=True):
    """Return CPU-seconds, with nothing remembered of an earlier round."""
    for module in (cut, settled, facts, money, where, markdown) if forget else ():
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start
