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


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Categry:backend", "Did you mean 'category'"),
        ("region:europ", "region: has no value 'europ'. Did you mean 'europe'"),
        ("language:xx", "language: has no value 'xx'"),
        ("from:Polnad", "Did you mean 'Poland'"),
        ("country:Germny", "Did you mean 'Germany'"),
        ("is:fresh", "is: has no value 'fresh'"),
        ("visa:maybe", "visa: has no value 'maybe'"),
        ("tz:+99", "tz: cannot read"),
        ("tz:-13", "tz: cannot read"),
        ("tz:cet", "tz: cannot read"),
        ("posted:2026-02-30", "posted: cannot read"),
        ("posted:..", "posted: cannot read"),
        ("posted:2026-12-01..2026-11-01", "posted: cannot read"),
        ("posted:2026-11-012026-11-02", "posted: cannot read"),
        ("salary:60000EURO", "salary: cannot read"),
        ("salary:>=", "salary: cannot read"),
        ("since:3y", "since: cannot read"),
        ("category:", "category: has no value. Write it like category:backend."),
        ("category: backend", "category: has no value"),
        ('title:""', "title: has no value"),
        ("title:&", "title: cannot read"),
        ("company:-", "company: cannot read"),
        ("note: remote", "put quotes around"),
        ("OR python", "OR stands between two conditions"),
        ("python OR", "OR stands between two conditions"),
        ("python OR OR java", "OR stands between two conditions"),
        ("python OR sort:pay", "takes no - and no OR"),
        ("-sort:pay", "takes no - and no OR"),
        ("sort:pay sort:new", "asked for twice: 'pay' and 'new'"),
        (" ".join(f"a{at}" for at in range(65)), "more than 64 conditions"),
    ],
)
def test_nothing_is_silently_ignored(text, says):
    """Whatever asks for something is asked for, or said to be no question."""
    with pytest.raises(QueryError) as error:
        parse(text)

    assert says in str(error.value)


def test_signs_alone_ask_for_nothing():
    """A title that was copied may hold a dash or an ampersand: they are no words."""
    assert words("R&D - lead & more") == words("R&D lead more")


def test_c_plus_plus_and_its_friends_just_work():
    """Four conditions and a phrase, nothing quoted that need not be."""
    assert words('c++ c# .net node.js "machine learning"') == [
        [("", one, False)] for one in ("c++", "c#", ".net", "node.js", "machine learning")
    ]


@pytest.mark.parametrize(
    "text",
    ["salary:>50k salary:<90k", "posted:2026-11-01.. posted:..2026-11-09", "since:3d since:9d",
     "is:open is:new"],
)  # fmt: skip
def test_ranges_named_twice_must_both_hold(text):
    """Two bounds are a range; as alternatives they would ask for nothing at all."""
    assert [len(group) for group in parse(text).groups] == [1, 1]


def test_what_only_the_caller_knows_has_its_nearest_too():
    """Skills with their spellings, and the currencies that have a rate."""
    known = {"skill": {"go": "go", "golang": "go", "python": "python"}, "currency": ("EUR", "USD")}

    assert parse("skill:Golang", known).groups == parse("skill:go", known).groups
    with pytest.raises(QueryError, match="Did you mean 'python'"):
        parse("skill:pyhton", known)
    with pytest.raises(QueryError, match="no rate for the currency 'EUX'"):
        parse("salary:>5EUX", known)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("salary:60,000", "60000"),
        ("tz:UTC-3:30", "-3:30"),
        ("region:Middle-East", "middle_east"),
        ("type:full time", None),
        ('type:"full time"', "full_time"),
        ("language:EN", "en"),
        ("source:X", "x"),
        ("title:Node.js", "node.js"),
        ("category:None", "none"),
    ],
)
def test_more_ways_to_write_a_value(text, normal):
    """Case, hyphens and blanks are as people write them."""
    if normal is None:
        with pytest.raises(QueryError):
            parse(text)
        return
    (((_, value, _),),) = words(text)
    assert value == normal


@given(st.text(max_size=80))
def test_any_text_is_a_query_or_a_clear_error(text):
    """Nothing a person types ends in a traceback; what was understood is understood again."""
    try:
        query = parse(text)
    except QueryError:
        return

    assert parse(query.text).groups == query.groups
