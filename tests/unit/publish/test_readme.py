"""README pages: what a card shows, how pages are cut, and that no posting breaks them."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jobtide.errors import ConfigError, PublishError
from jobtide.model import CATEGORIES, Eligibility, Label
from jobtide.publish.readme import PageSettings, default_pages, render
from tests.unit.publish import builders as make
from tests.unit.publish.sanitiser import lost, rendered

LAYOUTS = ("cards", "list")


def pages(snapshot, **more):
    """Return the bodies of all files by path, as text."""
    return {file.path: file.body.decode() for file in render(snapshot, make.settings(**more))}


def only_page(*postings, **more):
    """Return the page that a few postings make."""
    return pages(make.snapshot(*(make.opening(each) for each in postings)), **more)["backend.md"]


def rows(page):
    """Return the table rows of a page in the layout `cards`, as GitHub's parser reads them."""
    return rendered(page).findall(".//tr")


def words(element):
    return " ".join(element.text_content().split())


def test_a_card_has_every_element_of_the_page_that_started_it():
    """Heading, logo over two rows, company, title, tags, age, Apply, folded description."""
    page = only_page(make.posting("1", skills=(make.label("go"),), tags=("API", "go", " ")))
    first, second = rows(page)

    assert '<div align="center"><h2>BACKEND JOBS</h2></div>' in page
    assert first[0].get("rowspan") == "2"
    assert first[0].find("img").get("alt") == "Larkspur logo"
    assert first.find(".//h5").text == "Larkspur"
    assert first.find(".//h3").text == "Senior Backend Engineer"
    assert [code.text for code in first.iter("code")] == ["go", "API"]
    assert "10 days ago" in words(first)
    assert first[4].find("a").text == "Apply"
    assert second.find(".//details/summary").text == "Description"
    assert "We move parcels by night." in words(second)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_card_has_what_that_page_lacked(layout):
    """Place, pay, credit with a link, and the mark of a new one."""
    page = pages(make.example(), layout=layout)["backend.md"]
    shown = words(rendered(page))

    for said in ("USA only", "$120,000–150,000 a year", "Anywhere except Russia", "up to £45.50"):
        assert said in shown
    for said in ("place not stated", "pay not stated", "Europe only (inferred)", "🆕"):
        assert said in shown
    assert "via Remote OK" in shown
    assert "Also on Remotive" in shown
    assert page.count("🆕") == 1
    assert "https://remotive.com/remote-jobs/a9" in page


