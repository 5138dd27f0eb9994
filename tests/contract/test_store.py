"""What every store promises: one body, run on each of them."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from jobtide.errors import StoreError
from jobtide.model import (
    History,
    Label,
    Posting,
    Reject,
    Reopening,
    Request,
    Response,
    Salary,
    Tracked,
    UnitText,
)
from jobtide.store import OpeningRow, Reading, open_store

DAY = timedelta(days=1)
START = datetime(2026, 1, 5, 8, 30, 0, 123456, tzinfo=UTC)


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


def made(identifier, **changes):
    """Return a made-up posting of lever/acme."""
    values = {
        "source": "lever",
        "board": "acme",
        "identifier": str(identifier),
        "url": f"https://jobs.example/acme/{identifier}",
        "title": f"Engineer {identifier}",
        "hiring_organization": "Acme",
        "description": "<p>Build the thing.</p>",
        "text": "Build the thing.",
        "location_text": "Berlin",
    }
    return Posting(**(values | changes))


def at(days, **changes):
    """Return a whole, complete reading of lever/acme so many days after the start."""
    values = {"source": "lever", "board": "acme", "read_at": START + days * DAY, "complete": True}
    return Reading(**(values | changes))


def several(count, **changes):
    return [made(number, **changes) for number in range(count)]


def statuses(store):
    return {one.posting.identifier: one.history.status for one in store.tracked()}


def history(store, identifier):
    return store.get(f"lever:acme:{identifier}").history


def answer(body, url="https://api.example/acme", **changes):
    values = {"request": Request(url=url), "body": body, "fetched_at": START}
    return Response(**(values | changes))


# -- words ----------------------------------------------------------------------------------


def test_a_posting_comes_back_as_it_was_saved(store):
    """Every field survives, with microseconds, non-ASCII letters, NUL and nested labels."""
    posting = made(
        "ü/1",
        title="Ingénieur \x00 ☃ 𝔘",
        tags=("a", "b"),
        date_posted=START,
        valid_through=START + DAY,
        category=Label(value="backend", rule="r", evidence="Engineer", field="title", start=0),
        base_salary=(Salary(currency="EUR", min_value=1.5, unit_text=UnitText.YEAR),),
    )

    store.save_reading(at(0), [posting])

    assert store.get(posting.id).posting == posting
    assert [one.posting for one in store.tracked()] == [posting]


def test_half_surrogate_pairs_do_no_harm(store):
    """A letter no UTF-8 can hold becomes a question mark; the other postings are saved too."""
    store.save_reading(at(0), [made(1, title="bad \ud800"), made(2)])

    assert store.get("lever:acme:1").posting.title == "bad ?"
    assert len(statuses(store)) == 2


def test_new_seen_and_changed_are_told_apart(store):
    """The counts say what was new, seen and changed; kept is their sum."""
    store.save_reading(at(0), several(3))

    counts = store.save_reading(at(1), [made(0), made(1, title="Lead"), made(7)])

    assert (counts.new, counts.seen, counts.changed, counts.kept) == (1, 1, 1, 3)
    assert store.get("lever:acme:1").posting.title == "Lead"
    assert history(store, 1).changed_at == START + DAY
    assert history(store, 0).changed_at is None


def test_the_same_reading_again_writes_nothing(store):
    """A later reading with the same answer writes no row beside the log."""
    responses = [answer(b"[1]", etag='"a"')]
    rejects = [reject("9", "not_a_job")]
    store.save_reading(at(0), several(5), rejects, responses)
    before = store.content_hash()

    for days in (1, 2, 30):
        counts = store.save_reading(at(days), several(5), rejects, responses)
        assert (counts.rows_written, counts.seen, counts.rejected) == (0, 5, 1)

    assert store.content_hash() == before
    assert history(store, 0).last_seen_at == START + 30 * DAY


def test_a_reading_that_is_not_later_changes_nothing(store):
    """The same moment again, or a clock that jumped back: counted as seen, nothing changes."""
    store.save_reading(at(0), several(3))
    store.save_reading(at(2), several(2))
    before = store.content_hash()

    for days in (2, 1, -2):
        counts = store.save_reading(at(days), [made(2), made(8)])
        assert (counts.rows_written, counts.seen, counts.new) == (0, 2, 0)

    assert store.content_hash() == before
    assert history(store, 0).last_seen_at == START + 2 * DAY


def test_changes_name_the_fields(store):
    """A change tells the earlier and the present value of each field the board said anew."""
    store.save_reading(at(0), [made(1)])
    pay = Salary(currency="EUR", min_value=80000.0)
    store.save_reading(at(1), [made(1, title="Lead", stated_salary=pay, text="Build it all.")])

    (change,) = store.changes(since=START + DAY)

    assert (change.kind, change.at, change.posting_id) == ("changed", START + DAY, "lever:acme:1")
    assert change.fields == {
        "title": ("Engineer 1", "Lead"),
        "text": ("Build the thing.", "Build it all."),
        "stated_salary": (None, {"currency": "EUR", "min_value": 80000.0}),
    }


def test_a_moved_date_is_a_bump(store):
    """A board that moves only the date has the same job, first seen then, bumped twice."""
    for month in (1, 2, 3):
        moment = datetime(2026, month, 1, tzinfo=UTC)
        counts = store.save_reading(
            Reading(source="lever", board="acme", read_at=moment, complete=True),
            [made(1, date_posted=moment)],
        )

    found = history(store, 1)

    assert (found.first_seen_at.month, found.bumped, found.changed_at) == (1, 2, None)
    assert (counts.seen, counts.bumped, counts.changed) == (1, 1, 0)
    assert [one.kind for one in store.changes()] == ["new"]
    assert [one.at.month for one in store.changes(kinds=["bumped"])] == [2, 3]


def test_an_edit_date_is_no_bump(store):
    """`date_modified` moves with any edit and makes no old job look new."""
    store.save_reading(at(0), [made(1, date_posted=START, date_modified=START)])
    store.save_reading(at(1), [made(1, date_posted=START, date_modified=START + DAY)])

    assert history(store, 1).bumped == 0
    assert store.get("lever:acme:1").posting.date_modified == START + DAY


def test_a_better_label_is_no_change(store):
    """When only our labels differ the board said nothing new; the labels are replaced."""
    store.save_reading(at(0), [made(1)])
    label = Label(value="backend", rule="r")

    counts = store.save_reading(at(1), [made(1, category=label)])

    assert (counts.changed, counts.seen, counts.reworked) == (0, 1, 1)
    assert store.get("lever:acme:1").posting.category == label


def test_the_same_bytes_are_no_change(store):
    """When the answer is the same bytes, other words come from our code, not from the board."""
    store.save_reading(at(0), [made(1)], responses=[answer(b"x")])

    counts = store.save_reading(at(1), [made(1, title="Engineer (1)")], responses=[answer(b"x")])

    assert (counts.changed, counts.reworked) == (0, 1)
    assert store.get("lever:acme:1").posting.title == "Engineer (1)"


def test_an_excerpt_does_not_replace_the_whole(store):
    """A detail page that failed takes no description away; a new title still comes through."""
    store.save_reading(at(0), [made(1)])
    poor = made(1, description="", text="", description_complete=False)

    counts = store.save_reading(at(1), [poor])
    kept = store.get("lever:acme:1").posting
    store.save_reading(at(2), [msgspec.structs.replace(poor, title="Lead")])

    assert (counts.seen, counts.rows_written, kept) == (1, 0, made(1))
    assert store.get("lever:acme:1").posting.title == "Lead"


def test_an_identifier_given_to_another_job(store):
    """A new title is an edit; a new title and employer are another job, the old one is closed."""
    store.save_reading(at(0), [made(7, hiring_organization="Elmfield", title="Support Engineer")])
    edit = made(7, hiring_organization="Elmfield", title="Senior Support Engineer")
    assert store.save_reading(at(1), [edit]).changed == 1

    other = made(7, hiring_organization="Fernhill", title="Accountant")
    counts = store.save_reading(at(2), [other])
    again = store.save_reading(at(3), [other])

    assert (counts.closed, counts.new, again.rows_written) == (1, 1, 0)
    assert statuses(store) == {"7": "closed", "7~2": "open"}
    assert history(store, 7).closed_reason == "reused"
    assert history(store, 7).last_seen_at == START + DAY
    assert store.get("lever:acme:7~2").posting.title == "Accountant"


def test_the_first_of_two_with_one_identifier_counts(store):
    """A record listed twice is one posting."""
    counts = store.save_reading(at(0), [made(1), made(1, title="Other")])

    assert (counts.read, counts.kept) == (2, 1)
    assert store.get("lever:acme:1").posting.title == "Engineer 1"


def test_rework_replaces_words_and_no_history(store):
    """Answers read anew give better words and newly readable records, and no news."""
    store.save_reading(at(0), several(2), [reject("2", "bad_record", "read")])
    store.save_reading(at(1), several(2), [reject("2", "bad_record", "read")])

    counts = store.rework("lever", "acme", [made(0, title="Better"), made(1), made(2)])
    again = store.rework("lever", "acme", [made(0, title="Better"), made(1), made(2)])

    assert (counts.reworked, counts.new, again.rows_written) == (1, 1, 0)
    assert store.get("lever:acme:0").posting.title == "Better"
    assert history(store, 0).changed_at is None
    assert history(store, 2).first_seen_at == START + DAY
    assert list(store.rejects()) == []
    assert store.rework("lever", "never-read", []).rows_written == 0


def test_rework_takes_what_is_refused_now_off_the_list(store):
    """A posting refused by a new rule goes the way of absence at the next readings."""
    store.save_reading(at(0), several(2))
    store.rework("lever", "acme", [made(0)], [reject("1", "not_a_job")])

    for days in (1, 2):
        store.save_reading(at(days, outcome="unchanged"), [])

    assert statuses(store) == {"0": "open", "1": "closed"}


# -- histories ------------------------------------------------------------------------------


def reject(identifier, reason, step="refuse_non_job"):
    return Reject(source="lever", board="acme", identifier=identifier, step=step, reason=reason)


def test_absent_twice_half_a_day_apart_is_closed(store):
    """Missing at the first absence, closed by a second one at least 12 hours later."""
    store.save_reading(at(0), several(2))
    assert store.save_reading(at(1), several(1)).missing == 1
    assert store.save_reading(at(1.4), several(1)).closed == 0
    counts = store.save_reading(at(1.5), several(1))

    found = history(store, 1)

    assert counts.closed == 1
    assert (found.status, found.closed_reason) == ("closed", "absent")
    assert (found.last_seen_at, found.missing_since) == (START, START + DAY)
    assert found.closed_at == START + 1.5 * DAY


def test_back_again_is_reopened_and_counted(store):
    """A posting that returns is open again, and remembers from which state it came."""
    store.save_reading(at(0), several(2))
    for days in (1, 2):
        store.save_reading(at(days), several(1))

    counts = store.save_reading(at(3), several(2))
    found = history(store, 1)

    assert (counts.reopened, counts.new) == (1, 0)
    assert (found.status, found.missing_since, found.closed_at) == ("open", None, None)
    assert found.reopened == (Reopening(at=START + 3 * DAY, was="closed"),)
    assert found.last_seen_at == START + 3 * DAY
    assert [(one.kind, one.was) for one in store.changes(since=START + 3 * DAY)] == [
        ("reopened", "closed")
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"complete": False, "error": "HTTP 502 on page 2"},
        {"outcome": "failed", "error": "timeout"},
        {"window": True},
    ],
    ids=["incomplete", "failed", "window"],
)
def test_failure_is_not_emptiness(store, changes):
    """An answer that broke off, a failure or a rolling window closes nothing, however often."""
    store.save_reading(at(0, window="window" in changes), several(4))
    for days in range(1, 9):
        counts = store.save_reading(at(days, **changes), several(2))
        assert (counts.missing, counts.closed) == (0, 0)

    assert set(statuses(store).values()) == {"open"}
    assert history(store, 3).last_seen_at == START
    assert history(store, 0).last_seen_at == START + 8 * DAY


def test_a_failure_with_no_postings_moves_no_clock(store):
    """A failed try is written down, and nothing counts as seen by it."""
    store.save_reading(at(0), several(4))
    for days in (1, 2):
        store.save_reading(at(days, outcome="failed", error="timeout", complete=False), [])

    state = store.board_state("lever", "acme")

    assert history(store, 0).last_seen_at == START
    assert (state.read_at, state.tried_at) == (START, START + 2 * DAY)
    assert (state.outcome, state.error, state.failures) == ("failed", "timeout", 2)


def test_empty_by_surprise_closes_nothing(store):
    """A whole board that is suddenly empty, though answered well, is not believed."""
    store.save_reading(at(0), several(4))

    for days in (1, 2):
        counts = store.save_reading(at(days), [])
        assert (counts.note, counts.missing, counts.closed) == ("empty", 0, 0)

    assert set(statuses(store).values()) == {"open"}


def test_a_surprising_shrink_closes_nothing(store):
    """A board of ten or more that lists under half is not believed; exactly half is."""
    store.save_reading(at(0), several(10))

    counts = store.save_reading(at(1), several(4))
    assert (counts.note, counts.missing) == ("shrink", 0)

    assert store.save_reading(at(2), several(5)).missing == 5


def test_a_surprise_that_stays_is_believed(store):
    """An employer may close every job: three empty answers over three days count."""
    store.save_reading(at(0), several(4))
    for days in (1, 2, 3):
        assert store.save_reading(at(days), []).note == "empty"
    assert store.save_reading(at(4), []).missing == 4
    assert store.save_reading(at(5), []).closed == 4


def test_unchanged_means_the_list_of_last_time(store):
    """ "Not modified" sees what was listed, and confirms what was absent."""
    store.save_reading(at(0), several(3))
    store.save_reading(at(1), several(2))

    counts = store.save_reading(at(2, outcome="unchanged", complete=False), [])

    assert (counts.seen, counts.closed) == (2, 1)
    assert history(store, 0).last_seen_at == START + 2 * DAY
    assert store.save_reading(at(3, outcome="unchanged"), []).rows_written == 0


def test_unchanged_after_a_broken_answer_confirms_nothing(store):
    """ "Not modified" is worth no more than the answer it repeats."""
    store.save_reading(at(0), several(3))
    store.save_reading(at(1, complete=False), several(1))
    for days in (2, 3):
        store.save_reading(at(days, outcome="unchanged"), [])

    assert set(statuses(store).values()) == {"open"}


def test_unchanged_of_a_board_never_read_is_only_logged(store):
    """There is nothing it could repeat."""
    assert store.save_reading(at(0, outcome="unchanged"), []).kept == 0
    assert store.board_state("lever", "acme").read_at is None


def test_an_unreadable_record_is_listed_all_the_same(store):
    """A record that turned bad is not gone, and neither is one that a nameless one may be."""
    store.save_reading(at(0), several(3))
    for days in (1, 2, 3):
        store.save_reading(at(days), several(2), [reject("2", "bad_record", "read")])
    assert statuses(store)["2"] == "open"
    assert history(store, 2).last_seen_at == START + 3 * DAY

    counts = store.save_reading(at(4), several(2), [reject(None, "bad_record", "read")])
    assert (counts.note, counts.missing) == ("unreadable", 0)

    counts = store.save_reading(at(5), several(2), [reject(None, "bad_record", "read")])
    assert (counts.note, counts.missing) == ("", 1)


def test_gone_on_its_own_page_is_closed(store):
    """404 on its page closes it at once; "not modified" does not bring it back, a list does."""
    store.save_reading(at(0), several(2))

    assert store.mark_gone("lever:acme:1", START + DAY)
    assert not store.mark_gone("lever:acme:1", START + DAY)
    assert not store.mark_gone("lever:acme:nobody", START + DAY)
    store.save_reading(at(2, outcome="unchanged"), [])
    closed = history(store, 1)
    store.save_reading(at(3), several(2))

    assert (closed.status, closed.closed_reason) == ("closed", "gone")
    assert (closed.closed_at, closed.last_seen_at) == (START + DAY, START)
    assert history(store, 1).reopened == (Reopening(at=START + 3 * DAY, was="closed"),)


def test_what_only_windows_know_expires_unseen(store):
    """Unseen for 30 days is "expired", never "closed", and asking again writes nothing."""
    store.save_reading(at(0, window=True), several(3))
    store.save_reading(at(1, window=True), [made(0)])
    now = START + 30 * DAY

    assert store.expire(now - timedelta(seconds=1)) == 0
    assert (store.expire(now), store.expire(now)) == (2, 0)
    assert statuses(store) == {"0": "open", "1": "expired", "2": "expired"}
    assert history(store, 1).closed_reason == "unseen"
    assert store.save_reading(at(40, window=True), several(3)).reopened == 2


def test_a_window_posting_ends_by_its_own_date(store):
    """`valid_through` ends it while the window goes on showing it, and nothing flaps."""
    postings = [made(0), made(1, valid_through=START + DAY)]
    store.save_reading(at(0, window=True), postings)
    assert (store.expire(START + 2 * DAY), store.expire(START + 2 * DAY)) == (1, 0)

    counts = store.save_reading(at(3, window=True), postings)
    assert (counts.rows_written, counts.reopened) == (0, 0)
    assert store.expire(START + 3 * DAY) == 0
    assert statuses(store) == {"0": "open", "1": "expired"}

    longer = made(1, valid_through=START + 99 * DAY)
    assert store.save_reading(at(4, window=True), [made(0), longer]).reopened == 1


def test_whole_boards_do_not_expire(store):
    """An employer's board says itself what is gone: neither age nor date ends its postings."""
    store.save_reading(at(0), [made(1, valid_through=START)])

    assert store.expire(START + 99 * DAY) == 0


