"""Logos of employers: those that `jobtide publish readme` fetched and drew anew, none else."""

from collections.abc import Mapping
from pathlib import Path

from jobtide.config import Config
from jobtide.publish.logos import FOLDER, path
from jobtide.text import fold


def folder_of(config: Config) -> Path:
    """Return the folder that logos are kept in, beside the README pages."""
    return Path(config.publish.out) / "readme" / config.publish.pages_folder / FOLDER


class Logos:
    """What lies in the folder of logos; looked at again when the folder changes."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which need not be there."""
        self.folder = folder
        self._seen: tuple[int, Mapping[str, Path]] = (-1, {})

    def files(self) -> Mapping[str, Path]:
        """Return name -> file."""
        try:
            changed = self.folder.stat().st_mtime_ns
        except OSError:
            return {}
        if self._seen[0] != changed:
            self._seen = changed, {one.name: one for one in self.folder.glob("*.webp")}
        return self._seen[1]

    def of(self, company: str) -> str | None:
        """Return the address of a company's logo; None when there is none."""
        name = path(fold(company)).rpartition("/")[2]
        return f"/logos/{name}" if name in self.files() else None
