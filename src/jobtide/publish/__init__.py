"""
The seam for publishers: a snapshot in, files out.

A publisher is a module with one pure function, `render(snapshot, settings) -> Iterator[File]`:
it reads no clock and touches no disk, so the same snapshot on the same day gives the same bytes.
`write.write_files` puts the files on the disk and leaves alone what has not changed.
"""

from importlib import import_module
from types import ModuleType

#: Built-in publishers, one module each.
NAMES = ("readme", "feeds", "dataset", "site")


def load(name: str) -> ModuleType:
    """Return the publisher called `name`; raise KeyError when there is none."""
    if name not in NAMES:
        raise KeyError(name)
    return import_module(f"jobtide.publish.{name}")
