"""Every kind of output, into folders."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from jobtide.config import Config, PageConfig, PublishConfig
from jobtide.errors import ConfigError
from jobtide.model import Label
from jobtide.publish.dataset import Format
from jobtide.run import publishing
from jobtide.store import open_store
from tests.unit.run.test_restoring import DAY, START, made, read

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
REMOTE = Label(value="remote", rule="made.up")


@pytest.fixture
def store(tmp_path):
    """Return a store with three remote openings and one in an office."""
    with open_store(str(tmp_path / "jobs.db"), create=True) as opened:
        read(opened, 0, [*(made(number, arrangement=REMOTE) for number in range(3)), made(9)])
        yield opened


@pytest.mark.parametrize("kind", publishing.KINDS)
def test_published_again_nothing_is_written(store, tmp_path, kind):
    """The second run, an hour later, finds every file as it is."""
    first = publishing.KINDS[kind](Config(), store, tmp_path / kind, NOW)
    again = publishing.KINDS[kind](Config(), store, tmp_path / kind, NOW + timedelta(hours=1))

    assert first.written
    assert again.written == again.removed == ()


def test_feeds_hold_remote_openings_and_the_users_searches(store, tmp_path):
    """What is in an office is in a feed only where a page asks for it."""
    pages = (PageConfig(name="offices", query="arrangement:none"),)
    config = Config(pages=pages, publish=PublishConfig(home="https://jobs.example"))
    publishing.publish_feeds(config, store, tmp_path, NOW)
    everything = json.loads((tmp_path / "all.json").read_bytes())
    offices = json.loads((tmp_path / "page/offices.json").read_bytes())

    assert len(everything["items"]) == 3
    assert [item["title"] for item in offices["items"]] == ["Engineer 9"]
    assert offices["feed_url"] == "https://jobs.example/feeds/page/offices.json"


def test_the_feed_of_an_employer_without_openings_is_removed(store, tmp_path):
    """It stays while there is one, and goes with the last; other files stay."""
    (tmp_path / "company").mkdir()
    (tmp_path / "company/mine.txt").write_text("mine")
    publishing.publish_feeds(Config(), store, tmp_path, NOW)
    for day in (2, 3):
        read(store, day, [made(0, arrangement=REMOTE)])
    publishing.publish_feeds(Config(), store, tmp_path, NOW)
    one_left = (tmp_path / "company/larkspur.rss").exists()
    store.mark_gone("greenhouse:larkspur:0", START + 4 * DAY)
    written = publishing.publish_feeds(Config(), store, tmp_path, NOW)

    assert one_left
    assert set(written.removed) == {f"company/larkspur.{kind}" for kind in ("atom", "json", "rss")}
    assert (tmp_path / "company/mine.txt").exists()


@pytest.mark.parametrize("home", ["jobs.example", "ftp://jobs.example/", "https://a b/"])
def test_a_home_that_is_no_address_is_refused(store, tmp_path, home):
    """Before anything is written."""
    with pytest.raises(ConfigError, match=r"publish\.home"):
        publishing.publish_feeds(
            Config(publish=PublishConfig(home=home)), store, tmp_path / "feeds", NOW
        )
    assert not (tmp_path / "feeds").exists()


def test_without_the_extra_the_data_set_is_written_all_the_same(store, tmp_path, monkeypatch):
    """What can be written is; asked for by name it is refused, with what to install."""
    files = publishing.FILES | {".parquet": Format("Parquet", lambda rows: b"", "no_such_package")}
    monkeypatch.setattr(publishing, "FILES", files)
    publishing.publish_dataset(Config(), store, tmp_path / "data", NOW)

    assert (tmp_path / "data/openings.csv").exists()
    assert not (tmp_path / "data/openings.parquet").exists()
    with pytest.raises(ConfigError, match=r"pip install 'jobtide\[export\]'"):
        publishing.require("dataset")
