"""
publish site: the pages that changed, the index of the search, and the list of both.

The list `.jobtide-site.json` in the folder says which files we wrote and under which keys. A page
whose key is there and whose file is there is not made again; a file of the list that is no page
any more is removed. Without the list everything is written anew, to the same bytes.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from jobtide.config import Config
from jobtide.errors import PublishError
from jobtide.model import File
from jobtide.publish import site
from jobtide.publish.site.page import digest
from jobtide.publish.write import Written, remove_files, write_files
from jobtide.run.openings import snapshot
from jobtide.run.site_search import write_index
from jobtide.run.site_settings import lately_ended, site_settings
from jobtide.store import Store

LIST = ".jobtide-site.json"
#: By this a page is known to be ours when there is no list.
_OURS = b'<meta name="generator" content="jobtide">'


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder holds of ours."""

    pages: dict[str, str] = {}  #: path -> key
    indexed: str = ""  #: digest of the pages the search index was made of
    index: tuple[str, ...] = ()  #: files of the search index


def publish_site(config: Config, store: Store, out: Path, now: datetime) -> Written:
    """Write the site into `out`: what changed, and the search index when a job's page did.

    Raises:
        ConfigError: a page's query or a template cannot be understood, or an address is none.
        PublishError: a file could not be written, or the folder holds a site by someone else.
    """
    kept = _kept(out)
    found = replace(
        taken := snapshot(store, now), openings=(*taken.openings, *lately_ended(store, now))
    )
    settings = site_settings(config, store, found, out)
    pages: dict[str, str] = {}
    jobs: list[tuple[str, str]] = []
    same: list[str] = []

    def changed() -> Iterator[File]:
        for page in site.pages(found, settings):
            pages[page.path] = page.key
            if page.job:
                jobs.append((page.path, page.key))
            if kept.pages.get(page.path) == page.key and (out / page.path).is_file():
                same.append(page.path)
            else:
                yield File(path=page.path, body=page.make())

    written = write_files(out, changed(), durable=False)
    removed = remove_files(out, sorted(kept.pages.keys() - pages.keys()))
    written = replace(
        written, unchanged=(*written.unchanged, *same), removed=(*written.removed, *removed)
    )
    written, kept = _index(out, written, kept, digest(sorted(jobs)), search=settings.search)
    if written.written:
        os.sync()  # once for all pages: the list must not name what a power cut would lose
    record = msgspec.json.format(msgspec.json.encode(replace(kept, pages=pages)), indent=0)
    write_files(out, [File(path=LIST, body=record + b"\n")])
    return written


def _kept(out: Path) -> Kept:
    """Return the list of the last time; refuse a folder that holds pages by someone else."""
    try:
        return msgspec.json.decode((out / LIST).read_bytes(), type=Kept)
    except FileNotFoundError:
        pass
    except (msgspec.DecodeError, OSError):
        return Kept()
    first = out / "index.html"
    if first.is_file() and _OURS not in first.read_bytes():
        raise PublishError(
            f"{first} was not written by jobtide and would be lost; "
            "move it away, or choose another folder"
        )
    return Kept()


def _index(
    out: Path, written: Written, kept: Kept, jobs: str, *, search: bool
) -> tuple[Written, Kept]:
    """Make the search index anew when the page of a job changed; return what that did."""
    if search and kept.indexed == jobs and all((out / path).is_file() for path in kept.index):
        return replace(written, unchanged=(*written.unchanged, *kept.index)), kept
    made = write_index(out) if search else Written()
    names = tuple(sorted((*made.written, *made.unchanged)))
    removed = remove_files(out, sorted(set(kept.index) - set(names)))
    both = Written(
        written=(*written.written, *made.written),
        unchanged=(*written.unchanged, *made.unchanged),
        removed=(*written.removed, *removed),
    )
    return both, replace(kept, indexed=jobs if search else "", index=names)
