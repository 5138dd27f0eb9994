"""Every field of the search language: one row a field, with the values it takes."""

from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from jobtide.errors import UsageError
from jobtide.model import CATEGORIES
from jobtide.places.names import key
from jobtide.places.regions import REGIONS
from jobtide.places.table import countries, meanings
from jobtide.query.bounds import Bound, read_days, read_offset, read_salary, read_since
from jobtide.query.words import cut
from jobtide.text import fold, squeeze

SENIORITIES = (
    "intern", "junior", "mid", "senior", "staff", "lead", "manager", "director", "executive",
)  # fmt: skip
EMPLOYMENT_TYPES = (
    "full_time", "part_time", "contract", "freelance", "temporary", "internship",
    "working_student", "apprenticeship", "volunteer",
)  # fmt: skip
ARRANGEMENTS = ("remote", "hybrid", "on_site")
#: ISO 639-1, all 183 codes (https://www.loc.gov/standards/iso639-2/php/code_list.php).
LANGUAGES = tuple(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
    ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln
    lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi
    pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
    tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()
)
#: How "not stated" is asked for, in every field with closed values.
NONE = "none"


class QueryError(UsageError):
    """The query cannot be understood; the message names the part and the nearest valid one."""


class Field(Struct, frozen=True, kw_only=True):
    """One field: its name, one sentence of help, and how its value is checked."""

    name: str
    help: str
    values: tuple[str, ...] = ()  #: the closed list, when there is one
    read: Callable[[str], str | None] | None = None  #: returns the normal form, None: not valid
    example: str = ""
    #: True: named twice both must hold ("salary:>50k salary:<90k"); else either may
    narrows: bool = False
    form: str = ""  #: what a value looks like, where no list says so
    #: names that a value may have been meant for, for the message
    near: Callable[[], tuple[str, ...]] | None = None


def _country(value: str) -> str | None:
    """Return the alpha-2 code of a code or a name in any language the table knows."""
    code = {"UK": "GB"}.get(value.upper(), value.upper())
    if code in countries():
        return code
    found = (one.country for one in meanings(key(value)) if one.kind == "country")
    return next(found, None)


def _country_names() -> tuple[str, ...]:
    return tuple(sorted(one.name for one in countries().values()))


def _free(value: str) -> str | None:
    return fold(squeeze(value)) or None


def _words(value: str) -> str | None:
    """Return words as they are looked for; None when there is none among the signs."""
    return " ".join(cut(value)) or None


#: One row a field; docs/reference/search-language.md is written from this table.
FIELDS: dict[str, Field] = {
    row.name: row
    for row in (
        Field(
            name="category",
            help="Primary or other category.",
            values=(*CATEGORIES, NONE),
            example="category:backend",
        ),
        Field(
            name="skill",
            help="A skill found in title, tags or text.",
            read=_free,
            form="a name of the list of skills",
            example="skill:python",
        ),
        Field(
            name="title",
            help="Words of the title.",
            read=_words,
            form="words",
            example='title:"data engineer"',
        ),
        Field(
            name="company",
            help="Words of the employer's name.",
            read=_words,
            form="words",
            example="company:acme",
        ),
        Field(
            name="country",
            help="Country the work is in.",
            read=_country,
            near=_country_names,
            form="a country: its code, or its name in any language",
            example="country:DE",
        ),
        Field(
            name="region",
            help="Region that is named as one to apply from.",
            values=tuple(sorted(REGIONS)),
            example="region:europe",
        ),
        Field(
            name="source",
            help="Where it was read.",
            read=_free,
            form="a source, see [sources](sources.md)",
            example="source:remotive",
        ),
        Field(
            name="seniority",
            help="Level.",
            values=(*SENIORITIES, NONE),
            example="seniority:senior",
        ),
        Field(
            name="type",
            help="Employment type.",
            values=(*EMPLOYMENT_TYPES, NONE),
            example="type:contract",
        ),
        Field(
            name="arrangement",
            help="Remote, hybrid or on site.",
            values=(*ARRANGEMENTS, NONE),
            example="arrangement:remote",
        ),
        Field(
            name="language",
            help="Language of the posting, ISO 639-1.",
            values=(*LANGUAGES, NONE),
            form="a code of ISO 639-1, or `none`",
            example="language:en",
        ),
        Field(
            name="from",
            help="One may apply from this country (stated; anywhere counts).",
            read=_country,
            near=_country_names,
            form="a country: its code, or its name in any language",
            example="from:PL",
        ),
        Field(
            name="tz",
            help="One may work from this UTC offset.",
            read=read_offset,
            form="an offset: `+1`, `-3:30`, `utc+2`",
            example="tz:+1",
        ),
        Field(
            name="salary",
            help="Comparable yearly pay.",
            read=read_salary,
            form="`>` `>=` `<` `<=`, an amount (`60000`, `60k`), a currency (else dollars)",
            example="salary:>60000EUR",
            narrows=True,
        ),
        Field(
            name="visa",
            help="Visa sponsorship stated.",
            values=("yes", "no", NONE),
            example="visa:yes",
        ),
        Field(
            name="since",
            help="First seen within this time.",
            read=read_since,
            form="a number with `h`, `d`, `w` or `m`",
            example="since:3d",
            narrows=True,
        ),
        Field(
            name="posted",
            help="Posted between two days.",
            read=read_days,
            form="a day, `day..`, `..day` or `day..day`",
            example="posted:2026-11-01..",
            narrows=True,
        ),
        Field(
            name="is",
            help="State of the opening.",
            values=("new", "open", "closed", "reposted"),
            example="is:new",
            narrows=True,
        ),
        Field(
            name="sort",
            help="Order of the results.",
            values=("new", "pay", "relevance"),
            example="sort:pay",
        ),
    )
}


