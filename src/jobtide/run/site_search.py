"""The search index of the site: Pagefind, run over the folder of the pages."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from jobtide.errors import PublishError
from jobtide.model import File
from jobtide.publish.write import Written, write_files

#: Where Pagefind puts its index, below the folder of the site.
INDEX = "pagefind"
#: Above so many jobs their descriptions are left out of the index: Pagefind 1.5 holds all words in
#: memory, and 20,000 descriptions of 4 kB took 4 GB and 65 CPU-seconds. 2,000 pages without theirs
#: took 74 MB and 2 CPU-seconds.
MOST_TEXTS = 8_000
#: Pagefind reads 20,000 pages in a minute or two; ten are a fault.
_PATIENCE_S = 600.0
#: Ready-made search boxes, which are not used: ours is smaller and obeys the CSP.
_UNUSED = ("pagefind-ui", "pagefind-modular", "pagefind-component", "pagefind-highlight")


def can_search() -> bool:
    """Say whether Pagefind is installed (extra `site`)."""
    return find_spec("pagefind") is not None and find_spec("pagefind_bin") is not None


def write_index(out: Path, *, texts: bool) -> Written:
    """Make the index of the pages of jobs below `out`; what Pagefind made goes there as files.

    `texts`: descriptions too, not titles, companies and skills alone. Two runs over the same
    pages give indexes that find the same, but not the same bytes.

    Without pages of jobs there is nothing to find, and no index.

    Raises:
        PublishError: Pagefind refused or took too long, or a file could not be written.
    """
    if not any((out / "job").glob("*.html")):
        return Written()
    with TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "pagefind", "--site", str(out.resolve()),
            "--output-path", folder, "--force-language", "en", "--glob", "job/*.html",
            "--include-characters", "+#", "--quiet",
            *(() if texts else ("--exclude-selectors", ".words")),
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
        return write_files(out, _files(Path(folder)), durable=False)


def _files(folder: Path) -> Iterator[File]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(_UNUSED):
            name = f"{INDEX}/{path.relative_to(folder).as_posix()}"
            yield File(path=name, body=path.read_bytes())
