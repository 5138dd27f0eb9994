"""README pages: nothing is taken away on GitHub, and every link leads somewhere."""

from urllib.parse import unquote, urlsplit

from tests.publish_validators.running import ruby
from tests.unit.publish.sanitiser import rendered

#: What GitHub's newer sanitiser keeps and the packaged one does not know yet.
_KNOWN_LATER = {"picture", "source", "source[media]", "source[srcset]"}
#: GitHub cuts a README off at 512,000 bytes without a word.
_MOST_BYTES = 500_000


def test_githubs_sanitiser_takes_nothing_away(published):
    """Elements, attributes and words are the same after html-pipeline's filter as before."""
    pages = published.markdown()
    lost = ruby("sanitise.rb", *pages)

    assert len(lost) == len(pages) > 10
    assert {name: what for name, what in lost.items() if set(what) - _KNOWN_LATER} == {}


def test_every_link_of_a_page_leads_to_a_file_and_a_heading(published):
    """A relative link, image or source has its file; a fragment has its anchor."""
    missing = []
    for page in published.markdown():
        tree = rendered(page.read_text("utf-8"))
        anchors = {node.get("name") or node.get("id") for node in tree.iter()}
        for node in tree.iter():
            for address in filter(None, map(node.get, ("href", "src", "srcset"))):
                parts = urlsplit(address)
                if parts.scheme or parts.netloc:
                    continue
                if parts.path and not (page.parent / unquote(parts.path)).is_file():
                    missing.append((page.name, address))
                if not parts.path and parts.fragment not in anchors:
                    missing.append((page.name, address))

    assert missing == []


def test_no_page_is_cut_off(published):
    """Every file is below what GitHub shows whole."""
    assert [one.name for one in published.markdown() if one.stat().st_size > _MOST_BYTES] == []
