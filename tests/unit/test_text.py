"""Words and letters: what the steps share."""

from jobtide.text import REMEMBERED, remembered


def test_a_text_is_read_once_while_it_is_remembered():
    """A pure function is not asked again for one of the last texts, whatever object holds it."""
    asked = []

    @remembered
    def length(text, least=0):
        asked.append(text)
        return max(least, len(text))

    assert [length("ab" * 3), length("aba" + "bab"), length("ababab", least=9)] == [6, 6, 9]
    assert len(asked) == 2


def test_what_is_remembered_has_a_bound():
    """Texts beyond the last few are asked for again; very long ones are never kept."""
    asked = []

    @remembered
    def length(text):
        asked.append(len(text))
        return len(text)

    for number in range(REMEMBERED + 1):
        length(f"text {number}")
    length("text 0")
    assert len(asked) == REMEMBERED + 2
    length("x" * 20_000)
    length("x" * 20_000)
    assert asked[-2:] == [20_000, 20_000]


def test_texts_with_the_same_ends_are_told_apart():
    """Two texts of one length that differ in their middle alone get a reading each."""

    @remembered
    def middle(text):
        return text[150]

    for letter in "abab":
        assert middle("x" * 150 + letter + "x" * 150) == letter
