"""Pictures: what is counted, what is drawn, and that the same data gives the same bytes."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree
from msgspec.structs import replace

from jobtide.model import CATEGORIES, History, Salary, Tracked, UnitText
from jobtide.publish.pictures import THEMES, Figures, counted, draw, files, pictures
from jobtide.publish.pictures.figures import LEAST, LEVELS, Moment, Pay, SourceCount
from jobtide.publish.pictures.scene import THIN, WIDTH, number, ticks
from tests.unit.publish import builders as make

SVG = "{http://www.w3.org/2000/svg}"


def opening(number, days_ago, *, ended=None, others=(), **fields):
    """Return an opening seen some days ago that ended some days ago, or goes on."""
    return make.opening(
        make.posting(str(number), **fields),
        *others,
        seen=make.NOW - timedelta(days=days_ago),
        status="open" if ended is None else "closed",
        closed_at=None if ended is None else make.NOW - timedelta(days=ended),
    )


def yearly(amount):
    return (Salary(currency="USD", min_value=amount, max_value=amount, unit_text=UnitText.YEAR),)


def full_figures(days=10):
    """Return figures with something for every picture."""
    day = make.NOW.date()
    return Figures(
        taken_at=make.NOW,
        open=1234,
        over_time=tuple(
            Moment(day - timedelta(days=days - at), 1200 + 3 * at) for at in range(days + 1)
        ),
        categories=(("backend", 1200), ("data", 30), ("", 4)),
        pay=(
            Pay(
                category="backend",
                stated=40,
                low=90_000.0,
                middle=120_000.0,
                high=150_000.0,
                levels={"Junior": (5, 70_000.0), "Senior": (9, 165_000.0)},
            ),
        ),
        sources=(
            SourceCount(source="remoteok", openings=900, only_here=700),
            SourceCount(source="greenhouse", openings=500, only_here=500),
        ),
    )


def words_of(svg):
    return [one.text for one in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


def test_an_opening_counts_from_its_first_day_to_the_day_it_ended():
    """The number of a day is what was open when that day ended."""
    made = counted([opening(1, 3), opening(2, 2, ended=1)], make.NOW)

    assert [one.open for one in made.over_time] == [1, 2, 1, 1]
    assert made.over_time[-1].day == make.NOW.date()
    assert made.open == 1


def test_before_the_first_run_no_number_is_given():
    """A gap before anything was seen is no zero: the line begins with the first day."""
    made = counted([opening(1, 5)], make.NOW)

    assert made.over_time[0] == Moment(make.NOW.date() - timedelta(days=5), 1)


def test_a_long_time_is_drawn_week_by_week():
    """Sundays, and today; never more than a year back."""
    made = counted([opening(1, 800), opening(2, 100)], make.NOW).over_time

    assert {one.day.isoweekday() for one in made[:-1]} == {7}
    assert made[-1].day == make.NOW.date()
    assert made[0].day >= make.NOW.date() - timedelta(days=364)
    assert made[0].open == 1
    assert made[-1].open == 2


def test_categories_count_each_opening_once_and_name_those_without():
    """An opening without a category is counted as such, not left out."""
    made = counted(
        [
            opening(1, 1, category=make.label("backend"), other_categories=(make.label("data"),)),
            opening(2, 1, category=make.label("backend")),
            opening(3, 1),
        ],
        make.NOW,
    )

    assert made.categories == (("backend", 2), ("", 1))


def test_pay_is_shown_only_where_enough_openings_state_it():
    """One opening fewer than LEAST gives no row, and no mark for a level."""
    few = [
        opening(n, 1, category=make.label("backend"), base_salary=yearly(100_000))
        for n in range(LEAST - 1)
    ]
    more = opening(
        9,
        1,
        category=make.label("backend"),
        base_salary=yearly(130_000),
        seniority=make.label("senior"),
    )

    assert counted(few, make.NOW).pay == ()
    (row,) = counted([*few, more], make.NOW).pay
    assert (row.stated, row.middle, row.levels) == (LEAST, 100_000, {})


def test_pay_counts_only_what_can_be_compared():
    """On-target earnings, and pay without a currency or a period, are left out."""
    ote = replace(yearly(500_000)[0], kind="ote")
    loose = Salary(currency="USD", min_value=50, max_value=60)
    made = counted(
        [
            opening(n, 1, category=make.label("sales"), base_salary=(ote, loose))
            for n in range(LEAST)
        ],
        make.NOW,
    )

    assert made.pay == ()


def test_every_level_of_the_classifier_is_in_a_group():
    """A level that is added there is missed here."""
    from jobtide.classify.seniority import LEVELS as KNOWN

    assert sorted(word for words in LEVELS.values() for word in words) == sorted(KNOWN)


def test_a_source_counts_while_it_lists_the_opening():
    """A posting that is closed on one board is no longer counted there."""
    first, second = make.posting("1"), make.posting("2", source="lever", board="larkspur")
    one = make.opening(first, second)
    gone = History(
        first_seen_at=make.NOW, last_seen_at=make.NOW, status="closed", closed_at=make.NOW
    )
    left = replace(one, postings=(one.postings[0], Tracked(posting=second, history=gone)))

    assert [row.only_here for row in counted([one], make.NOW).sources] == [0, 0]
    assert counted([left], make.NOW).sources == (
        SourceCount(source="remoteok", openings=1, only_here=1),
    )


def test_the_same_figures_give_the_same_bytes():
    """Drawn twice, nothing differs; the day of making is nowhere inside."""
    later = replace(full_figures(), taken_at=make.NOW + timedelta(hours=9))

    assert list(files(full_figures())) == list(files(later))


@pytest.mark.parametrize("theme", THEMES)
def test_every_picture_is_named_small_and_asks_for_nothing(theme):
    """Well-formed, with a title and a description, below 20 kB, without script or address."""
    for picture in pictures(full_figures(60)):
        svg = draw(picture, theme)
        root = etree.fromstring(svg.encode())

        assert root.find(f"{SVG}title").text == picture.title
        assert root.find(f"{SVG}desc").text == picture.alt
        assert len(svg) < 20_000
        assert not re.search(r"<script|<foreignObject|href|url\(|@import| on\w+=", svg)
        assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_the_themes_differ_in_colour_alone():
    """What is drawn is the same in both."""
    for picture in pictures(full_figures()):
        light, dark = (re.sub("#[0-9a-f]{6}", "#", draw(picture, theme)) for theme in THEMES)

        assert light == dark


def test_no_theme_but_ours():
    """A theme that does not exist is a KeyError."""
    with pytest.raises(KeyError):
        draw(pictures(full_figures())[0], "sepia")


def test_numbers_have_thin_spaces_and_names_are_words():
    """1 200, and "Backend", not "backend"; what has no category says so."""
    picture = next(one for one in pictures(full_figures()) if one.name == "categories")

    assert {f"1{THIN}200", "Backend", "No category found"} <= set(words_of(draw(picture, "light")))


def test_without_data_there_is_no_picture():
    """Nothing is drawn of nothing; one day alone is no line."""
    assert pictures(Figures(taken_at=make.NOW)) == ()
    only = Figures(taken_at=make.NOW, over_time=(Moment(date(2026, 11, 24), 3),))
    assert pictures(only) == ()


def test_the_table_says_what_the_picture_shows():
    """Each row has as many cells as the head, and the picture's numbers are among them."""
    for picture in pictures(full_figures()):
        assert picture.table.rows
        assert {len(row) for row in picture.table.rows} == {len(picture.table.head)}
    pay = next(one for one in pictures(full_figures()) if one.name == "pay")
    assert pay.table.rows[0][0] == "Backend"
    assert number(165_000) in pay.table.rows[0]


