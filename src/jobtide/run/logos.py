"""
Fetch the logos that pages show, few at a run, and keep them beside the pages.

The list `logos/list.json` says what was asked, when, and what came: a logo is asked for again when
its address changes, a picture that could not be had after a week. The guarded fetcher asks, so no
address leads to a private host, and every host keeps its pace.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import msgspec

from jobtide.config import Config
from jobtide.errors import ConfigError
from jobtide.fetch import Capture, Errand, read_boards
from jobtide.model import Board, File, Opening, Page, Request
from jobtide.publish import logos
from jobtide.publish.write import remove_files, write_files
from jobtide.run.collect import fetch_settings
from jobtide.text import stable_hash

LIST = f"{logos.FOLDER}/list.json"
#: A picture that could not be had is asked for again after this time.
AGAIN_AFTER = timedelta(days=7)
_ACCEPT = {"Accept": "image/webp,image/png,image/jpeg,image/gif"}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one company's logo."""

    address: str  #: digest of the address that was asked
    on: date
    refused: str = ""  #: why there is none; empty: the file is there


def vendor(
    config: Config, openings: tuple[Opening, ...], folder: Path, now: datetime
) -> dict[str, str]:
    """Bring the logos below `folder` up to date; return company, folded -> path of its logo.

    At most `publish.logos` pictures are asked for; those of companies that are on no page any more
    are removed. A picture that cannot be had is no error: its company keeps its initial.

    Raises:
        ConfigError: Pillow is not installed.
        PublishError: a file could not be written.
    """
    if not logos.ready():
        raise ConfigError("publish.logos needs Pillow: pip install 'jobtide[logos]'")
    wanted = logos.allowed(openings)
    before = _list(folder)
    known = {name: one for name, one in before.items() if name in wanted}
    due = [
        name
        for name, address in wanted.items()
        if _is_due(known.get(name), address, folder / logos.path(name), now)
    ]
    files: list[File] = []
    errands = (_errand(name, wanted[name], config) for name in due[: config.publish.logos])
    settings = msgspec.structs.replace(
        fetch_settings(config), retries=0, max_pages=1, max_bytes=logos.MAX_BYTES
    )
    for capture in read_boards(errands, settings, clock=lambda: now, random=Random()):
        name = capture.board.token
        refused = ""
        try:
            files.append(File(path=logos.path(name), body=_picture(capture)))
        except logos.LogoError as error:
            refused = str(error)
        known[name] = Asked(address=_digest(wanted[name]), on=now.date(), refused=refused)
    write_files(folder, [*files, *_listed(known)])
    remove_files(folder, [logos.path(name) for name in before.keys() - known.keys()])
    return {name: logos.path(name) for name, one in known.items() if not one.refused}


def _list(folder: Path) -> dict[str, Asked]:
    try:
        return msgspec.json.decode((folder / LIST).read_bytes(), type=dict[str, Asked])
    except (OSError, msgspec.DecodeError):
        return {}


def _listed(known: dict[str, Asked]) -> Iterator[File]:
    body = msgspec.json.encode({name: known[name] for name in sorted(known)})
    yield File(path=LIST, body=msgspec.json.format(body, indent=1) + b"\n")


def _is_due(asked: Asked | None, address: str, path: Path, now: datetime) -> bool:
    if asked is None or asked.address != _digest(address):
        return True
    if asked.refused:
        return now.date() - asked.on >= AGAIN_AFTER
    return not path.is_file()


def _errand(name: str, address: str, config: Config) -> Errand:
    base = config.fetch.base_url
    return Errand(
        board=Board(source="logo", token=name),
        request=Request(url=address, headers=_ACCEPT),
        split=lambda _: Page(records=[]),
        robots=True,
        rebase=base if base and "{host}" in base else None,
    )


def _picture(capture: Capture) -> bytes:
    """Return the logo that an answer holds; LogoError when there is none."""
    if capture.error is not None or not capture.responses:
        raise logos.LogoError(type(capture.error).__name__ if capture.error else "no answer")
    return logos.redrawn(capture.responses[0].body)


def _digest(address: str) -> str:
    return f"{stable_hash(address):016x}"