@pytest.mark.parametrize("layout", LAYOUTS)
def test_closed_openings_are_not_shown(layout):
    """Only what is open stands on a page."""
    assert "Closed long ago" not in pages(make.example(), layout=layout)["backend.md"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_lost_on_the_way_to_the_reader(layout):
    """GitHub's sanitiser would take away no element and no attribute of any page."""
    for path, page in pages(make.example(), layout=layout).items():
        if path.endswith(".md"):
            assert lost(rendered(page)) == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_day_has_one_set_of_bytes(layout):
    """Rendered again, or hours later on the same day, every byte is the same."""
    snapshot = make.example()
    later = replace(snapshot, taken_at=snapshot.taken_at + timedelta(hours=14))

    assert pages(snapshot, layout=layout) == pages(snapshot, layout=layout)
    assert pages(snapshot, layout=layout) == pages(later, layout=layout)


def test_new_is_new_all_day():
    """What was first seen yesterday is new today, in the morning and in the evening."""
    early, late = (make.NOW.replace(hour=hour) for hour in (1, 23))
    seen = make.NOW.replace(day=23, hour=2)
    marks = [
        pages(make.snapshot(make.opening(make.posting("1"), seen=seen), taken_at=at))["backend.md"]
        .count("🆕")
        for at in (early, late, late + timedelta(hours=2))
    ]  # fmt: skip

    assert marks == [1, 1, 0]


def test_order_does_not_depend_on_the_snapshot():
    """Newest first; ties by id: the order in which openings come changes nothing."""
    snapshot = make.example()
    turned = replace(snapshot, openings=snapshot.openings[::-1])

    assert pages(snapshot) == pages(turned)


def test_dates_do_not_tick():
    """With age "date" a page is the same the day after, but for its own date and new marks."""
    opening = make.opening(make.posting("1"))
    today = pages(make.snapshot(opening), age="date")["backend.md"]
    tomorrow = pages(make.snapshot(opening, taken_at=make.NOW + timedelta(days=1)), age="date")[
        "backend.md"
    ]

    assert "14 Nov 2026" in today
    assert today.replace("24 Nov 2026", "25 Nov 2026") == tomorrow


HOSTILE = st.one_of(
    st.text(),
    st.sampled_from(
        ["</td></tr><tr>", "<table>", "|", "`", "\n\n", "</details>", "<!--", "-->", "undefined"]
    ),
    st.lists(st.sampled_from(["<b>", "\n", "# ", "***", "[x](y)", "@a", "&lt;", "'", '"'])).map(
        "".join
    ),
)


@settings(deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_one_posting_is_one_card(title, company, tag, description):
    """Whatever a posting says, it stays in its two rows and the next card is whole."""
    bad = make.posting(
        "bad", title=title, hiring_organization=company, tags=(tag,), description=description,
        location_text=tag, requisition=title,
    )  # fmt: skip
    good = make.posting("good", title="The next one", date_posted=make.NOW - timedelta(days=20))
    page = only_page(bad, good)
    tree = rendered(page)
    found = tree.findall(".//table/tr")

    assert [len(row) for row in found] == [5, 1, 5, 1]
    assert words(found[2].find(".//h3")) == "The next one"
    assert page.count("<tr>") == page.count("</tr>") == 4
    assert "\n\n" not in page[page.index("<table>") : page.index("</table>")]
    assert lost(tree) == set()


@settings(deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_one_posting_is_one_heading(title, company, tag, description):
    """In the list, too: one heading, one link Apply, one fold a posting."""
    bad = make.posting(
        "bad", title=title, hiring_organization=company, tags=(tag,), description=description,
        location_text=tag, requisition=title,
    )  # fmt: skip
    good = make.posting("good", title="The next one", date_posted=make.NOW - timedelta(days=20))
    tree = rendered(only_page(bad, good, layout="list"))

    assert len(tree.findall(".//h3")) == len(tree.findall(".//details")) == 2
    assert [a.text for a in tree.iter("a") if (a.text or "").startswith("Apply")] == [
        "Apply ↗",
        "Apply ↗",
    ]
    assert words(tree.findall(".//h3")[1]) == "The next one"
    assert lost(tree) == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_long_pages_go_on(layout):
    """1,500 postings of 2 kB: each on one page, no page too large, pages linked both ways."""
    text = "<p>" + "Words stand here, and one sentence ends. " * 50 + "</p>"
    openings = [
        make.opening(make.posting(str(number), title=f"Engineer {number}", description=text))
        for number in range(1500)
    ]
    found = pages(make.snapshot(*openings), layout=layout)
    names = [name for name in found if re.fullmatch(r"backend(-\d+)?\.md", name)]
    numbers = [
        number
        for name in names
        for number in re.findall(r"jobs/(\d+)\">Apply|Apply ↗\]\(\S+jobs/(\d+)\)", found[name])
    ]

    assert len(names) > 2
    assert sorted(int("".join(number)) for number in numbers) == list(range(1500))
    assert all(len(found[name].encode()) <= 400_000 for name in names)
    for earlier, later in pairwise(names):
        assert later in found[earlier]
        assert earlier in found[later]


def test_one_huge_card_loses_its_description_only():
    """A card that would fill a file alone is shown without its description."""
    long = make.posting("1", description="<p>" + "Words. " * 2000 + "</p>")
    page = only_page(long, soft_bytes=4_000, description_chars=20_000)

    assert "Senior Backend Engineer" in page
    assert "Read the description at Remote OK" in page
    assert len(page.encode()) < 4_000


def test_a_limit_that_cannot_be_kept_is_an_error():
    """No file beyond the hard limit is ever handed out."""
    with pytest.raises(PublishError, match="hard_bytes"):
        only_page(make.posting("1"), hard_bytes=900)


def test_a_title_without_end_is_cut():
    """A title and a company of a megabyte cannot fill a page."""
    page = only_page(make.posting("1", title="x" * 1_000_000, hiring_organization="y" * 1_000_000))

    assert len(page) < 4_000


def test_pages_without_openings_are_not_written():
    """The index says that there are none today; no empty page exists."""
    found = pages(make.snapshot())

    assert list(found) == ["README.md"]
    assert "none today" in found["README.md"]


def test_the_index_counts():
    """Openings are counted once in all, and on each page; new ones and sources are, too."""
    everything = make.settings().pages[0]
    none = PageSettings(name="none", title="None", query_text="x", matches=lambda _: False)
    again = PageSettings(name="again", title="Again", query_text="a|b", matches=lambda _: True)
    files = render(make.example(), make.settings(everything, none, again, intro="Hello *you*"))
    index = {file.path: file.body.decode() for file in files}["README.md"]
    tree = rendered(index)
    table = [[words(cell) for cell in row] for row in tree.findall(".//tbody/tr")]

    assert "6 open jobs, 1 new since yesterday · updated 24 Nov 2026" in words(tree)
    assert "1 of 2 sources read well" in words(tree)
    assert "Hello *you*" in words(tree)
    assert table == [
        ["Backend", "6", "1", "category:backend arrangement:remote"],
        ["None", "none today", "0", "x"],
        ["Again", "6", "1", "a|b"],
        [
            "API Engineer | Platform <Remote> *now*Birch & Söhne GmbH, via We Work Remotely",
            "Europe only",
            "€60,000–80,000 a year",
        ],
        ["Remote OK", "1 of 1", "5", "since yesterday"],
        ["Remotive", "0 of 1", "1", "22 Nov 2026"],
    ]
    assert "remotive/main: the answer was a log-in page" in words(tree)


def test_a_source_with_an_alarm_needs_a_look():
    """A board that gives less than it uses to is named, and its source is not read well."""
    example = make.example()
    alarmed = tuple(
        replace(one, alarms=("description: filled in 0 %, usually 99 %",))
        if not one.error
        else one
        for one in example.health
    )
    tree = rendered(pages(replace(example, health=alarmed))["README.md"])
    table = [[words(cell) for cell in row] for row in tree.findall(".//tbody/tr")]

    assert "0 of 2 sources read well" in words(tree)
    assert ["Remote OK", "1 of 1, needs a look", "5", "since yesterday"] in table
    assert "description: filled in 0 %, usually 99 %" in words(tree)
    assert "Boards that need a look" not in words(rendered(pages(example)["README.md"]))


def test_a_card_says_how_often_it_was_put_on_top_again():
    """A bumped opening shows its age from our first sight, and how often its date was moved."""
    opening = make.opening(make.posting(date_posted=make.NOW))
    (tracked,) = opening.postings
    bumped = replace(tracked, history=replace(tracked.history, bumped=2))
    page = pages(make.snapshot(replace(opening, postings=(bumped,))))["backend.md"]

    assert "first seen 9 days ago, bumped 2 times" in words(rendered(page))


def test_every_relative_link_leads_to_a_file():
    """Pages link each other, and pictures, by names that exist."""
    found = pages(make.example(), soft_bytes=4_000)
    for page in found.values():
        linked = re.findall(r'(?:href|src)="([^":]+)"|\]\(([^):]+)\)', page)
        assert {one or other for one, other in linked} <= set(found)


def test_page_names_are_never_shared():
    """Pages of one name, or of the name of a continued page, have files of their own."""
    both = [
        PageSettings(name=name, title=name, query_text="x", matches=lambda _: True)
        for name in ("C++", "cpp", "cpp-2", "README")
    ]
    openings = [make.opening(make.posting(str(number))) for number in range(9)]
    paths = [
        file.path
        for file in render(make.snapshot(*openings), make.settings(*both, soft_bytes=3_000))
    ]

    assert len({path.lower() for path in paths}) == len(paths)


def test_the_same_link_is_one_card():
    """Openings of one title that lead to one link are one card, with all their places."""
    one, other = (
        make.posting(
            str(number),
            apply_url="https://larkspur.example/jobs",
            eligibility=Eligibility(countries=(Label(value=code, rule="r"),)),
        )
        for number, code in ((1, "PL"), (2, "PT"))
    )
    page = only_page(one, other)

    assert page.count(">Apply<") == 1
    assert "Poland only / Portugal only" in page
    assert "2 openings behind one link" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"location_text": ("Remote", "Remote, nights")}, None),
        ({"requisition": ("R-1", "R-2")}, "requisition R-2"),
        ({}, "posting 2"),
        ({"board": ("one", "two"), "identifier": ("7", "7")}, "opening remoteok:two:7"),
    ],
)
def test_cards_of_one_look_are_told_apart(fields, said):
    """Same company, same title, other link: something a reader sees differs."""
    twins = [
        make.posting(**{"identifier": str(at + 1), "url": f"https://a.example/{at}"}
                     | {name: values[at] for name, values in fields.items()})
        for at in (0, 1)
    ]  # fmt: skip
    found = rows(only_page(*twins))
    looks = [words(row) for row in found[::2]]

    assert looks[0] != looks[1]
    if said:
        assert said in looks[0] + looks[1]


