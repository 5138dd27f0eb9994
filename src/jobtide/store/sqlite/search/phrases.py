"""Terms as the index of words understands them (https://www.sqlite.org/fts5.html, section 3)."""

from collections.abc import Sequence

from jobtide.query.match import found_by, near_offsets
from jobtide.query.order import looked_for
from jobtide.query.parse import Query, Term
from jobtide.query.values import VALUES
from jobtide.query.words import cut
from jobtide.store.sqlite.search.document import ALL, ANY, token


def quoted(*words: str) -> str:
    """Return words as a phrase; no word holds a quote."""
    return f'"{" ".join(words)}"'


def either(expressions: Sequence[str]) -> str:
    """Return what holds when one of some expressions does."""
    return expressions[0] if len(expressions) == 1 else f"({' OR '.join(expressions)})"


def is_value(term: Term) -> bool:
    """Say whether a term asks for a value that is counted."""
    return term.field in VALUES and (term.field, term.value) != ("is", "new")


def is_indexed(term: Term) -> bool:
    """Say whether the index of words alone decides a term."""
    return is_value(term) or term.field in ("", "title", "company")


def signed(term: Term, prefix: str = "") -> str:
    """Return the expression of a term; of an excluded one: all but those."""
    return f"({quoted(ALL)} NOT {plain(term, prefix)})" if term.negated else plain(term, prefix)


def plain(term: Term, prefix: str = "") -> str:
    """Return the expression of a term as if it were not excluded.

    With the prefix of `document` a value is asked for among the open and remote ones.
    """

    def word(one: str) -> str:
        return quoted(prefix + one)

    if not term.field:
        return quoted(*cut(term.value))
    if term.field in ("title", "company"):
        return f"{{{term.field}}} : {quoted(*cut(term.value))}"
    if term.field == "from":
        some, but = word(ANY), word(token("not_from", term.value))
        return f"({word(token('from', term.value))} OR ({some} NOT {but}))"
    if term.field == "tz":
        return either([word(token("tz", one)) for one in sorted(near_offsets(term.value))])
    return word(token(term.field, found_by(term)))


def levels(wanted: Query) -> tuple[str, ...]:
    """Return for each `relevance`, the nearest first, what narrows a plan to it."""
    groups = [[quoted(*words) for words in group] for group in looked_for(wanted)]
    if not groups:
        return ("",)
    in_title = [f"{{title}} : {either(group)}" for group in groups]
    named = [f"{{title company more}} : {either(group)}" for group in groups]
    tests = (f"({' AND '.join(in_title)})", f"({' AND '.join(named)})", either(in_title))
    found = []
    for at, test in enumerate(tests):
        earlier = tests[:at]
        found.append(f"AND ({test}{f' NOT {either(earlier)}' if earlier else ''})")
    return (*found, f"NOT {either(tests)}")
