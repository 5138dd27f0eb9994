"""The filters beside the results: what may be chosen, how many there are, what is chosen."""

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import parse_qsl

from babel import Locale
from msgspec import Struct

from jobtide import query
from jobtide.model import CATEGORIES, Found
from jobtide.places.table import countries
from jobtide.publish import facts, terms
from jobtide.run.searching import facets, find
from jobtide.store import Store
from jobtide.web.asking import ANY, Search, search_of

#: Field -> the words above its boxes, in the order of the page.
BOXES = {
    "category": "Category",
    "seniority": "Level",
    "type": "Type",
    "skill": "Skills",
    "source": "Found on",
    "language": "Written in",
}
#: Boxes shown before "more", and in all.
_SHOWN, _MOST = 6, 30

#: Choices of the fields that take one value.
SINCE = (("", "any time"), ("1d", "last day"), ("3d", "last 3 days"), ("7d", "last week"),
         ("30d", "last 30 days"))  # fmt: skip
ARRANGEMENTS = (("", "remote"), ("hybrid", "hybrid"), ("on_site", "on site"),
                (query.fields.NONE, "not stated"), (ANY, "any"))  # fmt: skip
STATES = (("", "open"), ("new", "open, first seen today"), ("reposted", "open, put on top again"),
          ("closed", "closed"), (ANY, "any"))  # fmt: skip
VISAS = (("", "any"), ("yes", "stated"), ("no", "stated: none"))
SORTS = (("", "newest first"), ("relevance", "best match first"), ("pay", "best paid first"))
#: Currencies offered; any other is taken from the address.
CURRENCIES = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "INR", "PLN", "BRL", "JPY")


class Option(Struct, frozen=True, kw_only=True):
    """One box: a value, its words, how many openings have it."""

    value: str
    label: str
    count: int | None
    checked: bool


class Box(Struct, frozen=True, kw_only=True):
    """One field with its values."""

    name: str
    legend: str
    options: tuple[Option, ...]
    more: tuple[Option, ...]


class Chip(Struct, frozen=True, kw_only=True):
    """One filter that is set, and the address without it."""

    text: str
    without: str
    total: str = ""  #: how many there would be without it


def boxes(store: Store, search: Search, now: datetime) -> list[Box]:
    """Return the boxes; each field is counted under all filters but its own."""
    plain = [name for name in BOXES if not search.values(name)]
    counted = facets(store, search.wanted, now, plain)
    for name in BOXES:
        if name not in counted:
            others = [pair for pair in search.pairs() if pair[0] != name]
            counted |= facets(store, search_of(others).wanted, now, [name])
    return [_box(name, search.values(name), counted[name]) for name in BOXES]


def _box(name: str, chosen: tuple[str, ...], counted: Sequence[tuple[str, int]]) -> Box:
    low = {one.casefold() for one in chosen}
    there = {value.casefold() for value, _ in counted}
    options = [
        Option(value=value, label=label(name, value), count=n, checked=value.casefold() in low)
        for value, n in counted[:_MOST]
    ]
    options += [
        Option(value=value, label=label(name, value), count=None, checked=True)
        for value in chosen
        if value.casefold() not in there
    ]
    options.sort(key=lambda one: not one.checked)
    shown = max(_SHOWN, sum(one.checked for one in options))
    return Box(
        name=name,
        legend=BOXES[name],
        options=tuple(options[:shown]),
        more=tuple(options[shown:]),
    )


_WORDS: dict[str, Callable[[str], str]] = {
    "category": lambda value: CATEGORIES.get(value, value),
    "from": lambda value: f"open to {facts.country(value.upper())}",
    "country": lambda value: f"work in {facts.country(value.upper())}",
    "region": facts.region,
    "source": lambda value: terms.of_source(value).credit,
    "tz": lambda value: f"UTC{value if value[0] in '+-' else '+' + value}",
    "since": lambda value: dict(SINCE).get(value, value),
    "visa": lambda value: f"visa sponsorship: {value}",
    "is": lambda value: dict(STATES).get(value, value),
    "sort": lambda value: dict(SORTS).get(value, value),
    "title": lambda value: f"title: {value}",
    "company": lambda value: f"at {value}",
    "language": lambda value: str(Locale("en").languages.get(value, value)),
    "posted": lambda value: f"posted {value}",
    "salary": lambda value: f"pay {value}",
}


def label(name: str, value: str) -> str:
    """Return a value in words."""
    if value == query.fields.NONE:
        return "not stated"
    words = _WORDS.get(name)
    if words is not None:
        return words(value)
    return value if name == "skill" else value.replace("_", " ").capitalize()


def chips(search: Search) -> list[Chip]:
    """Return the filters that are set, each with the address that drops it."""
    found = [Chip(text=f"“{search.words}”", without=search.without("q"))] if search.words else []
    for name, value in search.chosen:
        if name in ("currency", "sort", "me", "offset"):
            continue
        if name == "pay":
            text = f"{search.first('currency') or 'USD'} {value} a year or more"
        elif value == ANY:
            text = "any arrangement" if name == "arrangement" else "open or closed"
        else:
            text = label(name, value)
        found.append(Chip(text=text, without=search.without(name, value)))
    return found


def loosened(store: Store, search: Search, now: datetime) -> list[Chip]:
    """Return, for a search without hits, what each filter keeps away, the most useful first."""
    found = []
    for chip in chips(search)[:8]:
        there = find(store, search_of(_pairs(chip.without)).wanted, now, limit=1)
        if there.total:
            without = Chip(text=chip.text, without=chip.without, total=many(there))
            found.append((there.total, without))
    return [chip for _, chip in sorted(found, key=lambda one: -one[0])]


def unsaid(store: Store, search: Search, now: datetime, shown: Found) -> Chip | None:
    """Return how many more there are that do not say they are open to the countries asked for."""
    if not search.values("from"):
        return None
    address = search.without("from")
    every = find(store, search_of(_pairs(address)).wanted, now, limit=1)
    more = every.total - shown.total
    if more <= 0 and not every.at_least:
        return None
    return Chip(text="", without=address, total="" if every.at_least else f"{more:,}")


def many(found: Found) -> str:
    """Return how many there are: "1,234", or "10,000+" where counting stopped."""
    return f"{found.total:,}{'+' if found.at_least else ''}"


def _pairs(address: str) -> list[tuple[str, str]]:
    return parse_qsl(address.partition("?")[2])


def country_choices() -> list[tuple[str, str]]:
    """Return (code, name) of every country, by name."""
    named = [(code, facts.country(code)) for code in countries()]
    return sorted(named, key=lambda one: one[1])
