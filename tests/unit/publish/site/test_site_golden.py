"""The pages of the invented snapshot, kept byte for byte: a change of look is seen in review."""

from tests.unit.publish.site.golden import GOLDEN, made


def test_pages_are_as_kept():
    """Every page is as it was when someone last looked at it (see golden.py)."""
    assert made() == {path.name: path.read_bytes() for path in GOLDEN.iterdir()}
