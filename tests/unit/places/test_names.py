"""How names are compared and damaged ones mended."""

import time

from hypothesis import given
from hypothesis import strategies as st

from jobtide.places.names import key, mend
from jobtide.places.table import countries, meanings


def test_accents_case_and_punctuation_do_not_count():
    """Spellings of one name have one key."""
    assert key("Saint-Étienne") == key("SAINT ETIENNE") == "saint etienne"
    assert key("Łódź") == "lodz"
    assert key("Straße") == "strasse"


def test_damage_is_mended_and_whole_text_left_alone():
    """UTF-8 read as Latin-1 is put right; text that only looks odd stays."""
    assert mend("SÃ£o Paulo") == "São Paulo"
    assert mend("Köln") == "Köln"
    assert mend("A &amp; B") == "A & B"


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text):
    """Making a key twice changes nothing."""
    assert key(key(text)) == key(text)


@given(st.text(max_size=60))
def test_mending_never_raises(text):
    """Any text can be given to `mend`."""
    assert isinstance(mend(text), str)


def test_the_table_is_read_quickly():
    """A process that reads its first line waits less than half a second for the table."""
    start = time.process_time()
    countries()
    meanings("berlin")

    assert time.process_time() - start < 2


def test_a_name_has_all_its_meanings():
    """ "Paris" is in France first, and in Texas too."""
    found = {(one.country, one.subdivision) for one in meanings("paris")}

    assert ("US", "US-TX") in found
    assert any(country == "FR" for country, _ in found)
    assert meanings("no such place") == ()
