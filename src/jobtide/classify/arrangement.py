"""
Where the work is done: remote, hybrid, on site, or not stated. And the places it is done at.

Five sources are weighed, the nearest to the employer first (docs/explanation/
remote-hybrid-and-not-stated.md): what the posting itself denies, the board's own field, the place
line, the title, what the text affirms. A denial ("hybrid, three days in the office") beats a
board's bucket "remote"; a bucket is only a bucket.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec import structs

from jobtide.classify.prose import Statement, quoted, statements
from jobtide.model import Label, Place, Posting
from jobtide.places import PlaceReading, read
from jobtide.places.workplace import find_workplace


class _Said(NamedTuple):
    """What one source says."""

    value: str
    label: Label


#: Characters read of a field and of a title; what is longer is neither.
_LONGEST_FIELD: Final = 200
_LONGEST_TITLE: Final = 300
#: "isRemote: false", "hybrid=no": a flag that is down says nothing for its word.
_FLAG_DOWN: Final = re.compile(
    r"(?P<name>[\w ]+?)\s*[:=]\s*(?:false|no|0|none|null|unspecified)\b", re.IGNORECASE
)
_DOWN: Final = re.compile(r"^\W*(?:false|no|0|not remote)\W*$", re.IGNORECASE)
_UP: Final = re.compile(r"telecommut|\b(?:true|yes|1)\b|remote|fully_?distributed", re.IGNORECASE)

#: In a title the word must stand apart: in brackets, at an end, beside a dash or comma.
_TITLE: Final = re.compile(
    r"(?:^|[\[(|,/:–—]\s*|\s-\s*|-\s)"
    r"(?:100 ?% |fully |full |permanent(?:ly)? |us |usa |uk |eu |work )?"
    r"(?P<word>remote(?:ly)?|hybride?|on-?site|in-office|home[- ]?office|télétravail|remoto|"
    r"presencial|híbrido)(?P<rest>[^\w].{0,24}|$)",
    re.IGNORECASE,
)
_TITLE_END: Final = re.compile(
    r"[\s\-–—(\[](?P<word>remote|hybrid|on-?site|remoto|híbrido|presencial)\W*$", re.IGNORECASE
)
#: "Remote Sensing", "Hybrid Cloud": a trade, not a place of work.
_TRADE: Final = {
    "remote": re.compile(
        r"[\s-]*(?:sens|support|monitor|access|desktop|control|infra|hands|operations?\b|patient|"
        r"site\b|pilot|vehicle)",
        re.IGNORECASE,
    ),
    "hybrid": re.compile(
        r"[\s-]*(?:cloud|app|mobile|vehicle|electric|power|infra|integration|data|ai\b|"
        r"intelligence|systems?|work|technolog|network|it\b)",
        re.IGNORECASE,
    ),
}
_NO_TRADE: Final = re.compile(r"(?!)")


def read_places(posting: Posting) -> Posting:
    """Fill `job_location` from `job_locations`, or from `location_text` when there are none."""
    found: dict[tuple[str | None, ...], Place] = {}
    for line in posting.job_locations or (posting.location_text or "",):
        for place in read(line).places if line else ():
            found.setdefault((place.country, place.subdivision, place.city, place.region), place)
    if not found:
        return posting
    return structs.replace(posting, job_location=tuple(found.values()))


def label_arrangement(posting: Posting) -> Posting:
    """Fill `arrangement`: "remote", "hybrid", "on_site", or leave it None: not stated."""
    said = _weigh(posting)
    return structs.replace(posting, arrangement=said.label) if said else posting


def _weigh(posting: Posting) -> _Said | None:
    field = _field(posting.arrangement_text)
    line = _line(posting)
    title = _title(posting.title)
    if field and field.value != "remote" and not field.label.inferred:
        return field
    if line and line.value != "remote":
        return line
    if title and title.value != "remote":
        return title
    told = [one for one in statements(posting.text) if one.rule.topic == "arrangement"]
    denial = _told(told, "hybrid") or _told(told, "on_site")
    affirmed = _told(told, "remote")
    if denial and not affirmed and not _choice(posting):
        return denial
    if field and field.label.inferred:  # isRemote: false, and nothing stated otherwise
        return line or title or denial or field
    return field or line or title or affirmed or denial


def _told(told: list[Statement], value: str) -> _Said | None:
    """Return the first sentence of the text that says so."""
    for statement in told:
        if statement.rule.value == value:
            words, start = quoted(statement)
            rule = f"arrangement.text.{statement.rule.name}"
            return _Said(
                value, Label(value=value, rule=rule, evidence=words, field="text", start=start)
            )
    return None


@lru_cache(maxsize=1024)
def _field(text: str | None) -> _Said | None:
    """Read the board's own field: "remote", "workplaceType: Hybrid; isRemote: true"."""
    if not text:
        return None
    text = text[:_LONGEST_FIELD]
    standing = _FLAG_DOWN.sub(" ", text)
    low = standing.lower()
    if "hybrid" in low or "flexible_remote" in low:
        return _field_label("hybrid", text)
    known = find_workplace(standing)
    if known and known[0] != "remote":
        return _field_label(known[0], text)
    if re.search(r"on_site|in_office|office\b|in_person", low):
        return _field_label("on_site", text)
    if (_UP.search(low) and not _DOWN.match(text)) or known:
        return _field_label("remote", text)
    down = _FLAG_DOWN.search(text)
    if _DOWN.match(text) or (down and "remote" in down["name"].lower()):
        return _field_label("on_site", text, inferred=True)
    return None


