"""The site in a browser: WCAG 2.2 AA, no request elsewhere, no fault; and how it looks."""

from contextlib import contextmanager

import pytest
from lxml.html import tostring

from tests.publish_validators.running import NODE, PROJECT
from tests.unit.publish.sanitiser import rendered

AXE = NODE / "axe-core" / "axe.min.js"
#: Where the pictures of the last run lie, to be looked at.
PICTURES = PROJECT / ".venv" / "pictures"
#: Theme and width of the screenshots.
_LOOKS = (("light", 1280), ("dark", 390))
_RULES = """async () => (await axe.run(document, {
  runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']},
  resultTypes: ['violations'],
})).violations.map(one => `${one.id}: ${one.nodes.length} x ${one.nodes[0].html.slice(0, 160)}`)"""


@contextmanager
def opened(browser, theme="light", width=1280, **more):
    """Open a page of its own; yields it, where it asked, and what it complained of."""
    context = browser.chromium.new_context(
        color_scheme=theme, viewport={"width": width, "height": 900}, **more
    )
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page, asked, complaints
    finally:
        context.close()


def kinds(demo):
    """Return kind -> address of one page of each, and of states that are no file.

    The page of a moved job is left out: a browser is on the job's new page at once.
    """
    found = {
        kind: demo.url(paths[0]) for kind, paths in demo.pages().items() if kind != "moved job"
    }
    site = f"{demo.address}site/"
    return found | {
        "search with results": f"{site}search.html?q=engineer",
        "search without results": f"{site}search.html?q=xylophonepolisher",
        "nothing there": f"{site}job/never-was.html",
        "empty list": next(demo.url(path) for path in demo.pages()["own search"]
                           if "nothing" in path.name),
    }  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_kind_of_page_violates_wcag(demo, browser, theme):
    """Axe, tags of WCAG 2.0 to 2.2 A and AA: 0 violations on every kind of page, both themes."""
    wrong = {}
    script = AXE.read_text("utf-8")
    with opened(browser, theme) as (page, _, _):
        for kind, address in kinds(demo).items():
            page.goto(address, wait_until="load")
            _settle(page)
            page.evaluate(script)
            if found := page.evaluate(_RULES):
                wrong[kind] = found

    assert wrong == {}


def test_no_page_asks_anybody_else(demo, browser):
    """Every request goes to the site itself, and nothing fails or is refused by the page's CSP."""
    elsewhere, faults = {}, {}
    with opened(browser) as (page, asked, complaints):
        for kind, address in kinds(demo).items():
            asked.clear()
            complaints.clear()
            page.goto(address, wait_until="load")
            _settle(page)
            if others := [one for one in asked if not one.startswith((demo.address, "data:"))]:
                elsewhere[kind] = others
            if kind != "nothing there" and complaints:
                faults[kind] = list(complaints)

    assert elsewhere == {}
    assert faults == {}


def test_pages_work_without_scripts(demo, browser):
    """Every kind of page says what it has to say: a heading, and no list that stays empty."""
    with opened(browser, java_script_enabled=False) as (page, _, _):
        for kind, address in kinds(demo).items():
            page.goto(address, wait_until="load")
            assert page.locator("h1").count() == 1, kind
            assert len(page.locator("main").inner_text()) > 40, kind


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(demo, browser, width):
    """Nothing is scrolled sideways, down to 320 pixels (WCAG 2.2, 1.4.10 Reflow)."""
    wide = {}
    with opened(browser, width=width) as (page, _, _):
        for kind, address in kinds(demo).items():
            page.goto(address, wait_until="load")
            across = page.evaluate("document.documentElement.scrollWidth")
            if across > width:
                wide[kind] = across

    assert wide == {}


def test_every_kind_of_page_is_pictured(demo, browser):
    """Screenshots wide and narrow, light and dark, for a person to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for theme, width in _LOOKS:
        with opened(browser, theme, width) as (page, _, _):
            for kind, address in kinds(demo).items():
                page.goto(address, wait_until="load")
                _settle(page)
                name = kind.replace(" ", "-").removesuffix(".html")
                page.screenshot(path=PICTURES / f"{name}-{theme}-{width}.png")

    assert len(list(PICTURES.glob("*.png"))) >= len(_LOOKS) * len(kinds(demo))


def test_readme_pages_are_pictured(demo, browser):
    """As GitHub shows them, near enough: its style sheet, both layouts, wide and narrow."""
    style = (NODE / "github-markdown-css" / "github-markdown.css").read_text("utf-8")
    for page_file in (
        demo.root / "readme" / "README.md",
        demo.root / "readme" / "backend.md",
        demo.root / "list" / "backend.md",
    ):
        body = tostring(rendered(page_file.read_text("utf-8")), encoding="unicode")
        shown = page_file.with_suffix(".look.html")
        shown.write_text(
            f"<!doctype html><meta charset=utf-8><style>{style} .markdown-body{{padding:1rem}}"
            f"</style><body class=markdown-body>{body}",
            encoding="utf-8",
        )
        for theme, width in (("light", 900), ("dark", 390)):
            with opened(browser, theme, width) as (page, _, _):
                page.goto(demo.url(shown))
                name = f"{page_file.parent.name}-{page_file.stem.lower()}-{theme}-{width}.png"
                page.screenshot(path=PICTURES / name)
                assert page.locator("h1, h2").count() >= 1


def _settle(page):
    """Wait until a search has answered, where there is one."""
    if "search.html?q" in page.url:
        page.wait_for_load_state("networkidle")
