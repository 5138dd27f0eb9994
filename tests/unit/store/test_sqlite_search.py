"""The parts of SQLite's search that its contract cannot see: places, bits, building, damage."""

import random
import sqlite3
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide import query
from jobtide.clean.salary import yearly
from jobtide.errors import StoreError
from jobtide.model import Eligibility, Salary, UnitText
from jobtide.places.eligible import eligible
from jobtide.places.table import countries
from jobtide.query.order import TIE_BITS
from jobtide.query.values import open_to
from jobtide.store import Reading, open_store
from jobtide.store.completing import completed
from jobtide.store.scanning import scan, scan_facets
from jobtide.store.sqlite.search import bits, building
from jobtide.store.sqlite.search.columns import fits
from jobtide.store.sqlite.search.counts import Counter
from jobtide.store.sqlite.search.document import PAY_STEPS, document, pay_step, token
from jobtide.store.sqlite.search.expression import plan
from jobtide.store.sqlite.search.place import day_range, free_places, place
from jobtide.store.sqlite.search.readers import Readers
from jobtide.store.sqlite.search.statistics import Statistics
from tests.contract.test_search import NOW as SEARCHED_AT
from tests.contract.test_search import TERMS, filled
from tests.unit.openings import NOW, label, opening

SECONDS = st.integers(-(10**10), 10**11)
TIES = st.integers(0, 2**TIE_BITS - 1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "jobs.db"


def posting(identifier, **facts):
    return opening(identifier=str(identifier), **facts).posting


def saved(store, *postings, at=NOW):
    store.save_reading(Reading(source="remotive", board="main", read_at=at), list(postings))


# -- places ----------------------------------------------------------------------------------


@given(st.tuples(SECONDS, TIES), st.tuples(SECONDS, TIES))
def test_places_rise_with_the_order(one, other):
    """Of two keys the later never has the smaller place, and no place leaves its day."""
    first, second = sorted((one, other))

    assert place(*first) <= place(*second)
    least, most = day_range(one[0] // 86_400, one[0] // 86_400)
    assert least <= place(*one) < most - 2**27


@given(st.sets(st.integers(0, 40)), st.lists(st.integers(0, 40), max_size=20).map(sorted))
def test_a_place_that_is_taken_gives_the_next_free_one(taken, wanted):
    """Each gets a place of its own, not below what it wants, and as near as can be."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE search_doc (docid INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO search_doc VALUES (?)", [(one,) for one in taken])

    found = list(free_places(db, wanted))
    db.close()

    assert len(set(found)) == len(wanted)
    assert taken.isdisjoint(found)
    held = set(taken)
    for number, got in zip(wanted, found, strict=True):
        assert got >= number
        assert set(range(number, got)) <= held
        held.add(got)


@pytest.mark.parametrize("sort", ["new", "relevance"])
def test_openings_that_want_one_place_still_come_in_order(path, monkeypatch, sort):
    """With room for one opening a day all others are shifted, and every page is right."""
    module = "jobtide.store.sqlite.search"
    for name in ("keeping", "pages"):
        monkeypatch.setattr(f"{module}.{name}.place", lambda second, tie: (second // 86_400) << 29)
    with open_store(str(path), create=True) as store:
        for day in range(6):
            saved(
                store,
                *(
                    posting(
                        (day * 37 + at * 11) % 100,
                        date_posted=NOW - timedelta(days=(day + at) % 4, seconds=at % 3),
                        title="Engineer" if at % 2 else "Python",
                    )
                    for at in range(9)
                ),
                at=NOW + timedelta(hours=day),
            )
        openings = list(completed(store.openings()))
        wanted = query.parse(f"engineer OR python sort:{sort}")
        expected = [one.id for one in scan(openings, wanted, NOW, limit=999).openings]
        for limit in (1, 2, 7, 100):
            cursor, shown = None, []
            while True:
                page = store.search(wanted, NOW, limit=limit, cursor=cursor)
                shown += [one.id for one in page.openings]
                cursor = page.next
                if cursor is None:
                    break
            assert shown == expected


@pytest.mark.parametrize("entries", [0.0, 1e9], ids=["looked up", "walked"])
def test_walked_or_looked_up_the_answer_is_the_same(path, monkeypatch, entries):
    """Which lists are walked and what is looked up of each hit is a matter of time alone."""
    monkeypatch.setattr("jobtide.store.sqlite.search.expression._ENTRIES", entries)
    monkeypatch.setattr("jobtide.store.sqlite.search.pages._FEW", 3)
    chance = random.Random(5)
    with open_store(str(path), create=True) as store:
        filled(store, 3)
        openings = list(completed(store.openings()))
        for _ in range(250):
            parts = chance.sample(TERMS, chance.randint(1, 4))
            parts = [chance.choice(("", "", "-")) + one for one in parts]
            parts += chance.choice(([], ["is:open", "arrangement:remote"]))
            joined = parts[0] + "".join(
                chance.choice((" ", " ", " OR ")) + one for one in parts[1:]
            )
            sort = chance.choice(("", " sort:pay", " sort:relevance"))
            wanted = query.parse(joined + sort)
            expected = scan(openings, wanted, SEARCHED_AT, limit=1_000)
            assert store.search(wanted, SEARCHED_AT, limit=1_000) == expected, joined
            page = store.search(wanted, SEARCHED_AT, limit=2)
            if page.next:
                rest = store.search(wanted, SEARCHED_AT, limit=999, cursor=page.next)
                assert page.openings + rest.openings == expected.openings, joined


def test_a_common_value_is_looked_up_and_a_rare_one_walked(path):
    """The plan walks the short lists only: a value of every opening is looked up of each hit."""
    with open_store(str(path), create=True) as store:
        saved(
            store,
            *(
                posting(
                    at,
                    title="Python" if at % 50 == 0 else "Engineer",
                    category=label("data" if at % 40 == 0 else "backend"),
                    arrangement=label("remote"),
                )
                for at in range(400)
            ),
        )
        with store._snapshot() as db:
            usual, only_open = (
                plan(query.parse(f"python category:data {rest}"), NOW, Statistics(db))
                for rest in ("arrangement:remote is:open", "is:open")
            )
    assert (usual.match, usual.where) == ('"python" AND "u.category=data"', ())
    assert only_open.match == '"python" AND "category=data"'
    assert len(only_open.where) == 1


def test_how_common_a_word_is_is_guessed_from_its_newest_hits(path):
    """A rare word is counted, a common one guessed within half of the truth."""
    with open_store(str(path), create=True) as store:
        saved(
            store, *(posting(at, title="Python Go" if at % 4 else "Rust Go") for at in range(400))
        )
        saved(store, posting("one", title="Cobol"), at=NOW + timedelta(hours=1))
        with store._snapshot() as db:
            known = Statistics(db)
            assert known.total == 401
            assert known.word("cobol") == 1
            assert known.word("fortran") == 0
            assert 200 <= known.word("python") <= 401
            assert 350 <= known.word("go") <= 401


# -- bits ------------------------------------------------------------------------------------


@given(st.sets(st.integers(0, bits.CHUNK - 1), max_size=2_000))
def test_packed_bits_come_back(slots):
    """Few or many, what a row holds is what it was given, and never more than 1,024 bytes."""
    given_slots = np.array(sorted(slots), np.uint16)

    row = bits.packed(given_slots)

    assert len(row) <= bits.CHUNK // 8
    assert bits.unpacked(row).tolist() == sorted(slots)


def test_counts_are_read_anew_only_where_they_changed(path, monkeypatch):
    """A counter that lives on counts what is there now, and reads no chunk twice for nothing."""
    reads = []
    plain = Counter._read
    monkeypatch.setattr(
        Counter, "_read", lambda self, db, chunk: (reads.append(chunk), plain(self, db, chunk))[1]
    )
    everything = query.parse("")
    with open_store(str(path), create=True) as store:
        saved(store, posting(1, category=label("backend")))
        for _ in range(2):
            assert store.facets(everything, NOW, ["category"]) == {"category": (("backend", 1),)}
        assert reads == [0]

        saved(store, posting(1, category=label("data")), at=NOW + timedelta(hours=1))
        assert store.facets(everything, NOW, ["category"]) == {"category": (("data", 1),)}
        assert reads == [0, 0]


def test_many_chunks_count_like_one(path, monkeypatch):
    """Slots of several chunks, few and many of a value, are counted as the scan counts them."""
    for module in ("bits", "counts"):
        monkeypatch.setattr(f"jobtide.store.sqlite.search.{module}.CHUNK", 64)
    monkeypatch.setattr("jobtide.store.sqlite.search.bits._DENSE_BYTES", 8)
    monkeypatch.setattr("jobtide.store.sqlite.search.bits._DENSE", 4)
    monkeypatch.setattr("jobtide.store.sqlite.search.counts._BYTES", 8)
    with open_store(str(path), create=True) as store:
        saved(
            store,
            *(
                posting(
                    at,
                    category=label("backend" if at % 2 else "data"),
                    skills=(label("go"),) if at % 70 == 0 else (),
                    hiring_organization=f"Firm {at % 60}",
                )
                for at in range(300)
            ),
        )
        openings = list(completed(store.openings()))
        for text in ("", "category:data", "-skill:go", "engineer", "skill:go OR category:backend"):
            wanted = query.parse(text)
            names = ("category", "skill", "company")
            assert store.facets(wanted, NOW, names) == scan_facets(openings, wanted, NOW, names)


# -- documents -------------------------------------------------------------------------------


@given(st.sets(st.integers(0, 2**28 - 1), max_size=30), st.integers(0, 2**28 - 1))
def test_values_of_an_opening_are_found_by_instr(numbers, other):
    """Coded numbers come back, and SQLite's `instr` finds those that are there and no other."""
    vals = bits.coded(numbers)

    assert bits.decoded(vals) == numbers
    assert (bits.code(other) in vals) is (other in numbers)
    assert all(bits.code(one) in vals for one in numbers)


@given(st.integers(0, 10**18))
def test_a_pay_has_all_steps_it_reaches(pay):
    """The step of a pay is the highest that is not above it."""
    step = pay_step(pay)

    assert step == -1 or PAY_STEPS[step] <= pay
    assert step + 1 == len(PAY_STEPS) or pay < PAY_STEPS[step + 1]


@given(st.text(min_size=1, max_size=20))
def test_a_value_is_one_word_of_the_index(value):
    """Whatever a value holds, the index sees one word, and another value is another word."""
    try:
        made = token("skill", value)
    except UnicodeEncodeError:
        return  # half of a surrogate pair: the store replaces those before they come here

    assert " " not in made
    assert made.isascii()
    assert '"' not in made
    assert token("skill", value + "x") != made


@pytest.mark.parametrize("rule", ["places.line", "places.field", "line", "zone.hours", "hours"])
@pytest.mark.parametrize("inferred", [True, False])
@pytest.mark.parametrize("field", ["location_text", "text"])
def test_countries_open_to_are_those_of_the_answer(rule, inferred, field):
    """What is looked up for a shape of eligibility is what is answered for each posting."""
    made = [label(value) for value in ("DE", "europe", "yes", "US-CA")]
    made = [type(one)(value=one.value, rule=rule, inferred=inferred, field=field) for one in made]
    for stated in (
        Eligibility(countries=(made[0],)),
        Eligibility(regions=(made[1],), utc_offsets=(1.0,), timezone=made[2]),
        Eligibility(anywhere=made[2], subdivisions=(made[3],)),
        Eligibility(anywhere=made[2], excluded=(made[0],), utc_offsets=(-5.0,), timezone=made[2]),
    ):
        expected = {code for code in countries() if eligible(stated, code).value == "yes"}
        assert open_to(stated) == expected


def test_a_document_holds_no_more_than_it_must():
    """Open to the whole world is one word, not two hundred and fifty."""
    worldwide = opening(eligibility=Eligibility(anywhere=label("yes"), excluded=(label("IN"),)))

    found = [one for one in document(worldwide).values if "from" in one[0]]

    assert found == [("from_any", "1"), ("not_from", "IN")]


@given(
    st.floats(1, 10**9),
    st.sampled_from(("EUR", "USD", "JPY")),
    st.sampled_from(("", ">", "<", "<=")),
)
def test_salaries_are_tried_as_the_language_says(amount, currency, sign):
    """The function that SQLite calls agrees with the language on any bound."""
    pay = Salary(currency="EUR", min_value=amount, unit_text=UnitText.YEAR)
    made = opening(base_salary=(pay,))
    wanted = query.parse(f"salary:{sign}{amount:.2f}{currency}")
    value = wanted.groups[0][0].value

    expected = query.matches(wanted, made, query.Context(now=NOW, yearly=yearly))
    assert fits(document(made).pays, value) is expected


# -- building --------------------------------------------------------------------------------


def test_a_store_without_an_index_gets_one(path):
    """Opened again, a store whose index is of other rules has it made anew, and answers alike."""
    with open_store(str(path), create=True) as store:
        saved(store, *(posting(at, title=f"Python {at}") for at in range(30)))
        before = store.search(query.parse("python"), NOW, limit=50)
    db = sqlite3.connect(path)
    db.execute("UPDATE search_state SET rules = 'older', built_to = NULL")
    db.commit()
    db.close()

    with open_store(str(path)) as store:
        assert store.search(query.parse("python"), NOW, limit=50) == before
        assert store.check() == []


def test_an_interrupted_build_goes_on(path, monkeypatch):
    """A build that was stopped half way answers slowly and rightly, and is then finished."""
    with open_store(str(path), create=True) as store:
        saved(store, *(posting(at) for at in range(30)))
        expected = store.search(query.parse("engineer"), NOW, limit=50)
        db = sqlite3.connect(path)
        db.execute("UPDATE search_state SET rules = 'older'")
        db.commit()
        monkeypatch.setattr(building, "_STEP", 7)
        steps = building._steps(_autocommit(db))
        assert next(steps) == 7
        steps.close()

        assert store.search(query.parse("engineer"), NOW, limit=50) == expected
        assert store.facets(query.parse(""), NOW, ["company"]) == {"company": (("Acme", 30),)}
        assert any("not finished" in one for one in store.check())
        building.build(_autocommit(db))
        db.close()
        assert store.search(query.parse("engineer"), NOW, limit=50) == expected
        assert store.check() == []


def _autocommit(db):
    db.isolation_level = None
    return db


def test_a_long_build_tells_how_far_it_is(path, monkeypatch):
    """A person who waits for minutes sees why; for a small store nothing is said."""
    with open_store(str(path), create=True) as store:
        saved(store, *(posting(at) for at in range(30)))
    told = []
    for large in (31, 30):
        db = _autocommit(sqlite3.connect(path))
        db.execute("UPDATE search_state SET rules = 'older'")
        monkeypatch.setattr(building, "_LARGE", large)
        building.build(db, told.append)
        db.close()
        assert bool(told) is (large == 30)
    assert "30 openings of 30 postings" in told[0]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM search_doc WHERE opening LIKE '%:3'", "is not in the search index"),
        ("UPDATE search_doc SET opening = 'x:y:z' WHERE slot = 1", "which is no opening"),
        ("UPDATE search_kept SET words = x'00' WHERE slot = 1", "cannot be read"),
        ("UPDATE search_doc SET pay = 5 WHERE slot = 2", "not as it is"),
        ("DELETE FROM search_bits", "bits"),
        ("INSERT INTO search_words (search_words) VALUES ('delete-all')", "index of words"),
    ],
)
def test_an_index_out_of_step_is_told(path, statement, says):
    """`check` finds what is missing, too much, or other than the openings."""
    with open_store(str(path), create=True) as store:
        saved(store, *(posting(at) for at in range(5)))
        assert store.check() == []
        db = sqlite3.connect(path)
        db.execute(statement)
        db.commit()
        db.close()

        assert any(says in one for one in store.check())


