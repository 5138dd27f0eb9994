"""dates.py: what boards write as dates."""

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jobtide import dates

MOMENTS = st.datetimes(
    min_value=datetime(1995, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2100, 12, 30),  # noqa: DTZ001
    timezones=st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
FOURTH = datetime(2026, 8, 4, tzinfo=UTC)


def at(hour, minute=0, second=0, day=FOURTH):
    return day.replace(hour=hour, minute=minute, second=second)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 04 Aug 2026 22:45:30 +0000", at(22, 45, 30)),
        ("Tue, 04 Aug 2026 22:45:30 GMT", at(22, 45, 30)),
        ("Tue, 04 Aug 2026 02:45:30 -0400", at(6, 45, 30)),
        ("04 Aug 2026 01:00:00 EST", at(6)),
        ("Fri, 04 Aug 2026 22:45:30 +0000", at(22, 45, 30)),
        ("Di, 04 Aug 2026 11:41:36", at(11, 41, 36)),
        ("mardi, 04 Aug 2026 10:00:00 +0200", at(8)),
        ("Di 04 Aug 2026 10:00:00 +0200", at(8)),
        ("Вт, 04 Aug 2026 10:00", at(10)),
        ("4 Aug 26 10:00 +0000", at(10)),
        ("2026-08-04T10:00:00Z", at(10)),
        ("2026-08-04T10:00:00+02:00", at(8)),
        ("2026-08-04T10:00:00", at(10)),
        ("2026-08-04 10:00:00 +0200", at(8)),
        ("2026-08-04 10:00:00 UTC", at(10)),
        ("2026-08-04T10:00:00.123Z", at(10).replace(microsecond=123000)),
        ("2026-08-04", FOURTH),
        ("2026-8-4", FOURTH),
        ("2026/8/4 15:07:41", at(15, 7, 41)),
        ("Aug 4, 2026", FOURTH),
        ("Aug. 4 2026", FOURTH),
        ("August 4th, 2026", FOURTH),
        ("4 August 2026", FOURTH),
        ("4th of August, 2026", FOURTH),
        ("04-Aug-2026", FOURTH),
        ("Tuesday, August 4, 2026", FOURTH),
        ("Tue 4 Aug 2026", FOURTH),
        ("Aug 4, 2026 3:05 PM", at(15, 5)),
        ("Aug 4, 2026 at 12:30 am", at(0, 30)),
        ("Aug 4, 2026 13:05 pm", at(13, 5)),
        ("Tue Aug 04 2026 10:00:00 GMT+0200 (Central European Summer Time)", at(8)),
        ("  2026-08-04\n", FOURTH),
    ],
)
def test_forms_that_boards_write_are_read(text, moment):
    """Each form met is read as the moment it states, in UTC."""
    assert dates.parse(text) == moment
    assert dates.parse(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "now", "today", "undefined", "Invalid Date", "NaN", "null", "5", "2026",
        "1767225600", "12:30", "Aug 2026", "May 5", "Feb 30, 2026", "2026-13-01",
        "04/08/2026", "04.08.2026",
        "2026-08-04T10:00:00+99:00", "Tue, 04 Aug 2026 10:00:00 +9900",
    ],
)  # fmt: skip
def test_what_states_no_moment_is_none(text):
    """Nothing is guessed: not today, not the first of the month, not one of two readings."""
    assert dates.parse(text) is None


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00:00", "1970-01-01", "Thu, 01 Jan 1970 00:00:00 GMT", "1994-12-31",
     "9999-12-31T23:59:59-05:00", "2101-01-01", "Jan 1, 1900"],
)  # fmt: skip
def test_years_no_board_can_mean_are_none(text):
    """A placeholder in a date field is no date."""
    assert dates.parse(text) is None


@given(MOMENTS)
def test_iso_and_email_dates_survive_the_trip(moment):
    """What the standard library writes is read back as the same instant."""
    whole = moment.replace(microsecond=0)

    assert dates.parse(moment.isoformat()) == moment
    assert dates.parse(format_datetime(whole)) == whole
    assert dates.parse(whole.isoformat(" ")) == whole


@given(st.text(max_size=120))
@example("Mo, " * 30)
@example("٢٠٢٦-٠٨-٠٤")
@example("2026-08-04T24:00:00")
@example("Tue, 04 Aug 2026 10:00:00 +999999999999")
@example("1-1-1 1:1:1 1")
@example("99999999999999999999 Aug 2026 10:00")
def test_any_text_is_a_moment_in_utc_or_none(text):
    """No text raises, and no moment comes out that is naive or beyond belief."""
    moment = dates.parse(text)

    assert moment is None or moment.tzinfo is UTC
    assert moment is None or dates.FIRST_YEAR <= moment.year <= dates.LAST_YEAR


