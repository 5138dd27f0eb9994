"""The pages for people: every one is found from the index, and every link leads somewhere."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")


def links(page):
    """Yield the files that a page links to, without code blocks."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
    for target in LINK.findall(text):
        if not re.match(r"[a-z]+:|#", target):
            yield (page.parent / unquote(target.split("#")[0])).resolve()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page):
    """A page that was renamed is renamed in what links to it."""
    assert [str(one) for one in links(page) if not one.exists()] == []


def test_every_page_is_in_the_index():
    """A page that nothing links to is read by nobody."""
    listed = set(links(DOCS / "README.md"))
    for folder in ("how-to", "reference", "explanation"):
        for page in (DOCS / folder).glob("*.md"):
            assert page.resolve() in listed, page
