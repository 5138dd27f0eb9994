"""Do two texts speak of one job? What their sketches say, and when they say nothing."""

from typing import NamedTuple

from jobtide.dedupe.facts import Facts
from jobtide.dedupe.sketch import FEW, likeness

#: Shares of the shorter text that the longer one must have. Measured on pairs of recorded
#: postings with one company and title: other vacancies share 0.0 to 0.66 (what is common is the
#: employer's own praise), one vacancy 0.89 to 1.0; between lies next to nothing.
SAME_TEXT = 0.85
OTHER_TEXT = 0.7
#: Up to here when each text has as many runs of words for itself as a long paragraph has.
OTHER_TEXT_LONG, LONG_PARAGRAPH = 0.8, 80
#: An excerpt of a text is in it; one that hardly is belongs to another.
OTHER_EXCERPT = 0.3
#: Two employers: their texts must be nearly equal, or equal and at least this many runs of words.
SAME_TEXT_OF_STRANGERS, FEW_OF_STRANGERS = 0.9, 8
#: Fewer runs of words are no description: they speak neither for nor against.
NO_TEXT = 5
#: A text several times as long as the other is a whole beside a summary, not another job.
SUMMARY = 3


class Texts(NamedTuple):
    """How two texts agree, and the share of the shorter that the longer one has."""

    relation: str | None
    overlap: float = 0.0


def texts_agree(one: Facts, other: Facts, *, strangers: bool) -> Texts:
    """Return "identical words", "same words", "other words", or None when nothing can be said.

    What an employer's postings have in common says nothing: only what each text has for itself
    parts them, so praise and legal notes count neither for nor against.
    """
    here, there = one.text, other.text
    least = min(here.runs, there.runs)
    if least < NO_TEXT:
        return Texts(None)
    if here == there and (least >= FEW_OF_STRANGERS or not strangers):
        return Texts("identical words", 1.0)
    found = likeness(here, there)
    if strangers:
        enough = least >= FEW and found.overlap >= SAME_TEXT_OF_STRANGERS
        return Texts("same words" if enough else None, found.overlap)
    if found.overlap >= SAME_TEXT:
        return Texts("same words", found.overlap)
    if one.language and other.language and one.language != other.language:
        return Texts(None)  # one job in two languages
    if not (one.whole and other.whole):
        limit = OTHER_EXCERPT if least >= FEW else 0.0
    elif least < FEW and least * SUMMARY < max(here.runs, there.runs):
        limit = 0.0
    else:
        for_itself = min(here.runs * (1 - found.of_one), there.runs * (1 - found.of_other))
        limit = OTHER_TEXT_LONG if for_itself >= LONG_PARAGRAPH else OTHER_TEXT
    return Texts("other words" if found.overlap < limit else None, found.overlap)
