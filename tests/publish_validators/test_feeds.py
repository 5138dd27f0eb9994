"""Feeds: every file keeps to its format, and readers have nothing to complain of."""

import json
from pathlib import Path

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree

SCHEMAS = Path(__file__).resolve().parents[1] / "unit" / "publish" / "schemas"
#: Of a replay hundreds of feeds are alike: every one of this many is read.
_EVERY = {"demo": 1, "replayed": 5}


@pytest.fixture
def feeds(published, request):
    """Return a function: suffix -> the feeds that are checked."""
    every = _EVERY[request.node.callspec.params["published"]]

    def of(suffix):
        found = sorted((published.root / "feeds").rglob(f"*{suffix}"))
        assert len(found) > 10
        return [path for path in found if path.name != "index.json"][::every]

    return of


def test_atom_keeps_to_its_schema(feeds):
    """RELAX NG, written by us after RFC 4287; see tests/unit/publish/schemas."""
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "atom.rng")))
    wrong = {}
    for path in feeds(".atom"):
        if not schema.validate(etree.parse(str(path))):
            wrong[path.name] = str(schema.error_log.last_error)

    assert wrong == {}


def test_json_feeds_keep_to_their_schema(feeds):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    schema = Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text("utf-8")))
    wrong = {}
    for path in feeds(".json"):
        for error in schema.iter_errors(json.loads(path.read_text("utf-8"))):
            wrong[path.name] = error.message

    assert wrong == {}


@pytest.mark.parametrize("suffix", [".atom", ".rss"])
def test_a_reader_of_feeds_has_nothing_to_complain_of(feeds, suffix):
    """Feedparser finds every entry, each with title, link and date, and no fault (`bozo`)."""
    wrong = {}
    for path in feeds(suffix):
        read = feedparser.parse(path.read_bytes())
        if read.bozo:
            wrong[path.name] = repr(read.bozo_exception)
        for entry in read.entries:
            dated = entry.get("published_parsed") or entry.get("updated_parsed")
            if not (entry.title and entry.link and entry.id and dated):
                wrong[path.name] = f"an entry lacks something: {entry.id}"

    assert wrong == {}


def test_the_list_of_feeds_is_well_formed_and_whole(published):
    """Every feed that OPML names is there, with an absolute address."""
    opml = published.root / "feeds" / "feeds.opml"
    named = [
        node.get("xmlUrl") for node in etree.parse(str(opml)).iter("outline") if node.get("xmlUrl")
    ]
    start = f"{published.address}feeds/"

    assert named
    assert [one for one in named if not one.startswith(start)] == []
    assert [
        one for one in named if not (published.root / "feeds" / one.removeprefix(start)).is_file()
    ] == []
