"""From what boards answered to what people are told: the whole chain, over one store."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jobtide.alert.channels import email
from jobtide.alert.signing import unsubscribe_token
from jobtide.config import Config, SmtpConfig
from jobtide.errors import AlertError, ChannelGone, UsageError
from jobtide.model import Label, Posting, Salary, UnitText
from jobtide.run.alerting import (
    Sender,
    Wish,
    dry_run,
    match_changes,
    send_alerts,
    send_test,
    subscribe,
    unsubscribe,
    usual_query,
)
from jobtide.run.openings import refresh_openings
from jobtide.store import Reading, open_store

DAY = timedelta(days=1)
START = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)


class World:
    """A store, a clock, boards that answer, and a channel that keeps what it is sent."""

    def __init__(self, path, monkeypatch):
        self.store = open_store(str(path), create=True)
        self.now = START
        self.sent, self.failure = [], None
        self.names = iter(range(1, 10_000))
        monkeypatch.setattr(email, "send", self.take)

    def take(self, message, one, address, outside, now):
        if self.failure is not None:
            raise self.failure
        self.sent.append(message)

    def board(self, *postings, source="lever", board="acme", days=1, complete=True):
        """Let a board answer, so many days later, and merge what it lists into openings."""
        self.now += days * DAY
        listed = [replace(one, source=source, board=board) for one in postings]
        reading = Reading(
            source=source, board=board, read_at=self.now, complete=complete, window=False
        )
        self.store.save_reading(reading, listed)
        refresh_openings(self.store)

    def save(self, query="python", **changes):
        values = {"query": query, "to": "mailto:ana@example.org", "every": "change"}
        return subscribe(self.store, Wish(**(values | changes)), self.now, self.fresh)

    def fresh(self, size):
        return f"{next(self.names):0{2 * size}x}"

    @property
    def sender(self):
        smtp = SmtpConfig(host="mail.example", sender="jobs@example.net")
        return Sender(
            config=Config(smtp=smtp), clock=lambda: self.now, random=Random(1), fresh=self.fresh
        )

    def send(self, **how):
        """Send, and return what was said of each opening since the last time."""
        before = len(self.sent)
        self.results = send_alerts(self.store, self.sender, **how)
        return [
            (item.opening_id.rpartition(":")[2], *item.kinds)
            for message in self.sent[before:]
            for item in message.items
        ]


@pytest.fixture
def world(tmp_path, monkeypatch):
    made = World(tmp_path / "jobs.db", monkeypatch)
    yield made
    made.store.close()


def job(number, **changes):
    values = {
        "source": "lever",
        "board": "acme",
        "identifier": str(number),
        "url": f"https://jobs.example/acme/{number}",
        "title": f"Python Engineer {NAMES[number]}",
        "hiring_organization": "Acme",
        "description": f"<p>{NAMES[number]} python work.</p>",
        "text": f"{NAMES[number]} python work on our {NAMES[number]} team.",
        "arrangement": Label(value="remote", rule="r"),
    }
    return Posting(**(values | changes))


NAMES = ["Zero", "Payments", "Search", "Mapping", "Billing", "Weather", "Radio", "Harbour"]


def pay(low):
    return (
        Salary(currency="EUR", min_value=low, max_value=low + 10_000, unit_text=UnitText.YEAR),
    )


# -- what is news ------------------------------------------------------------------------------


def test_what_was_open_before_is_not_sent_unless_asked(world):
    """A new saved search sends nothing old; with backlog one digest of all that fits."""
    world.board(*(job(number) for number in range(1, 5)))
    world.save()
    assert world.send() == []

    world.save(to="mailto:bo@example.org", backlog=True)
    assert sorted(world.send()) == [(str(number), "new") for number in range(1, 5)]
    assert world.send() == []


def test_a_job_is_sent_once_however_many_runs_see_it(world):
    """The second run sends only what the first did not."""
    world.board(job(1))
    world.save()
    world.board(job(1), job(2), job(3))
    assert sorted(world.send()) == [("2", "new"), ("3", "new")]
    world.board(job(1), job(2), job(3), job(4))
    assert world.send() == [("4", "new")]
    assert world.send() == []


def test_the_first_answer_of_a_board_is_old(world):
    """Saved before anything was read: what boards list at their first reading is no news."""
    world.save()
    world.board(job(1), job(2))
    assert world.send() == []
    world.board(job(1), job(2), job(3))
    assert world.send() == [("3", "new")]


def test_of_a_new_board_only_what_was_posted_since_is_new(world):
    """A board added later brings its stock, which is old, and what was posted meanwhile."""
    world.board(job(1))
    world.save()
    old, new = START - 9 * DAY, world.now + DAY / 2
    world.board(job(2, date_posted=old), job(3, date_posted=new), job(4), board="brick")
    assert world.send() == [("3", "new")]


def test_with_backlog_the_first_answer_of_a_board_is_sent(world):
    """Saved before anything was read, with backlog: everything is sent once."""
    world.save(backlog=True)
    world.board(job(1), job(2))
    assert sorted(world.send()) == [("1", "new"), ("2", "new")]


def test_one_opening_on_three_boards_is_one_item(world):
    """Three copies on three boards are one row, one item, with three credits."""
    world.board(job(1))
    world.board(job(1), source="remotive", board="main")
    world.board(job(1), source="himalayas", board="main")
    world.save()
    for number, source in enumerate(("lever", "remotive", "himalayas")):
        board = "acme" if source == "lever" else "main"
        world.board(job(1), job(2), source=source, board=board, days=0.01 * (number + 1))

    assert world.send() == [("2", "new")]
    assert len(world.sent[0].items[0].credits) == 3


def test_a_copy_that_comes_later_says_nothing(world):
    """The job appears on a second board days after it was sent: no second mail."""
    world.board(job(1))
    world.board(job(1), source="remotive", board="main")
    world.save()
    world.board(job(1), job(2))
    assert world.send() == [("2", "new")]
    world.board(job(1), job(2), source="remotive", board="main")
    assert world.send() == []


def test_two_openings_merged_before_the_digest_are_one_item(world):
    """Told apart when they were matched, merged before the digest goes out: one item."""
    world.board(job(1))
    world.board(job(1), source="remotive", board="main")
    world.save()
    world.now += DAY
    for source, board in (("lever", "acme"), ("remotive", "main")):
        reading = Reading(source=source, board=board, read_at=world.now, complete=True)
        listed = [replace(one, source=source, board=board) for one in (job(1), job(2))]
        world.store.save_reading(reading, listed)
    match_changes(world.store, world.now)  # before dedupe: two openings
    assert len(world.store.waiting(world.store.subscriptions()[0].id)) == 2
    refresh_openings(world.store)

    assert world.send() == [("2", "new")]
    assert world.send() == []


def test_a_date_that_was_moved_is_no_news(world):
    """A bumped posting is not new, and a missing one that is back was never gone."""
    first = job(1, date_posted=START)
    world.board(first, job(2))
    world.save(also=("closed",))
    world.board(replace(first, date_posted=START + DAY), job(2))
    assert world.send() == []
    world.board(job(2))
    world.board(first, job(2))
    assert world.send() == []


def test_closed_is_told_when_asked_and_reopened_always(world):
    """Gone twice from a whole board is closed; back again it is open again, each told once."""
    world.board(job(1), job(2))
    world.save()
    world.save(to="mailto:bo@example.org", also=("closed",))
    world.board(job(2))
    assert world.send() == []
    world.board(job(2))
    assert world.send() == [("1", "closed")]
    assert world.results[1].jobs == 1
    world.board(job(1), job(2))
    assert world.send() == [("1", "reopened"), ("1", "reopened")]
    assert world.send() == []


def test_closed_on_one_board_of_two_is_not_closed(world):
    """While a copy stands on another board the opening is open."""
    world.board(job(1), job(2))
    world.board(job(1), source="remotive", board="main")
    world.save(also=("closed",))
    for _ in range(2):
        world.board(job(2))
    assert world.send() == []


def test_reopened_on_both_boards_at_once_is_told_once(world):
    """Both copies come back in one run: the opening is open again, one item."""
    world.board(job(1), job(2))
    world.board(job(1), job(2), source="personio", board="acme")
    world.save()
    for _ in range(3):
        world.board(job(2))
        world.board(job(2), source="personio", board="acme", days=0.1)
    assert world.send() == []
    world.board(job(1), job(2))
    world.board(job(1), job(2), source="personio", board="acme", days=0.1)
    assert world.send() == [("1", "reopened")]


def test_changed_pay_is_named_with_both_amounts(world):
    """The words before and after stand in the message; pay that is back again is no news."""
    world.board(job(1, salary_text="50", base_salary=pay(50_000)))
    world.save()
    world.board(job(1, salary_text="60", base_salary=pay(60_000)))
    assert world.send() == [("1", "pay")]
    assert world.sent[0].items[0].changes == (
        "pay changed: €50,000–60,000 a year → €60,000–70,000 a year",
    )
    world.board(job(1, salary_text="70", base_salary=pay(70_000)))
    world.board(job(1, salary_text="60", base_salary=pay(60_000)))
    assert world.send() == []


def test_a_job_that_answers_only_since_it_changed_is_told(world):
    """On site until yesterday, remote today: it fits the search now, and is told once."""
    world.board(job(1, arrangement=Label(value="on_site", rule="r"), arrangement_text="office"))
    world.save()
    world.board(job(1, arrangement_text="remote"))
    assert world.send() == [("1", "fits")]
    assert world.send() == []


def test_other_changes_say_nothing(world):
    """A new sentence in the text, or a new title, is no alert."""
    world.board(job(1))
    world.save()
    world.board(job(1, title="Python Engineer Payments (all)", text="Payments python work, now."))
    assert world.send() == []


def test_what_came_and_went_between_two_runs_is_not_sent(world):
    """An opening that closed before anyone was told of it is no news."""
    world.board(job(2))
    world.save(also=("closed",))
    world.board(job(1), job(2))
    for _ in range(2):
        world.board(job(2))
    assert world.send() == []


def test_kinds_can_be_chosen(world):
    """`only` replaces the usual kinds; a wrong kind names the nearest."""
    world.board(job(1), job(2))
    world.save(only=("closed",))
    world.board(job(2), job(3))
    world.board(job(2), job(3))
    assert world.send() == [("1", "closed")]
    with pytest.raises(UsageError, match="closed"):
        world.save(only=("close",))


# -- when and how it is sent -------------------------------------------------------------------


def test_a_failed_delivery_is_sent_by_the_next_run_under_the_same_id(world):
    """What could not be delivered is not marked as sent; then it is sent once."""
    world.board(job(2))
    world.save()
    world.board(job(1), job(2))
    world.failure = AlertError("450 try later")
    assert world.send() == []
    assert world.results[0].error == "450 try later"
    failed = world.store.unsent(world.store.subscriptions()[0].id)

    world.failure = None
    assert world.send() == [("1", "new")]
    assert [message.id for message in world.sent] == [one.id for one in failed]
    assert world.send() == []


def test_what_comes_while_a_channel_fails_is_one_message_later(world):
    """Messages do not pile up: the failed one first, then all the rest in one."""
    world.board(job(7))
    world.save()
    world.failure = AlertError("no")
    for number in (1, 2, 3):
        world.board(*(job(one) for one in range(1, number + 1)), job(7))
        world.send(force=True)
    world.failure = None
    assert world.send(force=True) == [("1", "new"), ("2", "new"), ("3", "new")]
    assert len(world.sent) == 2


def test_a_channel_that_fails_again_is_left_alone_for_a_while(world):
    """The first failure waits for the next run, later ones for longer; --now does not wait."""
    world.board(job(2))
    one = world.save()
    world.board(job(1), job(2))
    world.failure = AlertError("no")
    waits = []
    for _ in range(4):
        world.send(force=True)
        (now,) = world.store.subscriptions()
        waits.append(now.retry_at and now.retry_at - world.now)
    assert waits[0] is None
    assert timedelta(minutes=5) <= waits[1] < waits[3] <= DAY
    world.failure = None
    assert world.send() == []
    world.now += waits[3]
    assert world.send() == [("1", "new")]
    assert world.store.subscriptions()[0].failures == 0
    assert one.id == world.store.subscriptions()[0].id


def test_a_dead_channel_is_paused_and_says_so(world):
    """410 or 550: nothing is sent until a person resumes it, and nothing is lost."""
    world.board(job(2))
    one = world.save()
    world.board(job(1), job(2))
    world.failure = ChannelGone("no such user")
    world.send()
    assert world.results[0].paused == "no such user"
    world.failure = None
    assert world.send() == []
    assert world.results[0].paused == "no such user"
    world.store.pause_subscription(one.id, None)
    assert world.send() == [("1", "new")]


def test_one_digest_a_day(world):
    """Within a day the second change waits; the next day brings it."""
    world.board(job(7))
    world.save(every="day")
    world.board(job(1), job(7))
    assert world.send() == [("1", "new")]
    world.board(job(1), job(2), job(7), days=0.2)
    assert world.send() == []
    assert world.results[0].waiting == 1
    world.now += DAY
    assert world.send() == [("2", "new")]


def test_quiet_hours_hold_everything_back(world):
    """Between the hours nothing goes out, in the time zone of the subscription."""
    world.board(job(7))
    world.save(quiet_hours="22:00-09:00", timezone="Europe/Warsaw")
    world.now = START.replace(day=9, hour=7, minute=0)  # 08:00 in Warsaw
    world.board(job(1), job(7), days=0)
    assert world.send() == []
    world.now += timedelta(hours=1)
    assert world.send() == [("1", "new")]


def test_a_dry_run_changes_nothing(world):
    """It shows what would be sent; then it is sent as if nothing had been asked."""
    world.board(job(7))
    world.save()
    world.board(job(1), job(7))
    for _ in range(2):
        (shown,) = dry_run(world.store, world.sender)
        assert "Python Engineer Payments" in shown.text[0]
    assert world.sent == []
    assert world.store.tallies() == {}
    assert world.send() == [("1", "new")]


def test_a_test_message_uses_up_nothing(world):
    """It says that it is a test, shows at most three jobs, and the real one still comes."""
    world.board(*(job(number) for number in range(1, 6)))
    one = world.save()
    world.board(*(job(number) for number in range(1, 7)))
    message = send_test(world.store, world.sender, one)
    assert message.test
    assert len(message.items) == 3
    world.sent.clear()
    assert world.send() == [("6", "new")]


def test_unsubscribing_needs_the_token(world):
    """The link's token ends the subscription; a changed one, or a second time, does nothing."""
    one = world.save()
    token = unsubscribe_token(one)
    assert unsubscribe(world.store, token[:-1] + "x") is None
    assert unsubscribe(world.store, f"{one.id}.") is None
    assert unsubscribe(world.store, token).id == one.id
    assert unsubscribe(world.store, token) is None
    assert world.store.subscriptions() == ()


