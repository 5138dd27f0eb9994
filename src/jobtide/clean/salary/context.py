"""What the words around a sum of money say about it: pay, something else, or nothing."""

import re
from typing import NamedTuple

from jobtide.clean.salary import tables
from jobtide.text import Phrasebook

#: Words beyond the end of a sentence, or of a line or bullet, belong to something else.
_BREAK = re.compile(
    r"[.!?…;](?:(?<=;)\s|(?<!;)[\s\"”)]+(?=[A-ZÀ-ÞŁŚŻ\"“])|(?<=[a-z]{2}\.)$"
    r"|(?<=[a-z]{4}[.!?])(?<!pprox\.)(?<!mind\.)\s+$)"
)
_LINE_MARKS = "\n|•·▪●◦✓✔"
_STOP = re.compile(r"[.!?…](?:\s|$)|\n|[•|·▪●◦✓✔;]|$")
#: Behind these a new thing begins: "$100k plus bonus" speaks of pay, then of a bonus.
_CUT = re.compile(
    r"[,;(+*:]|\s[-–—/]\s|\d|(?<!\w)(?:and|plus|with|including|incl|excluding|excl|depending|"
    r"depends|dependent|based|commensurate|as well|in addition|for this|per|und|sowie|mit|inkl\w*|"
    r"zzgl|zuzüglich|je nach|y|más|con|e|mais|com|et|avec|hors|met|excl\w*|oraz|en|och|og|a|z)"
    r"(?!\w)",
    re.IGNORECASE,
)
_WORDS = Phrasebook(
    [
        {"words": [*tables.words("pay", "words"), *tables.words("pay", "signs")], "role": "pay"},
        {"words": tables.words("pay", "leading"), "role": "leading"},
        {"words": tables.words("refuse", "words"), "role": "refuse"},
        {"words": tables.words("weak", "words"), "role": "weak"},
    ]
)
#: Paid by the piece: no period makes this comparable.
_PIECE = re.compile(r"\s*(?:per|each|for\s(?:each|every)|/)\s?\w{2,}", re.IGNORECASE)
#: Money, as far as it must be known to see that a pay word belongs to another sum.
_SUM = re.compile(r"[$€£₹]\s?\d|\d[.,]\d{3}|\d\s?k\b", re.IGNORECASE)
#: Longest line read as the heading of the line below, in characters.
_HEADING = 70
#: How far before a figure its sentence is read, in characters.
_SENTENCE = 150
#: A line with more than this before its figure needs no heading, in characters.
_OWN = 28
#: Longest name of a line in a list of pay: "Propulsion Technician/Level 2", in characters.
_NEXT_LINE = 72
#: Within how many letters behind a range a refusing word speaks of it.
_AT_ONCE = 28
_FAR = 10_000
_OTE = re.compile(tables.whole(tables.words("ote", "words")), re.IGNORECASE)
#: What a figure is called right behind it, and where in front of it another thing ends.
_THING = re.compile(r"[^,;\d/]*")
_OTHER = re.compile(r"[;•\n]|\bbase\b", re.IGNORECASE)
_UPPER = re.compile(
    rf"(?<!\w)(?:{tables.alternation(tables.words('ends', 'upper'))})\s*:?\s*(?:of|zu|de)?\s*$",
    re.IGNORECASE,
)
_LOWER = re.compile(
    rf"(?<!\w)(?:{tables.alternation(tables.words('ends', 'lower'))})\s*:?\s*(?:of|de)?\s*$",
    re.IGNORECASE,
)
_CAPPED = re.compile(r"[^\S\n]*(?:max|maximum|tops|or less|and below)(?!\w)", re.IGNORECASE)
#: What a plus sign adds to pay; before anything else it leaves the range open.
_ADDED = (
    r"equity|bonus|benefit|commission|stock|rsu|super|option|perk|tip|incentive|variable|share"
)
_UPWARD = re.compile(
    rf"\+(?!\s?(?:{_ADDED}|\d|[^\W\d_]+\sbonus))|\s\+(?=\s*(?:$|[.,;)/]|per|DOE|OTE))"
    rf"|[^\S\n]*(?:{tables.alternation(tables.words('ends', 'upward'))})(?!\w)",
    re.IGNORECASE,
)


