"""
What is asked: the address's parameters -> one search.

Every filter is a parameter of the field's own name, repeatable; `q` holds the search language.
Both become one `Query`, so an address and a typed search mean the same. What is shown unless
something else is asked (remote, open) is part of the search's text, and so never hidden.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from urllib.parse import urlencode

from msgspec import Struct

from jobtide.query import FIELDS, Query, QueryError
from jobtide.run.searching import understood

#: Parameters that are no field of the search language.
OWN = ("q", "me", "offset", "cursor", "limit", "pay", "currency")
#: Most conditions in one search, and longest list of parameters: limits on work.
MAX_TERMS = 40
MAX_PARAMETERS = 100
#: Those of them that are part of the address of a search.
_KEPT = ("pay", "currency", "me", "offset")
#: Asks for every value of a field that is narrowed unless asked otherwise.
ANY = "any"


class Search(Struct, frozen=True, kw_only=True):
    """A search as the address states it."""

    words: str  #: what was typed
    chosen: tuple[tuple[str, str], ...]  #: (parameter, value) of every filter that is set
    wanted: Query
    narrowed: tuple[str, ...] = ()  #: what holds since nothing else was asked for

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values set for one parameter."""
        return tuple(value for key, value in self.chosen if key == name)

    def first(self, name: str) -> str:
        """Return the value set for a parameter that takes one; empty when there is none."""
        return next(iter(self.values(name)), "")

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of the address that asks this."""
        return [*([("q", self.words)] if self.words else []), *self.chosen]

    def address(self, base: str = "/", *more: tuple[str, str]) -> str:
        """Return the address that asks this, with further parameters at its end."""
        asked = urlencode([*self.pairs(), *more])
        return f"{base}?{asked}" if asked else base

    def without(self, name: str, value: str | None = None) -> str:
        """Return the address that asks the same without a filter, or one value of it."""
        kept = [(key, one) for key, one in self.pairs() if key != name or value not in (None, one)]
        return f"/?{urlencode(kept)}" if kept else "/"

    def also(self, name: str, value: str) -> str:
        """Return the address that asks the same and this."""
        return f"/?{urlencode([*self.pairs(), (name, value)])}"


def search_of(asked: Sequence[tuple[str, str]], *, narrow: bool = True) -> Search:
    """Return the search that an address states.

    Args:
        asked: names and values of its parameters, in order; empty values ask for nothing.
        narrow: True: remote and open ones, unless arrangement or state are asked for.

    Raises:
        QueryError: an unknown parameter, field or value, or too much of them; names the nearest.
    """
    if len(asked) > MAX_PARAMETERS:
        raise QueryError(f"{len(asked)} parameters; at most {MAX_PARAMETERS} are read")
    given = [(name, value.strip()) for name, value in asked if value.strip()]
    for name, _ in asked:
        if name not in FIELDS and name not in OWN:
            raise QueryError(f"unknown parameter {name!r}.{nearest(name, (*OWN, *FIELDS))}")
    typed = " ".join(value for name, value in given if name == "q")
    words = understood(typed).text
    filters = tuple(dict.fromkeys(one for one in given if one[0] in (*FIELDS, *_KEPT)))
    text = " ".join([words, *_terms(filters)]).strip()
    wanted = understood(text)
    added: tuple[str, ...] = ()
    if narrow:
        free = {name for name, value in filters if value == ANY}
        added = tuple(_narrowing(wanted, free))
        wanted = understood(" ".join([text, *added]).strip())
    if sum(len(group) for group in wanted.groups) > MAX_TERMS:
        raise QueryError(f"the search has too many conditions; at most {MAX_TERMS} are read")
    return Search(words=words, chosen=filters, wanted=wanted, narrowed=added)


def _terms(filters: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Yield the filters as the search language writes them."""
    filters = list(filters)
    for name, value in filters:
        if name in FIELDS and value != ANY:
            yield term(name, value)
    pay = next((value for name, value in filters if name == "pay"), "")
    if pay:
        currency = next((value for name, value in filters if name == "currency"), "USD")
        yield f"salary:>={pay.replace(',', '').replace(' ', '')}{currency}"


def term(name: str, value: str) -> str:
    """Return one condition as the search language writes it."""
    plain = value.replace('"', " ").strip()
    return f'{name}:"{plain}"' if " " in plain or not plain.isascii() else f"{name}:{plain}"


def _narrowing(wanted: Query, free: set[str]) -> Iterable[str]:
    """Yield what holds unless the search says otherwise: remote, and open."""
    terms = [one for group in wanted.groups for one in group]
    fields = {one.field for one in terms}
    states = {one.value for one in terms if one.field == "is"}
    if "arrangement" not in fields | free:
        yield "arrangement:remote"
    if "is" not in free and not states & {"open", "closed"}:
        yield "-is:closed" if states else "is:open"


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return the end of a message that names what was probably meant."""
    listed = list(allowed)
    near = get_close_matches(word, listed, n=1, cutoff=0.5)
    return f" Did you mean {near[0]!r}?" if near else f" Known: {', '.join(listed)}."
