"""Publish everything there is, as a user would: by the command line, with a settings file."""

import re
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

#: Settings of what is validated: every layout, and a page that finds nothing.
_SETTINGS = """
database = "{database}"

[publish]
home = "{address}"
title = "Remote jobs <& \\"friends\\">"

{pages}
"""
_PAGES = """
[[pages]]
name = "berlin"
title = "Jobs in Berlin & around"
query = "berlin arrangement:remote"

[[pages]]
name = "nothing"
title = "A search that finds nothing"
query = "xylophone-polisher"
"""

#: Kinds of pages of the site, by the first pattern that fits a path.
_KINDS = (
    ("job", r"job/.*"),
    ("further page", r".*--\d+\.html"),
    ("own search", r"page/.*"),
    ("every list", r"all/.*"),
    ("category", r"category/.*"),
    ("employer", r"company/.*"),
    ("country", r"country/.*"),
    ("skill", r"skill/.*"),
)


class Published(Struct, frozen=True, kw_only=True):
    """Where everything was published, and from where it is served."""

    root: Path
    address: str
    database: Path

    @property
    def site(self) -> Path:
        """Return the folder of the site."""
        return self.root / "site"

    def pages(self) -> dict[str, list[Path]]:
        """Return the pages of the site by their kind."""
        kinds: dict[str, list[Path]] = {}
        for path in sorted(self.site.rglob("*.html")):
            name = path.relative_to(self.site).as_posix()
            if name.startswith("pagefind/"):
                continue
            kind = next((kind for kind, like in _KINDS if re.fullmatch(like, name)), name)
            if kind == "job":
                kind = _kind_of_job(path)
            kinds.setdefault(kind, []).append(path)
        return kinds

    def sample(self, most: int) -> list[Path]:
        """Return pages of every kind, at most so many of each, spread evenly."""
        chosen: list[Path] = []
        for paths in self.pages().values():
            step = max(len(paths) // most, 1)
            chosen += paths[::step][:most]
        return chosen

    def url(self, path: Path) -> str:
        """Return the address a file is served at."""
        return self.address + path.relative_to(self.root).as_posix()

    def markdown(self) -> list[Path]:
        """Return the README pages of both layouts."""
        return sorted((*self.root.glob("readme/*.md"), *self.root.glob("list/*.md")))


def publish_demo(folder: Path, address: str) -> Published:
    """Publish what the sample boards gave."""
    jobtide("demo", "--quiet", "--out", folder / "demo")
    return _publish(folder, folder / "demo" / "jobtide.db", address)


def publish_replay(folder: Path, address: str, manifest: Path) -> Published:
    """Publish what recorded payloads gave."""
    jobtide("replay", manifest, "--db", folder / "replay.db", "--quiet", allowed=(0, 3))
    return _publish(folder, folder / "replay.db", address)


def _publish(folder: Path, database: Path, address: str) -> Published:
    """Publish every kind; README pages by category in both layouts, the rest with own searches."""
    root = folder / "public"
    for name, pages in (("default", ""), ("own", _PAGES)):
        text = _SETTINGS.format(database=database, address=address, pages=pages)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    default, own = folder / "default.toml", folder / "own.toml"
    shared = ("--force", "--quiet")
    jobtide("publish", "readme", "--config", default, "--out", root / "readme", *shared)
    jobtide("publish", "readme", "--config", default, "--out", root / "list",
            "--layout", "list", "--age", "date", *shared)  # fmt: skip
    for kind in ("feeds", "dataset", "site"):
        jobtide("publish", kind, "--config", own, "--out", root, *shared)
    return Published(root=root, address=address, database=database)


def jobtide(*arguments: object, allowed: tuple[int, ...] = (0,)) -> None:
    """Run the program; fail with what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "jobtide", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in allowed, f"jobtide {arguments[0]}: {done.stderr[-2000:]}"


def _kind_of_job(path: Path) -> str:
    """Tell pages of open jobs with markup from those without, closed and moved ones."""
    text = path.read_text("utf-8")
    if 'http-equiv="refresh"' in text:
        return "moved job"
    if "noindex" in text:
        return "closed job"
    return "job with markup" if "application/ld+json" in text else "job"
