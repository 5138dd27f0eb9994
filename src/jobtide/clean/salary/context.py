"""Whether a sum of money is the pay for the job: what the words around it say."""

import re
from typing import NamedTuple

from jobtide.clean.salary import tables
from jobtide.clean.salary.amounts import Range
from jobtide.clean.salary.periods import credible
from jobtide.model import UnitText

#: A sentence, a line, a bullet: words beyond it belong to something else.
_BREAK = re.compile(r"[.!?…][\s\"”)]+(?=[A-ZÀ-ÞŁŚŻ\"“])|\n|[•|·▪●◦✓✔]|;\s")
_STOP = re.compile(r"[.!?…](?:\s|$)|\n|[•|·▪●◦✓✔;]|$")
#: Behind these a new thing begins: "$100k plus bonus" speaks of pay, then of a bonus.
_CUT = re.compile(
    r"[,;(+*]|\s[-–—/]\s|\d|(?<!\w)(?:and|plus|with|depending|depends|based|commensurate|as well|in addition|"
    r"und|sowie|zzgl|y|et|e|oraz|en|och|og|for this|per|dependent)(?!\w)",
    re.IGNORECASE,
)
_PAY = re.compile(tables.whole(tables.words("pay", "words")), re.IGNORECASE)
_PAY_SIGN = re.compile("|".join(tables.words("pay", "signs")))
_REFUSE = re.compile(tables.whole(tables.words("refuse", "words")), re.IGNORECASE)
_WEAK = re.compile(tables.whole(tables.words("weak", "words")), re.IGNORECASE)
_PURPOSE = re.compile(
    rf"\s*(?:{tables.alternation(tables.words('purpose', 'words'))})(?!\w)", re.IGNORECASE
)
_OTE = re.compile(tables.whole(tables.words("ote", "words")), re.IGNORECASE)
_UPPER = re.compile(
    rf"(?<!\w)(?:{tables.alternation(tables.words('ends', 'upper'))})\s*:?\s*(?:of|zu|de)?\s*$",
    re.IGNORECASE,
)
_LOWER = re.compile(
    rf"(?<!\w)(?:{tables.alternation(tables.words('ends', 'lower'))})\s*:?\s*(?:of|de)?\s*$",
    re.IGNORECASE,
)
_UPWARD = re.compile(
    rf"\+(?!\s?\w)|\s?\+(?=\s*(?:$|[.,;)/]|per|DOE|OTE))|\s*(?:{tables.alternation(tables.words('ends', 'upward'))})(?!\w)",
    re.IGNORECASE,
)


class Around(NamedTuple):
    """The words around a figure, within its sentence."""

    before: str
    after: str
    label: int  #: where the last pay word before the figure ends in `before`; -1: none
    refusal: int  #: where the last refusing word before the figure ends; -1: none
    weak: int
    pay_behind: bool  #: a pay word stands right behind the figure
    refused_behind: bool


def around(text: str, start: int, end: int) -> Around:
    """Read the sentence around `text[start:end]`; a figure alone on its line has its heading."""
    before = _clause(text, start)
    after = text[end : end + 72]
    after = after[: _STOP.search(after).start()]  # type: ignore[union-attr] - `$` always matches
    phrase = after[: cut.start()] if (cut := _CUT.search(after)) else after
    refused = _REFUSE.search(phrase[:60]) or _WEAK.search(phrase[:60])
    paid = _PAY.search(phrase[:32]) or _PAY.match(after.lstrip(" ("))
    return Around(
        before=before,
        after=after,
        label=max(_last(_PAY, before), _last(_PAY_SIGN, before)),
        refusal=_last(_REFUSE, before),
        weak=_last(_WEAK, before),
        pay_behind=paid is not None and (refused is None or paid.start() < refused.start()),
        refused_behind=refused is not None and (paid is None or refused.start() < paid.start()),
    )


def _clause(text: str, start: int) -> str:
    """Return what stands before a figure in its sentence, with the heading above a bare line."""
    segment = text[max(0, start - 150) : start]
    breaks = [match.span() for match in _BREAK.finditer(segment)]
    while breaks and sum(map(str.isalpha, segment[breaks[-1][1] :])) < 3:
        low, high = breaks.pop()
        if len(segment) - high > 12:
            return segment[high:]
        segment = segment[:low] + " : " + segment[high:] if not breaks else segment
    return segment[breaks[-1][1] :] if breaks else segment


def _last(pattern: re.Pattern[str], words: str) -> int:
    """Return where the last match ends; -1: there is none."""
    at = -1
    for match in pattern.finditer(words):
        at = match.end()
    return at


def is_pay(one: Range, near: Around, unit: UnitText | None, *, bare: bool, rest: str) -> bool:
    """Say whether a figure is pay. `bare`: the text is a pay field, so money is pay by default.

    `rest` is what stands behind the period word.
    """
    distance = len(near.before)
    nearer = near.refusal > near.label
    labelled = near.label >= 0 and distance - near.label <= 100
    if near.refused_behind and not (labelled and one.two and _size_of_pay(one)):
        return False
    if bare:
        return not nearer and (one.currency is not None or one.whole or unit is not None)
    if one.currency is None and near.label < 0 and not near.pay_behind:
        return False
    if one.currency is None and not one.whole and unit is None:
        return False
    if one.two and _size_of_pay(one):
        return (labelled and (not nearer or distance - near.refusal > 16)) or not nearer
    if nearer or (
        near.weak > near.label
        and not one.two
        and near.weak > distance - 40
        and not _UPPER.search(near.before)
    ):
        return False
    if unit is not None and not near.pay_behind and not labelled:
        return _stands_alone(one, unit) and not _PURPOSE.match(rest)
    return labelled or near.pay_behind


def _size_of_pay(one: Range) -> bool:
    """Say whether both ends are of the size of yearly pay, and not far apart."""
    return one.low >= 12_000 and credible(one.low, one.high, UnitText.YEAR, _plain(one.currency))


def _stands_alone(one: Range, unit: UnitText) -> bool:
    """Say whether a figure with a period, but no pay word, is of the size of pay."""
    currency = _plain(one.currency)
    if not credible(one.low, one.high, unit, currency):
        return False
    return one.two or unit not in (UnitText.YEAR, UnitText.MONTH) or one.low >= 12_000


def _plain(currency: str | None) -> str | None:
    return "USD" if currency == "$" else currency


def kind(near: Around) -> str:
    """Return "ote" when the figure is called on-target earnings, else "base"."""
    head = re.split(r"[;•\n]|\bbase\b", near.before[-48:])[-1]
    return "ote" if _OTE.search(near.after[:28]) or _OTE.search(head) else "base"


def open_end(text: str, near: Around, end: int) -> str | None:
    """Return which end of a single figure is open: "below" ("up to"), "above" ("from", "+")."""
    if _UPWARD.match(text, end):
        return "above"
    if _UPPER.search(near.before):
        return "below"
    return "above" if _LOWER.search(near.before) else None
