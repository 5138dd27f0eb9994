"""The search language: what a text means, and what is said when it means nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.query import QueryError, parse


def words(text):
    return [
        [(term.field, term.value, term.negated) for term in group] for group in parse(text).groups
    ]


def test_words_phrases_and_exclusions_are_separate_conditions():
    """Each must hold on its own."""
    assert words('Python "machine learning" -senior') == [
        [("", "python", False)],
        [("", "machine learning", False)],
        [("", "senior", True)],
    ]


def test_the_same_field_again_asks_for_either_value():
    """Two categories mean one or the other; two different fields mean both."""
    assert words("category:backend type:contract category:data") == [
        [("category", "backend", False), ("category", "data", False)],
        [("type", "contract", False)],
    ]


def test_or_joins_two_terms():
    """OR is written in capitals and stands between two terms."""
    assert words("rust OR go remote") == [
        [("", "rust", False), ("", "go", False)],
        [("", "remote", False)],
    ]


@pytest.mark.parametrize("text", ["c++", "c#", ".net", "node.js", "ci/cd", "b2b"])
def test_names_of_tools_are_words(text):
    """Signs belong to the name: nobody has to quote them."""
    assert words(text) == [[("", text, False)]]


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("from:pl", "PL"),
        ("from:Poland", "PL"),
        ("from:Deutschland", "DE"),
        ("from:UK", "GB"),
        ("type:full-time", "full_time"),
        ("salary:>60000EUR", ">60000eur"),
        ("tz:+1", "+1"),
        ("since:3d", "3d"),
        ("posted:2026-11-01..", "2026-11-01.."),
        ("arrangement:none", "none"),
    ],
)
def test_values_are_brought_to_their_normal_form(text, normal):
    """People write values in several ways; the query holds one."""
    (((_, value, _),),) = words(text)

    assert value == normal


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("categry:backend", "unknown field 'categry'. Did you mean 'category'?"),
        ("category:backnd", "category: has no value 'backnd'. Did you mean 'backend'?"),
        ("from:Atlantis", "from: cannot read 'Atlantis'"),
        ("salary:lots", "salary: cannot read 'lots'. Write it like salary:>60000EUR."),
        ("since:yesterday", "since: cannot read"),
        ('"open end', "never closed"),
        ("sort:age", "sort: has no value 'age'"),
        ("x" * 1001, "at most 1000"),
    ],
)
def test_what_is_not_understood_is_an_error_with_the_nearest(text, says):
    """A filter that is silently ignored shows jobs nobody asked for."""
    with pytest.raises(QueryError) as error:
        parse(text)

    assert says in str(error.value)


def test_closed_lists_of_the_caller_are_checked_too():
    """The language does not know the sources; who asks does."""
    known = {"source": ("remoteok", "remotive")}

    assert parse("source:remotive", known).groups
    with pytest.raises(QueryError, match="Did you mean 'remotive'"):
        parse("source:remotiv", known)


@given(st.text(max_size=80))
def test_any_text_is_a_query_or_a_clear_error(text):
    """Nothing a person types ends in a traceback; what was understood is understood again."""
    try:
        query = parse(text)
    except QueryError:
        return

    assert parse(query.text).groups == query.groups
