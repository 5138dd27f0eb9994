"""The pages in a real browser: with and without JavaScript, by keyboard alone, on a phone."""

import json
import re
import shutil
import threading
import time
from contextlib import contextmanager

import pytest

from jobtide.cli.demonstration import demonstrate
from jobtide.cli.server import listen
from jobtide.config import Config
from jobtide.model import History, Tracked
from jobtide.store import open_store
from jobtide.web import WebSettings, application
from jobtide.web.links import key
from tests.unit.openings import NOW
from tests.unit.web.test_hostile import ATTACKS, posting

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("chromium is not installed", allow_module_level=True)

#: Every kind of page, by the address that shows it; JOB stands for the page of a job.
PAGES = (
    "/", "/?category=backend&from=PL&me=PL", "/?q=nothingatall", "/?q=catgory:x", "JOB", "JOB/why",
    "/companies", "/companies/Halyard", "/changes?since=7d", "/stats", "/sources", "/saved",
    "/help", "/api", "/unsubscribe/token", "/nowhere",
)  # fmt: skip
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@contextmanager
def served(store, now):
    """Serve a store on loopback; yield the address."""
    import uvicorn

    with listen("127.0.0.1", 0) as held:
        app = application(store, Config(), WebSettings(rate_per_minute=0), lambda: now)
        config = uvicorn.Config(app, http="httptools", ws="none", log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serve the sample boards; return the address."""
    folder = tmp_path_factory.mktemp("browser")
    demonstrate(folder, quiet=True)
    with open_store(str(folder / "jobtide.db")) as store:
        now = max(one.read_at for one in store.health() if one.read_at)
        with served(store, now) as address:
            yield address


@pytest.fixture(scope="module")
def browser():
    """Return Debian's Chromium."""
    with playwright.sync_playwright() as control:
        found = control.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Foreign(AssertionError):
    """A page asked somebody else, or a script failed."""


@pytest.fixture
def visit(browser, site):
    """Return a function that opens an address in a fresh browser, and fails on its faults."""
    faults, contexts = [], []

    def make(address="/", **options):
        context = browser.new_context(base_url=site, viewport=DESK, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8_000)
        page.on("request", lambda asked: asked.url.startswith((site, "blob:", "data:"))
                or faults.append(asked.url))  # fmt: skip
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: "Content Security Policy" in said.text
                and faults.append(said.text))  # fmt: skip
        page.goto(address)
        return page

    yield make
    for context in contexts:
        context.close()
    if faults:
        raise Foreign(faults)


def count(page):
    """Return how many jobs the page says there are."""
    return int(re.match(r"\d+", page.inner_text("#count"))[0])


def kept(page):
    """Return what the browser keeps."""
    return json.loads(page.evaluate("localStorage.getItem('jobtide')"))


def job_address(page):
    """Return the page of the first job."""
    return page.locator("#jobs .name a").first.get_attribute("href")


def test_search_and_filter_narrow_without_a_new_page(visit):
    """Words and boxes narrow the list in place, and the address says the whole search."""
    page = visit("/")
    everything = count(page)
    page.evaluate("window.same = true")

    page.fill("#q", "python")
    page.press("#q", "Enter")
    page.wait_for_url("**/?q=python")
    narrowed = count(page)
    page.check("#category-backend")
    page.wait_for_url("**category=backend**")

    assert everything > narrowed > count(page) > 0
    assert page.evaluate("window.same")
    assert page.locator("#results .chips li").count() == 3
    assert page.evaluate("document.activeElement.id") == "category-backend"


def test_back_shows_the_search_before(visit):
    """The address is the state: Back leads to the search before, boxes and all."""
    page = visit("/")
    everything = count(page)
    page.check("#category-backend")
    page.wait_for_url("**category=backend**")
    page.go_back()
    page.wait_for_function(
        f"document.querySelector('#count').innerText.startsWith('{everything}')"
    )

    assert not page.is_checked("#category-backend")


def test_pages_lead_on(visit):
    """The next page shows other jobs, and every job is on one page only."""
    page = visit("/")
    total, seen = count(page), []
    while True:
        seen += page.eval_on_selector_all("#jobs .job", "all => all.map(one => one.dataset.id)")
        following = page.locator("a[rel=next]")
        if not following.count():
            break
        following.click()
        page.wait_for_load_state()

    assert len(seen) == len(set(seen)) == total


