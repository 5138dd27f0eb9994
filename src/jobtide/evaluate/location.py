"""Place lines: anywhere, countries, regions, workplace, time zones; each apart and together."""

from collections.abc import Sequence
from typing import Any

from jobtide.evaluate.records import Location, LocationRecord, Miss
from jobtide.places import PlaceReading, read

PARTS = ("anywhere", "countries", "regions", "workplace", "timezones")
_TOLERANCE_H = 1.0


def score(records: Sequence[LocationRecord]) -> tuple[dict[str, Any], list[Miss]]:
    """Return n, all_right and, for each part, the share right of the records where it counts."""
    right = dict.fromkeys(PARTS, 0)
    count = dict.fromkeys(PARTS, 0)
    all_right = 0
    misses: list[Miss] = []
    for record in records:
        reading = read(record.text)
        verdict = judge(record, said(reading))
        for part, is_right in verdict.items():
            count[part] += 1
            right[part] += is_right
        if all(verdict.values()):
            all_right += 1
        else:
            misses.append(_miss(record, reading, verdict))
    scores: dict[str, Any] = {"n": len(records), "all_right": round(all_right / len(records), 4)}
    for part in PARTS:
        scores[part] = round(right[part] / count[part], 4) if count[part] else None
    return scores, misses


def said(reading: PlaceReading) -> Location:
    """Say a reading in the words of the labelled sets."""
    workplace = {"on_site": "onsite", None: "unknown"}.get(reading.workplace, reading.workplace)
    offsets = reading.utc_offsets
    return Location(
        anywhere=reading.anywhere,
        countries=reading.countries,
        regions=reading.regions,
        workplace=workplace or "unknown",
        timezones=(min(offsets), max(offsets)) if offsets else None,
    )


def judge(record: LocationRecord, got: Location) -> dict[str, bool]:
    """Return, for each part that counts in this record, whether it is right.

    Anywhere: countries and regions do not count. Time zones count where the set has them, each
    end within an hour.
    """
    expected = record.expected
    verdict = {"anywhere": got.anywhere == expected.anywhere}
    if not expected.anywhere:
        verdict["countries"] = set(got.countries) == set(expected.countries)
        if record.regions_scored:
            verdict["regions"] = set(got.regions) == set(expected.regions)
    accepted = {expected.workplace, *record.workplace_accept}
    verdict["workplace"] = got.workplace in accepted
    if expected.timezones is not None:
        verdict["timezones"] = _near(got.timezones, expected.timezones)
    return verdict


def _near(got: tuple[float, ...] | None, wanted: tuple[float, ...]) -> bool:
    if not got:
        return not wanted
    ends = ((got[0], min(wanted)), (got[-1], max(wanted)))
    return all(abs(mine - theirs) <= _TOLERANCE_H for mine, theirs in ends)


def _miss(record: LocationRecord, reading: PlaceReading, verdict: dict[str, bool]) -> Miss:
    wrong = [part for part, is_right in verdict.items() if not is_right]
    got = said(reading)
    return Miss(
        set="location",
        id=record.id,
        input=record.text,
        expected={part: getattr(record.expected, part) for part in wrong},
        got={part: getattr(got, part) for part in wrong},
        rule=", ".join(wrong),
        evidence="; ".join(place.text for place in reading.places if place.text),
    )
