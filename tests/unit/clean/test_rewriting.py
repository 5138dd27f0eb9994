"""Tags before a parser sees them: tidy HTML is not counted, and is the same as when it is."""

from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.rewriting import _EVERY, _TIDY, MAX_DEPTH, _bare, _Counter, rewrite

LINE = st.recursive(
    st.sampled_from(("Go", "a &amp; b", " ", "<br>", "")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.tuples(st.sampled_from(("strong", "b", "em", "i", "code")), inner).map(
            lambda made: f"<{made[0]}>{made[1]}</{made[0]}>"
        ),
    ),
    max_leaves=5,
)


def counted(html):
    """Return `html` with every tag counted."""
    return _EVERY.sub(_Counter().tag, html)


@given(st.lists(LINE, max_size=6))
def test_what_is_called_tidy_is_the_same_when_counted(lines):
    """The shortcut for tidy HTML changes nothing but the time."""
    html = _bare("".join(f"<p>{line}</p><ul><li>{line}</li></ul>" for line in lines))

    if _TIDY.fullmatch(html):
        assert counted(html) == html


def test_long_tidy_html_takes_the_shortcut():
    """Bold words in hundreds of paragraphs are tidy, and stay as they are."""
    html = "<p>We <strong>ship <em>it</em></strong>.</p>" * MAX_DEPTH

    assert _TIDY.fullmatch(html)
    assert rewrite(html) == html == counted(html)


def test_long_untidy_html_is_counted():
    """An inline element that was never ended ends with its block, so it cannot pile up."""
    html = "<p><b>We ship.</p>" * MAX_DEPTH

    assert not _TIDY.fullmatch(html)
    assert rewrite(html) == "<p><b>We ship.</b></p>" * MAX_DEPTH
