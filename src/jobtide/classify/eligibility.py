"""
From where one may apply: the board's fields, the title and the text put together.

What is said nearest to the job narrows what is said farther away: "USA only" in a title narrows
"Anywhere in the World" of a board, a sentence of the text narrows both. A bare "Remote" says
nothing: that is "not stated", never "worldwide".
"""

import re
from typing import Final

from msgspec import Struct, structs

from jobtide.classify.claims import Claim, claim_of, leading_claim, narrowed, trailing_claim
from jobtide.classify.prose import Statement, quoted, statements
from jobtide.model import Eligibility, Label, Posting
from jobtide.places import read
from jobtide.places.zones import NO_ZONES, find_zones


class _Hours(Struct, frozen=True):
    """What is said about time zones."""

    offsets: tuple[float, ...] = ()
    label: Label | None = None
    overlap_h: float | None = None


def read_eligibility(posting: Posting) -> Posting:
    """Fill `eligibility` from fields, title and text; None when nothing at all is stated."""
    told = [one for one in statements(posting.text) if one.rule.topic != "arrangement"]
    remote = posting.arrangement is not None and posting.arrangement.value == "remote"
    claim = _fields(posting, remote=remote)
    claim = narrowed(claim, _title(posting.title, remote=remote))
    claim = _prose(claim, told, remote=remote)
    permit, permit_claim = _permit(told)
    if permit_claim is not None:
        claim = narrowed(claim, permit_claim)
    hours = _timezone(posting, told)
    made = Eligibility(
        anywhere=claim.anywhere,
        countries=claim.countries,
        regions=claim.regions,
        subdivisions=claim.subdivisions,
        excluded=(*claim.excluded, *_excluded(told, claim)),
        utc_offsets=hours.offsets,
        timezone=hours.label,
        overlap_h=hours.overlap_h,
        work_permit=permit,
        visa_sponsorship=_visa(told),
    )
    return posting if made == Eligibility() else structs.replace(posting, eligibility=made)


def _fields(posting: Posting, *, remote: bool) -> Claim:
    """Read the board's fields: where one may live, else the place line of a remote job."""
    claim = Claim()
    for line in _together(posting.applicant_locations):
        claim = claim.plus(claim_of(line, "applicant_locations"))
    if claim.says_something:
        return claim.without_anywhere() if claim.restricts else claim
    if not remote:
        return _open_line(posting)
    stated = False
    for line in posting.job_locations or (posting.location_text or "",):
        for segment in _segments(line):
            reading = read(segment)
            here = claim_of(segment, _line_field(posting), inferred=reading.workplace != "remote")
            if reading.workplace == "remote" and not stated:
                stated, claim = True, Claim()  # "New York; Remote (US)": only the remote part
            if reading.workplace == "remote" or not stated:
                claim = claim.plus(here)
    return claim.without_anywhere() if claim.restricts else claim


