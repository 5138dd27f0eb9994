"""doctor: what needs a person is a problem, and says what to do next."""

import tempfile
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.config import BoardConfig, Config, SourceConfig
from jobtide.model import Posting, Reject
from jobtide.run.doctor import ADVICE, examine
from jobtide.store import Reading, open_store

START = datetime(2026, 1, 1, 6, tzinfo=UTC)
DAY = timedelta(days=1)
CONFIG = Config(
    contact="me@example.org",
    boards=(BoardConfig(source="greenhouse", token="acme"),),
    sources={"remoteok": SourceConfig(enabled=False)},
)


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    for name in ("REED_API_KEY", "REED_API_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "a.db"), create=True) as opened:
        yield opened


def postings(count):
    return [
        Posting(
            source="greenhouse",
            board="acme",
            identifier=str(number),
            url=f"https://boards.greenhouse.io/acme/jobs/{number}",
            title="Engineer",
        )
        for number in range(count)
    ]


def read(store, days, count=3, rejects=(), **more):
    reading = Reading(
        source="greenhouse", board="acme", read_at=START + days * DAY, complete=True, **more
    )
    store.save_reading(reading, postings(count), rejects)


def failed(store, days, kind="Unreachable", error="greenhouse/acme: status_500: out of order."):
    reading = Reading(
        source="greenhouse",
        board="acme",
        read_at=START + days * DAY,
        outcome="failed",
        error=error,
        error_kind=kind,
    )
    store.save_reading(reading, [])


def found(store, days, config=CONFIG):
    """Return subject -> findings about it, on a day."""
    listed = {}
    for one in examine(config, store, START + days * DAY):
        listed.setdefault(one.subject, []).append((one.level, one.message))
    return listed


def board(store, days=0.0):
    ((level, message),) = found(store, days)["greenhouse/acme"]
    return level, message


def test_a_board_that_is_well_says_what_it_gave(store):
    """Kept, new, closed, and rejected by reason."""
    rejects = [
        Reject(source="greenhouse", board="acme", identifier=name, step=step, reason=reason)
        for name, step, reason in (
            ("a", "read", "bad_record"),
            ("b", "refuse_non_jobs", "not_a_job"),
        )
    ]
    read(store, 0, rejects=rejects)

    assert board(store) == (
        "ok",
        "3 postings, 3 new, 2 rejected (1 read/bad_record, 1 refuse_non_jobs/not_a_job)",
    )


def test_old_data_is_a_problem_that_names_its_age(store):
    """A schedule that stopped is noticed: the data is 73 days old."""
    read(store, 0)

    assert found(store, 73)["boards"][0] == (
        "problem",
        "the data is 73 days old. Is the schedule still running?",
    )
    assert "boards" not in found(store, 3) or found(store, 3)["boards"][0][0] == "note"


def test_a_store_without_readings_is_a_problem(store):
    """Nothing was read: the message says which command does it."""
    assert found(store, 0)["boards"] == [("problem", "none was read yet. Run 'jobtide update'.")]


def test_what_may_pass_is_a_note_first(store):
    """A server out of order is a problem at the third time, with since when."""
    read(store, 0)
    levels = []
    for day in range(1, 4):
        failed(store, day)
        levels.append(board(store, day)[0])

    assert levels == ["note", "note", "problem"]
    assert board(store, 3)[1] == (
        "status_500: out of order (3 times since 2026-01-02). "
        "The next run tries again; nothing is closed meanwhile."
    )
    read(store, 4)
    assert board(store, 4)[0] == "ok"


def test_a_board_that_is_gone_for_a_day_is_to_be_retired(store):
    """404 three times over a day: retire it; before that, look. Its postings are not closed."""
    read(store, 0)
    for hours in (1, 2, 3):
        failed(store, hours / 24, "BoardGone", "greenhouse/acme: status_404: not there")
    assert "when it stays so for a day" in board(store)[1]

    failed(store, 2, "BoardGone", "greenhouse/acme: status_404: not there")
    level, message = board(store, 2)

    assert level == "problem"
    assert message.startswith("status_404: not there (4 times since 2026-01-01). Retire the board")
    assert "boards/greenhouse.csv" in message
    assert {one.history.status for one in store.tracked()} == {"open"}


@pytest.mark.parametrize("kind", sorted(ADVICE))
def test_each_kind_of_failure_says_what_to_do(store, kind):
    """The advice of errors.py, with the names filled in."""
    failed(store, 0, kind)
    level, message = board(store)

    assert ADVICE[kind].format(source="greenhouse", board="acme") in message
    assert level == ("note" if kind in ("Unreachable", "Throttled") else "problem")


def test_a_board_that_gives_less_needs_a_look(store):
    """An alarm of the board's health is a problem."""
    for day in range(3):
        read(store, day, 20, fill={"description": 1.0})
    read(store, 3, 20, fill={"description": 0.0})

    assert board(store, 3) == (
        "problem",
        "needs a look: description: stated by 0% of 20 postings, usually 100%",
    )


def test_all_records_rejected_at_the_first_reading(store):
    """Without a habit to compare with, nothing but rejects is a problem all the same."""
    reject = Reject(source="greenhouse", board="acme", identifier="a", step="read", reason="x")
    read(store, 0, 0, [reject])

    assert board(store)[0] == "problem"
    assert "all 1 records were rejected" in board(store)[1]


def test_terms_and_keys_are_noted(store):
    """A term that a README cannot keep, and a key that is not set, are named."""
    read(store, 0)
    asks = found(store, 0, Config(sources={"reed": SourceConfig(enabled=True)}))

    assert asks["contact"][0][0] == "note"
    assert "GitHub marks all links of a README as nofollow" in asks["remoteok"][0][1]
    assert asks["reed"][0][0] == "problem"
    assert "needs REED_API_KEY in the environment" in asks["reed"][0][1]
    assert found(store, 0)["reed"][0][0] == "note"
    assert "remoteok" not in found(store, 0)
    assert "reed" not in found(store, 0, Config(sources={"reed": SourceConfig(enabled=False)}))


def test_the_database_says_its_size(tmp_path):
    """How many postings, and how many megabytes."""
    path = tmp_path / "a.db"
    with open_store(str(path), create=True) as store:
        read(store, 0)
        config = Config(database=f"sqlite:{path}")
        (database,) = [one for one in examine(config, store, START) if one.subject == "database"]

    assert database.level == "ok"
    assert database.message.startswith("integrity is fine; 3 postings, 0.")
    assert database.message.endswith(" MB")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["ok", *ADVICE, "Other", None]), st.integers(0, 4)), max_size=6
    )
)
def test_no_log_breaks_it(tries):
    """Whatever was tried: no exception, and each finding has a level and words."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"{folder}/a.db", create=True) as store,
    ):
        for day, (kind, count) in enumerate(tries):
            if kind == "ok":
                read(store, day, count)
            else:
                failed(store, day, kind, None)
        for one in examine(CONFIG, store, START + 9 * DAY):
            assert one.level in ("ok", "note", "problem")
            assert one.message
