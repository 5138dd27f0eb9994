"""The words of `rules/category_*.toml`, made ready for one pass over a title."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from jobtide.text import fold

#: The labels, with the definitions readers see; the guide is docs/explanation.
LABELS = (
    "backend",
    "frontend",
    "fullstack",
    "mobile",
    "devops",
    "data",
    "ml",
    "security",
    "qa",
    "design",
    "product",
    "management",
    "support",
    "sales",
    "marketing",
    "writing",
    "finance",
    "hr",
    "legal",
    "healthcare",
    "education",
    "operations",
    "other",
)
FILES = ("heads", "engineering", "office", "company", "people", "other")
LANGUAGES = ("en", "de", "fr", "es", "pt", "nl", "pl", "it", "sv", "ru")

#: Of two entries over the same words the lower number wins: a head that is a whole trade by
#: itself ("technician") yields to its subject; a word too common to mean one thing says so.
_RANKS = {"worker": 0, "noise": 1, "weak": 1, "role": 2, "field": 3, "head": 4}

#: Endings of words that name people, in the languages of the rules.
_AGENT = re.compile(
    r"(?:er|or|ora|ist|ista|iste|ian|ien|ienne|(?<!aur)(?<!pl)ant|ante|gente|dente|rente|cente"
    r"|(?:ag|stud|presid|intend|assist|refer|doc)ent|eur|euse|rice|eer|man|nurse|attorney"
    r"|physician|paralegal|counsel|intern|coach|chef|clerk|scribe|aide|(?:er|ist|ent|ant|or|log|eur)in"
    r"|arz|owicz|owiec|nik|eiro|eira|iere|aire|logue|arzt|anwalt|abogad[oa]|advogad[oa]|medic[oa]"
    r"|tecnic[oa]|bdr|sdr|dba|sre|ceo|cto|cfo|cmo|coo|ciso|ekonom|pedagog|lakare|larare|saljare"
    r"|testare|forskare)s?$"
)
#: Words with such an ending that name no one.
_NO_AGENTS = frozenset(
    "center career customer partner water power computer order paper cyber newsletter carrier"
    " provider influencer user server router container compiler number labor sensor vendor"
    " sector motor color error minor major investor donor".split()
)


class Group(NamedTuple):
    """One table of the rules: words that mean the same."""

    name: str
    kind: str  #: "role" | "field" | "head" | "noise"
    label: str
    family: str  #: of heads: dev, eng, sci, mgr, lead, analyst, staff, worker, learner
    by_family: dict[str, str]  #: of fields: another label beside some heads; "-": says nothing
    reach: str  #: "all": decides even after "Software Engineer, ..."; "first": right after it
    top: bool  #: wins over the other trades of its segment
    weak: bool  #: decides only where nothing stronger stands
    weak_beside: tuple[str, ...]  #: families of heads beside which it is weak
    settled: bool  #: of heads: takes no subject from a later segment
    rank: int


class Entry(NamedTuple):
    """One pattern: where it may begin and end, and what it means."""

    text: str  #: folded words, one blank between them
    left: bool  #: must begin at the beginning of a word
    right: bool  #: must end at the end of a word
    group: Group
    complete: bool  #: its last word names a worker: "data analyst", not "data analytics"
    generic: bool  #: that word is a head noun: "data analyst", not "designer"


class Words(NamedTuple):
    """The automaton and, at the same positions, the entries of its patterns."""

    automaton: AhoCorasick
    entries: tuple[Entry, ...]


def _group(table: dict[str, Any]) -> Group:
    weak = bool(table.get("weak", False))
    kind = table["kind"]
    family = table.get("family", "")
    return Group(
        name=table["name"],
        kind=kind,
        label=table["label"],
        family=family,
        by_family=table.get("with", {}),
        reach=table.get("reach", ""),
        top=bool(table.get("top", False)),
        weak=weak,
        settled=bool(table.get("settled", False)),
        weak_beside=tuple(table.get("weak_beside", ())),
        rank=_RANKS["worker" if family == "worker" else "weak" if weak else kind],
    )


def _worker(word: str, heads: set[str]) -> tuple[bool, bool]:
    """Tell whether the last word of a trade names a person, and whether it is a head noun."""
    named = word not in _NO_AGENTS and _AGENT.search(word) is not None
    return word in heads or named, word in heads


def _spellings(word: str) -> list[tuple[str, bool, bool]]:
    """Return the pattern and, for a plain English-looking word, its plural."""
    left, right = not word.startswith("*"), not word.endswith("*")
    bare = " ".join(fold(word.strip("*")).replace("*", "").split())
    found = [(bare, left, right)]
    if left and right and len(bare) > 4 and bare[-1] not in "sy":
        found.append((bare + "s", left, right))
    return found


@cache
def load() -> Words:
    """Read the rules once; about 20,000 patterns."""
    folder = resources.files("jobtide.classify") / "rules"
    best: dict[tuple[str, bool, bool], Group] = {}
    heads: set[str] = set()
    for name in FILES:
        tables = tomllib.loads((folder / f"category_{name}.toml").read_text("utf-8"))
        for table in tables["group"]:
            group = _group(table)
            for language in LANGUAGES:
                for word in table.get(language, "").replace("\n", " ").split(","):
                    if not word.strip():
                        continue
                    for spelling in _spellings(word.strip()):
                        if group.kind == "head":
                            heads.add(spelling[0])
                        known = best.get(spelling)
                        if known is None or group.rank < known.rank:
                            best[spelling] = group
    entries = tuple(
        Entry(text, left, right, group, *_worker(text.rsplit(" ", 1)[-1], heads))
        for (text, left, right), group in best.items()
    )
    patterns = [(" " if e.left else "") + e.text + (" " if e.right else "") for e in entries]
    return Words(AhoCorasick(patterns, implementation=Implementation.ContiguousNFA), entries)