def _together(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Join short entries to one list: "Georgia" among countries is the country."""
    short = all("," not in line and ";" not in line for line in lines)
    return (", ".join(lines),) if short and len(lines) > 1 else lines


def _open_line(posting: Posting) -> Claim:
    """Return a place line's "worldwide"; its places say where the work is, not who may apply."""
    line = claim_of(posting.location_text or "", _line_field(posting))
    return line if line.anywhere and not line.restricts else Claim()


def _line_field(posting: Posting) -> str:
    return "job_locations" if posting.job_locations else "location_text"


_SEGMENTS: Final = re.compile(r"[;|\n]|\s+or\s+(?=[A-Z])", re.IGNORECASE)


def _segments(line: str) -> list[str]:
    """Cut a place line into the places on offer, when one of them is remote work."""
    parts = [part.strip() for part in _SEGMENTS.split(line) if part.strip()]
    places = [read(part).workplace for part in parts]
    return parts if "remote" in places and len(parts) > 1 else [line]


#: Parts of a title that may name a place: in brackets, or set apart by dashes, commas, bars.
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_DIVIDER: Final = re.compile(r"\s[-–—|·]+\s?|[-–—|·]\s|,\s|:\s|\s/\s|[()\[\]]")
_ONLY: Final = re.compile(
    r"\bonly\b|\bbased\b|\bresidents?\b|\bremote\b|\banywhere\b", re.IGNORECASE
)


def _title(title: str, *, remote: bool) -> Claim:
    """Read the places a title sets apart; without "only" they count only when it is remote."""
    claim = Claim()
    for part, start in _title_parts(title):
        sure = bool(_ONLY.search(part))
        if sure or remote:
            claim = claim.plus(claim_of(part, "title", start=start, pure=True, inferred=not sure))
    return claim.without_anywhere() if claim.restricts else claim


def _title_parts(title: str) -> list[tuple[str, int]]:
    """Return what stands in brackets, and every part but the first, with where it begins."""
    parts = [(match[1], match.start(1)) for match in _BRACKETS.finditer(title)]
    plain = _BRACKETS.sub(lambda match: " - " + " " * (len(match.group()) - 3), title)
    at = 0
    for match in [*_DIVIDER.finditer(plain), None]:
        end = match.start() if match else len(plain)
        if at and plain[at:end].strip():
            parts.append((plain[at:end].strip(), at))
        at = match.end() if match else end
    return parts


def _prose(claim: Claim, told: list[Statement], *, remote: bool) -> Claim:
    """Let the sentences of the text narrow what the fields say."""
    said = Claim()
    for statement in told:
        topic = statement.rule.topic
        if topic == "residence":
            said = said.plus(_residence(statement))
        elif topic == "line":
            said = said.plus(_place_line(statement, remote=remote))
        elif topic == "anywhere" and not claim.restricts:
            words, start = quoted(statement)
            label = Label(
                value="yes",
                rule="eligibility.text.anywhere",
                evidence=words,
                field="text",
                start=start,
            )
            said = said.plus(Claim(anywhere=label))
    if said.restricts:
        said = said.without_anywhere()
    return narrowed(claim, said)


def _residence(statement: Statement) -> Claim:
    """Read the places of "must be based in ..." or "... only"."""
    groups = statement.match.groupdict()
    rule = f"eligibility.text.{statement.rule.name}"
    evidence, start = quoted(statement)
    if groups.get("before"):
        return trailing_claim(groups["before"], rule=rule, evidence=evidence, start=start)
    for name, words in groups.items():
        if words and name.startswith("where"):
            after = statement.sentence[statement.match.start(name) :]
            return leading_claim(after, rule=rule, evidence=evidence, start=start)
    return Claim()


def _place_line(statement: Statement, *, remote: bool) -> Claim:
    """Read "Location: Remote (US)" inside a text; an office's address says nothing."""
    line = statement.match["where"]
    reading = read(line)
    headquarters = statement.match["label"].lower() == "headquarters"
    if reading.workplace != "remote" and (headquarters or not remote):
        return Claim()
    rule = f"eligibility.text.{statement.rule.name}"
    evidence, start = quoted(statement)
    return leading_claim(line, rule=rule, evidence=evidence, start=start, pure=headquarters)


#: Words for the people of a country, as `work_permit.citizen` captures them.
_NATIONS: Final = {
    "u": "US", "american": "US", "united states": "US", "uk": "GB", "british": "GB",
    "canadian": "CA", "australian": "AU", "new zealand": "NZ", "german": "DE", "swiss": "CH",
    "indian": "IN", "irish": "IE",
}  # fmt: skip


def _permit(told: list[Statement]) -> tuple[Label | None, Claim | None]:
    """Return whether a permit to work is asked for, and for where."""
    label: Label | None = None
    claim: Claim | None = None
    for statement in told:
        if statement.rule.topic != "work_permit":
            continue
        evidence, start = quoted(statement)
        rule = f"eligibility.text.{statement.rule.name}"
        here = _nation(statement, rule, evidence, start) or _residence(statement)
        here = here.inferring()
        if label is None or (claim is None and here.restricts):
            label = Label(
                value=statement.rule.value, rule=rule, evidence=evidence, field="text", start=start
            )
            claim = here if here.restricts else None
    return label, claim


def _nation(statement: Statement, rule: str, evidence: str, start: int) -> Claim | None:
    groups = statement.match.groupdict()
    word = (groups.get("nation") or groups.get("nation2") or "").lower()
    if not word:
        return None
    if word.startswith("eu"):
        label = Label(value="eu", rule=rule, evidence=evidence, field="text", start=start)
        return Claim(regions=(label,))
    code = next((code for name, code in _NATIONS.items() if word == name), None)
    code = code or ("US" if word[0] == "u" and word not in {"uk"} else None)
    if code is None:
        return None
    return Claim(
        countries=(Label(value=code, rule=rule, evidence=evidence, field="text", start=start),)
    )


def _excluded(told: list[Statement], claim: Claim) -> tuple[Label, ...]:
    found: dict[str, Label] = {}
    taken = {label.value for label in (*claim.countries, *claim.subdivisions, *claim.excluded)}
    for statement in told:
        if statement.rule.topic != "exclusion":
            continue
        here = _residence(statement)
        narrow = {label.value[:2] for label in here.subdivisions}
        for label in (*here.subdivisions, *here.countries, *here.regions):
            wide = label.value in narrow or label.value in taken or label.inferred
            if not wide:
                found.setdefault(label.value, label)
    return tuple(found.values())


def _visa(told: list[Statement]) -> Label | None:
    """Return what is said of sponsoring a visa; a refusal anywhere outweighs a general offer."""
    said = [one for one in told if one.rule.topic == "visa"]
    for value in ("no", "yes"):
        for statement in said:
            if statement.rule.value == value:
                evidence, start = quoted(statement)
                rule = f"eligibility.text.{statement.rule.name}"
                return Label(value=value, rule=rule, evidence=evidence, field="text", start=start)
    return None


def _timezone(posting: Posting, told: list[Statement]) -> _Hours:
    """Read the board's field of time zones, else the place lines, else the text."""
    if posting.timezones_text:
        return _timezone_field(posting.timezones_text)
    lines = [("location_text", posting.location_text or ""), ("title", posting.title)]
    lines += [("applicant_locations", line) for line in posting.applicant_locations]
    lines += [("job_locations", line) for line in posting.job_locations]
    for field, text in lines:
        zones = find_zones(text) if text else NO_ZONES
        if zones.offsets:
            kind = "hours" if _is_hours(text) else "zone"
            label = Label(
                value=_span(zones.offsets),
                rule=f"eligibility.timezone.{kind}",
                evidence=text,
                field=field,
                start=0,
            )
            return _Hours(zones.offsets, label, zones.overlap_h)
    best = _Hours()
    for statement in told:
        if statement.rule.topic == "timezone":
            zones = find_zones(statement.sentence)
            if not zones.offsets or (best.label and not best.label.rule.endswith("hours")):
                continue
            evidence, start = quoted(statement)
            hours = _is_hours(statement.sentence) or statement.rule.name.endswith("hours")
            rule = (
                f"eligibility.timezone.{'hours' if hours and zones.overlap_h is None else 'zone'}"
            )
            if best.label is None or rule.endswith("zone"):
                label = Label(
                    value=_span(zones.offsets),
                    rule=rule,
                    evidence=evidence,
                    field="text",
                    start=start,
                )
                best = _Hours(zones.offsets, label, zones.overlap_h)
    return best


#: Words for the hours one works, wherever one sits; a range of zones says where one sits.
_HOURS_WORDS: Final = re.compile(
    r"\b(?:hours|shift|schedule|business day|\d\s?(?:am|pm))\b", re.IGNORECASE
)
_ZONE_WORDS: Final = re.compile(
    r"±|\+\s?/?\s?[-–−]|\bwithin\b|overlap|\b(?:based|located|resid\w+|live|living)\b",
    re.IGNORECASE,
)


def _is_hours(text: str) -> bool:
    return bool(_HOURS_WORDS.search(text)) and not _ZONE_WORDS.search(text)


def _timezone_field(text: str) -> _Hours:
    """Read "-5, -4, -3.5" or words; a list of the board is a list of zones one may live in."""
    numbers = re.findall(r"(?<![\w.])[+-]?\d{1,2}(?:\.\d+)?(?![\w.:])", text)
    if numbers and not re.search(r"[A-Za-z]{3}", text):
        offsets = tuple(
            sorted({float(number) for number in numbers if -12 <= float(number) <= 14})
        )
    else:
        offsets = find_zones(text).offsets
    if not offsets:
        return _Hours()
    label = Label(
        value=_span(offsets),
        rule="eligibility.timezone.field",
        evidence=text[:240],
        field="timezones_text",
        start=0,
    )
    return _Hours(offsets, label, find_zones(text).overlap_h)


def _span(offsets: tuple[float, ...]) -> str:
    """Return offsets for people: "UTC-5" or "UTC-5 to UTC+1"."""
    names = [f"UTC{offset:+g}" for offset in (offsets[0], offsets[-1])]
    return names[0] if names[0] == names[1] else " to ".join(names)
