"""The postings that are measured: recorded answers when they lie beside the project, else ours."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from jobtide import sources
from jobtide.demo.boards import DAYS, remoteok, remotive
from jobtide.model import Board, Posting, Request, Response

SHARED = Path(__file__).resolve().parents[2] / "shared"
MOMENT = datetime(2026, 11, 25, tzinfo=UTC)


def answers():
    """Yield (source name, body) of every recorded answer of the two boards, or the samples."""
    manifest = SHARED / "replay" / "manifest.csv"
    if manifest.is_file():
        for row in csv.DictReader(manifest.read_text(encoding="utf-8").splitlines()):
            if row["wire"] == "raw" and row["source"] in ("remoteok", "remotive"):
                yield row["source"], (SHARED / row["file"]).read_bytes()
        return
    for day in DAYS:
        yield "remoteok", remoteok.answer(day, MOMENT)
        yield "remotive", remotive.answer(day, MOMENT)


def postings():
    """Return the postings of all answers, unprocessed."""
    found = []
    for name, body in answers():
        source, board = sources.load(name), Board(source=name)
        request = Request(url="https://example.com/")
        page = source.split(Response(request=request, body=body, fetched_at=MOMENT), board)
        found += [one for one in sources.read(source, page, board) if isinstance(one, Posting)]
    return found
