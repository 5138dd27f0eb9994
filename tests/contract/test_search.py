"""What every store's search promises: the answers of the slow scan, whatever was written how."""

import random
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobtide import query
from jobtide.clean.salary import yearly
from jobtide.model import (
    Eligibility,
    History,
    Label,
    Place,
    Posting,
    Reopening,
    Salary,
    Tracked,
    UnitText,
)
from jobtide.query import Context
from jobtide.query.order import key
from jobtide.query.values import COUNTED
from jobtide.store import OpeningRow, Reading, open_store
from jobtide.store.completing import completed
from jobtide.store.scanning import scan, scan_facets

NOW = datetime(2026, 11, 25, 12, 0, 0, 5, tzinfo=UTC)
DAY = timedelta(days=1)

SOURCES = ("lever", "remotive", "remoteok", "hackernews")
WORDS = (
    "python", "java", "c++", "C#", ".NET", "Node.js", "machine", "learning", "senior", "Zürich",
    "data", "engineer", "東京", "back-end", "R&D", "ASP.NET", "c", "net", "“remote”",
)  # fmt: skip
COUNTRIES = ("PL", "DE", "US", "IN")
SKILLS = ("python", "c++", "node.js", "machine learning")

TERMS = (
    *(f'"{word}"' for word in WORDS), '"machine learning"', '"data engineer"', '"learning data"',
    "category:backend", "category:data", "category:none", "skill:python", 'skill:"c++"',
    'skill:"machine learning"', "title:senior", 'title:"data engineer"', "company:acme",
    "company:zürich", "country:PL", "country:US", "region:europe", "source:lever",
    "source:remotive", "seniority:senior", "seniority:none", "type:contract", "type:none",
    "arrangement:remote", "arrangement:none", "language:en", "language:none", "from:PL", "from:US",
    "from:IN", "tz:+1", "tz:-5", "tz:+5:45", "tz:0", "salary:>60000EUR", "salary:<50kUSD",
    "salary:>=70000", "salary:<=70000EUR", "salary:>0", "salary:>9000000", "visa:yes", "visa:no",
    "visa:none", "since:1d", "since:3d", "since:9m", "since:2h", "posted:2026-11-01..",
    "posted:..2026-11-20", "posted:2026-11-24", "posted:2026-11-10..2026-11-20", "is:new",
    "is:open", "is:closed", "is:reposted",
)  # fmt: skip
_PAYS = (20_000, 55_000, 60_000, 64_999, 65_000, 70_000, 125_000)
BOUNDS = st.builds(
    "salary:{}{}{}".format,
    st.sampled_from(("", ">", ">=", "<", "<=")),
    st.sampled_from([least + more for least in _PAYS for more in (-2_000, -1, 0, 1, 2_000)]),
    st.sampled_from(("", "EUR", "USD", "PLN", "JPY")),
)


def label(value, **more):
    return Label(value=value, rule="test", **more)


@st.composite
def queries(draw):
    """Return a text of the language: some conditions, some of them excluded or joined by OR."""
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        if parts and draw(st.integers(0, 4)) == 0:
            parts.append("OR")
        excluded = "-" if draw(st.integers(0, 3)) == 0 else ""
        parts.append(excluded + draw(st.sampled_from(TERMS) | BOUNDS))
    parts.append(draw(st.sampled_from(("", "sort:new", "sort:pay", "sort:relevance"))))
    return " ".join(parts)


