"""Faults other projects met in published pages, each as a test with words of our own."""

import re

import pytest
from msgspec.structs import replace

from jobtide.clean.description import parse_description
from jobtide.errors import PublishError
from jobtide.model import File
from jobtide.publish.names import slug, unique
from jobtide.publish.readme import render
from jobtide.publish.readme.regions import NAMES, find
from jobtide.publish.write import write_files
from tests.unit.publish import builders as make
from tests.unit.publish.sanitiser import lost, rendered
from tests.unit.publish.test_readme import words

LAYOUTS = ("cards", "list")


def published(*postings, **more):
    """Return all files that a few postings make, as text."""
    snapshot = make.snapshot(*(make.opening(one, seen=make.NOW) for one in postings))
    return {file.path: file.body.decode() for file in render(snapshot, make.settings(**more))}


def described(html):
    """Return a posting with a description as `clean` leaves it."""
    return parse_description(make.posting(description=html))


def test_rows_are_not_joined_by_commas():
    """Two jobs are two rows with nothing between them."""
    two = [make.posting(str(at), title=f"Planner {at}") for at in (1, 2)]
    page = published(*two)["backend.md"]

    assert not re.search(r"</tr>\s*,\s*<tr", page)
    assert page.count("<h3>") == 2


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_pixel_counts_the_readers(layout):
    """An image in a description, counting or not, reaches no page."""
    pixel = '<p>Build.</p><img src="https://b.example/track/7/blank.gif"><img width=1 height=1>'
    page = published(described(pixel), layout=layout)["backend.md"]

    assert [image.get("src") for image in rendered(page).iter("img")] == ["initials/l.svg"]
    assert "blank.gif" not in page


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_large_category_goes_on_below_the_limit(layout):
    """Jobs of 2 kB that would pass the limit are spread over pages, each job on exactly one."""
    text = f"<p>{'A sentence of some words ends here. ' * 56}</p>"
    jobs = [make.posting(str(at), title=f"Planner {at}", description=text) for at in range(400)]
    found = published(*jobs, layout=layout, soft_bytes=60_000)
    pages = {path: page for path, page in found.items() if path.startswith("backend")}
    shown = [int(number) for page in pages.values()
             for number in re.findall(r"(?:<h3>|### \[)Planner (\d+)", page)]  # fmt: skip

    assert len(pages) > 3
    assert all(len(page.encode()) <= 60_000 for page in pages.values())
    assert sorted(shown) == list(range(400))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_sentence_against_robots_is_not_published(layout):
    """A board's request to mention a word, which changes at each reading, is taken out."""
    asks = (
        "<p>Own our API.</p><p>Please mention the word **HARBOUR** and tag RMTI3LjAuMC4x when "
        "applying to show you read the job post completely (#RMTI3LjAuMC4x). This is a beta "
        "feature to avoid spam applicants.</p>"
    )
    page = published(described(asks), layout=layout)["backend.md"]

    assert "Own our API." in page
    assert "HARBOUR" not in page
    assert "RMTI3" not in page


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("&lt;p&gt;Sail &amp;amp; own&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;", "Sail & own"),
        ('<p data-note="visa > policy">Role here</p>', "Role here"),
        ("Latency <3 ms, pay > 100k, a < b", "Latency <3 ms, pay > 100k, a < b"),
    ],
)
def test_odd_descriptions_read_as_meant(layout, html, said):
    """Escaped twice, with ">" in an attribute, or with bare "<": a reader sees the words."""
    page = published(described(html), layout=layout)["backend.md"]

    assert said in words(rendered(page).find(".//details"))
    assert "x()" not in page


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_broken_description_stays_in_its_row(layout):
    """Stray closing tags and unclosed ones do not reach the job after it."""
    bad = make.posting("1", description="<p>Hi</p></td></tr></table></details><div><b>bold")
    next_one = make.posting("2", title="The next one")
    tree = rendered(published(bad, next_one, layout=layout)["backend.md"])

    assert len(tree.findall(".//h3")) == len(tree.findall(".//details")) == 2
    assert "The next one" in [words(heading) for heading in tree.findall(".//h3")]
    assert lost(tree) == set()


def test_a_pipe_or_a_new_line_breaks_no_row():
    """In the tables of the index such a title is one cell, with its words."""
    index = published(make.posting(title="Night | Shift\n(remote)"))["README.md"]
    rows = rendered(index).findall(".//table")[1].findall(".//tbody/tr")

    assert [len(row) for row in rows] == [3]
    assert words(rows[0][0].find("a")) == "Night | Shift (remote)"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_signs_of_markdown_are_shown_as_written(layout):
    """Stars, underscores, brackets, ticks and tags of a name are only letters."""
    company, title = "*Fir* _Co_ [me](https://evil.example)", "C# <b>Dev</b> `now`"
    one = make.posting(title=title, hiring_organization=company, description="")
    for page in published(one, layout=layout).values():
        if page.startswith("<!--") and "BACKEND" in page:
            tree = rendered(page)
            shown = words(tree)

            assert company in shown
            assert title in shown
            assert not [link for link in tree.iter("a") if "evil" in link.get("href")]


def test_a_readme_is_never_larger_than_is_shown():
    """An index that would be cut off is an error before anything of it is written."""
    with pytest.raises(PublishError, match="bytes"):
        published(make.posting(), hard_bytes=3_000, soft_bytes=3_000,
                  intro="Many words. " * 400)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("address", ["https://r.example/404.png", None, "javascript:alert(1)"])