def test_country_is_kept_in_the_browser(visit):
    """Who says where they live once has every job judged by it on the next visit."""
    page = visit("/")
    page.select_option("#me", "PL")
    page.wait_for_selector(".badge.yes:has-text('open to Poland')")
    page.goto("/")

    assert page.input_value("#me") == "PL"
    assert page.locator(".badge.yes").count()
    assert page.locator(".badge.no").count()
    assert "me=" not in page.url


def test_job_page_shows_evidence_on_demand(visit):
    """All evidence is fetched when it is asked for, and only then."""
    page = visit("/")
    page.click("#jobs .name a >> nth=0")
    page.wait_for_selector("article.page")
    assert not page.locator("table.evidence").count()

    page.click("#all-evidence summary")
    page.wait_for_selector("table.evidence")

    assert page.locator("table.evidence th[scope=row]").count() > 5
    assert page.locator("a[data-apply]").first.get_attribute("href").startswith("https://")


def test_marks_last_and_can_be_undone(visit):
    """Seen fades, applied has a tick, hidden is gone with an undo; all of it lasts."""
    page = visit("/")
    first = page.locator("#jobs .job").first
    name = first.get_attribute("data-id")
    first.locator("[data-mark=applied]").click()
    page.locator("#jobs .job").nth(1).locator("[data-mark=hidden]").click()
    assert page.locator("#jobs .job").nth(1).is_hidden()
    page.click("#said button")
    assert page.locator("#jobs .job").nth(1).is_visible()
    page.locator("#jobs .job").nth(1).locator("[data-mark=hidden]").click()
    page.goto(job_address(page))
    page.goto("/")

    assert page.locator(f".job[data-id='{name}'][data-applied][data-seen]").count() == 1
    assert "1 hidden on this page" in page.inner_text("#hidden-note")
    page.click("#hidden-note button")
    assert page.locator("#jobs .job").nth(1).is_visible()


def test_a_company_is_hidden_everywhere(visit):
    """Hiding a company hides all its jobs, on every search."""
    page = visit("/companies/Halyard")
    page.click("[data-do=hide-company]")
    page.goto("/?company=Halyard")

    assert count(page) == 3
    assert page.locator("#jobs .job:visible").count() == 0


def test_searches_are_saved_exported_and_imported(visit, tmp_path):
    """A saved search leads back; the file of one browser is understood by another."""
    page = visit("/?category=backend")
    page.click("[data-do=save-search]")
    page.goto("/saved")
    assert page.inner_text("[data-list=searches] a >> nth=0") == "Backend"
    with page.expect_download() as download:
        page.click("[data-do=export]")
    file = tmp_path / "saved.json"
    download.value.save_as(file)

    other = visit("/saved")
    other.set_input_files("#import-file", file)
    other.click("[data-list=searches] a >> nth=0")
    other.wait_for_url("**/?category=backend")

    assert count(other) == count(visit("/?category=backend"))


def test_import_takes_no_address_of_others(visit, tmp_path):
    """A file made to lead elsewhere brings nothing with it."""
    file = tmp_path / "evil.json"
    evil = {"title": "x", "company": "", "href": "javascript:alert(1)", "at": 1}
    file.write_text(json.dumps({
        "v": 1, "saved": {"a": evil, "b": evil | {"href": "//evil.test/jobs/"}},
        "searches": [{"name": "<img src=x>", "address": "https://evil.test/", "at": 1}],
    }))  # fmt: skip
    page = visit("/saved")
    page.set_input_files("#import-file", file)
    page.wait_for_selector("#said div")

    assert page.locator(".mine a").count() == 0
    assert kept(page)["searches"] == []
    assert kept(page)["saved"] == {}


def test_keyboard_alone_is_enough(visit):
    """`/ j k o s h ?` do what the help says; nobody is trapped."""
    page = visit("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("engineer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=engineer")
    page.locator("#count").evaluate("() => document.activeElement.blur()")
    ids = page.eval_on_selector_all("#jobs .job", "all => all.map(one => one.dataset.id)")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("s")
    page.keyboard.press("j")
    page.keyboard.press("h")
    assert list(kept(page)["saved"]) == [ids[0]]
    assert list(kept(page)["hidden"]) == [ids[1]]
    page.keyboard.press("?")
    assert page.locator("#keys-dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.wait_for_selector("article.page")

    assert page.get_attribute("article.page", "data-id") == ids[2]


def test_keys_can_be_switched_off(visit):
    """WCAG 2.1.4: who dictates or presses a key by mistake can switch single keys off."""
    page = visit("/saved")
    page.uncheck("#keys-on")
    page.goto("/")
    page.keyboard.press("j")

    assert page.locator(".job.at").count() == 0


def test_tab_reaches_everything_in_order(visit):
    """The first stop skips to the content; the next ones are the navigation and the search."""
    page = visit("/")
    stops = []
    for _ in range(9):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.className + document.activeElement.id"
                                   " + document.activeElement.innerText"))  # fmt: skip

    assert stops[0].startswith("skip")
    assert "Jobs" in stops[2]
    assert stops[7].startswith("q")


