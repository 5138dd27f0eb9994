"""Where a text may end: at a sentence, at a block; and what a cut description is."""

import re

from msgspec import Struct

#: The end of a sentence, when what follows does not go on in lower case ("e.g. three").
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+[^\sa-z]|\s*\Z)")

#: A sentence is no end when it would leave less than this share of what there is room for, and a
#: block none that leaves less than that: a line of greeting says nothing of the job.
LEAST_SENTENCE, LEAST_BLOCK = 0.3, 0.5


class Cut(Struct, frozen=True, gc=False):
    """A description that fits: HTML on one line, balanced."""

    html: str
    complete: bool  #: False: there is more where this comes from


def last_sentence(words: str, room: int) -> int:
    """Return where the last sentence of `words` ends that has room; 0 when none does.

    >>> last_sentence("We plan. We drive, e.g. at night. Why", 99)
    33
    """
    at = room
    while at > 0:
        at = max(
            words.rfind(".", 0, at),
            words.rfind("!", 0, at),
            words.rfind("?", 0, at),
            words.rfind("…", 0, at),
        )
        if at >= 0:
            end = _SENTENCE.match(words, at)
            if end and end.end() <= room:
                return end.end()
    return 0


def ends_sentence(words: str) -> int:
    """Return where the last sentence of `words` ends; all of them when they end one."""
    return len(words) if words[-1] in ".!?…" else last_sentence(words, len(words))


def is_good_end(last: str, *, heading: bool) -> bool:
    """Say whether a text may end with a block: not with "You will:", not with a heading.

    `last` are the last words of the block, `heading` says that it is all bold.
    """
    return last[-1:] != ":" and (not heading or last[-1:] in ".!?…")