def check(name: str, value: str, known: Mapping[str, Any]) -> str:
    """Return the normal form of a field's value.

    Args:
        name: the field, as written.
        value: as written, without quotes.
        known: closed lists only the caller knows, such as `{"source": ("remoteok", ...)}`, or
            spellings with what they mean; "currency" holds those pay can be compared in.

    Raises:
        QueryError: the field or the value is unknown; the message names the nearest.
    """
    field = FIELDS.get(name)
    if field is None:
        raise QueryError(f"unknown field {name!r}.{nearest(name, FIELDS)}{_QUOTE}")
    if not value:
        raise QueryError(f"{name}: has no value. Write it like {field.example}.")
    allowed = known.get(name, ()) or field.values
    if allowed:
        normal = _normal(value, allowed)
        if normal not in allowed:
            raise QueryError(f"{name}: has no value {value!r}.{nearest(normal, allowed)}")
        return str(allowed[normal]) if isinstance(allowed, Mapping) else normal
    result = field.read(value) if field.read else value
    if result is None:
        near = nearest(value.title(), field.near()) if field.near else ""
        raise QueryError(
            f"{name}: cannot read {value!r}. Write it like {field.example}."
            + (near if "mean" in near else "")
        )
    if name == "salary":
        _check_currency(result, tuple(known.get("currency", ())))
    return result


#: What helps those who meant a word with a colon in it.
_QUOTE = ' For words with a colon in them, put quotes around: "like: this".'


def _normal(value: str, allowed: Collection[str]) -> str:
    """Return a value as the list writes it, where only case and signs differ."""
    lower = fold(squeeze(value))
    spellings = (lower, *(lower.translate(str.maketrans(" -_", sign * 3)) for sign in "_- "))
    return next((one for one in spellings if one in allowed), lower)


def _check_currency(bound: str, known: tuple[str, ...]) -> None:
    currency = Bound.of(bound).currency
    if known and currency not in known:
        raise QueryError(
            f"salary: knows no rate for the currency {currency!r}.{nearest(currency, known)}"
        )


def nearest(word: str, allowed: Collection[str]) -> str:
    """Return the end of a message: what may have been meant, or what there is."""
    near = get_close_matches(word, list(allowed), n=1, cutoff=0.5)
    if near:
        return f" Did you mean {near[0]!r}?"
    listed = sorted(allowed)
    more = f" and {len(listed) - _LISTED} more" if len(listed) > _LISTED else ""
    return f" Known: {', '.join(listed[:_LISTED])}{more}."


#: Values that a message lists; all sources fit.
_LISTED = 40