class Chance(random.Random):
    """Postings by chance: few words and values, so that most queries find some."""

    def some(self, values, most=2):
        return tuple(self.sample(values, self.randint(0, most)))

    def maybe(self, value):
        return value if self.random() < 0.6 else None

    def sentence(self, most):
        return " ".join(self.choices(WORDS, k=self.randint(0, most)))

    def moment(self):
        """Return a day, a second or a microsecond of the last weeks; days meet at midnight."""
        day = datetime(2026, 11, self.randint(1, 25), tzinfo=UTC)
        return day + self.choice((0, 0, 1)) * timedelta(
            seconds=self.randint(0, 43_000), microseconds=7
        )

    def salary(self):
        least = self.choice((20_000.0, 50_000.0, 59_999.0, 60_000.0, 70_000.0, 120_000.0))
        return Salary(
            currency=self.choice(("EUR", "USD", "PLN", "XAU", None)),  # no rate for gold
            min_value=self.maybe(least),
            max_value=self.maybe(least + 10_000),
            unit_text=self.choice((UnitText.YEAR, UnitText.MONTH, None)),
        )

    def eligibility(self):
        return Eligibility(
            anywhere=label("yes") if self.random() < 0.3 else None,
            countries=tuple(map(label, self.some(COUNTRIES))) if self.random() < 0.5 else (),
            regions=(label("europe"),) if self.random() < 0.3 else (),
            excluded=(label("IN"),) if self.random() < 0.2 else (),
            utc_offsets=self.some((-5.0, 0.0, 1.0, 5.5, 5.75), 3),
            visa_sponsorship=self.maybe(label(self.choice(("yes", "no")))),
        )

    def posting(self, source, identifier):
        return Posting(
            source=source,
            board="main",
            identifier=str(identifier),
            url=f"https://jobs.example/{source}/{identifier}",
            title=self.sentence(4) or "Engineer",
            hiring_organization=self.maybe(self.choice(("Acme", "Zürich Re", "Data  GmbH"))),
            text=self.sentence(12),
            tags=self.some(WORDS),
            location_text=self.maybe("Zürich"),
            date_posted=self.maybe(self.moment()),
            category=self.maybe(label(self.choice(("backend", "data")))),
            other_categories=tuple(map(label, self.some(("data",), 1))),
            seniority=self.maybe(label(self.choice(("senior", "junior")))),
            employment_type=tuple(map(label, self.some(("contract", "full_time")))),
            arrangement=self.maybe(label(self.choice(("remote", "hybrid")))),
            job_location=tuple(Place(country=one) for one in self.some(COUNTRIES)),
            eligibility=self.maybe(self.eligibility()),
            base_salary=tuple(self.salary() for _ in range(self.randint(0, 2))),
            skills=tuple(map(label, self.some(SKILLS))),
            language=self.maybe(label(self.choice(("en", "de")))),
        )


def read(chance, store, source, at, count, **more):
    """Save one reading of a board: some of its postings, some of them with other words."""
    numbers = chance.sample(range(count), chance.randint(count // 2, count))
    postings = [chance.posting(source, number) for number in numbers]
    held = {one.posting.id: one.posting for one in store.tracked(source=source)}
    postings = [
        held[one.id] if one.id in held and chance.random() < 0.7 else one for one in postings
    ]
    reading = Reading(source=source, board="main", read_at=at, complete=True, **more)
    store.save_reading(reading, postings)


def merge(chance, store):
    """Put some postings together, and take others apart."""
    names = sorted(store.opening_ids())
    chance.shuffle(names)
    rows = []
    while names:
        size = chance.choice((1, 1, 1, 2, 3))
        group, names = names[:size], names[size:]
        rows.append(
            OpeningRow(
                id=group[0],
                canonical_id=chance.choice(group),
                posting_ids=tuple(group),
                reasons=("alike",) if len(group) > 1 else (),
            )
        )
    store.save_openings(rows)


def disturb(chance, store, at):
    """Do one of the things that change a store."""
    source = chance.choice(SOURCES)
    what = chance.randrange(6)
    if what < 2:
        read(chance, store, source, at, 12, window=source in ("remoteok", "remotive"))
    elif what == 2:
        merge(chance, store)
    elif what == 3:
        names = sorted(store.opening_ids())
        if names:
            store.mark_gone(chance.choice(names), at)
    elif what == 4:
        store.expire(at, 2)
    else:
        history = History(
            first_seen_at=at - 9 * DAY,
            last_seen_at=at - DAY,
            status=chance.choice(("open", "closed")),
            bumped=chance.randint(0, 1),
            reopened=(Reopening(at=at - 2 * DAY, was="closed"),),
        )
        one = chance.posting(source, chance.randint(100, 110))
        store.restore([Tracked(posting=one, history=history)])


def come_and_go(chance, store, at):
    """Let a few openings end and a few come, some of them with old dates."""
    names = sorted(store.opening_ids())
    for name in chance.sample(names, 3):
        store.mark_gone(name, at)
    history = History(first_seen_at=at - 9 * DAY, last_seen_at=at)
    numbers = chance.sample(range(200, 900), 3)
    fresh = [chance.posting("lever", number) for number in numbers]
    store.restore([Tracked(posting=one, history=history) for one in fresh])


def filled(store, seed, steps=14):
    """Fill a store with what chance gives."""
    chance = Chance(seed)
    for step in range(steps):
        at = NOW - (steps - step) * DAY / 2
        disturb(chance, store, at)
    for source in SOURCES:
        reading = Reading(source=source, board="main", read_at=NOW - DAY / 24, complete=True)
        store.save_reading(reading, [chance.posting(source, number) for number in range(8)])
    return chance


def whole(store, wanted, limit, now=NOW):
    """Return all pages of an answer, and the totals they told."""
    cursor, shown, totals = None, [], set()
    while True:
        page = store.search(wanted, now, limit=limit, cursor=cursor)
        assert len(page.openings) <= limit
        shown += page.openings
        totals.add((page.total, page.at_least))
        cursor = page.next
        if cursor is None:
            return shown, totals
        assert len(page.openings) == limit


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    """Return the address of an empty store of each kind."""
    if request.param == "sqlite":
        return f"sqlite:{tmp_path / 'jobs.db'}"
    return request.getfixturevalue("postgres_database")()


@pytest.fixture
def store(url):
    with open_store(url, create=True) as opened:
        yield opened


@pytest.fixture(params=range(3))
def busy(request, store):
    """Return a store after some weeks, and all its openings as the scan sees them."""
    filled(store, request.param)
    return store, list(completed(store.openings()))


# -- the same answers ------------------------------------------------------------------------


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=queries(), limit=st.integers(1, 30))
def test_every_answer_is_that_of_the_scan(busy, text, limit):
    """Whatever the query: the same openings in the same order, page after page, and the total."""
    store, openings = busy
    wanted = parsed(text)
    if wanted is None:
        return

    expected = scan(openings, wanted, NOW, limit=10_000)
    shown, totals = whole(store, wanted, limit)

    assert [one.id for one in shown] == [one.id for one in expected.openings]
    assert tuple(shown) == expected.openings
    assert totals == {(expected.total, False)}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=queries())
