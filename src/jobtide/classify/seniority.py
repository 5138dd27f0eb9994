"""How experienced a posting wants a person to be, from the words of its title.

The words stand in rules/seniority.toml, each group with its reason. No level word is "not
stated": `None`, never a guess.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import structs

from jobtide.model import Label, Posting
from jobtide.text import Hit, Phrasebook, alike, remembered

#: The closed list of levels, from the first day to the board room.
LEVELS = ("intern", "junior", "mid", "senior", "staff", "lead", "manager", "director", "executive")

#: Between the ends of a choice of levels: "Junior to Senior", "Senior/Lead", "mid and senior".
_CHOICE = re.compile(
    r"\.?\s?(?:level)?\s*[()]?\s*(?:[-–—/|,&+]|to|or|and|oder|und|bis|ou|o|e|y|lub|of|od|till)\s*[()]?\s*",
    re.IGNORECASE,
)
_CHIEF = re.compile(r"\bchief\s(?:[\w&,]+\s){1,5}officer\b", re.IGNORECASE)
#: "Assistant to the Director", "mit Perspektive Teamleitung": the level belongs to someone else,
#: or to a later day.
_NOT_OURS = re.compile(
    r"\b(?:(?:executive|personal|administrative)\sassistant\b"
    r"|(?:assistant|assistenz|assistent(?:in)?|secretary|sekretär(?:in)?|asistente|assistente"
    r"|partner|office|support|advisor)\s(?:to|for|der|des|of|de|do|da|du|la|the)\b"
    r"|mit\s(?:\w+\s)?(?:weiter)?entwicklung\b|\w{0,20}perspektive\b|path\sto\b).*"
)
#: Letters for an office are one only where the title is that office: "CTO", "Founder & CTO",
#: "Chief Data Officer (CDO)"; elsewhere CRO is conversion rates, CPO a charge point.
_OFFICE = re.compile(r"(?:^|[(/&+|]\s?|\b(?:interim|fractional|deputy|and|und)\s)$", re.IGNORECASE)
_DOUBTFUL = frozenset(("cro", "cpo", "cdo", "cco"))
_ENDS = re.compile(r"\s*(?:$|[,/&()|–-])")
#: "Manager, Data": without a thing before it, one manages people.
_MANAGER = re.compile(r"(?:^|[-–—|:]\s?)(managers?)\b(?!\s*[:*]?in\b)", re.IGNORECASE)
#: The first rung of a ladder: "Associate Platform Engineer"; alone the word is a role of its own.
_ASSOCIATE = re.compile(
    r"\s*(associate)\s(?:[\w/&+#.-]+\s){0,4}?(?:engineer|developer|programmer|analyst|designer"
    r"|scientist|consultant|recruiter|architect|specialist|researcher|administrator|counsel"
    r"|account executive|(?:product|project|program|account) manager|auditor|editor|writer"
    r"|accountant)\b",
    re.IGNORECASE,
)
#: Letters of a title that are read; what is longer is no title.
_READ = 300
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])")
#: Grades of a ladder: roman or arabic behind the noun of the role, or "L4", "IC3", "Level 2".
_ROMAN = re.compile(r"(?<=[A-Za-z]{3})\s(I{1,3}|IV|V|VI)(?=$|[\s,;:/()–—-])(?!\s?&)")
_ARABIC = re.compile(
    r"(?i:engineer|developer|analyst|specialist|technician|scientist|designer|programmer|consultant|administrator|"
    r"representative|associate|accountant|coordinator|officer|architect|researcher|planner|nurse|operator)\s([1-5])(?=$|[\s,;:()–—-])"
    r"(?!\s?[-–—]?\s?(?:x|days?|months?|years?|weeks?|shifts?|hours?|openings?|positions?|[0-9])\b)"
)
_GRADE = re.compile(
    r"\b(?:L|IC|Level\s|Lvl\s|Grade\s)([1-7])\b(?!\s*(?:support|help\s?desk|service|technician|soc|operations|/|[-–]\s?L?\d))",
    re.IGNORECASE,
)
_NO_ROLE = (
    "phase",
    "class",
    "type",
    "part",
    "tier",
    "title",
    "stage",
    "schedule",
    "category",
    "war",
    "annex",
    "group",
)
#: What grade one to seven means on most published ladders (levels.fyi); companies differ, so
#: labels made from it are marked as inferred.
_BEHIND_ROLE = ("", "junior", "mid", "senior", "senior", "staff", "staff", "staff")
_OF_LADDER = ("", "junior", "junior", "mid", "mid", "senior", "staff", "staff")
_ROMANS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}


class _Book(NamedTuple):
    phrases: Phrasebook
    rank: dict[str, int]  #: 0 wins


@cache
def _book() -> _Book:
    raw = files("jobtide.classify.rules").joinpath("seniority.toml").read_text("utf-8")
    rules: dict[str, Any] = tomllib.loads(raw)
    order = {row["label"]: at for at, row in enumerate(rules["level"])}
    return _Book(Phrasebook([*rules["silent"], *rules["level"]]), order)


@remembered
def seniority(title: str, seniority_text: str | None = None) -> Label | None:
    """Return the level a title names, else the one the board's own field does, else None.

    >>> seniority("Senior Account Executive").value
    'senior'
    >>> seniority("Account Executive") is None
    True
    """
    title = title[:_READ]
    label = _named(title, "title") or _named(_CAMEL.sub(" ", title), "title")
    label = label or _graded(title)
    if label is None and seniority_text:
        label = _named(seniority_text[:_READ], "seniority_text")
    return label


def label_seniority(posting: Posting) -> Posting:
    """Fill `seniority`: from the title, else from the board's own words."""
    label = seniority(posting.title, posting.seniority_text)
    return structs.replace(posting, seniority=label) if label else posting


