"""What the site is told beside the snapshot: from the settings, the store and the folder."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import msgspec

from jobtide import __version__, query
from jobtide.config import Config
from jobtide.dedupe.groups import with_groups
from jobtide.errors import ConfigError
from jobtide.model import Opening, Salary, Snapshot
from jobtide.publish import facts, feeds, site
from jobtide.publish.markdown import url
from jobtide.publish.pictures.figures import WINDOW_DAYS, Figures, counted
from jobtide.publish.readme import PageSettings
from jobtide.run.health import with_alarms
from jobtide.run.news import News, news
from jobtide.run.openings import completed
from jobtide.run.pages import page_settings
from jobtide.run.searching import understood
from jobtide.run.signals import LONG_OPEN_DAYS, UNCHANGED_DAYS, Signal, employer_boards, signals
from jobtide.run.site_search import MOST_TEXTS, can_search
from jobtide.store import Store

#: What the site lists unless a page of the settings says otherwise.
EVERYTHING = "arrangement:remote"


def lists(config: Config, day: datetime) -> tuple[PageSettings, ...]:
    """Return what the site lists: everything that is wanted first, then the user's own searches.

    Raises:
        ConfigError: a search cannot be understood.
    """
    return (
        page_settings("all", config.publish.title, EVERYTHING, day),
        *(page_settings(one.name, one.title or one.name, one.query, day) for one in config.pages),
    )


def site_snapshot(store: Store, wanted: Sequence[PageSettings], day: datetime) -> Snapshot:
    """Return the openings that have a page, open and lately ended, and the boards' health."""
    going = (
        one
        for one in completed(store.openings(status=("open",)))
        if any(page.matches(one) for page in wanted)
    )
    since = day - timedelta(days=site.SiteSettings().closed_days)
    ended = completed(store.openings(status=("closed", "expired"), closed_since=since))
    return Snapshot(
        taken_at=day, openings=(*with_groups(going), *ended), health=with_alarms(store)
    )


def site_settings(
    config: Config, store: Store, wanted: Sequence[PageSettings], found: Snapshot, out: Path
) -> site.SiteSettings:
    """Return what the publisher needs beside the snapshot."""
    day = found.taken_at
    days = site.SiteSettings().change_days
    everything, *pages = wanted
    ids = {one.id for one in found.openings}
    boards = employer_boards(store.board_states().values(), day)
    told = news(store, day - timedelta(days=days), understood(EVERYTHING), day)
    base, feeds_at = _addresses(config)
    return site.SiteSettings(
        title=config.publish.title,
        base_url=base,
        everything=everything,
        pages=tuple(pages),
        feeds=published_feeds(out),
        feeds_at=feeds_at,
        search=can_search(),
        search_text=sum(one.status == "open" for one in found.openings) <= MOST_TEXTS,
        moved={old: new for old, new in store.aliases().items() if new in ids},
        signals={
            one.id: tuple(_sentence(sign, one) for sign in signs)
            for one in found.openings
            if one.status == "open" and (signs := signals(one, day, boards))
        },
        changes=tuple(map(_happening, told)),
        figures=_figures(store, found, everything) if config.publish.pictures else None,
        templates=own_templates(config),
        version=__version__,
    )


def _addresses(config: Config) -> tuple[str | None, str | None]:
    """Return the address of the site, and where the feeds are, from its folder or in full."""
    home, own = config.publish.home, config.publish.site
    for name, address in (("home", home), ("site", own)):
        if address is not None and url(address) != address:
            raise ConfigError(
                f"publish.{name}: {address!r} is no address; write https://jobs.example/"
            )
    below = f"{home.rstrip('/')}/" if home else None
    if own is not None:
        return own, f"{below}feeds/" if below else None
    return (f"{below}site/" if below else None), "../feeds/"


def published_feeds(out: Path) -> frozenset[str]:
    """Return the feeds that are published beside the site."""
    index = out.parent / "feeds" / feeds.INDEX
    if not index.is_file():
        return frozenset()
    paths = feeds.published_before(index.read_bytes())
    return frozenset(path.rpartition(".")[0] for path in paths)


def own_templates(config: Config) -> dict[str, str]:
    """Return the user's own templates of the site: file name -> text."""
    if config.publish.templates is None:
        return {}
    found = sorted((Path(config.publish.templates) / "site").glob("*.j2"))
    return {file.name: file.read_text(encoding="utf-8") for file in found}


def _sentence(sign: Signal, opening: Opening) -> str:
    """Return a sign in words that do not change from day to day."""
    since = facts.day(query.posted(opening)[0])
    if sign.kind == "long_open":
        return f"Open since {since}: longer than {LONG_OPEN_DAYS} days."
    if sign.kind == "unchanged":
        return f"Its words have not changed for more than {UNCHANGED_DAYS} days."
    return sign.sentence


def _happening(one: News) -> site.Happening:
    return site.Happening(
        at=one.at,
        kind=one.kind,
        opening_id=one.opening_id,
        title=one.title,
        company=one.hiring_organization,
        detail=_detail(one),
    )


def _detail(one: News) -> str:
    """Return why it closed, or what was before and what is now."""
    if one.kind == "closed":
        return site.REASONS.get(one.reason or "", one.reason or "")
    before, after = _words(one.earlier), _words(one.now)
    if "changed" not in one.kind or before == after:
        return ""
    return f"{before or 'not stated'} → {after or 'not stated'}"


def _words(value: object) -> str:
    """Return a value of a field in words, as far as it has any."""
    if isinstance(value, str):
        return value[:120]
    try:
        ranges = msgspec.convert(value, tuple[Salary, ...])
    except msgspec.ValidationError:
        pass
    else:
        return ", ".join(facts.salary_words(pay) for pay in ranges if facts.amounts(pay))
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value)[:120]
    return ""


def _figures(store: Store, found: Snapshot, everything: PageSettings) -> Figures:
    """Return the numbers of what is listed, with what ended while the pictures look back."""
    since = found.taken_at - timedelta(days=WINDOW_DAYS)
    ended = store.openings(status=("closed", "expired"), closed_since=since)
    going = (one for one in found.openings if one.status == "open")
    return counted(filter(everything.matches, chain(going, ended)), found.taken_at)
