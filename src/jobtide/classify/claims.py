"""Claims about who may apply, and how a nearer one narrows a farther one."""

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct, structs

from jobtide.model import Label
from jobtide.places import PlaceReading, expand, read, read_places
from jobtide.places.pieces import iterate, take_apart
from jobtide.places.zones import find_zones

#: Characters of a line that are kept as evidence.
_SHOWN: Final = 240
#: Words that may stand between "based in" and the place itself.
_LEAD_IN: Final = 9
#: Characters looked at first; only a list of many places goes on beyond.
_NEAR: Final = 120
#: Characters of the longest name, which that bound may cut in two.
_LONGEST: Final = 50


class Claim(Struct, frozen=True, kw_only=True):
    """One source's word on where one may live."""

    anywhere: Label | None = None
    countries: tuple[Label, ...] = ()
    regions: tuple[Label, ...] = ()
    subdivisions: tuple[Label, ...] = ()
    excluded: tuple[Label, ...] = ()

    @property
    def restricts(self) -> bool:
        """Whether some place is named."""
        return bool(self.countries or self.regions or self.subdivisions)

    @property
    def says_something(self) -> bool:
        """Whether it says anything about where one may live."""
        return self.restricts or self.anywhere is not None

    def plus(self, other: "Claim") -> "Claim":
        """Return both together: what either allows."""
        if other is NOTHING or other == NOTHING:
            return self
        if self is NOTHING:
            return other
        return Claim(
            anywhere=self.anywhere or other.anywhere,
            countries=_union(self.countries, other.countries),
            regions=_union(self.regions, other.regions),
            subdivisions=_union(self.subdivisions, other.subdivisions),
            excluded=_union(self.excluded, other.excluded),
        )

    def without_anywhere(self) -> "Claim":
        """Return the claim with "anywhere" taken back: a place was named beside it."""
        return structs.replace(self, anywhere=None)

    def quoting(self, entries: tuple[str, ...]) -> "Claim":
        """Return the claim with each label's evidence cut down to the entry that names it."""
        named: dict[str, str] = {}
        for entry in reversed(entries):
            reading = read(entry)
            places = [place.region or place.country or "" for place in reading.places]
            named |= dict.fromkeys((*places, *reading.subdivisions, *reading.excluded), entry)

        def cut(labels: tuple[Label, ...]) -> tuple[Label, ...]:
            return tuple(
                structs.replace(one, evidence=named.get(one.value, one.evidence[:_SHOWN]))
                for one in labels
            )

        return Claim(
            anywhere=self.anywhere,
            countries=cut(self.countries),
            regions=cut(self.regions),
            subdivisions=cut(self.subdivisions),
            excluded=cut(self.excluded),
        )

    def inferring(self) -> "Claim":
        """Return the claim marked as concluded, not stated."""
        return structs.replace(
            self,
            countries=tuple(structs.replace(one, inferred=True) for one in self.countries),
            regions=tuple(structs.replace(one, inferred=True) for one in self.regions),
        )

    def allowed(self) -> frozenset[str]:
        """Return every country it allows, alpha-2."""
        named = {label.value for label in self.countries}
        named |= {label.value[:2] for label in self.subdivisions}
        return frozenset(named).union(*(expand(label.value) for label in self.regions))


#: The claim of a source that says nothing: most of them.
NOTHING: Final = Claim()


def _union(first: tuple[Label, ...], second: tuple[Label, ...]) -> tuple[Label, ...]:
    found = {label.value: label for label in reversed((*first, *second))}
    ordered = dict.fromkeys(label.value for label in (*first, *second))
    return tuple(found[value] for value in ordered)


def narrowed(wide: Claim, near: Claim) -> Claim:
    """Return what is left of `wide` when `near`, which is said closer to the job, holds too.

    Nothing said before: the near one. The near one names places inside the wide one: it wins.
    It names a larger area around them: the wide one stays. They contradict: the near one wins.
    """
    if near is NOTHING:
        return wide
    excluded = _union(wide.excluded, near.excluded)
    if not near.says_something:
        return structs.replace(wide, excluded=excluded)
    if not near.restricts:
        return structs.replace(wide if wide.restricts else near, excluded=excluded)
    if not wide.restricts:
        return structs.replace(near, anywhere=None, excluded=excluded)
    old, new = wide.allowed(), near.allowed()
    if new <= old or not (new & old):
        kept = near
        if wide.subdivisions and not near.subdivisions and new == old:
            kept = wide
    else:
        kept = wide
    return structs.replace(kept, anywhere=None, excluded=excluded)