def test_every_count_is_that_of_the_scan(busy, text):
    """Whatever the query: each facet counts what the answer has."""
    store, openings = busy
    wanted = parsed(text)
    if wanted is None:
        return

    assert store.facets(wanted, NOW, COUNTED) == scan_facets(openings, wanted, NOW, COUNTED)


def parsed(text):
    try:
        return query.parse(text)
    except query.QueryError:
        return None


@pytest.mark.parametrize("seed", range(8))
def test_search_is_in_step_after_every_change(store, seed):
    """After each thing that changes a store all openings are found, in order, and counted."""
    chance = Chance(seed)
    for step in range(12):
        at = NOW - (12 - step) * DAY
        disturb(chance, store, at)
        openings = list(completed(store.openings()))
        for text in ("", "is:open", "is:reposted", "python OR data", "sort:pay"):
            wanted = query.parse(text)
            expected = scan(openings, wanted, at, limit=1_000)
            assert store.search(wanted, at, limit=1_000) == expected
        assert store.facets(query.parse(""), at, COUNTED) == scan_facets(
            openings, query.parse(""), at, COUNTED
        )
        assert store.check() == []


@pytest.mark.parametrize("sort", ["new", "pay", "relevance"])
@pytest.mark.parametrize("seed", range(4))
def test_pages_are_stable_while_the_store_changes(store, seed, sort):
    """Between two pages others come and go: none that stays is shown twice, and none left out."""
    chance = filled(store, seed)
    wanted = query.parse(f"python OR data OR engineer OR java is:open sort:{sort}")

    def keys():
        openings = completed(store.openings())
        found = (one for one in openings if query.matches(wanted, one, Context(now=NOW)))
        return {one.id: key(wanted, one, yearly) for one in found}

    stayed = keys()
    cursor, shown = None, []
    while True:
        page = store.search(wanted, NOW, limit=3, cursor=cursor)
        shown += [one.id for one in page.openings]
        cursor = page.next
        if cursor is None:
            break
        come_and_go(chance, store, NOW + len(shown) * timedelta(minutes=1))
        now = keys()
        stayed = {name: place for name, place in stayed.items() if now.get(name) == place}

    assert len(stayed) > 3
    assert [name for name in shown if name in stayed] == sorted(stayed, key=stayed.__getitem__)


def test_a_cursor_is_of_its_query_alone(store):
    """A cursor of another query, and what is no cursor at all, is an error that says so."""
    filled(store, 1)
    python, java = query.parse("python"), query.parse("java")
    cursor = store.search(python, NOW, limit=1).next

    again = query.parse("  PYTHON ")
    assert store.search(again, NOW, limit=1, cursor=cursor).openings
    with pytest.raises(query.QueryError, match="belongs to another search"):
        store.search(java, NOW, limit=1, cursor=cursor)
    for wrong in ("", "20", "é", "x" * 5_000, cursor[:-2], cursor + "AA", "bnVsbA"):
        with pytest.raises(query.QueryError, match="not one that a page gave"):
            store.search(python, NOW, limit=1, cursor=wrong)


