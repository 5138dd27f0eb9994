"""A README that a person wrote keeps its own lines; what stands between markers is ours."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import PublishError
from jobtide.publish.readme import render
from jobtide.publish.readme.regions import NAMES, fill, find
from tests.unit.publish import builders as make
from tests.unit.publish.test_markdown import NASTY

BODIES = {name: f"- {name} one\n- {name} two" for name in NAMES}
OWN = """# My jobs

Hello.

<!-- jobtide:begin counts -->
old
<!-- jobtide:end counts -->
  <!--jobtide:begin pages-->
  <!--jobtide:end pages-->

Bye.
"""


def test_a_region_is_filled_and_the_rest_stays():
    """Only what stands between two markers is written anew."""
    filled = fill(OWN, BODIES, "README.md")

    assert filled == OWN.replace("old\n", "\n- counts one\n- counts two\n\n").replace(
        "pages-->\n  <!", "pages-->\n\n- pages one\n- pages two\n\n  <!"
    )


def test_filled_again_nothing_changes():
    """What was filled is filled to the same bytes."""
    once = fill(OWN, BODIES, "README.md")

    assert fill(once, BODIES, "README.md") == once


@pytest.mark.parametrize("last", ["\r\n", ""])
def test_windows_line_ends_are_kept(last):
    """A file with CRLF has nothing else afterwards, and its last line stays as it was."""
    own = OWN.replace("\n", "\r\n").removesuffix("\r\n") + last
    filled = fill(own, BODIES, "README.md")

    assert not re.search(r"(?<!\r)\n", filled)
    assert filled.replace("\r\n", "\n") == fill(
        OWN.removesuffix("\n") + last.strip("\r"), BODIES, "README.md"
    )


def test_an_empty_body_empties_its_region():
    """A part of the index that has nothing to say leaves nothing between its markers."""
    filled = fill(OWN, {**BODIES, "counts": ""}, "README.md")

    assert "<!-- jobtide:begin counts -->\n<!-- jobtide:end counts -->\n" in filled


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!-- jobtide:begin pages -->\n", "line 1: region 'pages' never ends"),
        ("\n<!-- jobtide:end pages -->\n", "line 2: region 'pages' ends and did not begin"),
        ("<!-- jobtide:begin pages -->\n<!-- jobtide:begin new -->\n", "line 2: .*within region"),
        ("<!-- jobtide:begin new -->\n<!-- jobtide:end pages -->\n", "line 2: .*did not begin"),
        (OWN + OWN, "line 16: region 'counts' is there twice"),
        ("<!-- jobtide:begin jobs -->\n", "no region 'jobs'; use counts"),
        ("words <!-- jobtide:begin new -->\n", "a line of its own"),
        ("<!-- jobtide:begin -->\n", "a line of its own"),
        ("<!-- jobtide:begin new --><!-- jobtide:end new -->\n", "a line of its own"),
    ],
)
def test_broken_regions_are_named(text, said):
    """A marker that is missing, doubled, nested or misspelt is an error with its line."""
    with pytest.raises(PublishError, match=said):
        fill(text, BODIES, "README.md")


@pytest.mark.parametrize("fence", ["```", "~~~~", "````md"])
def test_markers_in_a_block_of_code_are_examples(fence):
    """A README may show how its markers are written."""
    close = fence.replace("md", "")
    text = f"{fence}\n<!-- jobtide:begin pages -->\n{close}\n{OWN}"

    assert [region.name for region in find(text, "README.md")] == ["counts", "pages"]


@given(st.text(), st.text())
def test_any_text_around_stays(before, after):
    """Whatever a person wrote around a region is there afterwards, or the file is refused."""
    own = f"{before}\n<!-- jobtide:begin new -->\n<!-- jobtide:end new -->\n{after}"
    try:
        filled = fill(own, BODIES, "README.md")
    except PublishError:
        return

    if find(own, "README.md"):
        assert filled.startswith(before)
        assert filled.endswith(after)
    else:
        assert filled == own


MARKERS = ["<!-- jobtide:end new -->", "\n<!-- jobtide:begin pages -->\n", "<!-- jobtide:"]


@pytest.mark.parametrize("text", [*MARKERS, *NASTY])
@pytest.mark.parametrize("layout", ["cards", "list"])
def test_no_posting_forges_a_marker(text, layout):
    """A posting that holds a marker in any field opens, ends and breaks no region."""
    own = "".join(f"<!-- jobtide:begin {name} -->\n<!-- jobtide:end {name} -->\n"
                  for name in NAMES)  # fmt: skip
    bad = make.posting(
        title=text, hiring_organization=text, location_text=text, tags=(text,),
        description=f"<p>{text}</p>", requisition=text,
    )  # fmt: skip
    snapshot = make.snapshot(make.opening(bad, seen=make.NOW))
    settings = make.settings(layout=layout, own_index=own)
    files = {file.path: file.body.decode() for file in render(snapshot, settings)}
    index = files["README.md"]

    assert [region.name for region in find(index, "README.md")] == list(NAMES)
    assert index.count("<!--") == 2 * len(NAMES)
    assert files["backend.md"].count("<!--") == 1


def test_broken_regions_stop_before_anything_is_given():
    """No page is handed out when the README cannot be filled."""
    files = render(make.example(), make.settings(own_index="<!-- jobtide:begin new -->\n"))

    with pytest.raises(PublishError, match="nothing was written"):
        next(files)
