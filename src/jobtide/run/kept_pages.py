"""
What README pages were written of, so that a run which finds nothing new need not make them.

The list `.jobtide-readme.json` is written when a page was, and then only: a quiet day leaves the
folder as it was.
"""

from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
import xxhash

from jobtide import __version__
from jobtide.config import Config
from jobtide.errors import PublishError
from jobtide.model import File
from jobtide.publish.readme import MARKER
from jobtide.publish.readme.regions import NAMES, fill, find
from jobtide.publish.site.page import digest
from jobtide.publish.write import Written, write_files
from jobtide.run.health import with_alarms
from jobtide.store import Store

LIST = ".jobtide-readme.json"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages depended on, and what was written."""

    state: str = ""
    files: dict[str, str] = {}  #: path -> digest of the body


def own_index(path: Path) -> str | None:
    """Return the index that a person wrote with regions to be filled; None when it is ours.

    Raises:
        PublishError: its regions are broken, or it is not UTF-8.
    """
    if not path.is_file() or path.is_symlink():
        return None
    body = path.read_bytes()
    if body.startswith(MARKER.strip().encode()):
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise PublishError(f"{path} is not UTF-8: {error}") from None
    return text if find(text, str(path)) else None


def current_state(
    config: Config, store: Store, templates: dict[str, str], own: str | None, now: datetime
) -> str:
    """Return a digest of all that the pages depend on; the same one means the same pages."""
    if own is not None:  # what stands in the regions is ours, and will be something else
        own = fill(own, dict.fromkeys(NAMES, ""), "")
    return digest(
        now.date(),
        store.content_hash(),
        store.unmerged(),
        with_alarms(store),
        (config.publish, config.pages, templates, own),
        (__version__, _code()),
    )


def unchanged(out: Path, state: str) -> tuple[str, ...]:
    """Return the files of the last time when all is as it was then; else nothing."""
    try:
        kept = msgspec.json.decode((out / LIST).read_bytes(), type=Kept)
        whole = kept.state == state and all(
            _digest((out / path).read_bytes()) == known for path, known in kept.files.items()
        )
    except (OSError, msgspec.DecodeError):
        return ()
    return tuple(kept.files) if whole else ()


def note(out: Path, state: str, written: Written) -> None:
    """Write down what the pages depended on."""
    paths = sorted((*written.written, *written.unchanged))
    kept = Kept(state=state, files={path: _digest((out / path).read_bytes()) for path in paths})
    body = msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"
    write_files(out, [File(path=LIST, body=body)])


def _digest(body: bytes) -> str:
    return xxhash.xxh3_128_hexdigest(body)


@cache
def _code() -> str:
    """Return a digest of the code that makes pages: another one may make other pages."""
    return digest(*_bodies(files("jobtide.publish")))


def _bodies(folder: Traversable) -> list[bytes]:
    found: list[bytes] = []
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir() and not one.name.startswith("__"):
            found += _bodies(one)
        elif one.name.endswith((".py", ".j2")):
            found.append(one.read_bytes())
    return found
