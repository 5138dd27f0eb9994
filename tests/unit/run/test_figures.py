"""The numbers behind the pictures, read from a store, and their file."""

from datetime import UTC, datetime, timedelta

import pytest

from jobtide.errors import ConfigError, PublishError, UsageError
from jobtide.model import Label, Posting
from jobtide.publish.pictures import png as rasterising
from jobtide.run.figures import asked, figures, save
from jobtide.store import Reading, open_store

FIRST = datetime(2026, 11, 1, 8, tzinfo=UTC)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">'
    '<rect width="9" height="9"/></svg>'
)


def posting(identifier, arrangement="remote"):
    return Posting(
        source="lever",
        board="larkspur",
        identifier=identifier,
        url=f"https://jobs.example.org/{identifier}",
        title="Baker",
        arrangement=Label(value=arrangement, rule="made.up"),
    )


@pytest.fixture
def store(tmp_path):
    """Return a store of a board that lists three jobs; the pages of two are gone a week later."""
    with open_store(str(tmp_path / "jobtide.db"), create=True) as made:
        run = made.start_run("update", FIRST)
        made.save_reading(
            Reading(source="lever", board="larkspur", read_at=FIRST, run_id=run),
            [posting(one, "hybrid" if one == "c" else "remote") for one in "abc"],
        )
        for one in "ab":
            made.mark_gone(f"lever:larkspur:{one}", FIRST + timedelta(days=7))
        yield made


def test_what_ended_counts_for_the_time_it_was_open(store):
    """Three were open for a week, then one; nothing is said of the days before."""
    made = figures(store, FIRST + timedelta(days=9))

    assert made.over_time[0].day == FIRST.date()
    assert (made.over_time[0].open, made.over_time[-1].open, made.open) == (3, 1, 1)


def test_only_what_a_search_finds_is_counted(store):
    """The search chooses among open and ended ones alike."""
    now = FIRST + timedelta(days=9)
    made = figures(store, now, asked("arrangement:remote", now))

    assert (made.over_time[0].open, made.open) == (2, 0)
    assert asked(" ", now) is None


def test_an_empty_store_has_no_numbers(tmp_path):
    """Nothing was read, so nothing is shown, not zero."""
    with open_store(str(tmp_path / "new.db"), create=True) as empty:
        assert figures(empty, FIRST).over_time == ()


def test_a_picture_is_saved_by_its_suffix(tmp_path):
    """SVG as it is; a suffix that is not known is refused with those that are."""
    save(tmp_path / "a.svg", SVG)

    assert (tmp_path / "a.svg").read_text("utf-8") == SVG
    with pytest.raises(UsageError, match=r"\.svg or \.png"):
        save(tmp_path / "a.gif", SVG)


def test_a_png_is_drawn_or_says_that_the_machine_has_no_letters(tmp_path):
    """Never a picture without its words."""
    pytest.importorskip("resvg_py", reason="needs the extra `charts`")
    try:
        save(tmp_path / "a.png", SVG)
        drawn = (tmp_path / "a.png").read_bytes()
    except PublishError as error:
        drawn = str(error).encode()

    assert drawn.startswith((b"\x89PNG", b"this machine has no fonts"))


def test_without_the_package_a_png_says_what_to_install(tmp_path, monkeypatch):
    """No traceback: the command that installs it, and the way without."""
    monkeypatch.setattr(rasterising, "ready", lambda: False)
    with pytest.raises(ConfigError, match=r"jobtide\[charts\]"):
        save(tmp_path / "a.png", SVG)
