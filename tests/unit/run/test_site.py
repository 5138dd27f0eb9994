"""The site in a folder: what is written, what is left alone, what goes."""

from datetime import timedelta

import pytest

from jobtide.config import Config, PublishConfig
from jobtide.errors import ConfigError, PublishError
from jobtide.model import Label
from jobtide.publish.site import paths
from jobtide.run import publishing, site, site_search, site_settings
from jobtide.store import open_store
from tests.unit.run.test_restoring import DAY, START, made, read

NOW = START + 5 * DAY + timedelta(hours=9)
REMOTE = Label(value="remote", rule="made.up")
JOB = paths.job("greenhouse:larkspur:0")


@pytest.fixture
def store(tmp_path):
    """Return a store with three remote openings and one in an office."""
    with open_store(str(tmp_path / "jobs.db"), create=True) as opened:
        read(opened, 0, [*(made(number, arrangement=REMOTE) for number in range(3)), made(9)])
        yield opened


@pytest.fixture(autouse=True)
def without_pagefind(monkeypatch):
    """Pagefind takes a second; one test has it."""
    monkeypatch.setattr(site, "can_search", lambda: False)
    monkeypatch.setattr(site_settings, "can_search", lambda: False)


def test_what_is_in_an_office_has_no_page(store, tmp_path):
    """The site lists remote openings, unless a page of the settings asks for others."""
    site.publish_site(Config(), store, tmp_path, NOW)

    assert (tmp_path / JOB).is_file()
    assert not (tmp_path / paths.job("greenhouse:larkspur:9")).exists()


def test_while_nothing_happens_nothing_is_read(store, tmp_path, monkeypatch):
    """The second run of a day looks at the store's digest and at the files, and ends."""
    first = site.publish_site(Config(), store, tmp_path, NOW)
    monkeypatch.setattr(site, "site_snapshot", None)
    again = site.publish_site(Config(), store, tmp_path, NOW + timedelta(hours=3))

    assert set(again.unchanged) == set(first.written)
    assert again.written == again.removed == ()


def test_a_page_that_was_lost_is_made_again(store, tmp_path):
    """The list of files says what there should be; the folder, what there is."""
    site.publish_site(Config(), store, tmp_path, NOW)
    (tmp_path / JOB).unlink()
    again = site.publish_site(Config(), store, tmp_path, NOW)

    assert again.written == (JOB,)


def test_one_change_writes_one_job_and_the_lists_it_stands_in(store, tmp_path):
    """The pages of the other jobs are not even made."""
    site.publish_site(Config(), store, tmp_path, NOW)
    openings = [made(number, arrangement=REMOTE) for number in (1, 2)]
    read(store, 5, [made(0, arrangement=REMOTE, base_salary=()), *openings])
    written = site.publish_site(Config(), store, tmp_path, NOW).written

    assert JOB in written
    assert paths.job("greenhouse:larkspur:1") not in written
    assert "all/newest.html" in written


def test_a_closed_job_is_short_for_a_month_and_then_gone(store, tmp_path):
    """Its page says so first, and is removed later; files of others stay."""
    site.publish_site(Config(), store, tmp_path, NOW)
    (tmp_path / "job/mine.html").write_text("mine")
    store.mark_gone("greenhouse:larkspur:0", NOW)
    site.publish_site(Config(), store, tmp_path, NOW + DAY)
    short = (tmp_path / JOB).read_text()
    later = site.publish_site(Config(), store, tmp_path, NOW + 40 * DAY)

    assert "no longer open" in short
    assert JOB in later.removed
    assert (tmp_path / "job/mine.html").exists()


def test_a_site_by_somebody_else_is_not_overwritten(store, tmp_path):
    """An index.html that is not ours stops the run before anything is written."""
    (tmp_path / "index.html").write_text("<h1>Mine</h1>")

    with pytest.raises(PublishError, match="was not written by jobtide"):
        site.publish_site(Config(), store, tmp_path, NOW)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".html"] == ["index.html"]


