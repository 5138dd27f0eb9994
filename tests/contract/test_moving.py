"""A store moved into another holds the same, whichever kinds they are."""

import pytest

from jobtide.errors import StoreError
from jobtide.model import Reject
from jobtide.store import OpeningRow, moving, open_store
from tests.contract.test_store import DAY, START, answer, at, made, several

KINDS = ["sqlite", "postgres"]


@pytest.fixture
def address(request, tmp_path):
    """Return what gives the address of one more empty store of a kind."""

    def make(kind):
        if kind == "postgres":
            return request.getfixturevalue("postgres_database")()
        made_before = len(list(tmp_path.glob("*.db")))
        return f"sqlite:{tmp_path / f'{made_before}.db'}"

    return make


def fill(store):
    """Save something into every table."""
    run = store.start_run("update", START)
    refused = Reject(
        source="lever", board="acme", identifier="7", step="read", reason="no title", detail=""
    )
    store.save_reading(at(0, run_id=run), several(4), [refused], [answer(b"one")])
    later = [made(0, title="Lead"), made(1), made(2)]
    store.save_reading(at(1), later, responses=[answer(b"two")])
    store.save_reading(at(2), [made(0, title="Lead"), made(1)], responses=[answer(b"three")])
    store.save_reading(at(0, source="ashby", window=True), [made(9, source="ashby")])
    row = OpeningRow(
        id="lever:acme:0", canonical_id="ashby:acme:9",
        posting_ids=("lever:acme:0", "ashby:acme:9"), reasons=("same words",),
    )  # fmt: skip
    store.save_openings([row], keys=[("lever:acme:0", (5).to_bytes(8, "little"))])
    store.save_link_check("lever:acme:1", START, "alive")
    store.finish_run(run, START, {"kept": 4})


def everything(store):
    """Return all a reader can ask for."""
    return (
        store.content_hash(),
        list(store.tracked()),
        list(store.openings()),
        list(store.changes()),
        list(store.rejects()),
        store.board_states(),
        store.runs(),
        store.link_checks(),
        list(store.captures()),
        store.blocks([5], 10),
    )


@pytest.mark.parametrize("first", KINDS)
@pytest.mark.parametrize("second", KINDS)
def test_a_moved_store_answers_as_the_first(address, first, second):
    """Whatever is asked of it, and it goes on from there."""
    with open_store(address(first), create=True) as origin:
        fill(origin)
        with open_store(address(second), create=True) as target:
            moving.move(origin, target)

            assert everything(target) == everything(origin)
            assert target.check() == []
            for store in (origin, target):
                store.save_reading(at(3), [made(0, title="Lead"), made(12)])
                store.start_run("again", START + 3 * DAY)
            assert everything(target) == everything(origin)


@pytest.mark.parametrize("kind", KINDS)
def test_a_move_that_broke_off_goes_on(address, kind, monkeypatch):
    """What is there already is not written again; the end is the same."""
    monkeypatch.setattr(moving, "STEP", 2)
    with (
        open_store(address("sqlite"), create=True) as origin,
        open_store(address(kind), create=True) as target,
    ):
        fill(origin)
        seen = []

        def interrupt(table, done, of):
            seen.append(table)
            if len(seen) == 7:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            moving.move(origin, target, interrupt)
        brought = sum(target.row_count(table) for table in moving.TABLES)
        total = sum(origin.row_count(table) for table in moving.TABLES)

        rest = moving.move(origin, target)

        assert 0 < brought < total
        assert rest == total - brought
        assert everything(target) == everything(origin)


def test_a_target_with_other_content_is_said(address):
    """Two stores that cannot become the same end in an error that says what to do."""
    with (
        open_store(address("sqlite"), create=True) as origin,
        open_store(address("sqlite"), create=True) as target,
    ):
        fill(origin)
        fill(target)
        target.save_reading(at(5), [made(77)])

        with pytest.raises(StoreError, match="empty the target"):
            moving.move(origin, target)