class Around(NamedTuple):
    """The words around a figure, within its sentence."""

    before: str
    after: str
    label: int  #: where the last pay word before the figure ends in `before`; -1: none
    refusal: int  #: where the last refusing word before the figure ends; -1: none
    weak: int  #: where the last word that goes with pay and against it ends; -1: none
    barred: bool  #: a column of a line begins right before the figure: "Engineer | 90k | remote"
    pay_behind: bool  #: a pay word stands right behind the figure
    refused_behind: bool  #: a refusing or weak word follows in the same breath
    refused_at_once: bool  #: a refusing word follows within a few words
    piece: bool  #: paid by the piece: "per word", "for every ten rides"
    taken: bool  #: another sum stands between the pay word and the figure

    def far(self, at: int) -> int:
        """Return how many characters lie between a word ending at `at` and the figure."""
        return len(self.before) - at if at >= 0 else _FAR


def around(text: str, start: int, end: int) -> Around:
    """Read the sentence around `text[start:end]`; a figure alone on its line has its heading."""
    before = _clause(text, start)
    after = text[end : end + 72]
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    cut = _CUT.search(after)
    phrase = after[: cut.start()] if cut else after[:60]
    last = {"pay": -1, "leading": -1, "refuse": -1, "weak": -1}
    behind, distance = "", 0
    for hit in _WORDS.find(f"{before}\0{phrase}"):
        role = hit.table["role"]
        if hit.end <= len(before):
            last[role] = hit.end
        elif role != "leading":
            behind, distance = role, hit.start - len(before)
            break
    if not behind and after.startswith((" (", "(")):  # "€ 2.900 (brutto)"
        inside = _WORDS.find(after[:16])
        behind = "pay" if inside and inside[0].table["role"] == "pay" else ""
    label = max(last["pay"], last["leading"])
    return Around(
        before=before,
        after=after,
        label=label,
        refusal=last["refuse"],
        weak=last["weak"],
        barred=text[max(0, start - 4) : start].rstrip(" ~≈\u00a0").endswith("|"),
        pay_behind=behind == "pay",
        refused_behind=behind in ("refuse", "weak"),
        refused_at_once=behind == "refuse" and distance <= _AT_ONCE,
        piece=_PIECE.match(after) is not None,
        taken=label >= 0 and _SUM.search(before, label) is not None,
    )


def _clause(text: str, start: int) -> str:
    """Return what stands before a figure in its sentence, with the heading above a bare line."""
    low = max(0, start - _SENTENCE)
    line = max(text.rfind(mark, low, start) for mark in _LINE_MARKS) + 1
    end = line or low
    for match in _BREAK.finditer(text, end, start):
        end = match.end()
    own = text[end:start]
    if end > line or not line or len(own) > _OWN:
        return own
    above = text[low : line - 1].rstrip(" \n\t\u00a0:-–—•*#|")
    heading = above[max(above.rfind(mark) for mark in _LINE_MARKS) + 1 :]
    if len(heading) > _HEADING or heading.endswith((".", "!")):
        return own
    return f"{heading} : {own}"


def continues(between: str) -> bool:
    """Say whether only the name of the next line stands between two figures of a list of pay."""
    return len(between) <= _NEXT_LINE and not any(
        hit.table["role"] in ("refuse", "weak") for hit in _WORDS.find(between)
    )


def kind(near: Around) -> str:
    """Return "ote" when the figure is called on-target earnings, else "base"."""
    thing = _THING.match(near.after, 0, 28)
    behind = thing[0] if thing else ""
    if _OTE.search(behind):
        return "ote"
    head = _OTHER.split(near.before[-48:])[-1]
    return "ote" if _OTE.search(head) and not _OTHER.search(behind) else "base"


def open_end(text: str, near: Around, end: int) -> str | None:
    """Return which end of a single figure is open: "below" ("up to"), "above" ("from", "+")."""
    if _UPWARD.match(text, end, end + 24):
        return "above"
    if _UPPER.search(near.before) or _CAPPED.match(text, end, end + 24):
        return "below"
    return "above" if _LOWER.search(near.before) else None
