"""publish: every kind of output, each into a folder of its own."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from jobtide.config import Config
from jobtide.errors import ConfigError
from jobtide.publish import dataset, feeds
from jobtide.publish.markdown import url
from jobtide.publish.write import Written, remove_files, write_files
from jobtide.run.exports import KINDS as FILES
from jobtide.run.openings import snapshot
from jobtide.run.pages import Load, page_settings, publish_readme
from jobtide.run.site import publish_site
from jobtide.store import Store

#: Publishes one kind into a folder: (config, store, out, now, load) -> what was written; `load`
#: gives the snapshot of the store at `now`, which several kinds share, and may be left out.
Publish = Callable[..., Written]

#: What feeds hold unless a page of the settings says otherwise.
EVERYTHING = "arrangement:remote"


def loader(store: Store, now: datetime) -> Load:
    """Return what loads the snapshot when it is first asked for, once."""
    return cache(lambda: snapshot(store, now))


def publish_feeds(
    config: Config, store: Store, out: Path, now: datetime, load: Load | None = None
) -> Written:
    """Write the feeds into `out`; remove those of employers that have no opening any more.

    Raises:
        ConfigError: a page's query cannot be understood, or `publish.home` is no address.
        PublishError: a file could not be written.
    """
    index = out / feeds.INDEX
    earlier = feeds.published_before(index.read_bytes()) if index.is_file() else []
    settings = feeds.FeedSettings(
        everything=page_settings("all", config.publish.title, EVERYTHING, now),
        pages=tuple(
            page_settings(page.name, page.title or page.name, page.query, now)
            for page in config.pages
        ),
        title=config.publish.title,
        home=_home(config),
        kept=frozenset(path.rpartition(".")[0] for path in earlier),
    )
    written = write_files(out, feeds.render((load or loader(store, now))(), settings))
    gone = set(earlier) - {*written.written, *written.unchanged}
    return replace(written, removed=(*written.removed, *remove_files(out, sorted(gone))))


def _home(config: Config) -> str | None:
    """Return the address of the published folder; ConfigError when it is none."""
    home = config.publish.home
    if home is not None and url(home) != home:
        raise ConfigError(f"publish.home: {home!r} is no address; write https://jobs.example/")
    return home


def publish_dataset(
    config: Config, store: Store, out: Path, now: datetime, load: Load | None = None
) -> Written:
    """Write the data set into `out`, in the formats whose packages are installed.

    Raises:
        PublishError: a file could not be written.
    """
    settings = dataset.DatasetSettings(
        title=config.publish.title,
        formats={suffix: kind for suffix, kind in FILES.items() if kind.ready},
    )
    return write_files(out, dataset.render((load or loader(store, now))(), settings))


def require(kind: str) -> None:
    """Raise ConfigError when a package is missing without which a kind would be incomplete."""
    if kind == "dataset" and not all(one.ready for one in FILES.values()):
        raise ConfigError(f"the data set needs {left_out()}: pip install 'jobtide[export]'")


def left_out() -> str:
    """Return the packages that are not installed, in words; empty when all are."""
    return " and ".join(str(one.package) for one in FILES.values() if not one.ready)


#: Everything that can be published: its name, which is its folder's, and how.
KINDS: dict[str, Publish] = {
    "readme": publish_readme,
    "feeds": publish_feeds,
    "dataset": publish_dataset,
    "site": lambda config, store, out, now, load=None: publish_site(config, store, out, now),
}
