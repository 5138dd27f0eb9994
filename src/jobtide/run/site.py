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

from jobtide import __version__
from jobtide.config import Config
from jobtide.errors import PublishError
from jobtide.model import File
from jobtide.publish import site
from jobtide.publish.site.page import digest
from jobtide.publish.site.templates import code
from jobtide.publish.write import Written, remove_files, write_files
from jobtide.run.health import with_alarms
from jobtide.run.site_search import can_search, write_index
from jobtide.run.site_settings import (
    lists,
    own_templates,
    published_feeds,
    site_settings,
    site_snapshot,
)
from jobtide.store import Store

LIST = ".jobtide-site.json"
#: By this a page is known to be ours when there is no list.
_OURS = b'<meta name="generator" content="jobtide">'


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder holds of ours."""

    pages: dict[str, str] = {}  #: path -> key
    state: str = ""  #: digest of all that the pages depended on
    indexed: str = ""  #: digest of the pages the search index was made of
    index: tuple[str, ...] = ()  #: files of the search index


def publish_site(config: Config, store: Store, out: Path, now: datetime) -> Written:
    """Write the site into `out`: what changed, and the search index when a job's page did.

    Everything counts from the beginning of the day, so that a site depends on the day, the store
    and the settings alone: while they stay, nothing is even read.

    Raises:
        ConfigError: a page's query or a template cannot be understood, or an address is none.
        PublishError: a file could not be written, or the folder holds a site by someone else.
    """
    kept = _kept(out)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    state = _state(config, store, out, day)
    here = (*kept.pages, *kept.index)
    if kept.state == state and all((out / path).is_file() for path in here):
        return Written(unchanged=here)
    wanted = lists(config, day)
    found = site_snapshot(store, wanted, day)
    settings = site_settings(config, store, wanted, found, out)
    written, pages, jobs = _write(out, kept, site.pages(found, settings))
    written, kept = _index(out, written, kept, digest(settings.search_text, jobs), settings)
    if written.written:
        os.sync()  # once for all pages: the list must not name what a power cut would lose
    record = msgspec.json.encode(replace(kept, pages=pages, state=state))
    write_files(out, [File(path=LIST, body=msgspec.json.format(record, indent=0) + b"\n")])
    return written


def _state(config: Config, store: Store, out: Path, day: datetime) -> str:
    """Return a digest of all that a site depends on; the same one means the same site."""
    return digest(
        day,
        store.content_hash(),
        store.unmerged(),
        with_alarms(store),
        (config.publish, config.pages, own_templates(config), sorted(published_feeds(out))),
        (can_search(), __version__, code()),
    )


def _write(
    out: Path, kept: Kept, pages: Iterator[site.Page]
) -> tuple[Written, dict[str, str], list[tuple[str, str]]]:
    """Make and write the pages whose key is new; return what was done, all keys, those of jobs."""
    keys: dict[str, str] = {}
    jobs: list[tuple[str, str]] = []
    same: list[str] = []

    def changed() -> Iterator[File]:
        for page in pages:
            keys[page.path] = page.key
            if page.job:
                jobs.append((page.path, page.key))
            if kept.pages.get(page.path) == page.key and (out / page.path).is_file():
                same.append(page.path)
            else:
                yield File(path=page.path, body=page.make())

    written = write_files(out, changed(), durable=False)
    removed = remove_files(out, sorted(kept.pages.keys() - keys.keys()))
    done = replace(
        written, unchanged=(*written.unchanged, *same), removed=(*written.removed, *removed)
    )
    return done, keys, sorted(jobs)


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
    out: Path, written: Written, kept: Kept, jobs: str, settings: site.SiteSettings
) -> tuple[Written, Kept]:
    """Make the search index anew when the page of a job changed; return what that did."""
    if (
        settings.search
        and kept.indexed == jobs
        and all((out / path).is_file() for path in kept.index)
    ):
        return replace(written, unchanged=(*written.unchanged, *kept.index)), kept
    made = write_index(out, texts=settings.search_text) if settings.search else Written()
    names = tuple(sorted((*made.written, *made.unchanged)))
    removed = remove_files(out, sorted(set(kept.index) - set(names)))
    both = Written(
        written=(*written.written, *made.written),
        unchanged=(*written.unchanged, *made.unchanged),
        removed=(*written.removed, *removed),
    )
    return both, replace(kept, indexed=jobs if settings.search else "", index=names)
