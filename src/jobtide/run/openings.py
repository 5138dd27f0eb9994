"""From postings to openings, and from the store to a snapshot."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from jobtide import __version__
from jobtide.config import Config
from jobtide.dedupe import Decisions, Facts, Merged, facts_of_each, merged, parse_decisions
from jobtide.dedupe.blocks import MAX_BLOCK, decision_key
from jobtide.dedupe.groups import with_groups
from jobtide.dedupe.keys import RULES, unpack
from jobtide.dedupe.neighbourhood import crossed, outcome
from jobtide.engine.local import LocalEngine
from jobtide.errors import ConfigError
from jobtide.model import Snapshot
from jobtide.query import posted
from jobtide.run.health import with_alarms
from jobtide.store import Merging, OpeningRow, Store, Unmerged
from jobtide.store.completing import completed, nearness

__all__ = (
    "completed",
    "nearness",
    "opening_row",
    "read_decisions",
    "refresh_openings",
    "snapshot",
)

_LATEST = datetime.max.replace(tzinfo=UTC)

#: When more than a quarter of the postings changed, following edges from each of them costs more
#: than looking at all. Both ways give the same openings.
MANY_CHANGES = 0.25


def read_decisions(config: Config) -> Decisions | None:
    """Return what `decisions.toml` says; None when there is no such file.

    Raises:
        ConfigError: the file cannot be read or understood, or contradicts itself.
    """
    path = Path(config.update.decisions)
    try:
        return parse_decisions(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None


def refresh_openings(
    store: Store, decisions: Decisions | None = None, *, full: bool = False
) -> int:
    """Bring the openings up to date with the postings; return how many rows had to be written.

    Only what changed since the last time is compared again, with its surroundings; `full`
    compares everything, with the same result. Without `decisions` those of the last time stay in
    force: a file that is not there takes nothing back.
    """
    news = store.unmerged()
    before = msgspec.json.decode(news.merging.decisions, type=Decisions)
    now = before if decisions is None else decisions
    rules = f"{__version__}-{RULES}"
    merging = Merging(rev=news.newest, rules=rules, decisions=msgspec.json.encode(now).decode())
    if full or news.merging.rules != rules or news.changed > news.total * MANY_CHANGES:
        return _refresh_all(store, now, merging)
    if not news.changed and now == before:
        return 0
    return _refresh_some(store, news, before, now, merging)


def _refresh_all(store: Store, decisions: Decisions, merging: Merging) -> int:
    """Compare everything with everything it shares a block with."""
    facts = list(facts_of_each(store.tracked()))
    found = merged(LocalEngine(), iter(facts), decisions)
    together = {one.id for cluster in found for one in cluster.members}
    homes = store.opening_ids()
    hosts = {home for name, home in homes.items() if home != name}
    alone = (
        one
        for one in facts
        if one.id not in together and (homes.get(one.id) != one.id or one.id in hosts)
    )
    keys = ((one.id, one.keys) for one in facts)
    return store.save_openings(_rows(found, alone), keys=keys, merging=merging)


def _refresh_some(
    store: Store, news: Unmerged, before: Decisions, now: Decisions, merging: Merging
) -> int:
    """Follow the edges from what changed."""
    fresh = {one.id: one for one in facts_of_each(store.changed(news.merging.rev))}
    corpus = _Stored(store, fresh, now)
    seeds = fresh.keys() | corpus.crossed()
    if now != before:
        seeds |= before.named | now.named
    found = outcome(corpus, seeds, now)
    keys = ((one.id, one.keys) for one in fresh.values())
    return store.save_openings(_rows(found.merged, found.alone), keys=keys, merging=merging)


class _Stored:
    """The store's postings with what changed laid over them: a `neighbourhood.Corpus`."""

    def __init__(self, store: Store, fresh: dict[str, Facts], decisions: Decisions) -> None:
        self._store = store
        self._fresh = fresh
        self._under: dict[int, set[str]] = {}  #: key -> changed postings that have it now
        for name, facts in fresh.items():
            for key in unpack(facts.keys):
                self._under.setdefault(key, set()).add(name)
        for number, row in enumerate(decisions.merge):
            self._under[decision_key(number)] = set(row.postings)

    def blocks(self, keys: Collection[int]) -> dict[int, frozenset[str]]:
        """Return the blocks as they are now; those too large to compare are left out."""
        return {key: now for key, _, now in self._changes(keys) if len(now) <= MAX_BLOCK}

    def _changes(
        self, keys: Collection[int]
    ) -> Iterator[tuple[int, frozenset[str], frozenset[str]]]:
        """Yield (key, stored block, block as it is now), save those that stay far too large."""
        stored = self._store.blocks(keys, MAX_BLOCK + len(self._fresh))
        for key in keys:
            before = stored.get(key, frozenset())
            if before is not None:
                kept = {name for name in before if name not in self._fresh}
                yield key, before, frozenset(kept | self._under.get(key, set()))

    def crossed(self) -> set[str]:
        """Return the postings of blocks that the changes made too large, or no longer are."""
        stored = self._store.block_keys(self._fresh).values()
        keys = {key for packed in stored for key in unpack(packed)} | self._under.keys()
        changes = list(self._changes(keys))
        return crossed(
            {key: before for key, before, _ in changes}, {key: now for key, _, now in changes}
        )

    def facts(self, ids: Collection[str]) -> dict[str, Facts]:
        """Return facts, of the changed ones those that are new."""
        found = {name: self._fresh[name] for name in ids if name in self._fresh}
        rest = [name for name in ids if name not in found]
        if rest:
            found |= {one.id: one for one in facts_of_each(self._store.tracked(ids=rest))}
        return found

    def companions(self, ids: Collection[str]) -> set[str]:
        """Return what is in one opening with these."""
        return self._store.companions(ids)


def _rows(clusters: Iterable[Merged], alone: Iterable[Facts]) -> Iterator[OpeningRow]:
    for cluster in clusters:
        yield opening_row(cluster.members, cluster.reasons)
    for one in alone:
        yield opening_row((one,), ())


def opening_row(members: Iterable[Facts], reasons: tuple[str, ...]) -> OpeningRow:
    """Return the opening of some postings: named after the first seen, led by the canonical."""
    ranked = sorted(members, key=_rank)
    first = min(ranked, key=lambda one: (one.since or _LATEST, one.id))
    return OpeningRow(
        id=first.id,
        canonical_id=ranked[0].id,
        posting_ids=tuple(one.id for one in ranked),
        reasons=reasons,
    )


def _rank(one: Facts) -> tuple[Any, ...]:
    """Open before closed, nearest the employer, then the fullest, then the oldest."""
    return one.ended, nearness(one.source), not one.whole, -one.fullness, one.since, one.id


def snapshot(store: Store, now: datetime) -> Snapshot:
    """Return what publishers may know: all open openings, newest first, and board health."""
    found = list(with_groups(completed(store.openings(status=["open"]))))
    found.sort(key=lambda one: one.id)
    found.sort(key=lambda one: posted(one)[0], reverse=True)
    return Snapshot(taken_at=now, openings=tuple(found), health=with_alarms(store))
