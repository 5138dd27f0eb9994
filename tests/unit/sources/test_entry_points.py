"""Sources of other packages."""

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from jobtide import sources
from jobtide.sources import remotive


@pytest.fixture
def declared(monkeypatch):
    """Declare two sources as another package would: one new, one with a name of ours."""
    points = EntryPoints(
        EntryPoint(name, "jobtide.sources.remotive:SOURCE", "jobtide.sources")
        for name in ("beacon", "lever")
    )
    monkeypatch.setattr(sources, "_others", lambda: points)


def test_a_source_of_another_package_is_found_by_its_name(declared):
    """One entry point is all it takes."""
    assert sources.load("beacon") is remotive.SOURCE
    assert "beacon" in sources.names()


def test_a_built_in_name_is_never_replaced(declared):
    """Nobody slips another reader under a known name."""
    assert sources.load("lever").name == "lever"
    assert sources.names().count("lever") == 1


def test_an_unknown_name_is_a_key_error(declared):
    """The caller tells the user the nearest name."""
    with pytest.raises(KeyError):
        sources.load("nowhere")
