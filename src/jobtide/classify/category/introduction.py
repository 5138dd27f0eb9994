"""Where a description says what is looked for: "we are looking for a ..."."""

import re
from collections.abc import Iterator

_READ = 400  #: characters of the description; after that come duties and benefits
_INTRODUCTION = re.compile(
    r"\b(?:looking for|seeking|seeks|hiring|searching for|in search of|recruiting|join (?:us|our team) as"
    r"|as (?:our|a|an|the)|role of|position of|suchen(?: wir)?|sucht|recherchons|recherche|buscamos|busca"
    r"|estamos contratando|em busca de|procuramos|szukamy|poszukujemy|cerchiamo|ricerca|söker(?: vi)?|op zoek naar"
    r"|zoeken(?: wij)?|ищем|требуется)\s+"
    r"(?:for\s+)?(?:an?|our|the|some|ab sofort|zum nächstmöglichen zeitpunkt|einen?|eine|une?|um|uma|un|una|en|ett|een|nach)?\s*"
    r"((?:[^\s.!?;:,()]+\s*){1,7})",
    re.IGNORECASE,
)


def named_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the position and the words of each trade the first sentences introduce."""
    for found in _INTRODUCTION.finditer(text[:_READ]):
        yield found.start(1), found.group(1)
