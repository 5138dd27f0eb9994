"""
Files onto the disk: only what differs, each at once or not at all, nothing outside the folder.

The one module of `publish` that touches the disk. A reader of the folder sees, at every moment,
whole files: a new body is written beside the old one and takes its name when it is complete.
"""

import errno
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from msgspec import Struct

from jobtide.errors import PublishError
from jobtide.model import File

#: How the first line of a page begins that may be removed when it is no longer published.
#: A publisher adds its own word after it, so that two in one folder leave each other alone.
MARKER = b"<!-- jobtide:"

_TEMPORARY = ".jobtide-"


class Written(Struct, frozen=True, kw_only=True):
    """What happened to the files of a folder: their paths, relative, in order."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def write_files(out: Path, files: Iterable[File], *, durable: bool = True) -> Written:
    """Make the folder `out` hold `files`; leave alone what is the same already.

    A file in the same folders whose first line is a marker that one of `files` carries too, but
    which is not among them, was published earlier and is removed. A file by someone else that a
    marked page would replace is refused. Raises PublishError: a path that leads out of the
    folder or through a link, a name given twice, a disk that is full or refuses. Files written
    before the error stay, whole; the others keep their old body. Two runs must not write one
    folder at the same time. `durable` waits for the disk after each file; without it a caller
    with thousands of them waits once, at the end.
    """
    written: list[str] = []
    unchanged: list[str] = []
    markers: set[bytes] = set()
    seen: set[str] = set()
    folders: set[Path] = set()
    for file in files:
        target = _target(out, file.path)
        if file.path.casefold() in seen:
            raise PublishError(f"{file.path}: two files of one run have this name")
        seen.add(file.path.casefold())
        marker = _marker(file.body)
        if marker:
            markers.add(marker)
        folders.add(target.parent)
        changed = _write_one(target, file, marked=bool(marker), durable=durable)
        (written if changed else unchanged).append(file.path)
    removed = _remove_old(out, folders, markers, seen)
    return Written(written=tuple(written), unchanged=tuple(unchanged), removed=tuple(removed))


def remove_files(out: Path, paths: Iterable[str]) -> list[str]:
    """Remove files of an earlier run that are named in a list of ours; return those removed.

    For kinds of files that can hold no marker. What is not there is no error. Raises
    PublishError: a path that leads out of the folder or through a link, a disk that refuses.
    """
    removed = []
    for path in paths:
        target = _target(out, path)
        try:
            if target.is_file():
                target.unlink()
                removed.append(path)
        except OSError as error:
            raise PublishError(_explain(target, error)) from error
    return removed


def _target(out: Path, path: str) -> Path:
    """Return where `path` lies below `out`; refuse what leads anywhere else."""
    parts = PurePosixPath(path).parts
    bad = (
        not parts
        or path.startswith("/")
        or "\\" in path
        or ":" in path
        or any(part in ("..", ".git", ".github") for part in parts)
        or any(ord(letter) < 32 for letter in path)
        or any(len(part.encode("utf-8", "surrogatepass")) > 255 for part in parts)
    )
    if bad:
        raise PublishError(f"{path!r} is no path below the output folder")
    target = out
    for part in parts:
        target = target / part
        if target.is_symlink():
            raise PublishError(f"{target} is a link; remove it, or choose another folder")
    return target


def _write_one(target: Path, file: File, *, marked: bool, durable: bool) -> bool:
    """Write one file when its bytes differ; return whether they did."""
    try:
        old = target.read_bytes() if target.is_file() else None
        if old == file.body:
            return False
        if marked and old and not _marker(old):
            raise PublishError(
                f"{target} was not written by jobtide and would be lost; "
                "move it away, or choose another folder"
            )
        if old is None:
            target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, file.body, durable=durable)
    except OSError as error:
        raise PublishError(_explain(target, error)) from error
    return True


def _replace(target: Path, body: bytes, *, durable: bool) -> None:
    """Write beside the target, then take its name; leave nothing behind when that fails."""
    temporary = target.parent / f"{_TEMPORARY}{os.getpid()}.tmp"
    try:
        with _new(temporary) as stream:
            stream.write(body)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _new(temporary: Path) -> BinaryIO:
    """Open a file made anew ("x"), so never through a link, with the rights the umask gives."""
    try:
        return temporary.open("xb")
    except FileExistsError:  # a run of the same number was killed here
        temporary.unlink()
        return temporary.open("xb")


def _remove_old(out: Path, folders: set[Path], markers: set[bytes], seen: set[str]) -> list[str]:
    """Remove the pages of earlier runs that were not written again, and what a kill left."""
    removed = []
    try:
        for folder in sorted(folders):
            for path in sorted(folder.iterdir()):
                relative = path.relative_to(out).as_posix()
                if relative.casefold() in seen or path.is_symlink() or not path.is_file():
                    continue
                if path.name.startswith(_TEMPORARY) and path.suffix == ".tmp":
                    path.unlink()
                    continue
                if not markers:
                    continue
                with path.open("rb") as stream:
                    ours = _marker(stream.readline(200)) in markers
                if ours:
                    path.unlink()
                    removed.append(relative)
    except OSError as error:
        raise PublishError(_explain(out, error)) from error
    return removed


def _marker(body: bytes) -> bytes | None:
    """Return the first line of a page when it is a marker."""
    return body.partition(b"\n")[0].strip() if body.startswith(MARKER) else None


def _explain(target: Path, error: OSError) -> str:
    """Say what the disk refused and what to do; the old file is whole in every case."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{target}: no space left; free some and run again, the old file is untouched"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{target}: may not be written; check the rights of its folder"
    return f"{target}: {error.strerror or error}"
