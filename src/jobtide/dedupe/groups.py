"""The same role of one employer in several places: separate openings that may be shown as one."""

from collections.abc import Iterable

from msgspec.structs import replace

from jobtide.dedupe.company import employer_key
from jobtide.dedupe.compare import judge
from jobtide.dedupe.facts import Facts
from jobtide.dedupe.reading import facts_of
from jobtide.dedupe.title import role_of
from jobtide.model import Opening

#: More openings of one role are compared only with the first of a group: retail chains list
#: thousands, and the square of that is too much for what is only a matter of display.
MANY = 200


def role_key(facts: Facts) -> str | None:
    """Return employer and role as one word, None without an employer."""
    return f"{facts.company}/{'-'.join(facts.role.words)}" if facts.company else None


def with_groups(openings: Iterable[Opening]) -> tuple[Opening, ...]:
    """Return the openings in their order, `group` set where at least two belong together.

    Two belong together when only their places set them apart: same employer, same role, no texts
    that speak of different jobs. All of a group do, each with each. Two requisitions in one city
    are two jobs, and never in one group.
    """
    everyone = tuple(openings)
    roles: dict[tuple[str, str], list[Opening]] = {}
    for one in everyone:
        company = employer_key(one.posting.hiring_organization or "")
        if company:
            role = role_of(one.posting.title, company)
            roles.setdefault((company, role.key), []).append(one)
    names: dict[str, str] = {}
    for alike in roles.values():
        if len(alike) > 1:
            names.update(_names(alike))
    return tuple(replace(one, group=names[one.id]) if one.id in names else one for one in everyone)


def _names(alike: list[Opening]) -> dict[str, str]:
    """Return opening id -> name of its group, for those that share one."""
    folds: list[list[tuple[str, Facts]]] = []
    for one in sorted(alike, key=lambda opening: opening.id):
        facts = facts_of(one.posting)
        for fold in folds:
            shown = fold if len(alike) <= MANY else fold[:1]
            if all(judge(facts, other).grouped for _, other in shown):
                fold.append((one.id, facts))
                break
        else:
            folds.append([(one.id, facts)])
    names: dict[str, str] = {}
    for number, fold in enumerate((fold for fold in folds if len(fold) > 1), 1):
        name = role_key(fold[0][1]) or ""
        names.update((one, name if number == 1 else f"{name}/{number}") for one, _ in fold)
    return names