def test_a_search_that_cannot_be_understood_any_more_is_told(world):
    """It stops nobody else, and is no silence: the result says what is wrong."""
    world.board(job(7))
    one = world.save()
    world.save(to="mailto:bo@example.org")
    world.store.remove_subscription(one.id)
    world.store.add_subscription(replace(one, query="nosuchfield:x"))
    world.board(job(1), job(7))
    assert world.send() == [("1", "new")]
    assert "nosuchfield" in next(r.error for r in world.results if r.subscription == one.id)


def test_what_is_missing_in_a_query_is_added(world):
    """Remote and open are meant unless the search speaks of them, or everything is asked."""
    assert usual_query("python") == "python arrangement:remote is:open"
    assert usual_query("python arrangement:hybrid") == "python arrangement:hybrid is:open"
    assert usual_query("python is:closed") == "python is:closed arrangement:remote"
    assert usual_query("python", everywhere=True) == "python"


def test_the_same_search_for_the_same_channel_is_refused(world):
    """Saved twice it would be sent twice."""
    world.save()
    with pytest.raises(UsageError, match="already"):
        world.save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"every": "week"},
        {"quiet_hours": "22-7"},
        {"quiet_hours": "07:00-07:00"},
        {"timezone": "Mars/Olympus"},
        {"to": "ftp:x"},
        {"query": "nosuchfield:1"},
    ],
)
def test_what_cannot_be_understood_is_refused_before_anything_is_kept(world, wrong):
    """A wrong word is an error that says how to write it."""
    with pytest.raises(UsageError):
        world.save(**wrong)
    assert world.store.subscriptions() == ()