@settings(max_examples=60, deadline=None)
@given(
    some.lists(some.integers(0, 10**7), min_size=2, max_size=90),
    some.lists(
        some.tuples(some.sampled_from([*CATEGORIES, ""]), some.integers(1, 10**6)),
        min_size=1,
        max_size=24,
        unique_by=lambda one: one[0],
    ),
    some.text(min_size=1, max_size=40),
)
def test_whatever_the_numbers_everything_stays_on_the_paper(line, categories, source):
    """No bar, mark or word lies outside, and any name gives well-formed XML."""
    made = Figures(
        taken_at=make.NOW,
        over_time=tuple(
            Moment(date(2026, 1, 1) + timedelta(n), one) for n, one in enumerate(line)
        ),
        categories=tuple(categories),
        sources=(SourceCount(source=source, openings=3, only_here=1),),
    )
    for picture in pictures(made):
        scene = picture.scene
        etree.fromstring(draw(picture, "dark").encode())
        for bar in scene.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
            assert 0 <= bar.y <= bar.y + bar.height <= scene.height
        for one in (*scene.marks, *scene.words):
            assert 0 <= one.x <= WIDTH
            assert 0 <= one.y <= scene.height


@given(some.floats(0, 1e12))
def test_ticks_are_round_and_reach_the_top(most):
    """From zero to at least the greatest value, at equal steps, between one and seven of them."""
    steps = ticks(most)

    assert steps[0] == 0
    assert steps[-1] >= most * (1 - 1e-6)
    assert len(steps) <= 7
