"""
The words of a document as PostgreSQL's `tsvector`, and queries as its `tsquery`: both as text.

We cut words ourselves (`jobtide.query.words`), so that every store finds the same. Each part of a
document has positions of its own, far from those of the others: no phrase reaches across. Values
stand beside the words, without position; no word of a text has a "=" in it.
"""

from collections.abc import Iterable, Sequence

#: Weight and first position of title, company, more (skills, tags, place) and text. PostgreSQL
#: keeps positions up to 16,383 and 256 of each word
#: (https://www.postgresql.org/docs/15/textsearch-limitations.html): a phrase further behind in a
#: text, or made of a word that occurs more often, is not found by its order.
PARTS = (("A", 1), ("B", 1_000), ("C", 2_000), ("D", 4_000))
LAST = 16_383
MOST_OF_EACH = 256


def vector(columns: Sequence[Sequence[str]], values: Iterable[str]) -> str:
    """Return the text of a tsvector for the four parts of a document, and its values."""
    places: dict[str, list[str]] = {}
    for words, (weight, start), (_, after) in zip(
        columns, PARTS, (*PARTS[1:], ("", LAST + 1)), strict=True
    ):
        for position, word in enumerate(words, start=start):
            found = places.setdefault(word, [])
            if len(found) < MOST_OF_EACH:
                found.append(f"{min(position, after - 1)}{weight}")
    parts = [f"{quoted(word)}:{','.join(found)}" for word, found in places.items()]
    return " ".join([*parts, *map(quoted, values)])


def quoted(word: str) -> str:
    """Return a word as one lexeme, whatever signs are in it.

    >>> quoted("rock'n")
    "'rock''n'"
    """
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def phrase(words: Sequence[str], weights: str = "") -> str:
    """Return the query of words that follow each other, in parts of these weights."""
    mark = f":{weights}" if weights else ""
    return f"({' <-> '.join(quoted(word) + mark for word in words)})"


def either(queries: Sequence[str]) -> str:
    """Return the query that holds when one of these does."""
    return f"({' | '.join(queries)})"


def both(queries: Sequence[str]) -> str:
    """Return the query that holds when all of these do."""
    return f"({' & '.join(queries)})"


def without(query: str) -> str:
    """Return the query that holds when this one does not."""
    return f"!{query}"
