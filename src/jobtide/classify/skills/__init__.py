"""
Which skills a posting asks for, with the words that name them.

A name counts when it can mean nothing else; a name that is also a word of the language ("react",
"go", "excel") needs company (docs/explanation/how-a-category-is-chosen.md tells both readings).
"""

from msgspec import Struct
from msgspec.structs import replace

from jobtide.classify.skills.mentions import Mention, mentions
from jobtide.classify.skills.vocabulary import load, spelling
from jobtide.model import Label, Posting
from jobtide.text import remembered

__all__ = ("label_skills", "skills")

MOST = 30  #: skills a posting; more is a list of keywords, not a demand
_TITLE = 100.0  #: named in the title
_TAG = 20.0  #: named by the board
_MENTIONS = 10  #: more mentions than this say no more
_in_text = remembered(mentions)
#: Weight of a mention by where it stands: asked for; in the text; in praise of the employer.
_PLACES = {"asked": 1.5, "": 1.0, "employer": 0.3}
#: Least weight of a programming skill outside technical jobs: a cook's employer also has a stack.
_LEAST_BESIDE = 1.5
#: Categories whose work is done with "code" skills, or beside them every day.
_TECHNICAL = frozenset(
    "backend frontend fullstack mobile devops data ml security qa product management design"
    " education".split()
)


class Found(Struct, gc=False):
    """All that is known of one skill in one posting, while it is read."""

    weight: float
    at: int  #: position of its first mention, for order
    label: Label


def skills(
    title: str, tags: tuple[str, ...] = (), text: str = "", category: str | None = None
) -> tuple[Label, ...]:
    """Return the skills a posting names, strongest first: title, then tags, then the text.

    `category` is the posting's, when it is known: outside technical work a programming language
    must be asked for, not only mentioned. At most `MOST`.
    """
    in_title = mentions(title, "title")
    technical = category is None or category in _TECHNICAL or any(m.asked for m in in_title)
    found: dict[str, Found] = {}
    for mention in in_title:
        _add(found, mention, "title", _TITLE)
    for skill, label in _tagged(tags):
        known = found.get(skill)
        if known is None:
            found[skill] = Found(_TAG, 0, label)
        else:
            known.weight += _TAG
    seen: dict[str, int] = {}
    for mention in _in_text(text, "text", technical=technical):
        seen[mention.skill] = seen.get(mention.skill, 0) + 1
        if seen[mention.skill] <= _MENTIONS:
            _add(found, mention, "text", _PLACES[mention.section] + mention.asked)
    if not technical:
        found = {
            skill: one
            for skill, one in found.items()
            if one.weight >= _LEAST_BESIDE or not _is_code(skill)
        }
    ranked = sorted(found.values(), key=lambda one: (-one.weight, one.at))
    return tuple(one.label for one in ranked[:MOST])


def _is_code(skill: str) -> bool:
    word = load().spellings.get(spelling(skill))
    return word is not None and word.kind == "code"


def _add(found: dict[str, Found], mention: Mention, field: str, weight: float) -> None:
    known = found.get(mention.skill)
    if known is not None:
        known.weight += weight
        return
    label = Label(
        value=mention.skill,
        rule=f"skill.{field}",
        evidence=mention.words,
        field=field,
        start=mention.start,
    )
    found[mention.skill] = Found(weight, mention.start, label)


def _tagged(tags: tuple[str, ...]) -> list[tuple[str, Label]]:
    """Read the board's tags: each one a whole skill, or no skill at all."""
    found: dict[str, Label] = {}
    spellings = load().spellings
    for tag in tags:
        word = spellings.get(spelling(tag))
        if word is not None and word.skill and word.skill not in found:
            found[word.skill] = Label(
                value=word.skill, rule="skill.tags", evidence=tag, field="tags"
            )
    return list(found.items())


def label_skills(posting: Posting) -> Posting:
    """Step: fill `skills`; after `label_category`, which it reads."""
    category = posting.category.value if posting.category else None
    return replace(
        posting, skills=skills(posting.title, posting.tags, posting.text, category=category)
    )