def test_many_jobs_are_several_messages_and_then_a_number(world):
    """No mail holds more than it may; beyond five the rest is counted, and every row is told."""
    world.board(job(7))
    world.save(query="stock")
    listed = [
        job(1, identifier=f"a{number}", title=f"Stock {number} {'x' * 150}",
            hiring_organization=f"Co{number}", text=f"stock number {number} of {number}",
            url=f"https://jobs.example/{number}")
        for number in range(400)
    ]  # fmt: skip
    world.board(job(7), *listed)
    send_alerts(world.store, world.sender)
    assert len(world.sent) == 5
    assert [message.part for message in world.sent] == [1, 2, 3, 4, 5]
    assert world.sent[-1].more == 400 - sum(len(message.items) for message in world.sent)
    assert world.send() == []
    (tally,) = world.store.tallies().values()
    assert (tally.waiting, tally.told) == (0, 400)


def test_boards_need_no_subscription(world):
    """Without a saved search nothing is matched, written or sent."""
    world.board(job(1))
    assert world.send() == []
    assert world.results == ()


def test_a_rebuilt_store_tells_nothing_twice_and_loses_nothing(world, tmp_path):
    """After `reprocess` what was told stays told, what waits still waits, and news are news."""
    world.board(job(7))
    one = world.save(every="day")
    world.board(job(1), job(7))
    assert world.send() == [("1", "new")]
    world.board(job(1), job(2), job(7), days=0.1)
    assert world.send() == []

    with open_store(str(tmp_path / "new.db"), create=True) as new:
        old, world.store = world.store, new
        world.now = START
        world.board(*(job(number) for number in (1, 2, 7)))
        new.take_over_alerts(old.alert_rows())
        world.now = START + 9 * DAY
        world.board(*(job(number) for number in (1, 2, 3, 7)))
        assert world.send() == [("2", "new"), ("3", "new")]
        assert new.subscriptions()[0].id == one.id
        world.store = old


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["lever", "personio"]),
            st.sets(st.integers(1, 5)),
            st.floats(0.05, 2.0),
            st.booleans(),
        ),
        min_size=1,
        max_size=14,
    )
)
def test_whatever_boards_do_each_job_is_new_once_and_none_is_lost(tmp_path_factory, steps):
    """Two boards list any of five jobs in any order, and alerts run at any time between.

    A job is "new" at most once; what was gone and is open again is told; every job that was not
    there at the beginning and is open at the end was told; and nothing is told of job 7, which
    never changed.
    """
    with pytest.MonkeyPatch.context() as patch:
        one = World(tmp_path_factory.mktemp("alerts") / "jobs.db", patch)
        for source in ("lever", "personio"):
            one.board(job(7), source=source, days=0.01)
        one.save(also=("closed",))
        told = []
        for source, listed, days, alerts in steps:
            one.board(*(job(number) for number in sorted({*listed, 7})), source=source, days=days)
            told += one.send() if alerts else []
        told += one.send()
        assert one.send() == []
        going = {each.posting.identifier for each in one.store.openings(status=["open"])} - {"7"}
        one.store.close()
    kinds = {number: [kind for name, kind in told if name == number] for number, _ in told}
    assert "7" not in kinds
    for number, said in kinds.items():
        assert said.count("new") <= 1, (number, said)
        assert said[0] in ("new", "reopened")  # it may have come and gone before anyone was told
        for before, after in pairwise(said):
            assert (before, after) in {
                ("new", "closed"), ("closed", "reopened"), ("reopened", "closed"),
            }  # fmt: skip
    assert going <= kinds.keys()
    assert all(kinds[number][-1] != "closed" for number in going)
