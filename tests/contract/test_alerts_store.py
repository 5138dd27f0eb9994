"""What every store promises about subscriptions and the outbox: one body, run on each of them."""

import threading
from datetime import timedelta

import pytest
from msgspec.structs import replace

from jobtide.model import Item, Message, Subscription, Told
from jobtide.store import open_store
from tests.contract.test_store import START, at, made, store, url  # noqa: F401 - fixtures

HOUR = timedelta(hours=1)


def subscription(name="s1", **changes):
    values = {
        "id": name,
        "query": "python",
        "to": "mailto:ana@example.org",
        "key": "secret",
        "created_at": START,
    }
    return Subscription(**(values | changes))


def told(opening, change="new", **changes):
    values = {"opening_id": opening, "change": change, "kind": "new", "at": START}
    return Told(**(values | changes))


def message(name, owner="s1", **changes):
    values = {
        "id": name,
        "subscription_id": owner,
        "title": "python",
        "created_at": START,
        "items": (Item(opening_id="a", title="A", changes=("new",), kinds=("new",)),),
    }
    return Message(**(values | changes))


def numbers(opened, name="s1"):
    return [row.number for row in opened.waiting(name)]


def test_a_subscription_comes_back_as_it_was_added(store):  # noqa: F811
    """Everything the person said survives; what happens later begins empty."""
    wanted = subscription(
        name="ü", every="hour", kinds=("new", "closed"), quiet_hours="22:00-07:00", backlog=True,
        timezone="Europe/Warsaw", position=7,
    )  # fmt: skip
    store.add_subscription(replace(wanted, failures=3, paused="x"))

    assert store.subscriptions() == (wanted,)
    with pytest.raises(ValueError, match="already"):
        store.add_subscription(wanted)


def test_rows_and_position_are_written_together_and_once(store):  # noqa: F811
    """The second process with the same changes writes nothing: the position has moved."""
    store.add_subscription(subscription(position=3))

    assert store.save_told("s1", 3, 9, [told("a"), told("b")]) == 2
    assert store.save_told("s1", 3, 9, [told("a"), told("c")]) == 0

    assert [row.opening_id for row in store.waiting("s1")] == ["a", "b"]
    assert store.subscriptions()[0].position == 9


def test_a_change_is_one_row_under_every_id_of_its_opening(store):  # noqa: F811
    """Told as "b" is told, when "b" was merged into "a"; another change is another row."""
    store.add_subscription(subscription())
    store.save_told("s1", 0, 1, [told("b")])

    again = [told("a", known_as=("a", "b")), told("a", "pay:1", known_as=("a", "b"))]

    assert store.save_told("s1", 1, 2, again) == 1
    assert [row.change for row in store.waiting("s1")] == ["new", "pay:1"]


def test_two_subscriptions_are_told_apart(store):  # noqa: F811
    """The same change is a row for each of them."""
    for name in ("s1", "s2"):
        store.add_subscription(subscription(name))
        assert store.save_told(name, 0, 1, [told("a")]) == 1


def test_a_message_is_the_same_at_each_try_until_it_arrived(store):  # noqa: F811
    """Written once with its rows; failing counts; sent, it is gone and so are its words."""
    store.add_subscription(subscription())
    store.save_told("s1", 0, 1, [told("a"), told("b")])
    store.save_messages([(message("m1"), numbers(store))])

    assert store.waiting("s1") == ()
    assert store.unsent("s1") == (message("m1"),)
    store.mark_failed("m1", START, "no answer", retry_at=START + HOUR)
    assert store.unsent("s1") == (message("m1", tries=1),)
    failing = store.subscriptions()[0]
    assert (failing.failures, failing.error) == (1, "no answer")
    assert (failing.failed_at, failing.retry_at) == (START, START + HOUR)

    store.mark_sent("m1", START + HOUR)
    assert store.unsent("s1") == ()
    well = store.subscriptions()[0]
    assert (well.failures, well.error, well.retry_at) == (0, None, None)
    assert well.sent_at == START + HOUR
    assert (store.tallies()["s1"].waiting, store.tallies()["s1"].told) == (0, 2)


def test_a_row_is_told_by_one_message_only(store):  # noqa: F811
    """Two messages cannot take the same row: the later one is refused whole."""
    store.add_subscription(subscription())
    store.save_told("s1", 0, 1, [told("a"), told("b")])
    both = numbers(store)
    store.save_messages([(message("m1"), both[:1])])

    with pytest.raises(ValueError, match="m2"):
        store.save_messages([(message("m2"), both)])

    assert [one.id for one in store.unsent("s1")] == ["m1"]
    assert numbers(store) == both[1:]


def test_a_dead_channel_is_paused_until_a_person_resumes_it(store):  # noqa: F811
    """`paused` says why; resuming forgets the failures and what waits is still there."""
    store.add_subscription(subscription())
    store.save_told("s1", 0, 1, [told("a")])
    store.save_messages([(message("m1"), numbers(store))])
    store.mark_failed("m1", START, "410", retry_at=None, paused="410 gone")

    assert store.subscriptions()[0].paused == "410 gone"
    assert store.pause_subscription("s1", None)
    assert (store.subscriptions()[0].paused, store.subscriptions()[0].failures) == (None, 0)
    assert len(store.unsent("s1")) == 1
    assert not store.pause_subscription("s9", None)


def test_removing_takes_everything_along(store):  # noqa: F811
    """Rows and messages of a removed subscription are gone; the store stays whole."""
    store.add_subscription(subscription())
    store.save_told("s1", 0, 1, [told("a"), told("b")])
    store.save_messages([(message("m1"), numbers(store)[:1])])

    assert store.remove_subscription("s1")
    assert not store.remove_subscription("s1")
    assert store.subscriptions() == ()
    assert store.tallies() == {}
    assert store.check() == []


def test_one_process_sends_at_a_time(store, url):  # noqa: F811
    """The right to send is held by one; it is free again at the end, and while it is held others
    may write."""
    with store.sending() as first, open_store(url) as other:
        assert first
        with other.sending() as second:
            assert not second
        done = threading.Thread(target=other.add_subscription, args=(subscription(),))
        done.start()
        done.join()
    with store.sending() as third:
        assert third
    assert len(store.subscriptions()) == 1


def test_the_last_change_and_the_beginning_of_boards(store):  # noqa: F811
    """The number grows with every change; a board began with its first counted reading."""
    assert (store.last_change(), store.board_began()) == (0, {})
    store.save_reading(at(0), [made(1)])
    first = store.last_change()
    store.save_reading(at(1), [made(1), made(2)])

    assert 0 < first < store.last_change()
    assert store.last_change() == max(one.number for one in store.changes())
    assert store.board_began() == {("lever", "acme"): START}


def test_alerts_are_no_content_and_can_be_taken_over(store, tmp_path):  # noqa: F811
    """A rebuilt store gets all rows, and stands at its own last change."""
    store.save_reading(at(0), [made(1)])
    before = store.content_hash()
    store.add_subscription(subscription(position=1))
    store.save_told("s1", 1, 5, [told("a"), told("b")])
    store.save_messages([(message("m1"), numbers(store)[:1])])
    assert store.content_hash() == before

    with open_store(str(tmp_path / "other.db"), create=True) as other:
        other.save_reading(at(0), [made(1), made(2)])
        for _ in range(2):
            other.take_over_alerts(store.alert_rows())
        assert other.subscriptions() == (subscription(position=other.last_change()),)
        assert other.unsent("s1") == store.unsent("s1")
        assert other.waiting("s1") == store.waiting("s1")
        assert other.check() == []
