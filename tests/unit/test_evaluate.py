"""Labelled sets are read, scored by their rules, and told to people."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import UsageError
from jobtide.evaluate import SETS, evaluate_dir, report
from jobtide.evaluate.labels import Pair, figures, score_labels
from jobtide.evaluate.location import judge, said
from jobtide.evaluate.pairs import figures as pair_figures
from jobtide.evaluate.pairs import posting
from jobtide.evaluate.records import (
    CategoryRecord,
    Location,
    LocationRecord,
    PairRecord,
    Pay,
    SalaryRecord,
    Side,
    load,
)
from jobtide.evaluate.salary import is_right
from jobtide.model import Label, Salary, UnitText
from jobtide.places import PlaceReading

CATEGORY = b"""
{"id":"1","board":"b","title":"Backend Engineer","tags":[],"description_snippet":"","label":"backend","accept":["backend"]}

{"id":"2","board":"b","title":"Payroll Clerk","tags":[],"description_snippet":"","label":"finance","accept":["finance","hr"]}
"""  # noqa: E501


def test_strict_counts_the_first_choice_and_lenient_any_accepted():
    """Strict is the first choice, lenient any accepted label, and the missed pair is named."""
    scores = figures(
        [
            Pair("backend", ("backend", "data"), "data"),
            Pair("hr", ("hr",), "hr"),
            Pair("qa", ("qa",), "hr"),
        ]
    )

    assert scores["n"] == 3
    assert scores["strict"] == pytest.approx(1 / 3, abs=1e-4)
    assert scores["lenient"] == pytest.approx(2 / 3, abs=1e-4)
    assert scores["confused"] == [["qa", "hr", 1]]


def test_macro_f1_is_the_mean_over_labels_and_not_over_records():
    """A rare label that is always missed weighs as much as a common one that is always right."""
    common = [Pair("sales", ("sales",), "sales")] * 8

    scores = figures([*common, Pair("qa", ("qa",), "sales")])

    sales = 2 * 8 / (9 + 8)
    assert scores["macro_f1"] == pytest.approx((sales + 0) / 2, abs=1e-4)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_shares_are_between_none_and_all_and_lenient_is_never_stricter(answers):
    """Every share lies in 0..1, and accepting more never lowers the score."""
    scores = figures([Pair(label, (label, "a"), got) for label, got in answers])

    assert 0 <= scores["strict"] <= scores["lenient"] <= 1
    assert 0 <= scores["macro_f1"] <= 1


def test_no_answer_counts_as_unspecified():
    """A reader that says nothing is right where the set expects "unspecified"."""
    record = CategoryRecord(id="1", title="x", label="unspecified", accept=("unspecified",))

    scores, misses = score_labels("seniority", [record], lambda _: None)

    assert scores["strict"] == 1
    assert misses == []


def test_a_miss_carries_the_words_that_misled():
    """What was said wrongly comes back with its rule and evidence."""
    record = CategoryRecord(id="7", title="Payroll Backend", label="hr", accept=("hr",))
    label = Label(value="backend", rule="some.rule", evidence="Backend")

    _, [miss] = score_labels("category", [record], lambda _: label)

    assert (miss.set, miss.id, miss.got) == ("category", "7", "backend")
    assert (miss.rule, miss.evidence) == ("some.rule", "Backend")


PAY = Salary(min_value=50_000, max_value=70_000, currency="EUR", unit_text=UnitText.YEAR)


@pytest.mark.parametrize(
    ("got", "expected", "stated", "right"),
    [
        (None, None, True, True),
        (PAY, None, True, False),
        (None, Pay(min=1, max=2), True, False),
        (PAY, Pay(min=50_000, max=70_000, currency="EUR", period="year"), True, True),
        (PAY, Pay(min=50_000, max=None, currency="EUR", period="year"), True, False),
        (PAY, Pay(min=50_000, max=70_000, currency="USD", period="year"), True, False),
        (PAY, Pay(min=50_000, max=70_000, currency=None, period="year"), True, False),
        (PAY, Pay(min=50_000, max=70_000, currency="EUR", period="month"), True, False),
        (PAY, Pay(min=50_000, max=70_000, currency="EUR", period=None), True, True),
    ],
)
def test_pay_is_right_when_every_scored_field_is(got, expected, stated, right):
    """Nothing for nothing; else both ends, the currency and the period must agree."""
    record = SalaryRecord(id="1", text="", expected=expected, period_stated=stated)

    assert is_right(got, record) is right


def test_a_period_nobody_wrote_may_be_left_out():
    """A guessed period may be answered with none; a stated one may not."""
    expected = Pay(min=50_000, max=70_000, currency="EUR", period="year")
    silent = msgspec.structs.replace(PAY, unit_text=None)

    assert is_right(silent, SalaryRecord(id="1", text="", expected=expected, period_stated=False))
    assert not is_right(silent, SalaryRecord(id="1", text="", expected=expected))


def test_any_alternative_is_right_and_a_concluded_currency_counts_as_none():
    """Texts with several zones accept any; a currency we concluded was not written."""
    zones = SalaryRecord(
        id="1",
        text="",
        expected=Pay(min=1, max=2),
        expected_alternatives=(Pay(min=50_000, max=70_000),),
    )
    concluded = msgspec.structs.replace(PAY, currency_inferred=True)

    assert is_right(concluded, zones)
    assert not is_right(PAY, zones)


def place(**expected):
    return LocationRecord(
        id="1", text="", expected=Location(**{"anywhere": False, **expected}), **{}
    )


def test_parts_of_a_place_are_judged_apart():
    """A wrong country leaves the workplace right."""
    record = place(countries=("DE",), workplace="remote")

    verdict = judge(record, Location(anywhere=False, countries=("AT",), workplace="remote"))

    assert verdict == {"anywhere": True, "countries": False, "regions": True, "workplace": True}


def test_anywhere_leaves_countries_and_regions_out():
    """Where the whole world is meant, named places are not scored."""
    verdict = judge(place(anywhere=True), Location(anywhere=True, countries=("US",)))

    assert set(verdict) == {"anywhere", "workplace"}


def test_time_zones_may_be_an_hour_off_and_count_only_where_stated():
    """Each end within an hour is right; a set without time zones does not score them."""
    record = place(timezones=(-8.0, -5.0))

    assert judge(record, Location(anywhere=False, timezones=(-7.0, -5.0)))["timezones"]
    assert not judge(record, Location(anywhere=False, timezones=(-5.0, -5.0)))["timezones"]
    assert not judge(record, Location(anywhere=False))["timezones"]
    assert "timezones" not in judge(place(), Location(anywhere=False, timezones=(1.0, 1.0)))


def test_a_reading_is_said_in_the_words_of_the_sets():
    """on_site is "onsite", nothing stated is "unknown", offsets become their two ends."""
    reading = PlaceReading(workplace="on_site", utc_offsets=(0.0, 1.0, 2.0))

    assert said(reading).workplace == "onsite"
    assert said(reading).timezones == (0.0, 2.0)
    assert said(PlaceReading()).workplace == "unknown"
    assert said(PlaceReading()).timezones is None


def test_precision_recall_and_accuracy_of_pairs():
    """Of three merged two are the same; of four that are the same two were merged."""
    answers = [(True, True)] * 2 + [(False, True)] + [(True, False)] * 2 + [(False, False)] * 5

    scores = pair_figures(answers)

    assert scores["precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert scores["recall"] == pytest.approx(0.5)
    assert scores["accuracy"] == pytest.approx(0.7)


def test_nothing_said_has_no_precision():
    """A share of nothing is None, not zero."""
    assert pair_figures([(False, False)])["precision"] is None
    assert pair_figures([])["accuracy"] is None


def test_the_sides_of_a_pair_are_cleaned_and_stand_on_two_lists():
    """Each side passes the pipeline, and the two are not taken for one board's own listing."""
    side = Side(title="  Nurse\u00a0 (m/f/d) ", company="Fernhill", board="muse")
    record = PairRecord(id="1", a=side, b=side, same=True)

    one, other = posting(record, "a"), posting(record, "b")

    assert "\u00a0" not in one.title
    assert (one.source, one.board) != (other.source, other.board)
    assert one.id != other.id


