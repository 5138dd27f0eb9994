"""What `jobtide demo` does: three days of sample boards, through the ordinary program."""

from datetime import datetime
from pathlib import Path
from random import Random

import msgspec

from jobtide import run
from jobtide.cli import options, screen
from jobtide.config import Config, FetchConfig
from jobtide.demo.boards import DAYS
from jobtide.demo.server import serve
from jobtide.demo.stage import BOARDS, Stage
from jobtide.run import Summary
from jobtide.store import Store


def demonstrate(out: Path, *, quiet: bool) -> int:
    """Serve the sample boards, read them three times, publish, and say what was mended."""
    out.mkdir(parents=True, exist_ok=True)
    database = out / "jobtide.db"
    for leftover in out.glob("jobtide.db*"):
        leftover.unlink()
    config = Config(database=str(database), contact="https://example.com/jobtide-demo")
    stage = Stage(options.now())
    with serve(stage.answer) as base_url, options.opened(config, create=True) as store:
        summaries = [_day(config, base_url, store, stage, day, quiet=quiet) for day in DAYS]
        public = out / "public"
        files = _publish(config, store, public, stage.moment)
        openings = sum(1 for _ in store.openings())
    _tell(summaries, public, database, files, openings)
    return 3 if any(summary.failed for summary in summaries) else 0


def _day(
    config: Config, base_url: str, store: Store, stage: Stage, day: int, *, quiet: bool
) -> Summary:
    stage.day = day
    fetch = FetchConfig(base_url=base_url, host_delay_s=0.0, allow_private_hosts=("127.0.0.1",))
    config = msgspec.structs.replace(config, fetch=fetch)
    if not quiet:
        screen.err().print(f"day {day} of {len(DAYS)}")
    with screen.watching(quiet=quiet, total=len(BOARDS)) as watch:
        reader = run.Reader(
            config=config, clock=lambda: stage.moment, random=Random(), watch=watch
        )
        return run.update(store, reader, BOARDS, command="demo")


def _publish(config: Config, store: Store, public: Path, moment: datetime) -> dict[str, int]:
    """Publish every kind into its folder; return how many files each has."""
    from jobtide.run.publishing import KINDS

    files = {}
    for kind, publish in KINDS.items():
        written = publish(config, store, public / kind, moment)
        files[kind] = len(written.written) + len(written.unchanged)
    return files


def _tell(
    summaries: list[Summary],
    public: Path,
    database: Path,
    files: dict[str, int],
    openings: int,
) -> None:
    """Say where everything is, and what was found wrong and mended."""
    last, console = summaries[-1], screen.out()
    screen.print_summary(last)
    pages = len(list((public / "readme").glob("*.md")))
    console.print(f"\n{openings} openings in {database}, {pages} pages in {public / 'readme'}")
    for kind, number in files.items():
        if kind != "readme":
            console.print(f"{number} files in {public / kind}")
    console.print("\nFound wrong on the last day, and mended:")
    for word, number in sorted(last.mended.items(), key=lambda item: (-item[1], item[0])):
        console.print(f"  {number:>4}  {word}")
    console.print("Refused, because it is no job:")
    for reason, number in sorted(last.rejects.items()):
        console.print(f"  {number:>4}  {reason}")
    first = public / "site" / "index.html"
    console.print(f"\nNext: open {first}, or: jobtide search python --db {database}")