def test_a_page_of_nothing_is_a_mistake_of_the_caller(store):
    """A page holds at least one opening, and only what is known can be counted."""
    with pytest.raises(ValueError, match="limit 0"):
        store.search(query.parse(""), NOW, limit=0)
    with pytest.raises(ValueError, match="shoe_size"):
        store.facets(query.parse(""), NOW, ["shoe_size"])


def test_an_empty_store_answers(store):
    """Nothing stored: nothing found, nothing counted, no next page."""
    page = store.search(query.parse("python sort:pay"), NOW)

    assert (page.openings, page.total, page.at_least, page.next) == ((), 0, False, None)
    assert store.facets(query.parse(""), NOW, ["category", "company"]) == {
        "category": (),
        "company": (),
    }


def test_counting_stops_where_it_says(store, monkeypatch):
    """Up to the bound a total is exact; beyond it the answer says that there are more."""
    monkeypatch.setattr("jobtide.store.scanning.COUNTED_TO", 5)
    monkeypatch.setattr("jobtide.store.sqlite.search.pages.COUNTED_TO", 5, raising=False)
    chance = Chance(1)
    for count, expected in ((5, (5, False)), (6, (5, True))):
        postings = [chance.posting("lever", number) for number in range(count)]
        at = NOW + count * DAY
        store.save_reading(Reading(source="lever", board="main", read_at=at), postings)
        page = store.search(query.parse(""), at, limit=2)
        assert (page.total, page.at_least) == expected


@pytest.mark.parametrize(
    "text",
    [
        "posted:2026-11-10.. posted:..2026-11-20",
        "posted:2026-11-20.. posted:..2026-11-10",
        "salary:>50kEUR salary:<70kEUR",
        "is:open is:new",
        "since:9d since:3d",
        "category:backend category:data type:contract",
        "python OR salary:>60k",
        "since:3d OR -is:open",
        "-posted:2026-11-20 -salary:>60k -since:3d",
        "tz:+5 OR posted:2026-11-24 sort:pay",
    ],
)
def test_conditions_together_mean_what_the_scan_says(busy, text):
    """Ranges named twice must both hold, and any two conditions may stand on both sides of OR."""
    store, openings = busy
    wanted = query.parse(text)

    assert store.search(wanted, NOW, limit=1_000) == scan(openings, wanted, NOW, limit=1_000)


def one(store, text):
    """Return how many a query finds."""
    return store.search(query.parse(text), NOW).total


def test_a_return_to_the_list_takes_a_repost_back(store):
    """An earlier posting that was only missing makes the later one no repost when it is back."""
    chance = Chance(1)
    first, later = chance.posting("lever", 1), chance.posting("lever", 2)

    def saved(at, *postings):
        reading = Reading(source="lever", board="main", read_at=NOW + at * DAY / 24, complete=True)
        store.save_reading(reading, postings)

    saved(0, first)
    saved(1, later)
    together = OpeningRow(
        id=first.id, canonical_id=first.id, posting_ids=(first.id, later.id), reasons=("alike",)
    )
    store.save_openings([together])
    assert one(store, "is:reposted") == 1

    saved(2, first, later)
    assert one(store, "is:reposted") == 0


def test_another_canonical_posting_is_searched_by_its_words(store):
    """When another posting leads an opening, its words are what is found, not the old ones."""
    chance = Chance(1)
    titles = ("Python", "Java")
    postings = [
        msgspec.structs.replace(
            chance.posting("lever", at), title=title, text="", tags=(), skills=()
        )
        for at, title in enumerate(titles)
    ]
    store.save_reading(Reading(source="lever", board="main", read_at=NOW), postings)
    names = tuple(each.id for each in postings)
    for lead, finds in ((0, [1, 0]), (1, [0, 1])):
        row = OpeningRow(
            id=names[0], canonical_id=names[lead], posting_ids=names, reasons=("alike",)
        )
        store.save_openings([row])
        assert [one(store, "python"), one(store, "java")] == finds


def test_a_failed_transaction_leaves_the_index_as_it_was(store):
    """What is taken back in the store is taken back in the index, and later writes are whole."""
    chance = Chance(1)
    first = chance.posting("lever", 1)
    store.save_reading(Reading(source="lever", board="main", read_at=NOW), [first])
    stranger = OpeningRow(id="x", canonical_id="x", posting_ids=("x",), reasons=())
    both = OpeningRow(id=first.id, canonical_id=first.id, posting_ids=(first.id,), reasons=())
    with pytest.raises(ValueError, match="no posting x"):
        store.save_openings([both, stranger])

    assert one(store, "") == 1
    assert store.check() == []


