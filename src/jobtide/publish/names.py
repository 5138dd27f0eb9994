"""File names made from anything: short, lower case, safe on every file system, never shared."""

import re

from jobtide.text import fold, stable_hash

#: Said with marks that a slug would lose: "C#" and "C++" must not share a file.
_SAID = (("c++", "cpp"), ("c#", "c-sharp"), ("f#", "f-sharp"), (".net", "dotnet"))
_OTHER = re.compile(r"[^a-z0-9]+")

#: Names that Windows keeps for devices ("Naming Files, Paths, and Namespaces", Win32 docs), and
#: the index, which differs from "readme" by case alone.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "readme", "index"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(10)]
)

#: Bytes of a slug: with a hash and a suffix a name stays below 100.
MAX_SLUG = 72


def slug(text: str, key: str | None = None) -> str:
    """Return `text` as a file name of [a-z0-9-], with the hash of `key` when one is given.

    Without a key the hash of the text is added where the slug alone would be empty, reserved or
    cut; two texts may still share a slug, so a caller with many takes `unique` or gives a key.

    >>> slug("C++ / Rust")
    'cpp-rust'
    """
    said = fold(text)
    for mark, word in _SAID:
        said = said.replace(mark, f" {word} ")
    name = _OTHER.sub("-", said).strip("-")
    cut = name[:MAX_SLUG].rstrip("-")
    if key is None and cut == name and name and name not in _RESERVED:
        return name
    return f"{cut}-{_digest(text if key is None else key)}".lstrip("-")


def unique(texts: list[str]) -> list[str]:
    """Return one slug a text, in order; a slug that is taken gets the hash of its text."""
    taken: set[str] = set()
    names = []
    for number, text in enumerate(texts):
        name = slug(text)
        if name in taken:
            name = slug(text, text)
        if name in taken:
            name = slug(text, f"{text}\0{number}")
        taken.add(name)
        names.append(name)
    return names


def _digest(key: str) -> str:
    return f"{stable_hash(key):016x}"[:12]
