"""Where a posting is: places as short tuples, and whether two lists of them agree."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from jobtide import places
from jobtide.dedupe.words import AROUND_PLACES
from jobtide.model import Label, Place, Posting
from jobtide.text import tokens


class Spot(NamedTuple):
    """One place: a city, a subdivision, a country or a region; the levels around it beside."""

    country: str | None = None  #: ISO 3166-1 alpha-2
    subdivision: str | None = None  #: ISO 3166-2
    city: str | None = None
    region: str | None = None  #: a word of places.REGIONS

    def meets(self, other: "Spot") -> bool:
        """Say whether one lies in the other, or both are one place."""
        if self.region or other.region:
            return bool(_countries(self) & _countries(other))
        if self.country != other.country:
            return False
        if self.city and other.city and self.city != other.city:
            return False
        return not (
            self.subdivision and other.subdivision and self.subdivision != other.subdivision
        )


def _countries(spot: Spot) -> frozenset[str]:
    if spot.region:
        return places.REGIONS.get(spot.region, frozenset())
    return frozenset((spot.country or "",))


def spots_of(found: Iterable[Place]) -> tuple[Spot, ...]:
    """Return places as spots, each once; what has neither country nor region is left out."""
    spots = (Spot(one.country, one.subdivision, one.city, one.region) for one in found)
    return tuple(dict.fromkeys(spot for spot in spots if spot.country or spot.region))


def spots_stated(posting: Posting) -> tuple[Spot, ...]:
    """Return the places a posting is bound to by its fields; (): anywhere, or not stated.

    The place of work counts first, then who may apply. What the text says of it is left out: an
    excerpt says less than the whole, and that must not part two postings of one job.
    """
    eligible = posting.eligibility
    if eligible and eligible.anywhere and eligible.anywhere.field != "text":
        return ()
    found = _lines(posting)
    if found or eligible is None:
        return found
    return spots_of(
        [
            *(Place(country=one.value) for one in _of_fields(eligible.countries)),
            *(Place(region=one.value) for one in _of_fields(eligible.regions)),
            *(
                Place(country=one.value[:2], subdivision=one.value)
                for one in _of_fields(eligible.subdivisions)
            ),
        ]
    )


def _lines(posting: Posting) -> tuple[Spot, ...]:
    """Return the places of work, from the lines that name them.

    A town the table does not hold still is a town: "Austell, GA" is not all of Georgia, nor
    "Buckhead, GA".
    """
    found = spots_of(posting.job_location)
    if found and all(spot.city or spot.region for spot in found):
        return found
    named: list[Spot] = []
    for line in posting.job_locations or (posting.location_text or "",):
        reading = places.read(line)
        if not reading.anywhere:
            known = {word for place in reading.places for word in tokens(place.text)}
            for place in reading.places:
                for spot in spots_of([place]):
                    town = None if spot.region else _town(line, place.text, known)
                    named.append(spot._replace(city=spot.city or town))
    return tuple(dict.fromkeys(named)) or found


def _town(line: str, behind: str, known: set[str]) -> str | None:
    """Return the unknown town that stands before the state or country `behind`, with a comma."""
    match = re.search(rf"(?:^|[;|/(&]|\bor\b)\s*([^,;|/()&]{{2,40}}),\s*{re.escape(behind)}", line)
    words = tokens(match[1]) if match else []
    if not words or len(words) > 3 or not match or not match[1].strip()[:1].isupper():
        return None
    plain = not any(word in AROUND_PLACES or word in known or word.isdigit() for word in words)
    return " ".join(words) if plain else None


def _of_fields(labels: Iterable[Label]) -> list[Label]:
    return [one for one in labels if one.field != "text"]


def agree(one: tuple[Spot, ...], other: tuple[Spot, ...]) -> bool:
    """Say whether two lists share a place, or one is empty: not stated is no contradiction."""
    return not one or not other or any(here.meets(there) for here in one for there in other)