def test_event_times_of_a_posting_never_decrease(store):
    """A clock that jumps back ends nothing and reopens nothing."""
    store.save_reading(at(10), several(2))
    store.save_reading(at(11), several(1))

    assert not store.mark_gone("lever:acme:0", START)
    store.expire(START, 1)
    store.save_reading(at(5), several(2))

    moments = [one.at for one in store.changes(kinds=["new", "missing", "closed", "reopened"])]
    assert moments == sorted(moments)
    assert statuses(store) == {"0": "open", "1": "missing"}


# -- boards, rejects, raw answers -----------------------------------------------------------


def test_boards_do_not_touch_each_other(store):
    """One board's reading says nothing about another's postings, even with the same token."""
    store.save_reading(at(0), several(2))
    other = made(0, source="ashby")
    store.save_reading(at(0, source="ashby"), [other])
    store.save_reading(at(1), several(1))

    assert store.get(other.id).history.status == "open"
    assert {(one.source, one.board) for one in store.health()} == {
        ("ashby", "acme"),
        ("lever", "acme"),
    }
    assert len(list(store.tracked(source="lever"))) == 2
    assert [one.posting.id for one in store.tracked(ids=[other.id])] == [other.id]
    assert [one.history.status for one in store.tracked(status=["missing"])] == ["missing"]


