"""
Process and merge any number of postings on any engine, stage by stage.

Each stage is kept as Parquet in a folder of the output; when a run breaks off, the next one
starts after the last finished stage. Work on postings (cleaning, classifying, keys, comparisons,
connected components, clusters) is done where the engine works; this process sees names of files
and numbers.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from jobtide import __version__, pipeline
from jobtide.dedupe import components as parts
from jobtide.dedupe import edges, keyed
from jobtide.dedupe.clusters import Edge, clusters
from jobtide.dedupe.keys import RULES
from jobtide.engine import Engine
from jobtide.errors import UsageError
from jobtide.model import Posting, Reject
from jobtide.run import shards
from jobtide.run.openings import opening_row
from jobtide.store import OpeningRow

Data = TypeVar("Data")

#: A chain of copies longer than two to this power does not exist.
MOST_ROUNDS = 30

#: The marker of a finished stage, as Hadoop's and Spark's own writers have it.
FINISHED = "_SUCCESS"


class Stage(Struct, frozen=True, kw_only=True):
    """What a finished stage holds."""

    made_from: str  #: of which input, by which rules
    rows: int
    files: tuple[str, ...]


class Backfill(Generic[Data]):
    """One run over a folder of input; `told` hears of every stage: name, rows, whether anew."""

    def __init__(
        self,
        engine: Engine[Data],
        origin: Path,
        output: Path,
        told: Callable[[str, int, bool], None] = lambda *_: None,
    ) -> None:
        self.engine, self.output, self.told = engine, output, told
        self.inputs = shards.files_in(origin, shards.SUFFIXES)
        if not self.inputs:
            raise UsageError(
                f"{origin}: nothing to read here; put postings into it as "
                f"{', '.join(shards.SUFFIXES)}"
            )
        sizes = [(Path(one).name, Path(one).stat().st_size) for one in self.inputs]
        self._made_from = json.dumps([__version__, RULES, sizes])

    def run(self) -> dict[str, int]:
        """Do what is not done yet; return stage -> rows."""
        done = {
            name: make()
            for name, make in (
                ("postings", self._postings),
                ("edges", self._edges),
                ("components", self._components),
                ("clusters", self._clusters),
                ("openings", self._openings),
            )
        }
        return {name: stage.rows for name, stage in done.items()}

    # -- stages --------------------------------------------------------------------------------

    def _postings(self) -> Stage:
        def make() -> Data:
            raw = self.engine.load(shards.read_postings, self.inputs)
            return self.engine.map(processed, raw)

        return self._stage("postings", make, posting_columns)

    def _edges(self) -> Stage:
        def make() -> Data:
            blocks = self.engine.group(self.engine.map(keyed, self._load("postings", Posting)))
            return self.engine.map(edges, blocks)

        return self._stage("edges", make)

    def _components(self) -> Stage:
        """Tie every node to the smallest of its component: rounds until nothing changes."""
        final = self._finished("components")
        if final is not None:
            self.told("components", final.rows, False)
            return final
        name = "components-0"
        before = self._stage(name, lambda: self.engine.map(parts.links, self._load("edges", Edge)))
        print_before = self._fingerprint(name)
        for number in range(1, MOST_ROUNDS):
            last, name = name, f"components-{number}"
            before = self._stage(name, partial(self._round, last))
            print_now = self._fingerprint(name)
            if print_now == print_before:
                break
            print_before = print_now
        return self._rename(name, "components", before)

    def _round(self, last: str) -> Data:
        engine = self.engine
        pairs = engine.map(parts.both_ways, self._load(last, tuple[int, int]))
        pairs = engine.map(parts.large_star, engine.group(pairs))
        return engine.map(parts.small_star, engine.group(engine.map(parts.downward, pairs)))

    def _fingerprint(self, name: str) -> tuple[int, int]:
        """Return how many pairs there are, and one digest of all."""
        stage = self._load(name, tuple[int, int])
        found = list(self.engine.collect(self.engine.map(parts.fingerprint, stage)))
        return sum(rows for rows, _ in found), sum(digest for _, digest in found)

    def _clusters(self) -> Stage:
        def make() -> Data:
            engine = self.engine
            tied = engine.load(
                read_either, [*self._files("edges", "edge"), *self._files("components", "pair")]
            )
            named = engine.map(parts.named, engine.group(tied))
            return engine.map(clustered, engine.group(named))

        return self._stage("clusters", make)

    def _openings(self) -> Stage:
        def make() -> Data:
            engine = self.engine
            homes = engine.load(
                read_members,
                [*self._files("clusters", "cluster"), *self._files("postings", "one")],
            )
            return engine.map(opened, engine.group(homes))

        return self._stage("openings", make, opening_columns)

    # -- keeping them --------------------------------------------------------------------------

    def _stage(
        self, name: str, make: Callable[[], Data], columns: shards.Columns = shards.nothing
    ) -> Stage:
        """Return a stage, making it unless it is finished."""
        there = self._finished(name)
        if there is not None:
            self.told(name, there.rows, False)
            return there
        folder = self.output / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write = partial(shards.write, folder=str(folder), columns=columns)
        written = dict(self.engine.collect(self.engine.map(write, make())))
        stage = Stage(
            made_from=self._made_from, rows=sum(written.values()), files=tuple(sorted(written))
        )
        self._mark(name, stage)
        self.told(name, stage.rows, True)
        return stage

    def _mark(self, name: str, stage: Stage) -> None:
        marker = self.output / name / FINISHED
        unfinished = marker.with_name(f"{FINISHED}.unfinished")
        unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(stage)))
        unfinished.replace(marker)

    def _rename(self, name: str, final: str, stage: Stage) -> Stage:
        shutil.rmtree(self.output / final, ignore_errors=True)
        (self.output / name).rename(self.output / final)
        for old in self.output.glob(f"{final}-*"):
            shutil.rmtree(old)
        return stage

    def _finished(self, name: str) -> Stage | None:
        marker = self.output / name / FINISHED
        if not marker.exists():
            return None
        stage = msgspec.json.decode(marker.read_bytes(), type=Stage)
        return stage if stage.made_from == self._made_from else None

    def _load(self, name: str, kind: Any) -> Data:  # noqa: ANN401 - any type
        return self.engine.load(partial(shards.read, kind=kind), self._paths(name))

    def _paths(self, name: str) -> list[str]:
        stage = self._finished(name)
        files = stage.files if stage else ()
        return [str(self.output / name / file) for file in files]

    def _files(self, name: str, kind: str) -> list[str]:
        """Return the files of a stage, each with the word for what it holds."""
        return [f"{kind}:{path}" for path in self._paths(name)]


# -- the work, sent to where the engine does it ------------------------------------------------


def processed(postings: Iterable[Posting]) -> Iterator[Posting]:
    """Yield what the pipeline makes of postings; rejects are left out."""
    for one in pipeline.process(postings):
        if not isinstance(one, Reject):
            yield one


def read_either(path: str) -> Iterator[tuple[int, Edge | int]]:
    """Yield edges under their first posting, and the names of components under their nodes."""
    kind, _, file = path.partition(":")
    if kind == "edge":
        yield from parts.by_node(shards.read(file, Edge))
    else:
        yield from shards.read(file, tuple[int, int])


def clustered(groups: Iterable[tuple[int, list[Edge]]]) -> Iterator[OpeningRow]:
    """Yield the openings of two and more postings of each component."""
    for _, found in groups:
        for one in clusters(found):
            yield opening_row(one.members, one.reasons)


def read_members(path: str) -> Iterator[tuple[int, OpeningRow | Posting]]:
    """Yield postings and clusters where they meet: at the posting that is shown."""
    kind, _, file = path.partition(":")
    if kind == "one":
        for posting in shards.read(file, Posting):
            yield parts.node(posting.id), posting
        return
    for row in shards.read(file, OpeningRow):
        for name in row.posting_ids:
            yield parts.node(name), row


class Opened(Struct, frozen=True, kw_only=True):
    """One opening: its canonical posting, and the ids of all of them."""

    id: str
    posting: Posting
    posting_ids: tuple[str, ...]
    reasons: tuple[str, ...] = ()


def opened(groups: Iterable[tuple[int, list[OpeningRow | Posting]]]) -> Iterator[Opened]:
    """Yield an opening for each canonical posting; the other postings of a cluster go with it."""
    for _, found in groups:
        rows = {
            name: one for one in found if isinstance(one, OpeningRow) for name in one.posting_ids
        }
        for one in {one.id: one for one in found if isinstance(one, Posting)}.values():
            row = rows.get(one.id)
            if row is None:
                yield Opened(id=one.id, posting=one, posting_ids=(one.id,))
            elif row.canonical_id == one.id:
                yield Opened(
                    id=row.id, posting=one, posting_ids=row.posting_ids, reasons=row.reasons
                )


def _bytes(one: Posting) -> bytes:
    return msgspec.msgpack.encode(one)


def posting_columns(one: Posting) -> dict[str, Any]:
    """Return what other programs ask of a posting, under the names of `model.Posting`."""
    return {
        "id": one.id,
        "title": one.title,
        "hiring_organization": one.hiring_organization,
        "url": one.url,
        "category": one.category.value if one.category else None,
        "seniority": one.seniority.value if one.seniority else None,
        "arrangement": one.arrangement.value if one.arrangement else None,
        "date_posted": one.date_posted,
    }


def opening_columns(one: Opened) -> dict[str, Any]:
    """Return the same of an opening, and its postings."""
    return posting_columns(one.posting) | {
        "id": one.id,
        "posting_ids": list(one.posting_ids),
        "reasons": list(one.reasons),
    }
