"""How well an opening fits a profile, with the reasons. Pure: the same answer every time."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from jobtide.classify.seniority import LEVELS
from jobtide.model import Opening
from jobtide.places.eligible import eligible
from jobtide.run.fitting.profile import Profile

#: Likeness of two texts' meanings, 0 to 1: the profile's summary with each of the others.
Likeness = Callable[[str, Sequence[str]], Sequence[float]]

#: Shares of the whole. Skills decide most: they are stated on both sides. What is not stated
#: counts half, so that a silent posting is neither first nor last.
_SKILLS, _LEVEL, _PLACE, _KIND = 0.55, 0.15, 0.1, 0.2
_NOT_STATED = 0.5
#: A level next to one's own fits somewhat.
_NEXT_LEVEL = 0.6
#: Skills of an opening that are asked for at most: a list of thirty is a list of keywords.
_ASKED = 10
_FEWEST = 3
#: Openings whose meaning is compared: each costs 15 ms and more.
_COMPARED = 60
#: Share of the meaning, where it is compared.
_MEANING = 0.3


class Fit(Struct, frozen=True, kw_only=True):
    """An opening with how well it fits, and why."""

    opening: Opening
    score: float  #: 0 to 1
    reasons: tuple[str, ...]


def ranked(
    profile: Profile, openings: Iterable[Opening], likeness: Likeness | None = None
) -> list[Fit]:
    """Return the openings one may apply to, the best first, equal ones by id.

    Left out are those that say they take nobody from the person's country, and those that share
    neither a skill nor the kind of work.
    """
    fits = [fit for one in openings if (fit := _fit(profile, one)) is not None]
    fits.sort(key=lambda fit: (-fit.score, fit.opening.id))
    if likeness is None or not fits:
        return fits
    first, rest = fits[:_COMPARED], fits[_COMPARED:]
    alike = likeness(profile.summary, [_words(fit.opening) for fit in first])
    first = [_blended(fit, value) for fit, value in zip(first, alike, strict=True)]
    first.sort(key=lambda fit: (-fit.score, fit.opening.id))
    return first + rest


def _fit(profile: Profile, opening: Opening) -> Fit | None:
    one, reasons = opening.posting, list[str]()
    asked = [label.value for label in one.skills][:_ASKED]
    shared = [skill for skill in asked if skill in profile.skills]
    kinds = [label.value for label in (one.category, *one.other_categories) if label]
    same = [kind for kind in kinds if kind in profile.categories]
    if not shared and not same:
        return None
    place = _place(profile, opening, reasons)
    if place is None:
        return None
    if shared:
        reasons.insert(0, f"{len(shared)} of {len(asked)} skills: {', '.join(shared)}")
    missing = [skill for skill in asked if skill not in profile.skills]
    if missing:
        reasons.append(f"not in your CV: {', '.join(missing)}")
    if same:
        reasons.append(f"your kind of work: {same[0]}")
    score = (
        _SKILLS * min(1.0, len(shared) / max(_FEWEST, len(asked)))
        + _LEVEL * _level(profile, opening, reasons)
        + _PLACE * place
        + _KIND * (1.0 if same else 0.0)
    )
    return Fit(opening=opening, score=round(score, 4), reasons=tuple(reasons))


def _place(profile: Profile, opening: Opening, reasons: list[str]) -> float | None:
    """Return how far the place fits; None: it says that it does not."""
    if profile.country is None:
        return _NOT_STATED
    answer = eligible(opening.posting.eligibility, profile.country)
    if answer.value == "no":
        return None
    reasons.append(answer.sentence)
    return 1.0 if answer.value == "yes" else _NOT_STATED


def _level(profile: Profile, opening: Opening, reasons: list[str]) -> float:
    wanted = opening.posting.seniority
    if wanted is None or profile.level is None:
        return _NOT_STATED
    apart = abs(LEVELS.index(wanted.value) - LEVELS.index(profile.level))
    if apart == 0:
        reasons.append(f"your level: {wanted.value} ({profile.level_from})")
        return 1.0
    reasons.append(f"level {wanted.value}, yours is {profile.level} ({profile.level_from})")
    return _NEXT_LEVEL if apart == 1 else 0.0


def _blended(fit: Fit, alike: float) -> Fit:
    score = (1 - _MEANING) * fit.score + _MEANING * max(0.0, min(1.0, alike))
    reasons = (*fit.reasons, f"words of like meaning: {alike:.0%}")
    return Fit(opening=fit.opening, score=round(score, 4), reasons=reasons)


def _words(opening: Opening) -> str:
    one = opening.posting
    named = ", ".join(label.value for label in one.skills[:_ASKED])
    return f"{one.title}. {named}. {one.text[:150]}"