def test_a_folder_is_scored_and_sets_that_are_not_there_are_skipped(tmp_path):
    """Only the files that exist are scored; blank lines do not count."""
    (tmp_path / "category.jsonl").write_bytes(CATEGORY)

    scores, misses = evaluate_dir(tmp_path)

    assert set(scores) == {"category"}
    assert scores["category"]["n"] == 2
    assert scores["category"]["lenient"] == 1
    assert misses == []


def test_a_folder_without_sets_and_a_broken_line_say_where(tmp_path):
    """The error names the folder, or the file and the line."""
    with pytest.raises(UsageError, match="no labelled set"):
        evaluate_dir(tmp_path)
    file = tmp_path / "category.jsonl"
    file.write_bytes(CATEGORY + b'{"id": 3}\n')

    with pytest.raises(UsageError, match=r"category\.jsonl:5"):
        evaluate_dir(tmp_path)


def test_an_empty_set_is_an_error_and_not_a_score(tmp_path):
    """A file without records has no figures."""
    file = tmp_path / "category.jsonl"
    file.write_bytes(b"\n")

    with pytest.raises(UsageError, match="no record"):
        load(file, CategoryRecord)


def test_every_set_has_its_scorer():
    """The sets are those of the labelled data, in their order."""
    wanted = ["category", "salary", "location", "seniority", "employment", "duplicates"]
    assert list(SETS) == wanted


def test_the_report_says_each_figure_once_a_set(tmp_path):
    """One line a set with its name, size and shares in per cent; then what was confused."""
    text = report(
        {
            "category": {
                "n": 3,
                "strict": 0.5,
                "lenient": 1.0,
                "macro_f1": 0.75,
                "confused": [["qa", "hr", 2]],
            },
            "duplicates": {
                "n": 2,
                "precision": None,
                "recall": 0.5,
                "natural": {"n": 1, "accuracy": 1.0},
                "other_location": 4,
                "other_location_merged": 1,
            },
        }
    )

    assert "category" in text
    assert "first choice 50.0%" in text
    assert "qa as hr 2" in text
    assert "precision" not in text
    assert "1 of 4 merged" in text


@pytest.mark.shared
def test_the_shared_sets_are_all_read(shared):
    """Every set beside the project can be scored, and no figure is outside 0..1."""
    scores, misses = evaluate_dir(shared / "eval")

    assert set(scores) == set(SETS)
    assert all(
        0 <= figures[key] <= 1
        for figures in scores.values()
        for key in figures
        if isinstance(figures[key], float)
    )
    assert all(miss.expected != miss.got for miss in misses)