def _field_label(value: str, text: str, *, inferred: bool = False) -> _Said:
    return _Said(
        value,
        Label(
            value=value,
            rule=f"arrangement.field.{value}",
            evidence=text[:120],
            field="arrangement_text",
            start=0,
            inferred=inferred,
        ),
    )


def _line(posting: Posting) -> _Said | None:
    """Read the place lines; the freest of several counts, as it is the applicant's choice."""
    rank = {"remote": 0, "hybrid": 1, "on_site": 2}
    best: _Said | None = None
    lines = [("location_text", posting.location_text or "")]
    lines += [("job_locations", line) for line in posting.job_locations]
    lines += [("applicant_locations", line) for line in posting.applicant_locations]
    for name, text in lines:
        reading = read(text) if text else PlaceReading()
        value = reading.workplace
        inferred = value is None and reading.anywhere  # who may sit anywhere works remotely
        value = "remote" if inferred else value
        if value is None or (best and rank[best.value] <= rank[value]):
            continue
        words = reading.workplace_text or text
        at = text.find(words)
        best = _Said(
            value,
            Label(
                value=value,
                rule=f"arrangement.line.{value}",
                evidence=words,
                field=name,
                start=at if at >= 0 else None,
                inferred=inferred,
            ),
        )
    return best


def _choice(posting: Posting) -> bool:
    """Tell whether the place lines offer remote work beside a place: then both are on offer."""
    lines = posting.job_locations or tuple(re.split(r"[;|\n]| or ", posting.location_text or ""))
    readings = [read(line) for line in lines if line.strip()]
    remote = [reading for reading in readings if reading.workplace == "remote"]
    return bool(remote) and len(remote) < len(readings)


def _title(title: str) -> _Said | None:
    """Read a title's first characters, as many as any true one has."""
    title = title[:_LONGEST_TITLE]
    match = None
    for candidate in _TITLE.finditer(title):
        trade = _TRADE.get(candidate["word"].lower(), _NO_TRADE)
        if not trade.match(candidate["rest"]):
            match = candidate
            break
    match = match or _TITLE_END.search(title)
    if match is None:
        return None
    mixed = find_workplace(title)
    known = find_workplace(match["word"])
    if known is None:
        return None
    value = mixed[0] if mixed and known[0] == "remote" and mixed[0] == "hybrid" else known[0]
    start = match.start("word")
    label = Label(
        value=value,
        rule=f"arrangement.title.{value}",
        evidence=match["word"],
        field="title",
        start=start,
    )
    return _Said(value, label)
