"""The files a page may ask for: a closed list, each under a name that changes with its bytes."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import xxhash
from msgspec import Struct

_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


#: Files of the site that the service shows too: one sheet and one icon for both.
SHARED = ("style.css", "icon.svg")


class Asset(Struct, frozen=True):
    """One file."""

    body: bytes
    content_type: str
    mark: str  #: changes when the bytes do


@cache
def assets() -> dict[str, Asset]:
    """Return name -> file: our own folder, and what the site is made with."""
    found = {one.name: _asset(one) for one in (files("jobtide.web") / "static").iterdir()}
    for name in SHARED:
        found[name] = _asset(files("jobtide.publish") / "static" / name)
    return {name: one for name, one in found.items() if one is not None}


def _asset(file: Traversable) -> Asset | None:
    kind = _TYPES.get(f".{file.name.rpartition('.')[2]}")
    if kind is None:
        return None
    body = file.read_bytes()
    return Asset(body, kind, f"{xxhash.xxh3_64_intdigest(body):016x}"[:8])


def address(name: str) -> str:
    """Return the address of a file; KeyError for one that is not on the list."""
    return f"/static/{name}?{assets()[name].mark}"
