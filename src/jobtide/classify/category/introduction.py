"""Where a description says what is looked for: "we are looking for a ..."."""

import re
from collections.abc import Iterator

_READ = 400  #: characters of the description; after that come duties and benefits
#: What stands before the trade, in the languages of the rules.
_OPENINGS = (
    r"looking for|seeking|seeks|hiring|searching for|in search of|recruiting"
    r"|join (?:us|our team) as|as (?:our|an?|the)|role of|position of|suchen(?: wir)?|sucht"
    r"|recherchons|recherche|buscamos|busca|estamos contratando|em busca de|procuramos"
    r"|szukamy|poszukujemy|cerchiamo|ricerca"
    r"|söker(?: vi)?|op zoek naar|zoeken(?: wij)?|ищем|требуется"
)
_ARTICLES = (
    r"an?|our|the|some|ab sofort|zum nächstmöglichen zeitpunkt|eine[nr]?|une?|um|uma|un|una|en|ett"
    r"|een|nach"
)
#: What ends the name of the trade: what the person will do, or where.
_ENDINGS = (
    r"to|who|that|which|with|for|in|at|on|you|will|whose|der|die|das|dass|für|mit|zur|qui|pour|que"
    r"|para|com|con|per|som|till|voor|die|do|która|który|che"
)
_INTRODUCTION = re.compile(
    rf"\b(?:{_OPENINGS})\s+(?:for\s+)?(?:(?:{_ARTICLES})\s+)*"
    rf"((?:(?!(?:{_ENDINGS})\b)[^\s.!?;:,()]+\s*){{1,7}})",
    re.IGNORECASE,
)


#: Where one may begin: a pattern for small letters, which skips what begins none.
_BEGINS = re.compile(_OPENINGS)


def named_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the position and the words of each trade the first sentences introduce."""
    text = text[:_READ]
    small = text.lower()
    if len(small) != len(text):  # "İ" becomes two letters
        small = text
    at = 0
    while begin := _BEGINS.search(small, at):
        found = _INTRODUCTION.match(text, begin.start())
        at = found.end() if found else begin.start() + 1
        if found:
            yield found.start(1), found.group(1)