def test_what_a_program_says_for_nothing_is_not_shown():
    """No reader sees "undefined" or "null"."""
    page = only_page(
        make.posting("1", title="undefined", hiring_organization="null", tags=("None", "NaN"))
    )

    assert "title not stated" in page
    assert "company not stated" in page
    assert not re.search(r">\s*(undefined|null|none|nan)\s*<", page, re.IGNORECASE)


def test_logos_are_local_files():
    """A logo comes from a file beside the page or is drawn; a board's picture is never linked."""
    posting = make.posting("1", logo_url="https://remoteok.com/logo.png")
    page = only_page(posting, logo_files={"larkspur": "logos/larkspur.png"})

    assert '<img src="logos/larkspur.png" width="48" height="48" alt="Larkspur logo">' in page
    assert "logo.png" not in only_page(posting)
    assert 'src="initials/l.svg"' in only_page(posting)


@pytest.mark.parametrize(
    ("company", "path"),
    [("Żabka", "initials/u017b.svg"), ("3M", "initials/3.svg"), ("!?", "initials/u00b7.svg"),
     ("ßeta", "initials/u00df.svg")],
)  # fmt: skip
def test_every_initial_is_drawn(company, path):
    """Any first letter has a drawing, in a file of a plain name."""
    found = pages(make.snapshot(make.opening(make.posting("1", hiring_organization=company))))

    assert path in found
    assert path in found["backend.md"]


