"""
Regions of a README that a person wrote: what stands between two markers is ours, the rest is not.

    <!-- jobtide:begin pages -->
    <!-- jobtide:end pages -->

A marker has a line of its own. In a block of code it is an example and no marker.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from jobtide.errors import PublishError

#: What may stand in a region: the parts of the index, and "index" for all of them.
NAMES = ("counts", "pages", "new", "pictures", "legend", "sources", "archive", "links", "index")

_MARKER = re.compile(r"<!--[ \t]*jobtide:(begin|end)[ \t]+([\w-]+)[ \t]*-->")
#: What looks as if it was meant to be one.
_NEARLY = re.compile(r"<!--[ \t]*jobtide:(?:begin|end)\b")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Region(Struct, frozen=True, kw_only=True):
    """One region: its name, and the lines of its two markers, counted from 0."""

    name: str
    begin: int
    end: int


def find(text: str, where: str) -> tuple[Region, ...]:
    """Return the regions of a page in order; none when it has no marker.

    Raises PublishError, which names the file `where` and the line: a marker without its partner,
    a region within another or given twice, a name that is none, a marker that shares its line.
    """
    found: list[Region] = []
    opened: tuple[str, int] | None = None
    for number, line in _lines(text):
        marker = _MARKER.fullmatch(line.strip())
        if marker is None:
            if _NEARLY.search(line):
                raise _error(where, number, "a marker needs a line of its own: "
                             "<!-- jobtide:begin NAME -->")  # fmt: skip
            continue
        kind, name = marker[1], marker[2]
        if name not in NAMES:
            raise _error(where, number, f"there is no region {name!r}; use {', '.join(NAMES)}")
        if kind == "begin":
            if opened is not None:
                raise _error(where, number, f"region {name!r} begins within region {opened[0]!r}")
            if any(region.name == name for region in found):
                raise _error(where, number, f"region {name!r} is there twice")
            opened = (name, number)
        elif opened is None or opened[0] != name:
            raise _error(where, number, f"region {name!r} ends and did not begin")
        else:
            found.append(Region(name=name, begin=opened[1], end=number))
            opened = None
    if opened is not None:
        raise _error(where, opened[1], f"region {opened[0]!r} never ends: "
                     f"add <!-- jobtide:end {opened[0]} -->")  # fmt: skip
    return tuple(found)


def fill(text: str, bodies: Mapping[str, str], where: str) -> str:
    """Return a page with its regions filled; every other line, and each line's end, stays.

    `bodies` has one text a name. Lines of a region end as its first marker's line does. Raises
    PublishError as `find` does.
    """
    lines = _LINE.findall(text)
    for region in reversed(find(text, where)):
        end = "\r\n" if lines[region.begin].endswith("\r\n") else "\n"
        body = bodies[region.name].strip("\n")
        inside = ["", *body.split("\n"), ""] if body else []
        lines[region.begin + 1 : region.end] = [line + end for line in inside]
    return "".join(lines)


#: One line with its end; nothing but line feeds ends a line, as in Markdown.
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines that stand in no block of code, with their numbers."""
    found = []
    fence = ""
    for number, line in enumerate(_LINE.findall(text)):
        mark = _FENCE.match(line)
        if fence:
            # A fence ends with one as long, of the same letter (CommonMark 0.31, section 4.5).
            if mark and mark[1].startswith(fence) and not line.strip(" \t\r\n`~"):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            found.append((number, line))
    return found


def _error(where: str, number: int, what: str) -> PublishError:
    return PublishError(f"{where}, line {number + 1}: {what}; nothing was written")
