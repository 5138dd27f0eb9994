"""What people decided is read strictly: a decision that is not understood must not be lost."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.config import Config
from jobtide.config.schema import UpdateConfig
from jobtide.dedupe.decisions import Decisions, parse_decisions
from jobtide.errors import ConfigError
from jobtide.run.openings import read_decisions

GOOD = """
[[merge]]
postings = ["a:b:1", "a:b:2", "c:d:3"]
reason = "the agency said so"

[[apart]]
postings = ["a:b:1", "e:f:4"]
reason = "two teams"
"""


def test_each_pair_of_a_decision_counts():
    """Three merged postings are three pairs, with their reason."""
    found = parse_decisions(GOOD)

    assert found.merged[frozenset(("a:b:2", "c:d:3"))] == "the agency said so"
    assert len(found.merged) == 3
    assert found.parted == {frozenset(("a:b:1", "e:f:4")): "two teams"}
    assert found.named == {"a:b:1", "a:b:2", "c:d:3", "e:f:4"}
    assert parse_decisions("") == Decisions()


def test_merges_join_each_other():
    """One and two, two and three, then four and one: one set of four."""
    pairs = (("1", "2"), ("2", "3"), ("4", "1"), ("5", "6"))
    text = "".join(f'[[merge]]\npostings = ["{a}", "{b}"]\nreason = "x"\n' for a, b in pairs)

    unions = parse_decisions(text).unions

    assert len({unions[name] for name in "1234"}) == 1
    assert unions["5"] == unions["6"] != unions["1"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[merge", "no TOML"),
        ('[[join]]\npostings = ["1", "2"]\nreason = "x"', "unknown field `join`"),
        ('[[merge]]\npostings = ["1", "2"]', "missing required field `reason`"),
        ('[[merge]]\npostings = ["1", "2"]\nreason = " "', "merge 1 needs a reason"),
        ('[[apart]]\npostings = ["1"]\nreason = "x"', "apart 1 must name two"),
        ('[[apart]]\npostings = ["1", "1"]\nreason = "x"', "apart 1 must name two"),
        (
            GOOD + '[[apart]]\npostings = ["a:b:2", "c:d:3"]\nreason = "x"',
            "a:b:2 and c:d:3 are both merged and kept apart",
        ),
    ],
)
def test_what_is_wrong_is_said(text, complaint):
    """An unknown key, a missing reason or a contradiction is an error with the file's name."""
    with pytest.raises(ConfigError, match=r"decisions\.toml: ") as told:
        parse_decisions(text)

    assert complaint.lower() in str(told.value).lower()


@given(st.text(max_size=120))
def test_any_text_is_decisions_or_an_error_of_the_settings(text):
    """Whatever stands in the file: decisions, or a ConfigError."""
    with suppress(ConfigError):
        assert isinstance(parse_decisions(text), Decisions)


def test_the_file_is_found_by_its_setting(tmp_path):
    """No file is no news; a file that cannot be read is an error."""
    path = tmp_path / "mine.toml"
    config = Config(update=UpdateConfig(decisions=str(path)))

    assert read_decisions(config) is None
    path.write_text(GOOD)
    assert read_decisions(config) == parse_decisions(GOOD)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_decisions(config)
