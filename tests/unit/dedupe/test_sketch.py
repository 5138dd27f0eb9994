"""Texts in small: equal for the same words, in common what is in common."""

from hypothesis import given
from hypothesis import strategies as st

from jobtide.dedupe.sketch import FEW, NOTHING, bands, likeness, sketch

LONG = [f"word{number}" for number in range(2000)]
words = st.lists(st.sampled_from(LONG), max_size=400).map(" ".join)


def test_case_accents_dashes_and_blanks_do_not_count():
    """What formatting changes leaves the sketch as it is."""
    plain = sketch("Client needs pipelines - SQL, dbt, Airflow; cafe culture at night")

    assert sketch("CLIENT needs  pipelines – SQL,\ndbt, Airflow… Café culture at night") == plain
    assert (
        plain.name == sketch("client needs pipelines sql dbt airflow cafe culture at night").name
    )


def test_words_are_hashed_wherever_they_stand():
    """The same run of words is the same run at the end of a text of another length."""
    tail = " ".join(LONG[:30])

    assert likeness(sketch(tail), sketch("x" * 997 + " " + tail)).of_one == 1.0


def test_an_excerpt_is_in_the_whole():
    """The overlap is the share of the shorter text, however long the other is."""
    found = likeness(sketch(" ".join(LONG[:100])), sketch(" ".join(LONG[:1200])))

    assert found.overlap == 1.0
    assert 0.05 < found.of_other < 0.12


def test_shares_are_estimated_well():
    """Of two long texts with half in common the sketches find half, to within a tenth."""
    one, other = sketch(" ".join(LONG[:800])), sketch(" ".join(LONG[400:1200]))

    assert 0.4 < likeness(one, other).of_one < 0.6
    assert likeness(one, sketch(" ".join(LONG[1000:1800]))).overlap == 0.0


def test_nearly_equal_texts_share_a_band():
    """Fifty pairs with three words of six hundred changed: all of them meet."""
    for start in range(50):
        text = LONG[start * 20 : start * 20 + 600]
        changed = [*text[:100], "a", *text[101:300], "b", *text[301:500], "c", *text[501:]]
        one, other = bands(sketch(" ".join(text)), 3, 4), bands(sketch(" ".join(changed)), 3, 4)
        assert any(here == there for here, there in zip(one, other, strict=True))


def test_a_short_text_has_no_bands():
    """Too few runs of words would put strangers into one block."""
    assert bands(sketch(" ".join(LONG[: FEW // 2])), 3, 4) == []
    assert len(bands(sketch(" ".join(LONG[: FEW * 2])), 3, 5)) == 5


def test_nothing_to_read_is_nothing():
    """No letter, no sketch."""
    assert sketch("") == sketch(" -- \n … ") == NOTHING


@given(st.text(max_size=300))
def test_any_text_has_a_sketch(text):
    """Whatever a board sends: no exception, hashes ascending, and like itself."""
    found = sketch(text)
    hashes = list(memoryview(found.hashes).cast("I"))

    assert hashes == sorted(set(hashes))
    assert len(hashes) == min(found.runs, 128)
    if found.runs:
        assert likeness(found, found).overlap == 1.0


@given(words, words)
def test_likeness_looks_the_same_from_both_sides(one, other):
    """What of one is in the other does not depend on which is named first."""
    here, there = sketch(one), sketch(other)
    if here.runs and there.runs:
        forth, back = likeness(here, there), likeness(there, here)
        assert (forth.of_one, forth.of_other) == (back.of_other, back.of_one)
        assert 0.0 <= forth.overlap <= 1.0
