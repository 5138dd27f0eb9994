"""The pictures on the index of the README pages."""

import re

from jobtide.publish.readme import render
from tests.unit.publish import builders as make
from tests.unit.publish.sanitiser import lost, rendered
from tests.unit.publish.test_pictures import full_figures


def published(figures):
    """Return path -> text of everything that is published."""
    made = render(make.example(), make.settings(figures=figures))
    return {file.path: file.body.decode() for file in made}


def test_every_picture_is_shown_in_both_themes_with_its_words_and_its_table():
    """GitHub's `picture` asks for the dark file, else the light one; both are there."""
    files = published(full_figures())
    index = files["README.md"]
    shown = re.findall(
        r'<picture><source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">'
        r'<img src="([^"]+)" width="\d+" alt="([^"]+)"></picture>',
        index,
    )

    assert len(shown) == 4
    for dark, light, alt in shown:
        assert files[dark].startswith("<!-- jobtide:")
        assert files[light] != files[dark]
        assert len(alt) > 40
    assert index.count(": the numbers</summary>") == len(shown)
    assert "| Backend | 1\u202f200 |" in index


def test_nothing_of_the_pictures_is_lost_at_github():
    """What a sanitiser drops is `picture` and `source` at most, and the image stays."""
    tree = rendered(published(full_figures())["README.md"])

    assert lost(tree) == {"picture", "source", "source[media]", "source[srcset]"}
    assert len(tree.findall(".//img")) >= 4


def test_without_figures_nothing_is_said_of_pictures():
    """No heading over nothing, no broken image."""
    files = published(None)

    assert "Numbers" not in files["README.md"]
    assert not [path for path in files if path.startswith("pictures/")]
