"""One posting after another, through the steps."""

import msgspec

from jobtide import pipeline
from jobtide.model import Posting, Reject

POSTING = Posting(
    source="remotive", board="main", identifier="1", url="https://example.com/1", title="Engineer"
)


def shout(posting):
    return msgspec.structs.replace(posting, title=posting.title.upper())


def refuse(posting):
    return Reject(source="x", board="y", identifier="1", step="refuse", reason="not_a_job")


def fail(posting):
    raise ZeroDivisionError("never divide a posting")


def test_steps_run_in_the_order_written():
    """The second step sees what the first one made."""
    assert pipeline.apply(POSTING, (shout, lambda one: one)).title == "ENGINEER"


def test_the_first_reject_ends_the_way_of_a_posting():
    """Steps behind a reject never see the posting."""
    assert isinstance(pipeline.apply(POSTING, (refuse, fail)), Reject)


def test_a_step_that_fails_costs_one_posting_and_is_named():
    """One posting must not end the run; the fault is counted with what it says."""
    first, second = pipeline.process([POSTING, POSTING], (fail,))

    assert first == second
    assert (first.step, first.reason) == ("fail", "step_failed")
    assert first.detail == "ZeroDivisionError: never divide a posting"


def test_processing_twice_changes_nothing_more():
    """What the steps made is what they would make of it again."""
    (once,) = pipeline.process([POSTING])
    (twice,) = pipeline.process([once])

    assert once == twice


def test_the_order_is_kept_whatever_the_batch():
    """Results stand where their postings stood, rejects too."""
    postings = [msgspec.structs.replace(POSTING, identifier=str(n)) for n in range(150)]

    def drop_sevens(posting):
        return refuse(posting) if int(posting.identifier) % 7 == 0 else posting

    results = list(pipeline.process(iter(postings), (drop_sevens, shout)))

    assert [isinstance(one, Reject) for one in results] == [n % 7 == 0 for n in range(150)]
    assert [one.identifier for one in results if isinstance(one, Posting)] == [
        str(n) for n in range(150) if n % 7
    ]
