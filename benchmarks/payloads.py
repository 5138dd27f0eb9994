"""
`make payloads`: read every recorded payload and say what came out, and how full it is.

The recordings lie in the folder `shared` beside the project, listed in replay/manifest.csv; only
answers as a board sent them (wire = raw) of sources that we read are taken. Each is split, read
and processed by the program's own functions. Nothing is stored, and no network is asked.
Many recordings of an ATS are lists alone: their texts stand on pages that were not recorded.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from jobtide import pipeline, sources
from jobtide.errors import ConfigError, SourceError
from jobtide.model import Board, Posting, Reject, Request, Response
from jobtide.run.fill import FIELDS, fill_rates

SHARED = Path(__file__).resolve().parents[2] / "shared"


class Tally:
    """What the answers of one source became."""

    def __init__(self):
        self.answers = self.records = 0
        self.postings = []
        self.rejects = Counter()
        self.unreadable = []  # answers of a shape we do not know

    def as_dict(self):
        return {
            "answers": self.answers,
            "unreadable answers": self.unreadable,
            "records": self.records,
            "postings": len(self.postings),
            "rejects": dict(sorted(self.rejects.items())),
            "fill": fill_rates(self.postings),
        }


def main(arguments=None):
    """Print the tables, or one JSON object; without recordings one sentence, and all is well."""
    parser = argparse.ArgumentParser(prog="make payloads", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these sources")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the recordings")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    manifest = chosen.shared / "replay" / "manifest.csv"
    if not manifest.is_file():
        print("There are no recorded payloads beside the project (../shared): nothing to read.")
        return 0
    tallies = read_all(manifest, chosen.shared, chosen.names or sources.names())
    if chosen.json:
        print(json.dumps({name: one.as_dict() for name, one in tallies.items()}))
    else:
        print("\n".join([*_read_table(tallies), "", *_fill_table(tallies), "", _total(tallies)]))
    return 0


def read_all(manifest, folder, names):
    """Return source -> what its recorded answers became, by name."""
    with manifest.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["wire"] == "raw"]
    tallies = {}
    for row in rows:
        if row["source"] in names:
            _read(tallies.setdefault(row["source"], Tally()), row, folder)
    return dict(sorted(tallies.items()))


def _read(tally, row, folder):
    """Read one recorded answer into the tally of its source."""
    source = sources.load(row["source"])
    recorded = f"https://{row['host']}{row['request_path']}"
    board = Board(source=row["source"], token=row["board"])
    tally.answers += 1
    try:
        first = source.start(board)
    except ConfigError:  # a source that is found by its address
        board = Board(source=row["source"], token=row["board"], url=recorded)
        first = source.start(board)
    try:
        response = Response(
            # Another page than the first is asked for as it was recorded.
            request=first if _bare(first.url) == _bare(recorded) else Request(url=recorded),
            body=(folder / row["file"]).read_bytes(),
            fetched_at=_moment(row),
            content_type=row["content_type"] or None,
        )
        page = source.split(response, board)
    except SourceError as error:
        tally.unreadable.append(f"{row['file']}: {error}")
        return
    tally.records += len(page.records)
    raw = list(sources.read(source, page, board))
    rejects = [one for one in raw if isinstance(one, Reject)]
    done = list(pipeline.process([one for one in raw if isinstance(one, Posting)]))
    rejects += [one for one in done if isinstance(one, Reject)]
    tally.postings += [one for one in done if isinstance(one, Posting)]
    tally.rejects.update(f"{one.step}/{one.reason}" for one in rejects)


def _bare(url):
    return url.split("://", 1)[-1].split("?", 1)[0].rstrip("/")


def _moment(row):
    text = row["captured_at"] or row["captured_on"]
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read_table(tallies):
    yield f"{'source':<16} {'answers':>7} {'records':>8} {'postings':>8} {'rejects':>7}  why"
    for name, one in tallies.items():
        why = ", ".join(f"{number} {reason}" for reason, number in one.rejects.most_common())
        yield (
            f"{name:<16} {one.answers:>7} {one.records:>8} {len(one.postings):>8}"
            f" {one.rejects.total():>7}  {why}".rstrip()
        )
        for said in one.unreadable:
            yield f"  unreadable: {said[:150]}"


def _fill_table(tallies):
    yield f"{'filled, %':<16} " + " ".join(f"{name:>12}" for name in FIELDS)
    everything = [one for tally in tallies.values() for one in tally.postings]
    rows = {name: one.postings for name, one in tallies.items()} | {"all": everything}
    for name, postings in rows.items():
        rates = fill_rates(postings)
        yield f"{name:<16} " + " ".join(
            f"{rates[field] * 100:>12.0f}" if rates else f"{'-':>12}" for field in FIELDS
        )


def _total(tallies):
    answers = sum(one.answers for one in tallies.values())
    unreadable = sum(len(one.unreadable) for one in tallies.values())
    records = sum(one.records for one in tallies.values())
    postings = sum(len(one.postings) for one in tallies.values())
    rejects = sum(one.rejects.total() for one in tallies.values())
    share = (postings + rejects) / records if records else 1.0
    return (
        f"{answers} answers of {len(tallies)} sources ({unreadable} unreadable): {records}"
        f" records, {postings} postings, {rejects} rejects; {share:.1%} of the records became"
        " one or the other"
    )


if __name__ == "__main__":
    sys.exit(main())
