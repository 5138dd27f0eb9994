"""
publish site: the pages that changed, the index of the search, and the list of both.

The list `.jobtide-site.json` in the folder says which files we wrote and under which keys. A page
whose key is there and whose file is there is not made again; a file of the list that is no page
any more is removed. Without the list everything is written anew, to the same bytes.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec.structs import replace

from jobtide import __version__, query
from jobtide.config import Config
from jobtide.errors import ConfigError, PublishError
from jobtide.model import File, Opening, Snapshot
from jobtide.publish import facts, feeds, site
from jobtide.publish.markdown import url
from jobtide.publish.site.page import digest
from jobtide.publish.write import Written, remove_files, write_files
from jobtide.run.news import News, news
from jobtide.run.openings import completed, snapshot
from jobtide.run.pages import page_settings
from jobtide.run.signals import LONG_OPEN_DAYS, UNCHANGED_DAYS, Signal, employer_boards, signals
from jobtide.store import Store

#: What the site lists unless a page of the settings says otherwise.
EVERYTHING = "arrangement:remote"
LIST = ".jobtide-site.json"
#: Where Pagefind puts its index, below the folder of the site.
INDEX = "pagefind"
#: By this a page is known to be ours when there is no list.
_OURS = b'<meta name="generator" content="jobtide">'
#: Pagefind reads 20,000 pages in half a minute; ten are a fault.
_PATIENCE_S = 600.0


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
    found = replace(taken := snapshot(store, now), openings=(*taken.openings, *_ended(store, now)))
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

    written = write_files(out, changed())
    removed = remove_files(out, sorted(kept.pages.keys() - pages.keys()))
    written = replace(
        written, unchanged=(*written.unchanged, *same), removed=(*written.removed, *removed)
    )
    written, kept = _index(out, written, kept, digest(sorted(jobs)), search=settings.search)
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


def _ended(store: Store, now: datetime) -> Iterator[Opening]:
    """Yield what ended so lately that its page is still there to say so."""
    since = now - timedelta(days=site.SiteSettings().closed_days)
    return completed(store.openings(status=("closed", "expired"), closed_since=since))


def site_settings(config: Config, store: Store, found: Snapshot, out: Path) -> site.SiteSettings:
    """Return what the publisher needs beside the snapshot."""
    now = found.taken_at
    title = config.publish.title
    days = site.SiteSettings().change_days
    everything = page_settings("all", title, EVERYTHING, now)
    ids = {one.id for one in found.openings}
    boards = employer_boards(store.board_states().values(), now)
    wanted = query.parse(EVERYTHING)
    base, feeds_at = _addresses(config)
    return site.SiteSettings(
        title=title,
        base_url=base,
        everything=everything,
        pages=tuple(
            page_settings(page.name, page.title or page.name, page.query, now)
            for page in config.pages
        ),
        feeds=_feeds(out.parent / "feeds" / feeds.INDEX),
        feeds_at=feeds_at,
        search=can_search(),
        moved={old: new for old, new in store.aliases().items() if new in ids},
        signals={
            one.id: tuple(_sentence(sign, one) for sign in signs)
            for one in found.openings
            if one.status == "open" and (signs := signals(one, now, boards))
        },
        changes=tuple(map(_happening, news(store, now - timedelta(days=days), wanted, now))),
        templates=_templates(config.publish.templates),
        version=__version__,
    )


def _addresses(config: Config) -> tuple[str | None, str | None]:
    """Return the address of the site, and where the feeds are, from its folder or in full."""
    home, own = config.publish.home, config.publish.site
    for name, address in (("home", home), ("site", own)):
        if address is not None and url(address) != address:
            raise ConfigError(
                f"publish.{name}: {address!r} is no address; write https://jobs.example/"
            )
    below = f"{home.rstrip('/')}/" if home else None
    if own is not None:
        return own, f"{below}feeds/" if below else None
    return (f"{below}site/" if below else None), "../feeds/"


def _feeds(index: Path) -> frozenset[str]:
    """Return the feeds that are published beside the site."""
    if not index.is_file():
        return frozenset()
    paths = feeds.published_before(index.read_bytes())
    return frozenset(path.rpartition(".")[0] for path in paths)


def _templates(folder: str | None) -> dict[str, str]:
    """Return the user's own templates of the site: file name -> text."""
    if folder is None:
        return {}
    found = sorted((Path(folder) / "site").glob("*.j2"))
    return {file.name: file.read_text(encoding="utf-8") for file in found}


def _sentence(sign: Signal, opening: Opening) -> str:
    """Return a sign in words that do not change from day to day."""
    since = facts.day(query.posted(opening)[0])
    if sign.kind == "long_open":
        return f"Open since {since}: longer than {LONG_OPEN_DAYS} days."
    if sign.kind == "unchanged":
        return f"Its words have not changed for more than {UNCHANGED_DAYS} days."
    return sign.sentence


def _happening(one: News) -> site.Happening:
    return site.Happening(
        at=one.at,
        kind=one.kind,
        opening_id=one.opening_id,
        title=one.title,
        company=one.hiring_organization,
        detail=one.reason or "",
    )


def can_search() -> bool:
    """Say whether Pagefind is installed (extra `site`)."""
    return find_spec("pagefind") is not None and find_spec("pagefind_bin") is not None


def _index(
    out: Path, written: Written, kept: Kept, jobs: str, *, search: bool
) -> tuple[Written, Kept]:
    """Make the search index anew when the page of a job changed; return what that did."""
    if search and kept.indexed == jobs and all((out / path).is_file() for path in kept.index):
        return replace(written, unchanged=(*written.unchanged, *kept.index)), kept
    made = _pagefind(out) if search else Written()
    names = tuple(sorted((*made.written, *made.unchanged)))
    removed = remove_files(out, sorted(set(kept.index) - set(names)))
    both = Written(
        written=(*written.written, *made.written),
        unchanged=(*written.unchanged, *made.unchanged),
        removed=(*written.removed, *removed),
    )
    return both, replace(kept, indexed=jobs if search else "", index=names)


def _pagefind(out: Path) -> Written:
    """Run Pagefind over the folder; its files go through `write_files` like all others."""
    with TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "pagefind", "--site", str(out.resolve()),
            "--output-path", folder, "--force-language", "en", "--glob", "job/*.html",
            "--include-characters", "+#", "--quiet",
        ]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603 - our own words and the folder
                command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PublishError(f"the search index could not be made: {error}") from error
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise PublishError(f"the search index could not be made: {said[-1:] or ['no word']}")
        return write_files(out, _files(Path(folder)))


def _files(folder: Path) -> Iterable[File]:
    for path in sorted(folder.rglob("*")):
        # The ready-made search boxes are not used: ours is smaller and obeys the CSP.
        if path.is_file() and not path.name.startswith(("pagefind-ui", "pagefind-modular")):
            name = f"{INDEX}/{path.relative_to(folder).as_posix()}"
            yield File(path=name, body=path.read_bytes())
