"""Hostile HTML in Chromium: in the web pages, on the static site and in a mail it runs nothing."""

import json
import shutil

import pytest
from msgspec.structs import replace

from jobtide import pipeline
from jobtide.model import History, Label, Posting, Reject, Tracked
from jobtide.publish.site import SiteSettings, paths, render
from jobtide.publish.write import write_files
from jobtide.run.openings import snapshot
from jobtide.store import open_store
from jobtide.web.links import key
from tests.end_to_end.test_web_browser import browser, served  # noqa: F401 - a fixture
from tests.unit.openings import NOW
from tests.unit.web.test_hostile import ATTACKS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if shutil.which("chromium") is None and shutil.which("chromium-browser") is None:
    pytest.skip("chromium is not installed", allow_module_level=True)


def cleaned(number, attack):
    """Return the posting that the pipeline makes of an attack in every field a board fills."""
    made = pipeline.apply(
        Posting(
            source="greenhouse", board="acme", identifier=str(number),
            url=f"https://jobs.example/{number}", title=f"Software Engineer {attack}",
            hiring_organization=f"Acme {attack}", location_text=f"Remote {attack}",
            tags=(attack,), date_posted=NOW,
            description=f"<p>Build and run our services.</p>{attack}<p>Remote, anywhere.</p>",
        )
    )  # fmt: skip
    assert not isinstance(made, Reject), made
    return replace(made, arrangement=Label(value="remote", rule="test"))


def payloads(shared):
    """Return the recorded attacks, by their ids, beside our own."""
    cases = json.loads((shared / "cases" / "hostile.json").read_text(encoding="utf-8"))
    cases = cases if isinstance(cases, list) else cases["cases"]
    return [one["input"] for one in cases if one["area"] == "html" and one["kind"] == "literal"]


@pytest.mark.shared
@pytest.mark.timeout(240)
def test_recorded_attacks_run_nothing(browser, shared, tmp_path):  # noqa: F811
    """22 recorded attacks and ours, on job pages, lists and the site: no dialog, no request."""
    attacks = [*payloads(shared), *ATTACKS]
    assert len(attacks) > 40
    history, faults = History(first_seen_at=NOW, last_seen_at=NOW), []
    made = [cleaned(number, attack) for number, attack in enumerate(attacks)]
    with open_store(str(tmp_path / "hostile.db"), create=True) as store:
        store.restore(Tracked(posting=one, history=history) for one in made)
        found = snapshot(store, NOW)
        write_files(tmp_path / "site", render(found, SiteSettings()))
        site = (tmp_path / "site").as_uri()
        with served(store, NOW) as address:
            page = browser.new_page()
            page.on("dialog", lambda box: (faults.append(box.message), box.dismiss()))
            page.on(
                "request",
                lambda asked: (
                    asked.url.startswith((address, site, "data:")) or faults.append(asked.url)
                ),
            )
            for one in made:
                for where in (f"{address}/jobs/{key(one.id)}", f"{site}/{paths.job(one.id)}"):
                    page.goto(where)
                    assert page.locator("h1").count() == 1, where
            for where in (f"{address}/?arrangement=any", f"{site}/index.html"):
                page.goto(where)
            page.close()

    assert faults == []


@pytest.mark.shared
def test_what_is_allowed_stays_what_it_is_in_a_browser(browser, shared):  # noqa: F811
    """The cleaned HTML reads back as the same elements: no second meaning hides in it."""
    page = browser.new_page()
    for number, attack in enumerate([*payloads(shared), *ATTACKS]):
        html = cleaned(number, attack).description
        again, names = page.evaluate(
            "html => { const box = document.createElement('div'); box.innerHTML = html;"
            " const once = box.innerHTML; box.innerHTML = once;"
            " return [box.innerHTML === once,"
            " [...box.querySelectorAll('*')].map(one => one.localName)]; }",
            html,
        )
        assert again, html
        assert not {"script", "img", "iframe", "svg", "math", "style", "form"} & set(names), html
    page.close()


@pytest.mark.shared
def test_cleaning_twice_changes_nothing(shared):
    """sanitise(sanitise(x)) == sanitise(x), for every recorded attack."""
    for number, attack in enumerate([*payloads(shared), *ATTACKS]):
        once = cleaned(number, attack)
        twice = pipeline.apply(replace(once))
        assert twice.description == once.description
