"""Words of a place line that say where the work is done: remote, hybrid, on site."""

import re
from functools import lru_cache
from typing import Final, Literal

Workplace = Literal["remote", "hybrid", "on_site"]

#: Words in the languages boards are written in (en de fr es pt it nl sv da pl cs tr ru ja zh ko).
_REMOTE: Final = (
    r"remot(?:e|ely|o|a|os|as|ework|efriendly)|home[ -]?based|home ?office|homeoffice|"
    r"work(?:ing)?[ -]from[ -]home|wfh|tele ?commut(?:e|ing)|tele ?work(?:ing)?|télé ?travail|"
    r"teletrabajo|teletrabalho|à distance|en distanciel|virtual|distributed|fernarbeit|"
    r"ortsunabhängig|zdaln[aeiy]\w*|práce na dálku|da remoto|thuiswerk\w*|distans|uzaktan|"
    r"удал[её]нн\w*|удал[её]нк\w*|リモート|在宅|远程|遠端|遠程|재택|원격"
)
_HYBRID: Final = (
    r"hybrid[aeo]?|hybrides|híbrid[oa]|hibrid[oa]|ibrid[oa]|hybryd\w*|hybridní|hybridarbeit|"
    r"hibrit|гибрид\w*|ハイブリッド|混合办公|하이브리드"
)
_ON_SITE: Final = (
    r"on[ -]?site|in[ -]?office|office[ -]?based|in[ -]person|presencial(?:mente)?|présentiel|"
    r"sur site|vor ort|stacjonarn\w*|in sede|op locatie|op kantoor|på plats|в офисе|出社|"
    r"work from office|wfo|at the office"
)
_ON_SITE_WORDS: Final = re.compile(rf"(?<!\w)(?:{_ON_SITE})(?!\w)", re.IGNORECASE)
_DENIED: Final = re.compile(
    r"\b(?:not?|non|kein\w*|sans|sin|sem)[ -](?:a )?(?:fully )?(?:remote|homeoffice|home office)\b"
    r"|\bremote(?: work)?(?: is)? not\b|\bnot (?:available|open) (?:for |to )?remote",
    re.IGNORECASE,
)
#: "Hybrid remote" is one word for hybrid; "remote or hybrid" is a choice.
_MIXED: Final = re.compile(
    r"\bhybrid[ -]+remote\b|\bremote[ -]*hybrid\b|\bpart(?:ly|ially)?[ -]remote\b|"
    r"\bremote[ -]\d{1,2} ?%|\b[1-4](?:-[2-4])?[ -]days?(?: (?:per|a)[ -]week|/w\w*)? remote\b|"
    r"\b[1-4](?:-[2-4])?[ -]days?(?: (?:per|a)[ -](?:week|month)|/w\w*)? in[ -](?:the )?"
    r"(?:office|person)\b|"
    r"\bin[ -]office [1-4] days",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(
    rf"(?<!\w)(?:(?P<remote>{_REMOTE})|(?P<hybrid>{_HYBRID})|(?P<on_site>{_ON_SITE}))(?!\w)"
    r"|(?P<cjk>リモート|在宅|远程|遠端|遠程|재택|원격)",
    re.IGNORECASE,
)
#: Names of trades and things that hold one of the words.
_OTHER: Final = re.compile(
    r"remote sensing|hybrid cloud|virtual reality|distributed systems", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def find_workplace(text: str) -> tuple[Workplace, str] | None:
    """Return what a place line says about the workplace, with its words; None: nothing.

    When there is a choice the freest one counts: remote before hybrid before on site.
    A denial ("no remote") counts as on site.
    """
    denied = _DENIED.search(text)
    if denied:
        rest = text[: denied.start()] + text[denied.end() :]
        return _first(rest, {"hybrid", "on_site"}) or ("on_site", denied.group())
    mixed = _MIXED.search(text)
    if mixed:
        return "hybrid", mixed.group()
    return _first(text, {"remote", "hybrid", "on_site"})


def blank_on_site(text: str) -> str:
    """Return the text with the words for work on site blanked, every position kept."""
    return _ON_SITE_WORDS.sub(lambda match: " " * len(match.group()), text)


def _first(text: str, wanted: set[str]) -> tuple[Workplace, str] | None:
    found: dict[str, str] = {}
    for match in _WORDS.finditer(_OTHER.sub(" ", text)):
        kind = "remote" if match.lastgroup == "cjk" else str(match.lastgroup)
        found.setdefault(kind, match.group())
    if "remote" in found and "remote" in wanted:
        return "remote", found["remote"]
    if "hybrid" in found:
        return "hybrid", found["hybrid"]
    return ("on_site", found["on_site"]) if "on_site" in found else None