def test_a_logo_that_fails_is_an_initial(layout, address):
    """A card has a drawn letter of fixed size with the company's name, and no stranger's image."""
    found = published(make.posting(logo_url=address), layout=layout)
    (image,) = rendered(found["backend.md"]).iter("img")

    assert image.get("src") == "initials/l.svg"
    assert image.get("src") in found
    assert image.get("alt") == "Larkspur logo"
    assert image.get("width") == image.get("height")


#: One sentence a kind of attack, with the same signs and words of our own.
HOSTILE = {
    "image_with_handler": "| a | b |\n|---|---|\n| <img src=y onerror=steal(1)> |",
    "link_to_script": "[Apply now](javascript:steal(1))",
    "pipes_and_link": "Birch | Bad | [gift](https://evil.example)",
    "code_and_heading": "`tick` ``` \n# Top\n---\n",
    "mentions_and_numbers": "@everyone @octo #7 closes #8",
    "details": "<details><summary>y</summary>",
    "reference_link": "[to]: https://evil.example\n[here][to]",
    "anchor_and_heading": '<a name="top"></a><h1>',
    "autolinks": "https://evil.example/auto www.evil.example",
    "region_marker": "Birch <!-- jobtide:end pages --> <!-- JOBS:END --> tail",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("field", ["title", "hiring_organization", "location_text"])
def test_hostile_words_are_letters_in_one_row(layout, text, field):
    """Rows and cells stay; nothing of the words is an element, a link, a mention or a marker."""
    own = "".join(f"<!-- jobtide:begin {name} -->\n<!-- jobtide:end {name} -->\n"
                  for name in NAMES)  # fmt: skip
    found = published(
        make.posting("1", **{field: text}), make.posting("2", title="The next one"),
        layout=layout, own_index=own,
    )  # fmt: skip
    plain = published(
        make.posting("1", **{field: "Plain words"}), make.posting("2", title="The next one"),
        layout=layout, own_index=own,
    )  # fmt: skip
    seen = " ".join(text.split())

    for path in ("backend.md", "README.md"):
        tree, quiet = rendered(found[path]), rendered(plain[path])

        assert elements(tree) == elements(quiet), path
        assert links(tree) == links(quiet), path
        assert seen in words(tree), path
        assert not re.search(r"(?<!\w)@\w", raw_words(tree)), path
    assert [one.name for one in find(found["README.md"], "README.md")] == list(NAMES)


def elements(tree):
    """Return the elements of a page in order, save the empty one that parts a word."""
    return [node.tag for node in tree.iter() if node.tag != "b" or node.text]


def links(tree):
    return [link.get("href") for link in tree.iter("a")]


def raw_words(tree):
    """Return the text nodes of a page one by one: a mention must stand whole in one."""
    return "\n".join(tree.itertext())


NAMES_OF_COMPANIES = {
    "path_upwards": "../../.github/workflows/y",
    "device": "con",
    "git": ".git/config",
    "without_end": "b" * 400,
    "option": "-rf",
    "slashes": "x/y/z",
    "roman_four": "Ⅳ",
    "zero_byte": "y\0z",
}


@pytest.mark.parametrize("company", NAMES_OF_COMPANIES.values(), ids=NAMES_OF_COMPANIES)
def test_a_company_names_a_safe_file(company, tmp_path):
    """Its page lies below the folder, under a name of [a-z0-9-] and at most 100 bytes."""
    opening = make.opening(make.posting(hiring_organization=company))
    files = list(render(make.snapshot(opening), make.settings(companies=1)))
    done = write_files(tmp_path / "out", files)
    (page,) = [path for path in done.written
               if path.startswith("companies/") and "README" not in path]  # fmt: skip

    assert re.fullmatch(r"companies/[a-z0-9][a-z0-9-]*\.md", page)
    assert len(page.encode()) <= 100
    assert (tmp_path / "out" / page).resolve().is_relative_to(tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


def test_no_two_companies_share_a_file():
    """All of them in one run have as many names, with or without a key."""
    companies = [*NAMES_OF_COMPANIES.values(), "x y z", "b" * 401, "4", "iv"]

    assert len(set(unique(companies))) == len(companies)
    assert len({slug(name, name) for name in companies}) == len(companies)


def test_a_folder_that_is_a_link_is_not_followed(tmp_path):
    """A link in the output folder is refused, and what it leads to stays as it was."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "companies").symlink_to(elsewhere)
    with pytest.raises(PublishError, match="is a link"):
        write_files(tmp_path / "out", [File(path="companies/larkspur.md", body=b"x")])

    assert list(elsewhere.iterdir()) == []


def test_every_posting_is_credited_on_every_page():
    """The board of a card is named and linked in both layouts, on the index and in the archive."""
    one = make.posting("7")
    closed = make.opening(one, status="closed", closed_at=make.NOW)
    for layout in LAYOUTS:
        snapshot = make.snapshot(make.opening(one, seen=make.NOW))
        settings = make.settings(layout=layout, closed=(closed,), companies=1)
        found = {file.path: file.body.decode() for file in render(snapshot, settings)}
        for path in ("backend.md", "README.md", "archive/2026-11.md", "companies/larkspur.md"):
            assert "via Remote OK" in words(rendered(found[path])), path
            assert one.url in found[path], path


def test_apply_does_not_pass_a_board_that_forbids_it():
    """Where a board wants its own page, Apply leads there."""
    one = replace(make.posting("7", source="weworkremotely",
                               url="https://weworkremotely.com/remote-jobs/7"),
                  apply_url="https://larkspur.example/form")  # fmt: skip
    page = published(one)["backend.md"]

    assert "larkspur.example/form" not in page