def test_a_posting_of_another_board_is_refused_whole(store):
    """A caller's mistake leaves nothing behind: all of a reading, or none of it."""
    with pytest.raises(ValueError, match="no posting of lever/acme"):
        store.save_reading(at(0), [made(1), made(2, board="other")])

    assert list(store.tracked()) == []
    assert store.board_state("lever", "acme").tried_at is None


def test_an_error_in_the_middle_leaves_nothing(store):
    """What fails late undoes what was written before it."""
    broken = answer(b"x", fetched_at=datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake
    with pytest.raises(ValueError, match="without time zone"):
        store.save_reading(at(0), several(3), [reject("9", "not_a_job")], [broken])

    assert (list(store.tracked()), list(store.rejects()), list(store.captures())) == ([], [], [])
    assert store.save_reading(at(0), several(3)).new == 3


def test_health_tells_the_last_reads(store):
    """Health holds the counts of the last reading, and the error of the last try."""
    store.save_reading(at(0), several(3), [reject("9", "not_a_job")])
    store.save_reading(at(1, outcome="failed", error="HTTP 500"), [])

    (health,) = store.health()

    assert (health.read, health.kept, health.rejected, health.new) == (4, 3, 1, 3)
    assert (health.read_at, health.tried_at) == (START, START + DAY)
    assert health.error == "HTTP 500"
    assert store.board_states()["lever", "acme"].listed == 3


def test_rejects_are_the_present_ones(store):
    """Rejects are replaced by a whole answer, added to by a broken one, and keep since when."""
    store.save_reading(at(0), [], [reject("1", "a"), reject("2", "b")])
    store.save_reading(at(1), [], [reject("2", "b"), reject("3", "c")])
    store.save_reading(at(2, complete=False), [], [reject("4", "d")])

    found = {one.reject.identifier: (one.since - START).days for one in store.rejects("lever")}

    assert found == {"2": 0, "3": 1, "4": 2}
    assert list(store.rejects("ashby")) == []


def test_raw_answers_come_back_in_read_order(store):
    """Each reading comes back with its answers, same bytes kept once, headers left out."""
    secret = Request(url="https://api.example/acme", headers={"Key": "s"}, context={"page": "1"})
    first = [answer(b"one", request=secret, content_type="text/xml"), answer(b"two", url="u2")]
    second = [answer(b"one", request=secret), answer(b"three", url="u2")]
    store.save_reading(at(0), several(1), responses=first)
    store.save_reading(at(1), several(1), responses=first)
    store.save_reading(at(2, outcome="unchanged"), [])
    store.save_reading(at(3), several(1), responses=second)

    found = [
        ((reading.read_at - START).days, reading.outcome, [one.body for one in responses])
        for reading, responses in store.captures()
    ]
    ((last, responses),) = store.captures("lever", latest=True)

    assert found == [
        (0, "ok", [b"one", b"two"]),
        (1, "ok", [b"one", b"two"]),
        (2, "unchanged", []),
        (3, "ok", [b"one", b"three"]),
    ]
    assert (last.read_at, last.complete) == (START + 3 * DAY, True)
    assert responses[0].request == Request(url=secret.url, context={"page": "1"})
    assert next(iter(store.captures()))[1][0].content_type == "text/xml"


def test_a_store_rebuilt_from_raw_answers_is_the_same(store, tmp_path):
    """Reading all kept answers again, in order, gives the same content."""
    lists = [[0, 1, 2], [0, 1], [0, 1], [0, 1, 2, 3]]
    for days, numbers in enumerate(lists):
        body = ",".join(map(str, numbers)).encode()
        store.save_reading(at(days), [made(one) for one in numbers], responses=[answer(body)])
    store.save_reading(at(9, outcome="unchanged"), [])

    with open_store(f"sqlite:{tmp_path / 'again.db'}", create=True) as again:
        for reading, responses in store.captures():
            numbers = [one for response in responses for one in response.body.decode().split(",")]
            again.save_reading(reading, [made(one) for one in numbers], responses=responses)
        assert again.content_hash() == store.content_hash()
        assert list(again.tracked()) == list(store.tracked())


def test_validators_are_those_of_a_whole_answer(store):
    """What to send next time is known after a whole reading, never after a broken one."""
    one = answer(b"x", etag='"e"', last_modified="Mon, 05 Jan 2026 08:00:00 GMT")
    assert store.validators("lever", "acme", one.request.url) is None
    store.save_reading(at(0), several(1), responses=[one])
    known = store.validators("lever", "acme", one.request.url)
    store.save_reading(at(1, outcome="unchanged"), [])
    still = store.validators("lever", "acme", one.request.url)
    store.save_reading(at(2, complete=False), several(1), responses=[one])

    assert known == still == (one.etag, one.last_modified)
    assert store.validators("lever", "acme", "https://api.example/other") is None
    assert store.validators("lever", "acme", one.request.url) is None


def test_a_board_of_several_answers_has_no_validators(store):
    """ "Not modified" of the first page says nothing of what changed on the second."""
    first = answer(b"x", etag='"e"')
    second = answer(b"y", url="https://api.example/acme?page=2")

    store.save_reading(at(0), several(2), responses=[first, second])

    assert store.validators("lever", "acme", first.request.url) is None


def test_old_raw_answers_can_be_forgotten(store):
    """Forgetting keeps each board's last answers, its validators, and all that was learned."""
    for days in range(4):
        body = b"%d" % days
        store.save_reading(at(days), several(1), responses=[answer(body, etag='"e"')])
    before = store.content_hash()

    assert store.prune_captures(START + 9 * DAY) == 3
    assert [responses[0].body for _, responses in store.captures()] == [b"3"]
    assert store.validators("lever", "acme", "https://api.example/acme") == ('"e"', None)
    assert (store.content_hash(), store.check()) == (before, [])


# -- openings -------------------------------------------------------------------------------


def ids(*numbers):
    return tuple(f"lever:acme:{number}" for number in numbers)


def merged(*numbers, canonical=None, reasons=("same title",)):
    members = ids(*numbers)
    return OpeningRow(
        id=members[0],
        canonical_id=ids(canonical)[0] if canonical is not None else members[0],
        posting_ids=members,
        reasons=reasons if len(members) > 1 else (),
    )


def test_a_posting_alone_is_an_opening(store):
    """Before any merging each posting is an opening of its own, and stays so for nothing."""
    store.save_reading(at(0), several(2))

    assert [one.id for one in store.openings()] == list(ids(0, 1))
    assert store.save_openings([merged(0), merged(1)]) == 0


def test_merged_postings_are_one_opening(store):
    """The canonical posting comes first, every posting is kept, the reasons are told."""
    store.save_reading(at(0), several(3))
    store.save_reading(at(1), several(4))

    written = store.save_openings([merged(0, 3, canonical=3), merged(1), merged(2)])
    again = store.save_openings([merged(0, 3, canonical=3), merged(1), merged(2)])
    opening = store.opening("lever:acme:0")

    assert (written > 0, again) == (True, 0)
    assert (opening.id, opening.posting.identifier) == ("lever:acme:0", "3")
    assert [one.posting.identifier for one in opening.postings] == ["3", "0"]
    assert opening.reasons == ("same title",)
    assert (opening.first_seen_at, opening.last_seen_at) == (START, START + DAY)
    assert store.opening("lever:acme:3") == opening
    assert store.opening("lever:acme:nobody") is None
    assert [one.id for one in store.openings()] == list(ids(0, 1, 2))
    assert store.opening_ids()["lever:acme:3"] == "lever:acme:0"


def test_former_ids_lead_to_the_surviving_opening(store):
    """An id that was merged away leads on for ever, also over two mergers; a split ends that."""
    store.save_reading(at(0), several(4))
    store.save_openings([merged(2, 3)])
    store.save_openings([merged(1, 2, 3)])
    store.save_openings([merged(0, 1, 2, 3)])

    assert store.aliases() == dict.fromkeys(ids(1, 2, 3), "lever:acme:0")
    assert store.opening("lever:acme:2").id == "lever:acme:0"

    store.save_openings([merged(0, 1), merged(2, 3)])

    assert store.opening("lever:acme:3").id == "lever:acme:2"
    assert store.aliases() == {"lever:acme:1": "lever:acme:0", "lever:acme:3": "lever:acme:2"}
    assert store.check() == []


def test_an_opening_of_an_unknown_posting_is_refused(store):
    """An opening can hold only what is stored; nothing of the call is kept then."""
    store.save_reading(at(0), several(2))

    with pytest.raises(ValueError, match="no posting lever:acme:9"):
        store.save_openings([merged(0, 1), merged(9)])
    with pytest.raises(ValueError, match="must be postings of it"):
        store.save_openings([merged(0, canonical=1)])

    assert store.opening_ids() == {one: one for one in ids(0, 1)}


def test_openings_are_counted_by_status(store):
    """The counts are those of the openings themselves: open, closed, expired; merged ones once."""
    store.save_reading(at(0), [made(1), made(2), made(3)])
    store.save_reading(at(0, source="ashby", window=True), [made(8, source="ashby")])
    merged = ("lever:acme:1", "lever:acme:2")
    row = OpeningRow(id=merged[0], canonical_id=merged[0], posting_ids=merged, reasons=("same",))
    store.save_openings([row])
    assert store.opening_counts() == {"open": 3}

    for name in ("lever:acme:1", "lever:acme:3"):
        store.mark_gone(name, START + DAY)
    store.expire(START + 90 * DAY)

    assert store.opening_counts() == {"open": 1, "closed": 1, "expired": 1}
    assert store.opening_counts() == Counter(one.status for one in store.openings())


def test_an_opening_is_open_while_any_posting_is(store):
    """Closed needs all postings to have ended; then it says when the last one did."""
    store.save_reading(at(0), several(3))
    store.save_openings([merged(0, 1)])
    store.mark_gone("lever:acme:0", START + DAY)
    assert store.opening("lever:acme:0").status == "open"

    store.mark_gone("lever:acme:1", START + 2 * DAY)
    opening = store.opening("lever:acme:0")

    assert (opening.status, opening.closed_at) == ("closed", START + 2 * DAY)
    assert [one.id for one in store.openings(status=["open"])] == list(ids(2))
    assert [one.id for one in store.openings(status=["closed"])] == list(ids(0))
    assert [one.id for one in store.openings(closed_since=START + 3 * DAY)] == list(ids(2))


# -- runs, changes, the store itself --------------------------------------------------------


def test_runs_are_written_down(store):
    """A run has a beginning, and an end with its summary; a killed one has no end."""
    first = store.start_run("update", START)
    store.finish_run(first, START + DAY, {"boards": 3})
    second = store.start_run("run", START + 2 * DAY)

    newest, oldest = store.runs()

    assert (newest.id, newest.finished_at) == (second, None)
    assert (oldest.id, oldest.command, oldest.summary) == (first, "update", {"boards": 3})
    assert (oldest.started_at, oldest.finished_at) == (START, START + DAY)
    assert len(store.runs(limit=1)) == 1


def test_changes_go_on_where_they_ended(store):
    """The number of the last change seen is where to go on: none twice, none lost."""
    store.save_reading(at(0), several(2))
    first = list(store.changes())
    store.save_reading(at(1), several(3))

    rest = list(store.changes(after=first[-1].number))

    assert [one.posting_id for one in first] == list(ids(0, 1))
    assert [(one.kind, one.posting_id) for one in rest] == [("new", "lever:acme:2")]
    assert list(store.changes(since=START + DAY)) == rest


def test_content_is_the_same_in_whatever_order_boards_are_met(store, tmp_path):
    """The digest of the content knows no keys, no runs and no time of the last reading."""
    lever, ashby = [made(1)], [made(1, source="ashby")]
    store.save_reading(at(0), lever)
    store.save_reading(at(0, source="ashby"), ashby)
    with open_store(f"sqlite:{tmp_path / 'other.db'}", create=True) as other:
        other.start_run("update", START)
        other.save_reading(at(0, source="ashby"), ashby)
        other.save_reading(at(0), lever)
        other.save_reading(at(1), lever)
        assert other.content_hash() == store.content_hash()
        other.save_reading(at(2), [made(1, title="Lead")])
        assert other.content_hash() != store.content_hash()


def test_an_iterator_sees_the_store_as_it_was(store):
    """What is written while an iterator lives does not disturb it, nor it the writing."""
    store.save_reading(at(0), several(5))
    postings = store.tracked()
    first = next(postings)
    store.save_reading(at(1), [made(number, title="Lead") for number in range(9)])

    rest = list(postings)

    assert [one.posting.title for one in [first, *rest]] == [f"Engineer {n}" for n in range(5)]
    assert len(list(store.tracked())) == 9


def test_a_backup_is_a_store(store, tmp_path):
    """A copy made while the store is open holds the same content."""
    store.save_reading(at(0), several(3), responses=[answer(b"x")])
    target = tmp_path / "copy.db"

    store.backup(target)

    with open_store(f"sqlite:{target}") as copy:
        assert (copy.content_hash(), copy.check()) == (store.content_hash(), [])


def test_all_is_there_after_reopening(url):
    """Closing and opening again loses nothing; a closed store says so."""
    with open_store(url, create=True) as first:
        first.save_reading(at(0), several(3))
        before = first.content_hash()
    first.close()
    with pytest.raises(StoreError, match="closed"):
        first.save_reading(at(1), [])

    with open_store(url) as second:
        assert second.content_hash() == before


def test_a_naive_moment_is_refused(store):
    """A moment without a time zone is a caller's mistake, never guessed."""
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the mistake
    with pytest.raises(ValueError, match="without time zone"):
        store.start_run("update", naive)


# -- the log --------------------------------------------------------------------------------


def test_the_log_tells_how_each_board_was_read(store):
    """The last readings with an outcome come back, the oldest first, with what was filled in."""
    for day in range(4):
        store.save_reading(at(day, fill={"title": 1.0, "pay": day / 4}), several(day + 1))
    store.save_reading(at(4, outcome="failed", error="no", error_kind="Unreachable"), [])
    store.save_reading(at(4, board="other"), [])

    acme, other = [], []
    for one in store.readings(last=3):
        (acme if one.reading.board == "acme" else other).append(one)
    (failed,) = store.readings(outcomes=("failed",))

    assert [one.counts.kept for one in acme] == [2, 3, 4]
    assert [one.reading.fill["pay"] for one in acme] == [0.25, 0.5, 0.75]
    assert [one.reading.fill for one in other] == [{}]
    assert (failed.reading.error, failed.reading.error_kind) == ("no", "Unreachable")
    assert failed.reading.read_at == START + 4 * DAY


def test_a_link_check_is_remembered_and_teaches_nothing(store):
    """The last answer of a page is kept, in the log: what was learned is the same."""
    store.save_reading(at(0), several(2))
    before = store.content_hash()

    store.save_link_check("lever:acme:1", START + DAY, "failed")
    store.save_link_check("lever:acme:1", START + 2 * DAY, "alive")
    store.save_link_check("lever:acme:none", START, "alive")

    (check,) = store.link_checks().values()
    assert (check.posting_id, check.at, check.outcome) == (
        "lever:acme:1",
        START + 2 * DAY,
        "alive",
    )
    assert store.content_hash() == before


# -- postings with the histories they had elsewhere ------------------------------------------


def told(store):
    """Return a store's postings with their histories, as values."""
    return {one.posting.id: one for one in store.tracked()}


def lived(store):
    """Let some postings change, go missing, close, come back, and lose their identifier."""
    store.save_reading(at(0), several(4))
    store.save_reading(at(1), [made(1, title="Lead"), *several(4)[1:3]])
    store.save_reading(at(2), several(3))
    store.save_reading(at(3), several(2))
    other_job = {"title": "Nurse", "hiring_organization": "Birch"}
    store.save_reading(at(4), [made(0, **other_job), *several(4)[1:]])


def test_restored_postings_have_the_histories_they_had(store, tmp_path):
    """Another store tells the same of each, and is sound."""
    lived(store)
    with open_store(str(tmp_path / "other.db"), create=True) as other:
        assert other.restore(store.tracked()) == len(told(store))
        assert told(other) == told(store)
        assert other.check() == []
        kinds = {change.kind for change in other.changes()}
    assert {"new", "closed", "reopened"} <= kinds


def test_what_is_known_already_stays_as_it_is(store, tmp_path):
    """Restored twice, nothing is added and nothing written."""
    lived(store)
    with open_store(str(tmp_path / "other.db"), create=True) as other:
        other.save_reading(at(9), [made(1, title="Newer")])
        known = other.get("lever:acme:1")
        other.restore(store.tracked())
        before = other.content_hash()

        assert other.restore(store.tracked()) == 0
        assert other.get("lever:acme:1") == known
        assert other.content_hash() == before


def test_a_restored_board_goes_on_like_any_other(store, tmp_path):
    """The next readings see, change, miss and close what was restored."""
    lived(store)
    store.save_reading(at(5), several(1))
    store.save_reading(at(6), several(1))
    with open_store(str(tmp_path / "other.db"), create=True) as other:
        lived(other)
        restored = list(other.tracked())
    with open_store(str(tmp_path / "third.db"), create=True) as third:
        third.restore(restored)
        third.save_reading(at(5), several(1))
        third.save_reading(at(6), several(1))
        assert told(third) == told(store)
        assert third.check() == []


def test_an_identifier_that_went_to_another_job_stays_with_it(store):
    """The older posting gives it up; the next reading finds the newer one."""
    store.save_reading(at(0), [made(0)])
    history = History(first_seen_at=START + DAY, last_seen_at=START + DAY)
    newer = made("0~2", title="Nurse", hiring_organization="Birch")
    store.restore([Tracked(posting=newer, history=history)])
    store.save_reading(at(2), [made(0, title="Nurse", hiring_organization="Birch")])

    assert store.get("lever:acme:0~2").history.last_seen_at == START + 2 * DAY
    assert len(told(store)) == 2
    assert store.check() == []


def test_a_time_without_zone_is_restored_nowhere(store):
    """All or nothing: one wrong moment leaves the store as it was."""
    wrong = History(first_seen_at=datetime(2026, 1, 1), last_seen_at=START)  # noqa: DTZ001
    right = History(first_seen_at=START, last_seen_at=START)

    with pytest.raises(ValueError, match="time zone"):
        store.restore(
            [Tracked(posting=made(1), history=right), Tracked(posting=made(2), history=wrong)]
        )
    assert told(store) == {}