def test_everything_but_marks_works_without_javascript(visit):
    """Search, filter, country, job, evidence: plain forms and links."""
    page = visit("/", java_script_enabled=False)
    page.select_option("#me", "PL")
    page.check("#category-backend")
    page.click("text=Show")
    assert "category=backend" in page.url
    assert page.locator(".badge.yes").count() > 0
    assert page.locator(".script-only:visible").count() == 0
    page.check("#from-me")
    page.click("text=Show")
    assert page.locator(".badge.no").count() == 0
    page.locator("#jobs .name a").first.click()
    assert page.locator(".badge.yes").first.inner_text() == "open to Poland"
    page.locator("aside details.why summary").first.click()
    page.locator("#all-evidence summary").click()
    page.click("text=Show all that supports this page")
    page.wait_for_selector("table.evidence")

    assert page.url.endswith("/why")


@pytest.mark.parametrize(
    ("size", "theme"), [(DESK, "dark"), (PHONE, "light")], ids=["desk-dark", "phone-light"]
)
def test_no_page_is_inaccessible_or_too_wide(visit, size, theme):
    """axe finds 0 violations on every kind of page, in both themes, and nothing is too wide."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    page = visit("/", color_scheme=theme)
    page.set_viewport_size(size)
    job = job_address(page)
    found = []
    for address in PAGES:
        page.goto(address.replace("JOB", job))
        options = {"resultTypes": ["violations"], "runOnly": {
            "type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
                                      "best-practice"]}}  # fmt: skip
        broken = axe.Axe().run(page, options=options).response["violations"]
        found += [(address, one["id"], one["nodes"][0]["target"]) for one in broken]
        width = page.evaluate("document.documentElement.scrollWidth")
        found += [(address, "too wide", width)] if width > size["width"] else []

    assert found == []


def test_theme_is_chosen_by_hand_and_kept(visit):
    """The button turns the theme whatever the system says, at once and on the next page."""
    page = visit("/", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("footer [data-do=theme]")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto("/stats")

    assert light != dark
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert page.get_attribute(".picture img >> nth=0", "src").endswith("-dark.svg")


def test_feed_links_lead_to_feeds_of_this_search(visit):
    """Each format has a link with the whole search in it, and a reader finds it by itself."""
    page = visit("/?category=backend")
    for name in ("RSS", "Atom", "JSON", "CSV"):
        href = page.locator(f".links a:text-is('{name}')").get_attribute("href")
        assert href.endswith("?category=backend")
        assert page.request.get(href).ok

    assert page.locator("link[rel=alternate]").count() == 3


def test_page_is_there_within_a_second(visit):
    """The largest part is painted within a second on loopback, and nothing moves afterwards."""
    page = visit("/")
    painted = page.evaluate(
        """() => new Promise(done => { new PerformanceObserver(list =>
            done(list.getEntries().at(-1).startTime)).observe(
            {type: 'largest-contentful-paint', buffered: true}) })"""
    )
    moved = page.evaluate(
        """() => new Promise(done => { let sum = 0; new PerformanceObserver(list => {
            for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value
            }).observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(sum), 300) })"""
    )

    assert painted < 1_000
    assert moved < 0.1


def test_attacks_run_nothing_in_a_browser(browser, tmp_path):
    """Lists and pages of hostile postings: no dialog, no request elsewhere, nothing moved."""
    history = History(first_seen_at=NOW, last_seen_at=NOW)
    faults = []
    with open_store(str(tmp_path / "hostile.db"), create=True) as store:
        made = [posting(number, attack) for number, attack in enumerate(ATTACKS)]
        store.restore(Tracked(posting=one, history=history) for one in made)
        with served(store, NOW) as address:
            page = browser.new_page(base_url=address)
            page.on("dialog", lambda box: (faults.append(box.message), box.dismiss()))
            page.on("request", lambda asked: asked.url.startswith((address, "data:"))
                    or faults.append(asked.url))  # fmt: skip
            for path in ("/?arrangement=any", *(f"/jobs/{key(one.id)}" for one in made)):
                page.goto(path)
                assert page.url.startswith(address)
                assert page.locator("h1").count() == 1
            page.locator("#all-evidence summary").click()
            page.wait_for_selector("table.evidence")
            page.close()

    assert faults == []