def test_nothing_is_written_when_nothing_differs(path):
    """A reading that says the same leaves the index alone."""
    with open_store(str(path), create=True) as store:
        saved(store, posting(1), posting(2))
        rev = _rev(path)
        saved(store, posting(1), posting(2), at=NOW + timedelta(hours=1))
        assert _rev(path) == rev


def _rev(path):
    db = sqlite3.connect(path)
    found = db.execute("SELECT rev, (SELECT total(docid) FROM search_doc) FROM search_state")
    row = found.fetchone()
    db.close()
    return row


def test_connections_are_kept_for_the_same_file_alone(path):
    """A connection is used again, dropped when another file takes the place, closed in the end."""
    with open_store(str(path), create=True) as store:
        saved(store, posting(1))
    readers = Readers(path)
    with readers.snapshot() as first:
        pass
    with readers.snapshot() as again:
        assert again is first
    path.with_name("other.db").write_bytes(path.read_bytes())
    path.with_name("other.db").replace(path)
    with readers.snapshot() as other:
        assert other is not first
        readers.close()
    with pytest.raises(sqlite3.ProgrammingError):
        other.execute("SELECT 1")
    with pytest.raises(StoreError, match="closed"), readers.snapshot():
        pass


def test_the_moment_of_the_first_sight_survives_any_year():
    """A first sight in any year is a number, and the words of its day and week too."""
    for year in (1, 1969, 9999):
        made = opening(first_seen_at=datetime(year, 1, 1, tzinfo=UTC))
        assert "day=" in document(made).words