# -- words and signs -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("c++", {"C++ Developer"}),
        ("c#", {"C#/.NET Developer"}),
        (".net", {"C#/.NET Developer", "ASP.NET Developer"}),
        ("node.js", {"Node.js Developer"}),
        ("c", {"C Developer"}),
        ("net", {"Net Developer"}),
        ('"machine learning"', {"Machine Learning Developer"}),
        ("machine-learning", {"Machine Learning Developer"}),
        ('"learning machine"', set()),
        ("c++ OR c#", {"C++ Developer", "C#/.NET Developer"}),
        ("c++ c# .net node.js", set()),
        ("東京", {"東京都 Developer"}),
        ("京東", set()),
        ('title:"node.js developer"', {"Node.js Developer"}),
        ("asp.net", {"ASP.NET Developer"}),
    ],
)
def test_names_of_tools_are_words(store, text, titles):
    """Signs belong to the names of tools and to nothing else, and nobody has to quote them."""
    names = ("C++", "C#/.NET", "ASP.NET", "Node.js", "C", "Net", "Machine Learning", "東京都")
    chance = Chance(1)
    postings = [
        msgspec.structs.replace(
            chance.posting("lever", at), title=f"{name} Developer", text="", tags=(), skills=()
        )
        for at, name in enumerate(names)
    ]
    store.save_reading(Reading(source="lever", board="main", read_at=NOW), postings)

    found = store.search(query.parse(text), NOW).openings

    assert {one.posting.title for one in found} == titles


@pytest.mark.parametrize(
    "hostile",
    ['" OR all=1', "all=1", "title : x", "NEAR(a b)", "{title}", "a*", "^a", "a AND b", "'); --",
     "\x00", "\ud800", "(", "category=backend", "pay=0", "=", "%", "a" * 900],
)  # fmt: skip
def test_no_word_is_an_instruction_to_the_store(store, hostile):
    """What means something to an index means nothing here: it is words, or it is no query."""
    filled(store, 1)
    try:
        wanted = query.parse(hostile)
    except query.QueryError:
        return

    openings = list(completed(store.openings()))
    assert store.search(wanted, NOW, limit=1_000) == scan(openings, wanted, NOW, limit=1_000)


# -- faults that other job boards had -------------------------------------------------------


def eligible_postings():
    """Return postings open to one country, to all, to a region, and one that does not say."""
    chance = Chance(1)
    stated = {
        "one": Eligibility(countries=(label("US"),)),
        "all": Eligibility(anywhere=label("yes")),
        "region": Eligibility(regions=(label("eu"),)),
        "unsaid": None,
        "elsewhere": Eligibility(countries=(label("IN"),)),
    }
    return [
        msgspec.structs.replace(
            chance.posting("lever", name),
            eligibility=eligibility,
            arrangement=label("on_site" if name == "elsewhere" else "remote"),
        )
        for name, eligibility in stated.items()
    ]


def found(store, text):
    """Return the identifiers of what is found."""
    openings = store.search(query.parse(text), NOW, limit=100).openings
    return {one.posting.identifier for one in openings}


def test_bl059_open_to_a_country_includes_open_to_the_world(store):
    """Asked for one country, what is open to all is found too, and what does not say is not."""
    reading = Reading(source="lever", board="main", read_at=NOW)
    store.save_reading(reading, eligible_postings())

    assert found(store, "from:US") == {"one", "all"}
    assert found(store, "-from:US") == {"region", "unsaid", "elsewhere"}
    assert dict(store.facets(query.parse(""), NOW, ["from"])["from"])["US"] == 2


def test_bl073_nothing_outside_the_promised_region_is_shown(store):
    """What a page promises holds for each job on it: an on-site job elsewhere is not there."""
    reading = Reading(source="lever", board="main", read_at=NOW)
    store.save_reading(reading, eligible_postings())

    assert found(store, "from:US from:CA arrangement:remote") == {"one", "all"}


@pytest.mark.parametrize("bound", ["9000000", ">9000kUSD", ">=9000000EUR"])
def test_bl084_a_bound_that_none_reaches_gives_nothing(store, bound):
    """A bound on pay that no job reaches finds none, not all."""
    filled(store, 1)

    page = store.search(query.parse(f"salary:{bound}"), NOW)

    assert (page.openings, page.total) == ((), 0)
    assert store.facets(query.parse(f"salary:{bound}"), NOW, ["category"]) == {"category": ()}
