"""How names of places are compared, and how a damaged one is mended first."""

import re
import unicodedata
from html import unescape

#: Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_WORD = re.compile(r"[^\W_]+")
_DAMAGE = re.compile("[\xc2-\xf4][\x80-\xbf\u0152-\u2122]")


def key(name: str) -> str:
    """Return `name` for looking it up: words of plain small letters, one blank between them.

    >>> key("Łódź, São-Paulo")
    'lodz sao paulo'
    """
    if name.isascii():
        return " ".join(_WORD.findall(name.lower()))
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    folded = unicodedata.normalize("NFKD", plain.translate(_LETTERS).casefold())
    return " ".join(_WORD.findall(folded))


def mend(text: str) -> str:
    """Return `text` with UTF-8 that was read as Latin-1 or Windows-1252 put right, and entities
    resolved; text that is whole comes back unchanged.

    >>> mend("EspaÃ±a")
    'España'
    """
    if "&" in text:
        text = unescape(text)
    if not text.isascii() and _DAMAGE.search(text):
        for encoding in ("latin-1", "cp1252"):
            try:
                return text.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
    return text
