"""The reference page of README pages names every template and every value it is given."""

from pathlib import Path

from jobtide.publish.readme import render, templates
from tests.unit.publish import builders as make

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "readme-pages.md"


def test_templates_and_their_values_are_documented(monkeypatch):
    """Whatever a template can use stands in its row."""
    given = {}
    plain = templates.Templates.render

    def noting(self, name, **values):
        given.setdefault(name, set()).update(values)
        return plain(self, name, **values)

    monkeypatch.setattr(templates.Templates, "render", noting)
    for layout in ("cards", "list"):
        # A template of the user's own is always filled, the bundled one only by its Python twin.
        own = {name: templates.built_in(name) for name in templates.NAMES}
        list(render(make.example(), make.settings(layout=layout, templates=own)))
    rows = [line for line in PAGE.read_text().splitlines() if ".j2`" in line]
    documented = {
        name: set(row.replace("`", " ").split())
        for row in rows
        for name in templates.NAMES
        if f"`{name}`" in row
    }
    documented |= {
        f"{layout}-foot.j2": documented[f"{layout}-head.j2"] for layout in ("cards", "list")
    }

    # The parts of the index are filled as part of it.
    given |= {name: given["index.j2"] for name in templates.NAMES if name.startswith("index-")}

    assert set(given) == set(templates.NAMES) == set(documented)
    for name, values in given.items():
        assert values <= documented[name], name
