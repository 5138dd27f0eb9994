"""sources new: the module, the case folder and the line in NAMES of a new source."""

import re
from pathlib import Path

from jobtide.errors import UsageError

MODULE = '''"""{title}: what it is, and how it answers (https://...)."""

from typing import Any

import msgspec

from jobtide.model import Board, Page, Posting, Request, Response, Terms
from jobtide.sources import Source, decode

API = "https://api.example.com"


class Job(msgspec.Struct):
    """The fields that are read of one job. Unknown fields are ignored on purpose."""

    id: int
    title: str
    url: str
    description: str = ""
    location: str | None = None


class Answer(msgspec.Struct):
    """The whole answer."""

    jobs: list[dict[str, Any]]


def start(board: Board) -> Request:
    """Ask for every job of the board."""
    return Request(url=f"{{API}}/{{board.token}}/jobs")


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job.

    Raises:
        PayloadError: the body is not `{{"jobs": [...]}}`.
    """
    return Page(records=decode(response, board, Answer).jobs)


def posting(record: dict[str, Any], board: Board) -> Posting:
    """Say one job in our words; guess nothing, clean nothing.

    Raises:
        msgspec.ValidationError: a field we need is missing or of another type.
    """
    job = msgspec.convert(record, Job)
    return Posting(
        source="{name}",
        board=board.token,
        identifier=str(job.id),
        url=job.url,
        title=job.title,
        hiring_organization=board.organization,
        description=job.description,
        location_text=job.location,
    )


SOURCE = Source(
    name="{name}",
    homepage="https://www.example.com",
    documentation="https://www.example.com/api",
    kind="ats",
    window=False,
    terms=Terms(credit="{title}", read_at="https://www.example.com/terms", read_on="2026-01-01"),
    start=start,
    split=split,
    posting=posting,
)
'''
BOARD = '{{"source": "{name}", "token": "acme", "organization": "Acme"}}\n'
ANSWER = (
    '{"jobs": [{"id": 1, "title": "Harbour Pilot", "url": "https://www.example.com/jobs/1", '
    '"description": "<p>Bring ships in.</p>", "location": "Remote"}]}\n'
)


def write_source(name: str, root: Path) -> list[Path]:
    """Write the files of a new source and return their paths.

    Raises:
        UsageError: the name is no module name, is taken, or `root` is not the project's folder.
    """
    package = root / "src" / "jobtide" / "sources"
    if not re.fullmatch(r"[a-z][a-z0-9]{1,30}", name):
        raise UsageError(f"{name!r} is no name of a source: lower-case letters and digits only")
    if not (package / "__init__.py").is_file():
        raise UsageError(f"{root}: is not the project's folder; name it with --root")
    module, case = package / f"{name}.py", root / "tests" / "payloads" / name / "one_job"
    if module.exists() or (package / name).exists():
        raise UsageError(f"there is a source {name!r} already")
    case.mkdir(parents=True)
    values = {"name": name, "title": name.capitalize()}
    texts = {
        module: MODULE.format(**values),
        case / "board.json": BOARD.format(**values),
        case / "1.json": ANSWER,
        package / "__init__.py": _with_name(package / "__init__.py", name),
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def _with_name(path: Path, name: str) -> str:
    """Return the package's text with one more entry in NAMES, in order."""
    text = path.read_text(encoding="utf-8")
    listed = re.search(r"NAMES = \(\n(.*?)\)", text, re.DOTALL)
    if listed is None:
        raise UsageError(f"{path}: has no NAMES to add {name!r} to")
    names = sorted({*re.findall(r'"([a-z0-9]+)"', listed[1]), name})
    lines = "".join(f'    "{one}",\n' for one in names)
    return text[: listed.start(1)] + lines + text[listed.end(1) :]