def test_templates_can_be_replaced_one_by_one():
    """A template of the user takes the place of ours; what it forgets to escape is escaped."""
    page = only_page(
        make.posting("1"), templates={"cards-card.j2": "<tr><td>{{ title }}{{ '<' }}"}
    )

    assert "<tr><td>Senior Backend Engineer&lt;" in page
    assert "BACKEND JOBS" in page


def test_blank_lines_of_a_template_do_not_end_the_table():
    """A template may be laid out with blank lines; the page has none inside its table."""
    own = {"cards-card.j2": "<tr>\n\n  \n<td>{{ title }}</td>\n\n</tr>\n\n"}
    page = only_page(make.posting("1"), make.posting("2"), templates=own)

    assert not re.search(r"\n\s*\n", page[page.index("<table>") : page.index("</table>")])
    assert len(rows(page)) == 2


@pytest.mark.parametrize(
    ("more", "error", "words"),
    [
        ({"templates": {"card-card.j2": ""}}, ConfigError, "did you mean 'cards-card.j2'"),
        ({"templates": {"index.j2": "{% if %}"}}, ConfigError, "template index.j2"),
        ({"templates": {"index.j2": "{{ nothing.here }}"}}, PublishError, "template index.j2"),
        ({"layout": "table"}, ConfigError, "cards or list"),
        ({"age": "weeks"}, ConfigError, "relative or date"),
    ],
)
def test_wrong_settings_are_named(more, error, words):
    """A setting that cannot be used is an error that says which and what to use."""
    with pytest.raises(error, match=words):
        pages(make.example(), **more)


def test_default_pages_cover_the_categories():
    """One page a category, each with the filter it shows."""
    assert [name for name, _, _ in default_pages()] == list(CATEGORIES)
    assert default_pages()[0] == ("backend", "Backend", "category:backend arrangement:remote")