#: "or" divides "Ghent or Remote (US)" and "Remote (US) or Ghent", not "Remote in US or Canada".
_SEGMENTS: Final = re.compile(
    r"[;|\n]|\s+or\s+(?=(?:fully |100% )?remote|home)|(?<=\))\s+or\s+", re.IGNORECASE
)


def offered(lines: tuple[str, ...]) -> list[str]:
    """Return the parts of place lines that say from where one may work.

    "New York; Remote (US)" offers an office and remote work: only the second part counts.
    """
    parts = [part.strip() for line in lines for part in _SEGMENTS.split(line) if part.strip()]
    remote = [part for part in parts if read(part).workplace == "remote"]
    return remote if remote and len(remote) < len(parts) else list(lines)


@lru_cache(maxsize=8192)
def claim_of(
    line: str,
    field: str,
    *,
    start: int = 0,
    pure: bool = False,
    inferred: bool = False,
    rule: str = "",
    evidence: str = "",
) -> Claim:
    """Return what a place line of a field claims; with `pure` only when it holds nothing else."""
    if pure and not _only_places(line):
        return NOTHING
    reading = read(line)
    if not (reading.places or reading.anywhere or reading.excluded):
        return NOTHING
    return _claim(
        reading,
        rule=rule or f"eligibility.{field}",
        evidence=evidence or line[:_SHOWN],
        field=field,
        start=start,
        inferred=inferred,
    )


@lru_cache(maxsize=8192)
def _only_places(part: str) -> bool:
    """Tell whether a part of a title names a place and nothing else."""
    pieces = take_apart(part, cities=False)
    kinds = {piece.kind for piece in pieces}
    return "word" not in kinds and not kinds.isdisjoint({"place", "region", "code", "anywhere"})


def leading_claim(
    words: str, *, rule: str, evidence: str, start: int, pure: bool = False
) -> Claim:
    """Return the claim of the places `words` begin with: "the US or Canada and have ..."."""
    words = _without_zones(words)
    cut = _end_of_places(words[:_NEAR], pure)
    if cut is not None and cut > _NEAR - _LONGEST:  # a long list of states
        cut = _end_of_places(words, pure)
    if cut is None:
        return NOTHING
    reading = read_places(words[:cut], cities=False)
    if not reading.countries and not reading.regions:
        reading = read_places(words[:cut])
    return _claim(reading, rule=rule, evidence=evidence, field="text", start=start)


@lru_cache(maxsize=1024)  # a sentence of at most 560 characters each
def _end_of_places(words: str, pure: bool) -> int | None:
    """Return where the places that `words` begin with end; None when there are none."""
    seen = False
    waited = 0
    for piece in iterate(words):
        if piece.kind == "word":
            waited += 1
            if seen or waited > _LEAD_IN or pure:
                return piece.start if seen else None
        elif piece.kind in {"place", "code", "region", "anywhere"}:
            seen = True
    return len(words) if seen else None


def trailing_claim(words: str, *, rule: str, evidence: str, start: int) -> Claim:
    """Return the claim of the places `words` end with: "open to candidates in the US"."""
    words = _without_zones(words)
    cut = 0
    for piece in take_apart(words, cities=False):
        if piece.kind == "word":
            cut = piece.end
    reading = read_places(words[cut:], cities=False)
    return _claim(reading, rule=rule, evidence=evidence, field="text", start=start)


def _without_zones(words: str) -> str:
    """Blank out names of time zones: "EST" is no Estonia, "Pacific time" no ocean."""
    for start, end in find_zones(words).spans:
        words = words[:start] + " " * (end - start) + words[end:]
    return words


def _claim(
    reading: PlaceReading,
    *,
    rule: str,
    evidence: str,
    field: str,
    start: int,
    inferred: bool = False,
) -> Claim:
    """Turn a reading into labels; a country concluded from a town in it is marked so."""

    def label(value: str, concluded: bool) -> Label:
        return Label(
            value=value,
            rule=rule,
            evidence=evidence,
            field=field,
            start=start,
            inferred=inferred or concluded,
        )

    towns = {place.country for place in reading.places if place.city}
    sure = {place.country for place in reading.places if place.country and not place.city}
    states = tuple(
        code
        for code in reading.subdivisions
        if any(place.subdivision == code and not place.city for place in reading.places)
    )
    return Claim(
        anywhere=label("yes", False) if reading.anywhere else None,
        countries=tuple(
            label(code, code in towns - sure)
            for code in dict.fromkeys(place.country for place in reading.places)
            if code is not None
        ),
        regions=tuple(
            label(word, False)
            for word in dict.fromkeys(place.region for place in reading.places)
            if word is not None
        ),
        subdivisions=tuple(label(code, False) for code in states),
        excluded=tuple(label(code, False) for code in reading.excluded),
    )