@given(st.lists(st.sampled_from(
    ["Aug", "4", "2026", "08", "-", "/", ",", ":", "10", "+0200", "GMT", "T", "Z", " ", "pm", "Di"]
), max_size=12).map("".join))  # fmt: skip
def test_pieces_of_dates_never_raise(text):
    """Neither does anything that looks like a date but is none."""
    moment = dates.parse(text)

    assert moment is None or moment.tzinfo is UTC


def test_epochs_are_told_apart_by_size():
    """Seconds and milliseconds, as numbers and as text, are the same moment."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)

    assert dates.from_epoch(1767225600) == moment
    assert dates.from_epoch(1767225600.0) == moment
    assert dates.from_epoch("1767225600") == moment
    assert dates.from_epoch(1767225600000) == moment
    assert dates.from_epoch("1767225600000") == moment


@pytest.mark.parametrize("value", [0, "0", -1, 1, "", "soon", float("nan"), float("inf"), 1e300,
                                   10**400, "1e999", 4102444800 * 10])  # fmt: skip
def test_epochs_that_state_nothing_are_none(value):
    """Zero is "none", and no board of 1970 is read."""
    assert dates.from_epoch(value) is None


@given(MOMENTS)
def test_epochs_survive_the_trip(moment):
    """Whole seconds come back exactly, in either unit."""
    whole = moment.replace(microsecond=0)
    seconds = int(whole.timestamp())

    assert dates.from_epoch(seconds) == whole
    assert dates.from_epoch(seconds * 1000) == whole


@given(st.one_of(st.floats(), st.integers(), st.text(max_size=30)))
def test_any_epoch_is_a_moment_in_utc_or_none(value):
    """No number and no text raises."""
    moment = dates.from_epoch(value)

    assert moment is None or moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("0 days ago", date(2026, 3, 31)),
        ("10 days ago", date(2026, 3, 21)),
        ("1 days ago", date(2026, 3, 30)),
        ("a day ago", date(2026, 3, 30)),
        ("today", date(2026, 3, 31)),
        ("Just now", date(2026, 3, 31)),
        ("Posted Yesterday", date(2026, 3, 30)),
        ("Posted 30+ Days Ago", date(2026, 3, 1)),
        ("3 weeks ago", date(2026, 3, 10)),
        ("2w", date(2026, 3, 17)),
        ("1 month ago", date(2026, 2, 28)),
        ("13 months ago", date(2025, 2, 28)),
        ("3mo", date(2025, 12, 31)),
        ("2 years ago", date(2024, 3, 31)),
        ("12h", date(2026, 3, 31)),
        ("about 30 hours ago", date(2026, 3, 30)),
        ("45 minutes ago", date(2026, 3, 31)),
        ("368 days ago", date(2025, 3, 28)),
    ],
)
def test_ages_count_back_from_the_day_of_the_page(text, day):
    """An age is a day before the day it was printed."""
    assert dates.from_age(text, date(2026, 3, 31)) == day


@pytest.mark.parametrize("text", ["NaN days ago", "undefined", "-5 days ago", "", "days ago", "5",
                                  "in 3 days", "2022-07-08T07:15:03+00:00", "5m", "999999 years",
                                  "999999 days ago", "1.5 days ago", "10 daysx"])  # fmt: skip
def test_ages_that_state_nothing_are_none(text):
    """What a faulty program printed is no age, and no age is today's date."""
    assert dates.from_age(text, date(2026, 3, 31)) is None


@given(st.integers(0, 3000), DAYS)
def test_days_ago_is_exact(count, as_of):
    """Days are subtracted, nothing else."""
    assert dates.from_age(f"{count} days ago", as_of) in (as_of - timedelta(days=count), None)
    assert dates.from_age(f"{count % 365} days ago", as_of) == as_of - timedelta(days=count % 365)


@given(st.integers(0, 48), DAYS)
def test_months_ago_is_in_that_month(count, as_of):
    """Months are counted in the calendar, so the 31st goes back to a last day, never past it."""
    day = dates.from_age(f"{count} months ago", as_of)

    assert (day.year * 12 + day.month) == (as_of.year * 12 + as_of.month) - count
    assert day.day == as_of.day or (day + timedelta(days=1)).day == 1


@given(st.text(max_size=40), DAYS)
def test_any_age_is_a_day_not_after_the_page_or_none(text, as_of):
    """No text raises, and nothing was posted after it was seen."""
    day = dates.from_age(text, as_of)

    assert day is None or day <= as_of
