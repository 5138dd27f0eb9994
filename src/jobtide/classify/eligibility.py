"""
From where one may apply: the board's fields, the title and the text put together.

What is said nearest to the job narrows what is said farther away: "USA only" in a title narrows
"Anywhere in the World" of a board, a sentence of the text narrows both. A bare "Remote" says
nothing: that is "not stated", never "worldwide".
"""

import re
from typing import Final

from msgspec import structs

from jobtide.classify.claims import (
    NOTHING,
    Claim,
    claim_of,
    leading_claim,
    narrowed,
    offered,
    trailing_claim,
)
from jobtide.classify.hours import read_hours
from jobtide.classify.prose import Statement, quoted, statements
from jobtide.model import Eligibility, Label, Posting
from jobtide.places import read

#: Characters read of a title; what is longer is none.
_LONGEST_TITLE: Final = 300


def read_eligibility(posting: Posting) -> Posting:
    """Fill `eligibility` from fields, title and text; None when nothing at all is stated."""
    told = [one for one in statements(posting.text) if one.rule.topic != "arrangement"]
    remote = posting.arrangement is not None and posting.arrangement.value == "remote"
    claim = _fields(posting, remote=remote)
    claim = narrowed(claim, _title(posting.title[:_LONGEST_TITLE], remote=remote))
    claim = _prose(claim, told, remote=remote)
    permit, permit_claim = _permit(told)
    if permit_claim is not None:
        claim = narrowed(claim, permit_claim)
    hours = read_hours(posting, told)
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
    claim = _applicants(posting.applicant_locations)
    if claim.says_something:
        return claim.without_anywhere() if claim.restricts else claim
    if not remote:
        return _open_line(posting)
    for line in offered(posting.job_locations or (posting.location_text or "",)):
        inferred = read(line).workplace != "remote"
        claim = claim.plus(claim_of(line, _line_field(posting), inferred=inferred))
    return claim.without_anywhere() if claim.restricts else claim


def _applicants(lines: tuple[str, ...]) -> Claim:
    """Read where one may live; short entries as one list: "Georgia" among countries is one."""
    listed = len(lines) > 1 and not any("," in line or ";" in line for line in lines)
    claim = NOTHING
    for line in (", ".join(lines),) if listed else lines:
        claim = claim.plus(claim_of(line, "applicant_locations"))
    return claim.quoting(lines) if listed else claim


def _open_line(posting: Posting) -> Claim:
    """Return a place line's "worldwide"; its places say where the work is, not who may apply."""
    line = claim_of(posting.location_text or "", _line_field(posting))
    return line if line.anywhere and not line.restricts else NOTHING


def _line_field(posting: Posting) -> str:
    return "job_locations" if posting.job_locations else "location_text"


#: Parts of a title that may name a place: in brackets, or set apart by dashes, commas, bars.
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_DIVIDER: Final = re.compile(r"\s[-–—|·]+\s?|[-–—|·]\s|,\s|:\s|\s/\s|[()\[\]]")
_ONLY: Final = re.compile(
    r"\bonly\b|\bbased\b|\bresidents?\b|\bremote\b|\banywhere\b", re.IGNORECASE
)


def _title(title: str, *, remote: bool) -> Claim:
    """Read the places a title sets apart; without "only" they count only when it is remote."""
    claim = NOTHING
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
    said = NOTHING
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
    groups = statement.words()
    rule = f"eligibility.text.{statement.rule.name}"
    evidence, start = quoted(statement)
    claim = NOTHING
    if groups.get("before"):
        claim = trailing_claim(groups["before"], rule=rule, evidence=evidence, start=start)
    for name, words in groups.items():
        if words and name != "before" and not claim.says_something:
            # to the end of the sentence: "[^.]" stops at the first full stop of "U.S."
            after = words if name == "inside" else statement.after(name)
            claim = leading_claim(after, rule=rule, evidence=evidence, start=start)
    return claim


def _place_line(statement: Statement, *, remote: bool) -> Claim:
    """Read "Location: Remote (US)" inside a text; an office's address says nothing."""
    line = statement.words()["where"]
    reading = read(line)
    headquarters = statement.match["label"] == "headquarters"
    if reading.workplace != "remote" and (headquarters or not remote):
        return NOTHING
    rule = f"eligibility.text.{statement.rule.name}"
    evidence, start = quoted(statement)
    claim = NOTHING
    for part in offered((line,)):
        if not headquarters or read(part).workplace == "remote":
            here = claim_of(part, "text", start=start, rule=rule, evidence=evidence)
            claim = claim.plus(here)
    return claim


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
        if _VAGUE.match(statement.match.group()) and not here.restricts:
            continue
        if label is None or (claim is None and here.restricts):
            label = Label(
                value=statement.rule.value, rule=rule, evidence=evidence, field="text", start=start
            )
            claim = here if here.restricts else None
    return label, claim


#: "Able to work in a team" asks for no permit.
_VAGUE: Final = re.compile(r"(?:able|eligible)\s", re.IGNORECASE)


def _nation(statement: Statement, rule: str, evidence: str, start: int) -> Claim | None:
    groups = statement.words()
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
