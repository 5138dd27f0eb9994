"""
One posting after another, through pure steps, in the order written here.

`process` is the unit of work of every engine: an iterator in, an iterator out. It does no I/O,
reads no clock and keeps no state, so one machine and a hundred give the same answer.
"""

from collections.abc import Callable, Iterable, Iterator

from jobtide.model import Posting, Reject

Step = Callable[[Posting], Posting | Reject]

#: The whole program in one place: to see what happens to a posting, read down.
STEPS: tuple[Step, ...] = ()


def process(
    postings: Iterable[Posting], steps: tuple[Step, ...] = STEPS
) -> Iterator[Posting | Reject]:
    """Yield, for each posting, what the steps made of it, in the same order."""
    for posting in postings:
        yield apply(posting, steps)


def apply(posting: Posting, steps: tuple[Step, ...] = STEPS) -> Posting | Reject:
    """Run one posting through the steps; stop at the first `Reject`."""
    for step in steps:
        result = step(posting)
        if isinstance(result, Reject):
            return result
        posting = result
    return posting