def _named(words: str, field: str) -> Label | None:
    """Return the level that words name, the first of a choice, else the highest ranked."""
    book = _book()
    plain = alike(words)
    owned = _NOT_OURS.search(plain)
    limit = owned.start() if owned else len(words)
    hits = [
        hit
        for hit in book.phrases.find(words)
        if "label" in hit.table and hit.start < limit and _holds(words, hit)
    ]
    if chief := _CHIEF.search(words, 0, limit):
        hits.append(Hit(*chief.span(), {"label": "executive"}))
    if manager := _MANAGER.search(words, 0, limit):
        hits.append(Hit(*manager.span(1), {"label": "manager"}))
    if associate := _ASSOCIATE.match(words, 0, limit):
        hits.append(Hit(*associate.span(1), {"label": "junior"}))
    if not hits:
        return None
    hits.sort(key=lambda hit: hit.start)
    firsts = [hits[0]]
    for before, hit in pairwise(hits):
        if not _CHOICE.fullmatch(words, before.end, hit.start):
            firsts.append(hit)
    best = min(firsts, key=lambda hit: (book.rank[hit.table["label"]], hit.start))
    level = best.table["label"]
    return Label(
        value=level,
        rule=f"seniority.{field}.{level}",
        evidence=words[best.start : best.end],
        field=field,
        start=best.start,
    )


def _holds(words: str, hit: Hit) -> bool:
    """Say whether a level word is one here: letters of an office must stand for the title."""
    if hit.table["label"] != "executive" or hit.end - hit.start > 4:
        return True
    if words[hit.start : hit.end].lower() in _DOUBTFUL and not _ENDS.match(words, hit.end):
        return False
    return _OFFICE.search(words, 0, hit.start) is not None


def _graded(title: str) -> Label | None:
    """Return the level a grade stands for: "Engineer II", "Analyst 3", "(L4)"."""
    if match := _ROMAN.search(title):
        if title[: match.start()].lower().endswith(_NO_ROLE):
            return None
        level = _BEHIND_ROLE[_ROMANS[match[1]]]
    elif match := _ARABIC.search(title):
        level = _BEHIND_ROLE[int(match[1])]
    elif match := _GRADE.search(title):
        level = _OF_LADDER[int(match[1])]
    else:
        return None
    return Label(
        value=level,
        rule="seniority.title.grade",
        evidence=match[0].strip(),
        field="title",
        start=match.start() + len(match[0]) - len(match[0].lstrip()),
        inferred=True,
    )