def test_a_list_that_cannot_be_read_means_to_write_anew(store, tmp_path):
    """A broken list loses nothing: the same bytes are found and left alone."""
    first = site.publish_site(Config(), store, tmp_path, NOW)
    (tmp_path / site.LIST).write_text("{")
    again = site.publish_site(Config(), store, tmp_path, NOW)

    assert again.written == ()
    assert set(again.unchanged) == set(first.written)


def test_addresses_come_from_the_settings(store, tmp_path):
    """The site lies below home, or has an address of its own; what is none is refused."""
    below = Config(publish=PublishConfig(home="https://jobs.example"))
    own = Config(
        publish=PublishConfig(home="https://files.example/", site="https://jobs.example/")
    )
    publishing.publish_feeds(below, store, tmp_path / "feeds", NOW)
    site.publish_site(below, store, tmp_path / "site", NOW)
    first = (tmp_path / "site/index.html").read_text()
    site.publish_site(own, store, tmp_path / "site", NOW)
    second = (tmp_path / "site/index.html").read_text()

    assert 'rel="canonical" href="https://jobs.example/site/"' in first
    assert 'href="../feeds/all.atom"' in first
    assert 'rel="canonical" href="https://jobs.example/"' in second
    assert 'href="https://files.example/feeds/all.atom"' in second
    with pytest.raises(ConfigError, match=r"publish\.site"):
        site.publish_site(Config(publish=PublishConfig(site="jobs.example")), store, tmp_path, NOW)


def test_own_templates_lie_in_a_folder_of_their_own(store, tmp_path):
    """`publish.templates` names a folder; those of the site are in its folder `site`."""
    (tmp_path / "mine/site").mkdir(parents=True)
    (tmp_path / "mine/site/row.j2").write_text("<li>mine: {{ title }}</li>")
    config = Config(publish=PublishConfig(templates=str(tmp_path / "mine")))
    site.publish_site(config, store, tmp_path / "out", NOW)

    assert "<li>mine: Engineer 0</li>" in (tmp_path / "out/all/newest.html").read_text()


def test_news_says_what_was_before(store, tmp_path):
    """A title that changed stands on the page of changes with both its forms."""
    openings = [made(number, arrangement=REMOTE) for number in (1, 2)]
    read(store, 4, [made(0, arrangement=REMOTE, title="Keeper of Tides"), *openings])
    site.publish_site(Config(), store, tmp_path, NOW)

    assert "Engineer 0 → Keeper of Tides" in (tmp_path / "changes.html").read_text()


@pytest.mark.skipif(not site_search.can_search(), reason="needs Pagefind (extra site)")
def test_the_search_index_is_made_when_a_job_changed(store, tmp_path, monkeypatch):
    """It is there after the first run, stays while no job changes, and no old file is left."""
    monkeypatch.undo()
    first = site.publish_site(Config(), store, tmp_path, NOW)
    tomorrow = site.publish_site(Config(), store, tmp_path, NOW + DAY)
    read(store, 5, [made(number, arrangement=REMOTE) for number in (0, 1)])
    read(store, 6, [made(number, arrangement=REMOTE) for number in (0, 1)])
    after = site.publish_site(Config(), store, tmp_path, NOW + 2 * DAY)
    found = [path for path in (tmp_path / "pagefind").rglob("*") if path.is_file()]

    assert "pagefind/pagefind.js" in first.written
    assert not any(path.startswith("pagefind") for path in tomorrow.written)
    assert any(path.startswith("pagefind/fragment") for path in after.removed)
    assert len([path for path in found if path.suffix == ".pf_fragment"]) == 2
    assert "'wasm-unsafe-eval'" in (tmp_path / "search.html").read_text()


def test_a_site_without_jobs_needs_no_index(tmp_path, monkeypatch):
    """A store that knows no remote job is published all the same; there is nothing to find."""
    for module in (site, site_settings):
        monkeypatch.setattr(module, "can_search", lambda: True)
    with open_store(str(tmp_path / "empty.db"), create=True) as empty:
        written = site.publish_site(Config(), empty, tmp_path / "site", NOW)

    assert "index.html" in written.written
    assert not (tmp_path / "site" / "pagefind").exists()
