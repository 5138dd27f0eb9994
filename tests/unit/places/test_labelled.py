"""Place lines labelled by hand are read right, line by line."""

from pathlib import Path

import msgspec
import pytest

from jobtide.places import read

OURS = Path(__file__).resolve().parents[3] / "evaluation" / "location.jsonl"


def wrong(line):
    """Return what of one labelled line is read otherwise: the parts by name."""
    record = msgspec.json.decode(line)
    expected, reading = record["expected"], read(record["text"])
    workplace = {None: "unknown", "on_site": "onsite"}.get(reading.workplace, reading.workplace)
    found = set()
    if reading.anywhere != expected["anywhere"]:
        found.add("anywhere")
    if not expected["anywhere"] and set(reading.countries) != set(expected["countries"]):
        found.add("countries")
    scored = record.get("regions_scored", True) and not expected["anywhere"]
    if scored and set(reading.regions) != set(expected["regions"]):
        found.add("regions")
    if workplace not in {expected["workplace"], *record.get("workplace_accept", ())}:
        found.add("workplace")
    if zones := expected.get("timezones"):
        ends = (reading.utc_offsets[:1], reading.utc_offsets[-1:])
        near = all(end and abs(end[0] - zone) <= 1 for end, zone in zip(ends, zones, strict=True))
        found |= set() if near else {"timezones"}
    return found


def share(path, part=None):
    """Return the share of lines that are right, wholly or in one part."""
    lines = path.read_text("utf-8").splitlines()
    missed = [found for found in map(wrong, lines) if (part in found if part else found)]
    return 1 - len(missed) / len(lines)


def test_our_own_set_is_read_right():
    """Nearly all of the lines written for this purpose are wholly right."""
    assert len(OURS.read_text("utf-8").splitlines()) >= 150
    assert share(OURS) >= 0.97


@pytest.mark.shared
def test_the_development_set_is_read_right(shared):
    """Wholly right on at least 94 of 100 lines, and countries on 97."""
    path = shared / "eval" / "location.jsonl"

    assert share(path) >= 0.94
    assert share(path, "countries") >= 0.97
    assert share(path, "timezones") >= 0.97


@pytest.mark.parametrize(
    ("text", "expected", "part"),
    [
        ("Oslo", {"countries": ["SE"]}, "countries"),
        ("Oslo", {"anywhere": True}, "anywhere"),
        ("LATAM", {"regions": ["apac"]}, "regions"),
        ("Hybrid", {"workplace": "remote"}, "workplace"),
        ("CET", {"timezones": [4, 4]}, "timezones"),
    ],
)
def test_a_wrong_reading_is_noticed(text, expected, part):
    """The measure itself sees a difference."""
    right = {"anywhere": False, "countries": [], "regions": [], "workplace": "unknown"}
    line = msgspec.json.encode({"text": text, "expected": right | expected})

    assert wrong(line) == {part}
